"""What becomes stricter with a record: its past editions, and what was merged into it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents import joining, markings, review
from incidents.models import Incident
from incidents.verification import verify
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    """Make somebody who writes."""
    return make.user("writer", staff=True)


def merged(stays: Incident, goes: Incident, writer: User) -> Incident:
    """Publish an edition of one record that takes another one in."""
    return make.publish(joining.join(stays.record, goes.record, by=writer))


def raised(edition: Incident, writer: User, way: str) -> None:
    """Make a record RED, by its present marking or by a stricter edition."""
    if way == "record":
        make.marked(edition, "red")
        return
    if way == "withdrawn":
        review.withdraw(edition, by=make.reviewer(), reason="It was a drill.")
    stricter = review.revise(edition, by=writer)
    stricter.marking, stricter.change_reason = "red", "correction"
    stricter.save()
    second = make.reviewer()
    stricter.record.readers.add(second)
    make.publish(stricter, second)


def past(edition: Incident) -> list[int]:
    """Return how the pages of the past of a record answer everybody."""
    base = f"/incidents/{edition.record.reference}"
    pages = (f"{base}/history/", f"{base}/editions/1/", f"/api/v1{base}/editions/1/")
    return [Client().get(page).status_code for page in pages]


@pytest.mark.parametrize("way", ["record", "edition", "withdrawn"])
def test_what_was_merged_into_a_record_becomes_stricter_with_it(writer: User, way: str) -> None:
    first, second, third = (make.incident(f"Record number {n}") for n in range(3))
    merged(second, first, writer)
    second.refresh_from_db()
    edition = merged(third, second, writer)
    before = past(first), past(second)

    raised(edition, writer, way)

    assert before == ([200] * 3, [200] * 3)
    assert (past(first), past(second), past(third)) == ([404] * 3, [404] * 3, [404] * 3)
    assert verify().faults == []


def test_what_was_merged_stays_as_strict_where_it_was_stricter_or_the_record_is_lowered(
    writer: User,
) -> None:
    goes, stays = make.incident("The one that goes"), make.incident("The one that stays")
    edition = merged(stays, goes, writer)
    make.marked(edition, "amber")
    asked = edition.record.marking_changes.create(
        before="amber", after="clear", reason="Known by now.", asked_by=writer
    )

    markings.decide(asked, by=make.reviewer(), granted=True)

    assert Client().get(f"/incidents/{stays.record.reference}/").status_code == 200
    assert past(goes) == [404] * 3
    assert verify().faults == []


def test_a_record_that_was_made_stricter_comes_out_of_a_merge_as_strict(writer: User) -> None:
    goes, stays = make.incident("The one that goes"), make.incident("The one that stays")
    edition = merged(stays, goes, writer)
    make.marked(edition, "amber")

    joining.take_apart(goes.record, by=make.reviewer(), reason="They were two.")

    present = Incident.objects.get(record=goes.record, state="published")
    assert (present.marking, present.effective_marking) == ("amber", "amber")
    assert past(goes) == [404] * 3
    assert verify().faults == []
