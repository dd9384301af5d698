"""The week in brief: what came, changed, was ruled out and taken back, as each reader may read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from incidents import review
from incidents.acts import become_part
from incidents.briefing import SHOWN, briefing
from incidents.codebook import ChangeReason
from incidents.models import Record
from incidents.refusals import InvalidQuestion
from tests import make

from .reading import links, number, page, words

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
BRIEFING = "/briefing/"
# Weeks begin on Monday, 00:00 UTC.
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
WEEK, NEXT = "2026-W10", "2026-W11"


def later(**said: int) -> datetime:
    return MONDAY + timedelta(**said)


def test_a_week_begins_on_monday_and_ends_with_sunday() -> None:
    make.incident("The week before", published=later(seconds=-1))
    make.incident("On its first moment", published=MONDAY)
    make.incident("On its last moment", published=later(days=7, seconds=-1))
    make.incident("The week after", published=later(days=7))

    told = briefing(WEEK, NOBODY)

    assert (str(told.first), str(told.last)) == ("2026-03-02", "2026-03-08")
    assert told.new.total == 2
    assert {one.title for one in told.new.incidents} == {
        *("On its first moment", "On its last moment"),
    }
    assert (told.previous, told.following) == ("2026-W09", NEXT)


def test_what_was_taken_back_since_is_told_as_withdrawn_alone() -> None:
    first = make.incident("A hoax", published=later(days=-3))
    second = make.incident("A hoax, in detail", after=first, published=later(days=1))
    review.withdraw(second, by=make.reviewer(), reason="It was none.")

    told = briefing(WEEK, NOBODY)

    assert told.changed.total == 0
    assert "A hoax" not in page(f"{BRIEFING}?week={WEEK}")


def test_what_got_a_new_edition_changed_and_is_not_new() -> None:
    first = make.incident("A fire", published=later(days=-3))
    second = make.incident("A fire, well known", after=first, published=later(days=1))
    make.incident("A fire, better known", after=second, published=later(days=2))

    told = briefing(WEEK, NOBODY)

    assert told.new.total == 0
    assert [one.title for one in told.changed.incidents] == ["A fire, better known"]
    assert briefing("2026-W09", NOBODY).changed.total == 0


def test_a_past_week_stays_what_it_was_when_more_is_published() -> None:
    first = make.incident("A fire", published=later(days=-3))
    second = make.incident("A fire, known", after=first, published=later(days=1))
    make.incident("A fire, over", after=second, published=later(days=8))

    assert [one.title for one in briefing(WEEK, NOBODY).changed.incidents] == ["A fire, known"]
    assert [one.title for one in briefing(NEXT, NOBODY).changed.incidents] == ["A fire, over"]


def test_what_was_found_to_be_something_else_is_ruled_out_once() -> None:
    first = make.incident("A crash", status="suspected", published=later(days=-3))
    out: Any = {"status": "ruled_out"}
    second = make.incident("A crash again", after=first, published=later(days=1), **out)
    make.incident("A crash, again", after=second, published=later(days=9), **out)

    assert [one.title for one in briefing(WEEK, NOBODY).ruled_out.incidents] == ["A crash again"]
    assert briefing(NEXT, NOBODY).ruled_out.total == 0


def test_what_was_taken_back_leaves_its_reference_and_the_reason() -> None:
    edition = make.incident("A mistake of ours", published=later(days=-3))
    with make.at(later(days=1)):
        review.withdraw(edition, by=make.reviewer(), reason="It was a drill.")

    told = words(page(f"{BRIEFING}?week={WEEK}"))

    edition.record.refresh_from_db()
    assert "1 withdrawn" in told
    assert f"{edition.record.reference} It was a drill." in told
    assert "A mistake of ours" not in told


def test_what_became_a_part_of_another_or_was_published_again_is_not_taken_back() -> None:
    merged, again, other = (make.incident(published=later(days=-3)) for _n in range(3))
    with make.at(later(days=1)):
        for edition in (merged, again):
            review.withdraw(edition, by=make.reviewer(), reason="It was a drill.")
        assert briefing(WEEK, NOBODY).withdrawn.total == 2
    part, whole = (Record.objects.get(pk=one.record_id) for one in (merged, other))
    become_part(part, whole)
    assert briefing(WEEK, NOBODY).withdrawn.total == 1

    with make.at(later(days=2)):
        draft = review.revise(again, by=make.user("writer", staff=True))
        draft.change_reason = ChangeReason.CORRECTION
        draft.save()
        make.publish(draft)

    assert briefing(WEEK, NOBODY).withdrawn.total == 0


def test_why_something_hidden_was_taken_back_is_told_to_nobody() -> None:
    edition = make.incident("A hidden mistake", marking="green", published=later(days=-3))
    with make.at(later(days=1)):
        review.withdraw(edition, by=make.reviewer(), reason="It was a secret drill.")
    staff = Client()
    staff.force_login(make.user("sentinel", staff=True))

    for client in (Client(), staff):
        assert "secret drill" not in page(f"{BRIEFING}?week={WEEK}", client)


def test_the_public_hears_of_nothing_hidden_and_staff_of_what_waits() -> None:
    make.incident("Hidden fire", marking="amber", published=later(days=1))
    make.incident("Waiting fire", state="in_review")
    staff = Client()
    staff.force_login(make.user("sentinel", staff=True))

    for week in (WEEK, ""):
        told = page(f"{BRIEFING}?week={week}" if week else BRIEFING)
        assert "Hidden fire" not in told
        assert "Waiting fire" not in told
        assert "waiting for review" not in told
    told = words(page(f"{BRIEFING}?week={WEEK}", staff))
    assert "Hidden fire" in told
    assert "TLP:AMBER" in told
    assert "1 waiting for review" in told


def test_reviewers_see_what_waits() -> None:
    make.incident("Waiting fire", state="in_review")
    reviewer = Client()
    reviewer.force_login(make.reviewer())

    told = words(page(BRIEFING, reviewer))

    assert "1 waiting for review" in told
    assert "Waiting fire" in told


def test_what_is_more_than_a_page_holds_is_counted_and_its_number_leads_to_its_list() -> None:
    for n in range(SHOWN + 2):
        make.incident(f"Fire number {n}", published=later(hours=n))

    html = page(f"{BRIEFING}?week={WEEK}")

    assert f"{SHOWN + 2} new" in words(html)
    assert "and 2 more" in words(html)
    (query,) = {link for link in links(html, "time_basis=recorded") if "primary" not in link}
    assert number(page(query)) == SHOWN + 2


@pytest.mark.parametrize(
    "week", ["2026", "2026-W60", "2026-W1", "W10", "2025-W53", "2099-W52", "0001-W01"]
)
def test_what_is_no_week_or_has_not_begun_is_refused_with_help(week: str) -> None:
    with pytest.raises(InvalidQuestion):
        briefing(week, NOBODY)
    told = words(page(f"{BRIEFING}?week={week}", status=400))
    assert week in told
    assert "2024-W31" in told or "has not begun" in told


def test_the_present_week_is_shown_where_none_is_named() -> None:
    make.incident("Fire of today")

    told = briefing("", NOBODY)

    assert told.first <= timezone.now().date() <= told.last
    assert told.following is None
    assert told.new.total == 1
