"""Every page asks the database as often for twenty rows as for ten."""

from __future__ import annotations

import pytest
from django.test import Client

from incidents.models import Record
from tests import make
from tests.api.doors import LIST, get
from tests.api.test_growth import add_one, queries

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

PAGES = (
    "/",
    "/incidents/",
    "/incidents/?country=PL&attributed_to=RU&year=2024",
    "/dashboard/whole/",
    "/briefing/",
    "/sectors/",
    "/incidents/?layout=table&columns=title&columns=targets&columns=attributed_to",
    "/incidents/?layout=map",
    "/incidents/?order=severity&series=all&known_on=2025-01-01",
)


def test_no_page_asks_more_often_for_more_rows(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A session that is used after a minute is written down, and a busy machine takes so long.
    monkeypatch.setattr("config.sessions._SLACK", 3600)
    for n in range(10):
        add_one(n)
    reference = get(LIST).json()["results"][0]["reference"]
    pages = [*PAGES, f"/incidents/{reference}/"]
    for url in pages:
        queries(url, Client())
    few = {url: (queries(url, Client()), queries(url, staff)) for url in pages}

    for n in range(10, 20):
        add_one(n)

    many = {url: (queries(url, Client()), queries(url, staff)) for url in pages}
    # A figure beside our count costs what its own question costs, and no more.
    assert many == few


def test_a_hidden_record_asks_the_database_as_often_as_a_missing_one() -> None:
    """Else the time of an answer would tell the one from the other."""
    hidden = [
        make.incident(marking="amber"),
        make.incident(state="draft"),
        make.incident(marking="red", state="withdrawn"),
    ]
    ids = [Record.objects.get(pk=edition.record_id).public_id for edition in hidden]
    asked = {
        door: [queries(f"{door}{name}/", Client(), 404) for name in (*ids, "HTI-2026-99999")]
        for door in ("/incidents/", LIST)
    }

    assert {door: set(numbers) for door, numbers in asked.items()} == {
        door: {numbers[-1]} for door, numbers in asked.items()
    }
