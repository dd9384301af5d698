"""Changes while several write: none is lost to whoever follows them."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from incidents import ledger
from incidents.codebook import Chain, LedgerAction
from tests import make, scratch


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_an_entry_gets_its_number_under_a_lock_on_its_chain() -> None:
    record = make.incident().record

    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        ledger.append(LedgerAction.RAISED, record, by=None, public=True)

    said = [query["sql"] for query in asked]
    locks = [n for n, sql in enumerate(said) if "incidents_clock" in sql and "FOR UPDATE" in sql]
    numbers = [n for n, sql in enumerate(said) if "incidents_ledgerentry" in sql]
    assert len(locks) == len(Chain)
    assert max(locks) < min(numbers)


@pytest.mark.database
@pytest.mark.slow
def test_a_copy_that_follows_several_writers_ends_with_what_may_be_read(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """`python -m tests.scratch follows` makes 1,000 writes, in a database of its own as here."""
    assert "wrong: none" in scratch.said_by("follows", 24, tmp_path_factory)
