"""A question that takes too long is given up, and whoever asked is told when to ask again."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from config import deadlines
from incidents.api import views
from tests import make

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT COUNT(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def _endless_count(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Have counts ask what is never answered, and be given a fifth of a second."""

    def ask(_question: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL statement_timeout = 200")
            cursor.execute(ENDLESS[connection.vendor])

    settings.STATEMENT_TIMEOUT = 200
    monkeypatch.setattr(views, "count_for", ask)


@pytest.mark.usefixtures("_endless_count")
def test_a_count_that_takes_too_long_is_answered_503_and_says_when_to_ask_again() -> None:
    answer = Client().get("/api/v1/counts/")

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert int(answer["Retry-After"]) > 0
    assert answer.json()["status"] == 503


@pytest.mark.usefixtures("_endless_count")
def test_the_next_question_is_answered_as_ever() -> None:
    Client().get("/api/v1/counts/")
    listed: HttpResponse = Client().get("/api/v1/incidents/")  # type: ignore[assignment]

    assert listed.status_code == 200


def test_a_file_that_is_streamed_has_no_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    make.incident("Fire at a depot")
    answer: Any = Client().get("/api/v1/incidents.csv")
    hours_later = SimpleNamespace(monotonic=lambda: time.monotonic() + 3600)
    monkeypatch.setattr(deadlines, "time", hours_later)
    monkeypatch.setattr(deadlines, "STEPS", 1)
    connection.ensure_connection()
    deadlines.watch(connection)

    try:
        assert b"Fire at a depot" in b"".join(answer)
    finally:
        monkeypatch.undo()
        deadlines.watch(connection)
