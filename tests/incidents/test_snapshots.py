"""All statements of one answer see the data of one moment, whatever is written meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import InternalError, connection

from incidents.models import Clock
from incidents.snapshots import snapshot
from tests.meanwhile import committed, meanwhile

__all__ = ["committed"]


def _move() -> None:
    Clock.objects.update(version=7)


def version() -> int:
    """Return what the clock says."""
    return Clock.objects.get(name="public").version


@pytest.fixture(autouse=True)
def _clock(committed: None) -> None:
    """Set the clock."""
    Clock.objects.update_or_create(name="public", defaults={"version": 1})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite tests share a connection")
def test_what_is_written_meanwhile_is_not_seen_within_and_seen_after() -> None:
    with snapshot():
        before = version()
        meanwhile(_move).join()
        within = version()

    assert (before, within, version()) == (1, 1, 7)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not refuse it")
def test_nothing_is_written_within() -> None:
    with pytest.raises(InternalError), snapshot():
        Clock.objects.update(version=2)


def test_within_a_snapshot_another_one_adds_nothing() -> None:
    with snapshot():
        assert connection.in_atomic_block
        with snapshot():
            assert version() == 1
    assert not connection.in_atomic_block


@pytest.mark.skipif(connection.vendor != "sqlite", reason="this is how SQLite locks")
def test_on_sqlite_it_takes_no_lock_of_those_who_write(
    django_assert_num_queries: Any,
) -> None:
    mode = connection.transaction_mode  # type: ignore[attr-defined]
    with django_assert_num_queries(3) as captured, snapshot():
        version()

    assert captured[0]["sql"] == "BEGIN DEFERRED"
    assert connection.transaction_mode == mode  # type: ignore[attr-defined]
