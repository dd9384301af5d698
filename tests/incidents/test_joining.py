"""Two records of one incident become one, by a second person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Organisation
from incidents import joining, likeness, markings, review
from incidents.codebook import LedgerAction, State
from incidents.models import (
    Claim,
    Incident,
    LedgerEntry,
    Location,
    Record,
)
from tests import make

from .joined import merged, present, public, said, second, writer

__all__ = ["second", "writer"]

pytestmark = pytest.mark.django_db


# -- joining ---------------------------------------------------------------------------------


def test_a_merge_waits_for_a_second_person(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident()

    draft = joining.join(survivor.record, other.record, by=writer)

    assert (draft.state, draft.change_reason) == (State.DRAFT, "merged")
    assert draft.takes_in == other.record
    assert public() == {survivor.record_id, other.record_id}
    review.submit(draft, by=writer)
    with pytest.raises(ValidationError, match="Only reviewers"):
        review.approve(draft, by=writer)
    review.approve(draft, by=second)
    assert public() == {survivor.record_id}
    assert Record.objects.get(pk=other.record_id).merged_into_id == survivor.record_id


def test_the_survivor_gets_the_rows_that_it_lacks_under_their_own_names(
    writer: User, second: User
) -> None:
    shared = make.article()
    survivor = make.incident(
        citations=[shared],
        locations=[{"country": "PL", "place": "Warsaw"}],
        claims=[{"claimant": "The ministry"}],
    )
    other = make.incident(
        citations=[shared, make.article()],
        locations=[{"country": "PL", "place": "warsaw"}, {"country": "LT", "place": "Vilnius"}],
        claims=[{"claimant": "The Ministry"}, {"claimant": "A court", "kind": "prosecutor_court"}],
        findings=[("disputed", "2024-05-01")],
    )

    made = merged(survivor, other, writer, second)

    assert [str(place) for place in made.locations.all()] == [
        "Warsaw, Poland",
        "Vilnius, Lithuania",
    ]
    assert [place.primary for place in made.locations.all()] == [True, False]
    assert made.targets.count() == made.effects.count() == 1
    assert made.citations.count() == 2
    assert [claim.claimant for claim in made.claims.order_by("pk")] == ["The ministry", "A court"]
    court = made.claims.get(claimant="A court")
    assert court.uid == other.claims.get(claimant="A court").uid
    assert [source.article for source in court.citations.all()] == [shared]
    assert court.citations.get().uid == survivor.citations.get().uid
    assert made.status == "disputed"


def test_a_claim_that_replaces_one_that_both_have_replaces_that_of_the_survivor(
    writer: User, second: User
) -> None:
    first = {"claimant": "The ministry", "date": "2024-04-01"}
    survivor = make.incident(claims=[first])
    other = make.incident(
        claims=[
            first,
            {
                "claimant": "The ministry",
                "date": "2024-05-01",
                "stance": "withdraws",
                "supersedes": 0,
            },
        ]
    )

    made = merged(survivor, other, writer, second)

    earlier = made.claims.get(stance="asserts")
    assert earlier.uid == survivor.claims.get().uid
    assert made.claims.get(stance="withdraws").supersedes == earlier
    assert earlier.live_until is not None


def test_fields_that_differ_stay_as_they_are_and_are_told(writer: User) -> None:
    survivor = make.incident("Fire at a warehouse", severity=2)
    other = make.incident("Blaze at a depot", severity=3)

    plan = likeness.plan(survivor.record, other.record, writer)
    draft = joining.join(survivor.record, other.record, by=writer)

    assert {change.name for change in plan.differences} == {"title", "severity"}
    assert (draft.title, draft.severity) == ("Fire at a warehouse", 2)


def test_a_record_has_no_part_in_itself_and_stands_in_one_merge_only(
    writer: User, second: User
) -> None:
    survivor, other, third = make.incident(), make.incident(), make.incident()
    with pytest.raises(ValidationError, match="part of itself"):
        joining.join(survivor.record, survivor.record, by=writer)
    draft = joining.join(survivor.record, other.record, by=writer)
    with pytest.raises(ValidationError, match="takes in another one already"):
        joining.join(survivor.record, third.record, by=writer)
    with pytest.raises(ValidationError, match="takes in another one itself"):
        joining.join(third.record, survivor.record, by=writer)

    review.submit(draft, by=writer)

    with pytest.raises(ValidationError, match="in review"):
        joining.join(survivor.record, other.record, by=writer)
    review.approve(draft, by=second)
    with pytest.raises(ValidationError, match="no two records"):
        joining.join(third.record, other.record, by=writer)


def test_who_may_not_read_one_of_two_records_merges_nothing(second: User) -> None:
    stranger = make.user("stranger")
    stranger.is_staff = True
    stranger.save()
    hidden = make.incident(marking="amber_strict")
    survivor = make.incident()

    for pair in ((survivor, hidden), (hidden, survivor)):
        with pytest.raises(ValidationError, match="no two records"):
            joining.join(pair[0].record, pair[1].record, by=stranger)


def test_rows_that_its_maker_may_not_read_do_not_come_along(second: User) -> None:
    analyst = make.user("analyst", staff=True)
    survivor, other = make.incident(author=analyst), make.incident(state="draft")
    make.claim(other, claimant="Told in confidence")
    Claim.objects.update(marking="red")
    make.publish(other)

    draft = joining.join(survivor.record, other.record, by=analyst)

    assert not draft.claims.exists()


def test_what_is_changed_after_it_was_joined_is_joined_again(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident()
    draft = joining.join(survivor.record, other.record, by=writer)
    review.submit(draft, by=writer)
    revised = review.revise(other, by=writer)
    revised.change_reason = "correction"
    revised.save()
    Location.objects.create(incident=revised, country="SE")
    make.publish(revised)

    with pytest.raises(ValidationError, match="join it again"):
        review.approve(draft, by=second)

    review.send_back(draft, by=second, reason="Join it again.")
    again = joining.join(survivor.record, other.record, by=writer)
    assert again.pk == draft.pk
    assert again.locations.filter(country="SE").exists()
    review.submit(again, by=writer)
    assert review.approve(again, by=second).state == State.PUBLISHED


def test_an_author_of_what_was_never_published_does_not_approve_taking_it_in(
    writer: User,
) -> None:
    anna = make.reviewer("anna")
    survivor, other = make.incident(), make.incident(state="draft", author=anna, marking="clear")
    draft = joining.join(survivor.record, other.record, by=writer)
    review.submit(draft, by=writer)

    with pytest.raises(ValidationError, match="you are an author of P-"):
        review.approve(draft, by=anna)


def test_a_draft_that_is_given_up_or_left_alone_again_merges_nothing(
    writer: User, second: User
) -> None:
    survivor, other = make.incident(), make.incident()
    review.discard(joining.join(survivor.record, other.record, by=writer), by=writer)
    draft = review.revise(survivor, by=writer)
    draft.change_reason = "correction"
    draft.save()
    before = said(draft)
    joining.leave_out(joining.join(survivor.record, other.record, by=writer), by=writer)

    draft.refresh_from_db()
    assert said(draft) == before
    draft.change_reason = "correction"
    draft.save()
    make.publish(draft)

    assert public() == {survivor.record_id, other.record_id}


def test_an_open_draft_of_the_other_record_is_given_up(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident()
    revision = review.revise(other, by=writer)

    merged(survivor, other, writer, second)

    revision.refresh_from_db()
    assert revision.state == State.DISCARDED


# -- markings --------------------------------------------------------------------------------


def test_the_joined_edition_takes_the_stricter_marking_of_both(writer: User) -> None:
    survivor, other = make.incident(marking="clear"), make.incident(marking="amber")

    draft = joining.join(survivor.record, other.record, by=writer)

    assert (draft.marking, draft.effective_marking) == ("amber", "amber")
    assert likeness.plan(survivor.record, other.record, writer).marking == "amber"


def test_nothing_that_was_stricter_becomes_public_without_a_word_of_the_reviewer(
    writer: User, second: User
) -> None:
    survivor = make.incident(marking="clear")
    other = make.incident(marking="amber", locations=[{"country": "SE"}])
    draft = joining.join(survivor.record, other.record, by=writer)
    draft.marking = "clear"
    draft.save()
    review.submit(draft, by=writer)

    with pytest.raises(ValidationError, match="say in a comment that this is meant"):
        review.approve(draft, by=second)

    assert not Location.objects.visible_to(make.user("reader")).filter(country="SE").exists()
    review.approve(draft, by=second, comment="Cleared by its source.")
    assert Location.objects.visible_to(make.user("reader")).filter(country="SE").exists()


def test_nobody_reads_by_a_merge_what_they_could_not_read_before(writer: User) -> None:
    partner = Organisation.objects.create(name="Partner", slug="partner")
    survivor, other = make.incident(marking="amber"), make.incident(marking="amber")
    markings.share_with(survivor.record, organisations=[partner])

    with pytest.raises(ValidationError, match="Share both alike"):
        joining.join(survivor.record, other.record, by=writer)

    markings.share_with(other.record, organisations=[partner])
    assert joining.join(survivor.record, other.record, by=writer).takes_in == other.record


def test_strict_records_of_two_organisations_are_not_merged(writer: User) -> None:
    survivor, other = make.incident(), make.incident(marking="amber_strict")
    elsewhere = Organisation.objects.create(name="Elsewhere", slug="elsewhere")
    Record.objects.filter(pk=survivor.record_id).update(organisation=elsewhere)
    survivor.record.refresh_from_db()

    with pytest.raises(ValidationError, match="Share both alike"):
        joining.join(survivor.record, other.record, by=writer)


# -- the ledger, and what was published when -------------------------------------------------


def test_both_chains_are_told_of_a_merge_and_of_its_end(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident()
    merged(survivor, other, writer, second)
    joining.take_apart(other.record, by=second, reason="Two fires.")

    for chain in ("staff", "public"):
        told = LedgerEntry.objects.filter(chain=chain).order_by("number")
        assert [(entry.action, entry.record) for entry in told][2:] == [
            (LedgerAction.PUBLISHED, survivor.record),
            (LedgerAction.MERGED, other.record),
            (LedgerAction.UNMERGED, other.record),
            (LedgerAction.PUBLISHED, survivor.record),
            (LedgerAction.PUBLISHED, other.record),
        ]


def test_at_no_moment_both_or_none_of_a_merge_counts(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident()
    made = merged(survivor, other, writer, second)
    joining.take_apart(other.record, by=second, reason="Two fires.")
    back = present(other.record)

    def published(at: Any) -> list[int]:
        rows = Incident.objects.visible_to(make.user("reader"), past=True).public_at(at)
        return sorted(rows.values_list("record", flat=True))

    both = sorted((survivor.record_id, other.record_id))
    assert made.published_at
    assert back.published_at
    instant = timedelta(microseconds=1)
    assert published(made.published_at - instant) == both
    assert published(made.published_at) == [survivor.record_id]
    assert published(back.published_at - instant) == [survivor.record_id]
    assert published(back.published_at) == both
    assert published(timezone.now()) == both
