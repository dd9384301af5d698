"""Fixtures of the API tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import make
from tests.api.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Build the world once for the tests of a module, which only read it.

    The module has the mark `django_db`: without one, no database for tests is made.
    """
    with django_db_blocker.unblock():
        assert "memory" in str(connection.settings_dict["NAME"]) or str(
            connection.settings_dict["NAME"]
        ).startswith("test_")
        with transaction.atomic():
            yield build()
            transaction.set_rollback(True)


@pytest.fixture
def staff(db: None) -> Client:
    """Sign in somebody of the staff who wrote none of the records."""
    client = Client()
    client.force_login(make.user("sentinel", staff=True))
    return client
