"""A merge is taken back: both records say again what they said."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from incidents import joining, review
from incidents.codebook import State
from incidents.content import content
from incidents.models import (
    Incident,
    Record,
    Target,
)
from incidents.verification import verify
from tests import make

from .joined import merged, present, public, said, second, writer

__all__ = ["second", "writer"]

pytestmark = pytest.mark.django_db


def test_taking_apart_restores_what_both_said(writer: User, second: User) -> None:
    shared = make.article()
    survivor = make.incident(citations=[shared], status="alleged", findings=[], marking="clear")
    other = make.incident(
        citations=[shared, make.article()],
        marking="amber",
        claims=[{}],
        locations=[{"country": "SE"}],
    )
    before = said(survivor), said(other)
    merged(survivor, other, writer, second)
    assert public() == set()

    joining.take_apart(other.record, by=second, reason="Two fires.")

    assert (said(present(survivor.record)), said(present(other.record))) == before
    assert present(other.record).change_reason == "unmerged"
    assert present(other.record).change_note == "Two fires."
    assert public() == {survivor.record_id}


def test_later_edits_of_the_survivor_stay(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident(locations=[{"country": "SE"}])
    made = merged(survivor, other, writer, second)
    later = review.revise(made, by=writer)
    later.title, later.change_reason = "Fire at two warehouses", "correction"
    later.save()
    Target.objects.create(incident=later, country="NO")
    make.publish(later)

    joining.take_apart(other.record, by=second, reason="Two fires.")

    left = present(survivor.record)
    assert left.title == "Fire at two warehouses"
    assert left.targets.filter(country="NO").exists()
    assert not left.locations.filter(country="SE").exists()


def test_what_was_written_under_a_stricter_marking_does_not_become_public(
    writer: User, second: User
) -> None:
    survivor, other = make.incident(marking="clear"), make.incident(marking="amber")
    made = merged(survivor, other, writer, second)
    later = review.revise(made, by=writer)
    later.change_reason = "correction"
    later.save()
    Target.objects.create(incident=later, country="NO", name="Told in confidence")
    make.publish(later)

    joining.take_apart(other.record, by=second, reason="Two fires.")

    assert present(survivor.record).effective_marking == "amber"
    assert public() == set()


def test_a_marking_that_was_raised_stays_raised(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident()
    made = merged(survivor, other, writer, second)
    make.marked(made, "amber")

    joining.take_apart(other.record, by=second, reason="Two fires.")

    assert present(other.record).effective_marking == "amber"
    assert present(survivor.record).effective_marking == "amber"
    assert Record.objects.get(pk=other.record_id).marking == "amber"


def test_what_never_was_public_comes_back_as_a_draft(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident(state="draft", title="A blaze somewhere")
    before = content(other)
    merged(survivor, other, writer, second)

    joining.take_apart(other.record, by=second, reason="Two fires.")

    back = Incident.objects.get(record=other.record, state=State.DRAFT)
    assert content(back) == before
    assert list(back.authors.all()) == [writer]
    assert public() == {survivor.record_id}


def test_a_draft_that_took_in_what_was_public_is_a_draft_again(writer: User, second: User) -> None:
    survivor, other = make.incident(state="draft"), make.incident()
    before = content(survivor), said(other)
    merged(survivor, other, writer, second)

    joining.take_apart(other.record, by=second, reason="Two fires.")

    left = Incident.objects.get(record=survivor.record, state=State.DRAFT)
    assert (content(left), said(present(other.record))) == before
    assert not Incident.objects.filter(record=survivor.record, state=State.PUBLISHED).exists()
    assert public() == {other.record_id}


def test_the_open_revision_that_was_given_up_comes_back(writer: User, second: User) -> None:
    survivor, other = make.incident(), make.incident()
    revision = review.revise(other, by=writer)
    revision.title, revision.change_reason = "Not yet said", "correction"
    revision.save()
    merged(survivor, other, writer, second)

    joining.take_apart(other.record, by=second, reason="Two fires.")

    back = Incident.objects.get(record=other.record, state=State.DRAFT)
    assert (back.title, back.change_reason) == ("Not yet said", "correction")


def test_a_record_that_was_merged_with_parts_comes_back_with_them(
    writer: User, second: User
) -> None:
    first, middle, last = make.incident(), make.incident(), make.incident()
    merged(middle, first, writer, second)
    before = said(present(middle.record))
    merged(last, present(middle.record), writer, second)
    assert public() == {last.record_id}
    with pytest.raises(ValidationError, match="take that back first"):
        joining.take_apart(first.record, by=second, reason="Two fires.")

    joining.take_apart(middle.record, by=second, reason="Two fires.")
    assert said(present(middle.record)) == before
    assert public() == {middle.record_id, last.record_id}

    joining.take_apart(first.record, by=second, reason="Three fires.")
    assert public() == {first.record_id, middle.record_id, last.record_id}


def test_only_a_second_person_takes_apart_and_says_why(writer: User, second: User) -> None:
    anna = make.reviewer("anna")
    survivor, other = make.incident(), make.incident(author=anna)
    merged(survivor, other, writer, second)

    with pytest.raises(ValidationError, match="Only reviewers"):
        joining.take_apart(other.record, by=writer, reason="Two fires.")
    with pytest.raises(ValidationError, match="second person"):
        joining.take_apart(other.record, by=anna, reason="Two fires.")
    with pytest.raises(ValidationError, match="Say why"):
        joining.take_apart(other.record, by=second, reason=" ")
    with pytest.raises(ValidationError, match="not a part"):
        joining.take_apart(survivor.record, by=second, reason="Two fires.")
    review.revise(present(survivor.record), by=writer)
    with pytest.raises(ValidationError, match="being worked on"):
        joining.take_apart(other.record, by=second, reason="Two fires.")

    assert public() == {survivor.record_id}


def test_an_error_while_taking_apart_leaves_the_merge(
    writer: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    survivor, other = make.incident(), make.incident()
    merged(survivor, other, writer, second)

    def fail(*_args: Any, **_said: Any) -> None:
        raise RuntimeError("The machine stops here.")

    monkeypatch.setattr(joining, "_bring_back", fail)
    with pytest.raises(RuntimeError):
        joining.take_apart(other.record, by=second, reason="Two fires.")

    assert public() == {survivor.record_id}
    assert Record.objects.get(pk=other.record_id).merged_into == survivor.record


def test_past_editions_are_read_again_by_whom_only_the_merge_kept_from_them(
    writer: User, second: User
) -> None:
    survivor, other = make.incident(marking="clear"), make.incident(marking="amber")
    reader = make.user("reader")

    def read() -> bool:
        past = Incident.objects.visible_to(reader, past=True)
        return past.filter(pk=survivor.pk).exists()

    merged(survivor, other, writer, second)
    assert not read()

    joining.take_apart(other.record, by=second, reason="Two fires.")

    assert read()


@pytest.mark.parametrize("stays", ["published", "draft"])
@pytest.mark.parametrize("goes", ["published", "draft", "withdrawn"])
@pytest.mark.parametrize("marking", ["clear", "amber"])
def test_the_ledger_holds_before_during_and_after_a_merge(
    stays: str, goes: str, marking: str, writer: User, second: User
) -> None:
    survivor = make.incident(state=stays)
    other = make.incident(state=goes, marking=marking)

    merged(survivor, other, writer, second)
    assert [str(fault) for fault in verify().faults] == []

    joining.take_apart(other.record, by=second, reason="Two fires.")
    assert [str(fault) for fault in verify().faults] == []
