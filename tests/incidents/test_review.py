"""The way of an edition to the public: handing in, approving, returning, revising, withdrawing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles.codebook import Marking
from articles.models import Article
from incidents import publishing, review, services
from incidents.codebook import State
from incidents.models import Clock, Incident, Record
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def second() -> User:
    return make.reviewer()


def clock(name: str) -> int:
    return Clock.objects.get_or_create(name=name)[0].version


# -- publishing ----------------------------------------------------------------------------


def test_an_author_does_not_publish_the_own_edition() -> None:
    anna = make.reviewer("anna")
    draft = make.incident(state="draft", author=anna)

    with pytest.raises(ValidationError, match="second person"):
        make.publish(draft, anna)

    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW
    assert draft.record.reference is None


def lack_summary(draft: Incident) -> None:
    draft.summary = "Too short."
    draft.save()


def lack_place(draft: Incident) -> None:
    draft.locations.all().delete()


def lack_primary_place(draft: Incident) -> None:
    draft.locations.update(primary=False)


def lack_target(draft: Incident) -> None:
    draft.targets.all().delete()


def lack_effect(draft: Incident) -> None:
    draft.effects.all().delete()


def lack_citation(draft: Incident) -> None:
    draft.citations.all().delete()


def lack_finding(draft: Incident) -> None:
    draft.findings.all().delete()


def lack_source_of_claim(draft: Incident) -> None:
    make.claim(draft).citations.clear()


def lack_role_of_nobody(draft: Incident) -> None:
    make.claim(draft, stance="rules_out", role="not_stated")


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (lack_summary, "summary"),
        (lack_place, "locations"),
        (lack_primary_place, "locations"),
        (lack_target, "targets"),
        (lack_effect, "effects"),
        (lack_citation, "citations"),
        (lack_finding, "findings"),
        (lack_source_of_claim, "claims"),
        (lack_role_of_nobody, "claims"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_published(
    spoil: Any, part: str, second: User
) -> None:
    draft = make.incident(state="draft")
    spoil(draft)

    with pytest.raises(ValidationError) as refused:
        make.publish(draft, second)

    assert part in refused.value.message_dict
    assert list(services.gaps(Incident.objects.get())) == [part]
    assert Incident.objects.get().state == State.DRAFT


def test_an_alleged_incident_needs_no_finding(second: User) -> None:
    draft = make.incident(state="draft", status="alleged")

    assert make.publish(draft, second).state == State.PUBLISHED


def test_publishing_gives_an_approver_a_date_and_a_reference(second: User) -> None:
    published = make.publish(make.incident(state="draft"), second)

    record = Record.objects.get()
    assert published.approved_by == second
    assert record.first_published_at == published.published_at
    assert record.reference == f"HTI-{record.first_published_at:%Y}-00001"


@pytest.mark.parametrize("state", ["published", "withdrawn", "discarded"])
def test_only_what_is_worked_on_is_published(state: str, second: User) -> None:
    edition = make.incident(state=state)

    with pytest.raises(ValidationError, match="being written"):
        make.publish(edition, second)


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested"])
def test_what_is_worked_on_is_published(state: str, second: User) -> None:
    edition = make.incident(state=state)

    assert make.publish(edition, second).state == State.PUBLISHED


def test_references_have_no_gaps_and_only_clear_records_take_one(second: User) -> None:
    make.incident()
    make.incident(marking="amber")
    refused = make.incident(state="draft")
    lack_effect(refused)
    with pytest.raises(ValidationError):
        make.publish(refused, second)
    make.incident()

    references = [record.reference for record in Record.objects.order_by("pk")]

    assert [reference and reference[-5:] for reference in references] == [
        "00001", None, None, "00002",
    ]  # fmt: skip


def test_a_next_edition_supersedes_the_one_before_and_keeps_reference_and_day(
    second: User,
) -> None:
    first = make.incident()
    reference, day = first.record.reference, first.record.first_published_at

    next_one = make.incident("Fire at two warehouses", after=first)

    first.refresh_from_db()
    record = Record.objects.get()
    assert first.state == State.SUPERSEDED
    assert first.ended_at
    assert (next_one.number, next_one.state) == (2, State.PUBLISHED)
    assert (record.reference, record.first_published_at) == (reference, day)


def test_a_next_edition_says_why(second: User) -> None:
    draft = make.incident(after=make.incident(), state="draft")
    draft.change_reason = ""
    draft.save()

    with pytest.raises(ValidationError) as refused:
        make.publish(draft, second)

    assert "change_reason" in refused.value.message_dict
    assert Incident.objects.filter(state=State.PUBLISHED).count() == 1


@pytest.mark.parametrize(
    ("edition", "article", "becomes"),
    [
        ("clear", "red", "clear"),
        ("clear", "amber", "clear"),
        ("green", "amber_strict", "green"),
        ("amber", "clear", "clear"),
        ("amber", "green", "green"),
        ("red", "amber", "amber"),
    ],
)
def test_publishing_lowers_what_is_cited_to_the_marking_of_the_edition(
    edition: str, article: str, becomes: str
) -> None:
    cited, other = make.article(marking=article), make.article(marking=article)
    cited.readers.add(make.reviewer())

    make.incident(marking=edition, citations=[cited])

    assert Article.objects.get(pk=cited.pk).marking == becomes
    assert Article.objects.get(pk=other.pk).marking == article


def test_the_marking_of_a_record_is_that_of_its_published_edition() -> None:
    first = make.incident(marking="clear")
    assert Record.objects.get().marking == Marking.CLEAR

    make.incident(after=first, marking="amber")

    assert Record.objects.get().marking == Marking.AMBER


def test_withdrawing_ends_an_edition_and_keeps_the_reason(second: User) -> None:
    published = make.incident()

    review.withdraw(published, by=second, reason="It was another act.")

    record = Record.objects.get()
    published.refresh_from_db()
    assert published.state == State.WITHDRAWN
    assert published.ended_at
    assert (record.withdrawn_reason, record.withdrawn_by) == ("It was another act.", second)


def test_only_what_is_published_is_withdrawn(second: User) -> None:
    with pytest.raises(ValidationError):
        review.withdraw(make.incident(state="draft"), by=second, reason="No.")


def test_an_error_while_publishing_leaves_the_edition_before_public(
    second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make.incident()
    draft = make.incident(after=first, state="draft")

    def fail(*_args: Any, **_said: Any) -> None:
        raise RuntimeError("The machine stops here.")

    monkeypatch.setattr(publishing, "release", fail)
    with pytest.raises(RuntimeError):
        make.publish(draft, second)

    first.refresh_from_db()
    draft.refresh_from_db()
    assert (first.state, draft.state) == (State.PUBLISHED, State.IN_REVIEW)


# -- clocks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then", "moves"),
    [
        (None, "clear", True),
        (None, "green", False),
        (None, "red", False),
        ("clear", "clear", True),
        ("clear", "amber", True),
        ("amber", "clear", True),
        ("amber", "amber", False),
    ],
)
def test_the_public_clock_moves_only_with_what_is_clear(
    first: str | None, then: str, moves: bool, second: User
) -> None:
    before = make.incident(marking=first) if first else None
    draft = make.incident(marking=then, after=before, state="draft")
    public, staff = clock("public"), clock("staff")

    make.publish(draft, second)

    assert clock("public") - public == int(moves)
    assert clock("staff") - staff == 2  # it was handed in first


@pytest.mark.parametrize(("marking", "moves"), [("clear", True), ("amber", False)])
def test_withdrawing_moves_the_public_clock_where_the_record_was_public(
    marking: str, moves: bool, second: User
) -> None:
    published = make.incident(marking=marking)
    public = clock("public")

    review.withdraw(published, by=second, reason="Wrong.")

    assert clock("public") - public == int(moves)
