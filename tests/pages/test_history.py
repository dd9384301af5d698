"""A record through time: its history, what changed, and each of its editions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.codebook import Marking
from incidents import joining, review, services
from incidents.models import Incident
from tests import make

from .reading import links, page, references, words

pytestmark = pytest.mark.django_db

FIRST = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SECOND = datetime(2026, 4, 6, 10, tzinfo=UTC)
THIRD = datetime(2026, 5, 4, 11, tzinfo=UTC)


def revised(of: Incident, at: datetime, note: str = "", **said: Any) -> Incident:
    """Publish another edition at a moment."""
    with make.at(at):
        draft = review.revise(of, by=make.user("writer", staff=True))
        draft.change_reason, draft.change_note = "correction", note
        for name, value in said.items():
            setattr(draft, name, value)
        draft.save()
        services.settle(draft)
        return make.publish(draft)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def first(db: None) -> Incident:
    return make.incident("Fire at a warehouse", claims=[{"state": "RU"}], published=FIRST)


@pytest.fixture
def second(first: Incident) -> Incident:
    return revised(first, SECOND, "It was a mill.", title="Fire at a mill", country="PL")


@pytest.fixture
def address(first: Incident) -> str:
    first.record.refresh_from_db()
    return f"/incidents/{first.record.reference}/"


# -- the history ---------------------------------------------------------------------------


def test_a_history_says_when_each_edition_was_public_and_why(
    address: str, second: Incident
) -> None:
    said = words(page(f"{address}history/"))

    assert "Edition 1 superseded Public from 2 March 2026, 09:30 to 6 April 2026, 10:00" in said
    assert "Edition 2 took its place." in said
    assert "Public since 6 April 2026, 10:00 UTC." in said
    assert "Correction. Something was wrong. It was a mill." in said


def test_two_editions_are_compared_by_address_alone(address: str, second: Incident) -> None:
    said = page(f"{address}history/?from=1&to=2")

    assert "What changed from edition 1 to edition 2" in words(said)
    assert "<del>" in said
    assert "<ins>" in said


def test_a_comparison_names_the_editions_that_the_form_asked_for(
    address: str, second: Incident
) -> None:
    revised(second, THIRD, title="Fire at a depot")

    forth = page(f"{address}history/?from=1&to=3")
    assert "Edition 2: correction. It was a mill. Edition 3: correction." in words(forth)
    back = page(f"{address}history/?from=3&to=1")

    assert "from edition 1 to edition 3" in words(forth)
    assert "from edition 3 to edition 1" in words(back)
    assert '<option value="3" selected' in " ".join(back.split())


@pytest.mark.parametrize(
    ("asked", "told"),
    [("to=3", "from edition 2 to edition 3"), ("from=1", "from edition 1 to edition 3")],
)
def test_one_edition_named_is_compared_with_the_one_beside_it(
    address: str, second: Incident, asked: str, told: str
) -> None:
    revised(second, THIRD, title="Fire at a depot")

    assert told in words(page(f"{address}history/?{asked}"))


@pytest.mark.parametrize("asked", ["from=0", "to=7", "from=one&to=2", "from=1&to=2&to=1", "of=1"])
def test_what_names_no_edition_is_refused(address: str, second: Incident, asked: str) -> None:
    assert "<ins>" not in page(f"{address}history/?{asked}", status=400)


def test_nobody_is_named(address: str, second: Incident) -> None:
    for way in ("history/?from=1&to=2", "editions/1/", "editions/2/"):
        said = page(address + way)
        assert "writer" not in said
        assert "second" not in words(said).replace("a second", "")


# -- one edition ---------------------------------------------------------------------------


def test_a_past_edition_says_what_it_said_and_that_it_is_past(
    address: str, second: Incident
) -> None:
    html = page(f"{address}editions/1/")

    said = words(html)
    assert "Edition 1 was public from 2 March 2026 to 6 April 2026." in said
    assert "What follows is not what the record says now." in said
    assert "Traced to Russia at level 3 Official" in said
    assert "edition 1, published 2 March 2026" in said
    assert "Fire at a mill" not in said
    assert '<meta name="robots" content="noindex">' in html
    assert f'href="{address}"' in html
    assert f"{address}history/?from=1&amp;to=2" in html


def test_the_present_edition_has_an_address_of_its_own(address: str, second: Incident) -> None:
    assert "Edition 2 is what this record says now" in words(page(f"{address}editions/2/"))


def test_the_record_leads_to_its_history(address: str, second: Incident) -> None:
    html = page(address)

    assert f"{address}history/" in html
    assert f"{address}editions/1/" in html


def test_a_list_of_a_past_day_leads_to_the_editions_of_that_day(
    address: str, second: Incident
) -> None:
    html = page("/incidents/?as_of=2026-03-31")

    assert f'href="{address}editions/1/"' in html
    assert "As published on" in words(html)
    assert "as published here on 31 March 2026" in words(html)


@pytest.mark.parametrize("way", ["editions/0/", "editions/9/", "editions/x/", "editions/"])
def test_an_edition_that_is_not_there_is_missing(address: str, way: str) -> None:
    page(address + way, status=404)


def test_an_edition_takes_no_parameter(address: str) -> None:
    page(f"{address}editions/1/?as_of=2026-03-03", status=400)


# -- who may read it -----------------------------------------------------------------------


def test_what_was_withdrawn_is_read_by_its_address_and_not_led_to(
    address: str, second: Incident
) -> None:
    with make.at(THIRD):
        review.withdraw(second, by=make.reviewer(), reason="It was an accident.")

    assert "editions" not in page(address, status=410)
    assert "history" not in page(address, status=410)
    said = words(page(f"{address}editions/2/"))
    assert "It was withdrawn: It was an accident." in said
    assert "No edition of this record is public now." in said
    assert "withdrawn" in words(page(f"{address}history/"))


def test_what_was_raised_is_as_what_never_was(address: str, second: Incident) -> None:
    make.marked(second, Marking.RED)
    missing = "/incidents/HTI-2026-99999/"

    for way in ("editions/1/", "editions/2/", "history/", "history/?from=1&to=2"):
        raised = page(address + way, status=404)
        assert raised.replace(address, "") == page(missing + way, status=404).replace(missing, "")


def test_an_edition_that_was_stricter_is_as_if_it_had_not_been(writer: Client) -> None:
    amber = make.incident("Fire at a secret place", marking=Marking.AMBER, published=FIRST)
    clear = revised(amber, SECOND, marking=Marking.CLEAR, title="Fire at a mill")
    clear.record.refresh_from_db()
    address = f"/incidents/{clear.record.reference}/"

    html = page(f"{address}history/")

    assert "1 edition" in words(html)
    assert "secret" not in html
    page(f"{address}editions/1/", status=404)
    page(f"{address}history/?from=1&to=2", status=400)
    assert "secret" in page(f"{address}history/?from=1&to=2", writer)


@pytest.fixture
def writer(db: None) -> Client:
    return logged_in(make.user("writer", staff=True))


def test_a_draft_is_in_the_history_of_those_who_may_read_it(
    address: str, second: Incident, writer: Client
) -> None:
    draft = review.revise(second, by=make.user("writer", staff=True))
    draft.title = "Fire at a secret depot"
    draft.save()

    assert "secret" in page(f"{address}history/?from=2&to=3", writer)
    assert "not public" in words(page(f"{address}editions/3/", writer))
    assert "Edition 3" not in words(page(f"{address}history/"))
    page(f"{address}editions/3/", status=404)


def test_what_was_merged_is_read_by_its_own_address(address: str, first: Incident) -> None:
    other = make.incident("Fire at the same warehouse", published=FIRST)
    by = make.user("writer", staff=True)
    with make.at(SECOND):
        make.publish(joining.join(other.record, first.record, by=by))
    other.record.refresh_from_db()

    said = words(page(f"{address}editions/1/"))

    assert f"The record became a part of {other.record.reference}" in said
    assert references(page("/incidents/?as_of=2026-03-31")).count(other.record.reference or "") == 1
    assert len(references(page("/incidents/?as_of=2026-03-31"))) == 2
    assert len(references(page("/incidents/"))) == 1


def test_a_row_hidden_in_an_edition_is_hidden_in_its_page_and_in_what_changed(
    address: str, first: Incident
) -> None:
    draft = review.revise(first, by=make.user("writer", staff=True))
    draft.change_reason = "new_source"
    draft.save()
    make.claim(draft, claimant="Canary service")
    draft.claims.filter(claimant="Canary service").update(marking=Marking.AMBER)
    with make.at(SECOND):
        second = make.publish(draft)
    revised(second, THIRD, title="Fire at a mill")

    for way in ("editions/2/", "history/?from=1&to=2"):
        assert "Canary" not in page(address + way)
    assert "Nothing that you may read differs." in words(page(f"{address}history/?from=1&to=2"))


# -- how much it asks ----------------------------------------------------------------------


def queries(url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(url)
    return len(captured)


def test_a_longer_history_asks_the_database_no_more_often(address: str, second: Incident) -> None:
    ways = ("history/?from=1&to=2", "editions/1/", "")
    before = [queries(address + way) for way in ways]

    third = revised(second, THIRD, title="Fire at a depot")
    revised(third, datetime(2026, 6, 1, tzinfo=UTC), title="Fire at a port")

    assert [queries(address + way) for way in ways] == before


def test_links_of_a_past_edition_lead_somewhere(address: str, second: Incident) -> None:
    html = page(f"{address}editions/1/")

    for link in links(html, "href"):
        if link.startswith("/incidents/HTI"):
            page(link)
