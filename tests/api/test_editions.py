"""The editions of a record by the API, and what a record said on a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from articles.codebook import Marking
from incidents import review, services
from incidents.models import Incident
from tests import make

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECOND = datetime(2026, 4, 6, 10, tzinfo=UTC)


def answered(address: str, status: int = 200) -> Any:
    response: Any = Client().get(address)
    assert response.status_code == status, response.content
    return response.json()


@pytest.fixture
def first(db: None) -> Incident:
    claims: list[dict[str, Any]] = [
        {"state": "RU"},
        {"state": "RU", "date": "2024-07-01", "supersedes": 0},
    ]
    return make.incident("Fire at a warehouse", claims=claims, published=FIRST)


@pytest.fixture
def second(first: Incident) -> Incident:
    with make.at(SECOND):
        draft = review.revise(first, by=make.user("writer", staff=True))
        draft.change_reason, draft.change_note = "correction", "It was a mill."
        draft.title = "Fire at a mill"
        draft.save()
        draft.claims.all().delete()
        services.settle(draft)
        return make.publish(draft)


@pytest.fixture
def address(second: Incident) -> str:
    second.record.refresh_from_db()
    return f"/api/v1/incidents/{second.record.reference}/"


def test_editions_are_listed_with_their_times_and_reasons(address: str, second: Incident) -> None:
    told = answered(f"{address}editions/")

    assert told["reference"] == second.record.reference
    assert told["results"] == [
        {
            "edition": 2,
            "state": "published",
            "published_at": "2026-04-06T10:00:00Z",
            "ended_at": None,
            "change_reason": "correction",
            "change_note": "It was a mill.",
            "url": f"http://testserver{address}editions/2/",
        },
        {
            "edition": 1,
            "state": "superseded",
            "published_at": "2026-03-02T09:30:00Z",
            "ended_at": "2026-04-06T10:00:00Z",
            "change_reason": "",
            "change_note": "",
            "url": f"http://testserver{address}editions/1/",
        },
    ]


def test_an_edition_is_told_as_it_was(address: str) -> None:
    told = answered(f"{address}editions/1/")

    assert (told["edition"], told["title"]) == (1, "Fire at a warehouse")
    assert told["url"] == f"http://testserver{address}editions/1/"
    assert [claim["is_live"] for claim in told["claims"]] == [False, True]
    assert told["claims"][1]["supersedes"] == told["claims"][0]["uid"]
    assert len(told["citations"]) == 1


def test_a_record_tells_what_it_said_on_a_day(address: str) -> None:
    assert answered(f"{address}?as_of=2026-04-05")["title"] == "Fire at a warehouse"
    assert answered(f"{address}?as_of=2026-04-06")["title"] == "Fire at a mill"
    assert answered(address)["url"] == f"http://testserver{address}"
    answered(f"{address}?as_of=2026-03-01", 404)


@pytest.mark.parametrize("asked", ["as_of=2999-01-01", "as_of=soon", "known_on=2026-03-03", "of=1"])
def test_a_record_takes_a_past_day_and_nothing_else(address: str, asked: str) -> None:
    assert list(answered(f"{address}?{asked}", 400)["errors"]) == [asked.split("=")[0]]


@pytest.mark.parametrize("way", ["editions/?as_of=2026-03-03", "editions/1/?as_of=2026-03-03"])
def test_editions_take_no_parameter(address: str, way: str) -> None:
    answered(address + way, 400)


def test_a_withdrawn_record_still_tells_what_it_said(address: str, second: Incident) -> None:
    review.withdraw(second, by=make.reviewer(), reason="It was an accident.")

    answered(address, 410)
    assert answered(f"{address}?as_of=2026-04-06")["state"] == "withdrawn"
    assert answered(f"{address}editions/2/")["title"] == "Fire at a mill"
    assert answered("/api/v1/incidents/?as_of=2026-04-06")["results"][0]["edition"] == 2
    assert answered("/api/v1/incidents/")["results"] == []


def test_raised_and_missing_answer_the_same(address: str, second: Incident) -> None:
    make.marked(second, Marking.AMBER)
    missing = "/api/v1/incidents/HTI-2026-99999/"

    for way in ("editions/", "editions/1/", "editions/9/", "?as_of=2026-04-01"):
        assert answered(address + way, 404) == answered(missing + way, 404)
    assert answered("/api/v1/incidents/?as_of=2026-04-01")["results"] == []
    assert answered("/api/v1/counts/?as_of=2026-04-01")["total"] == 0


def test_every_door_tells_the_same_of_a_day(address: str) -> None:
    asked = "as_of=2026-04-01&attributed_to=RU"
    listed = answered(f"/api/v1/incidents/?{asked}")
    counted = answered(f"/api/v1/counts/?{asked}&by=attributed_to")
    exported: Any = Client().get(f"/api/v1/incidents.csv?{asked}")
    mapped: Any = Client().get(f"/api/v1/incidents.geojson?{asked}")

    assert [row["edition"] for row in listed["results"]] == [1]
    assert counted["total"] == counted["cells"][0]["count"] == 1
    assert counted["as_of"] == "2026-04-01"
    assert "as_of=2026-04-01" in counted["cells"][0]["url"]
    assert exported.getvalue().decode().count("Fire at a warehouse") == 1
    assert mapped.getvalue().decode().count('"Feature"') == 1
    assert answered("/api/v1/counts/?attributed_to=RU")["total"] == 0
