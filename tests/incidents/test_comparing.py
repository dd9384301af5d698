"""Two records side by side, and what somebody decided that they are to each other."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from incidents import comparing
from incidents.models import Claim, Clock, Comparison, Incident
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return make.user("writer", staff=True)


def names(editions: list[Incident]) -> list[str]:
    return [edition.title for edition in editions]


def public_clock() -> int:
    return Clock.objects.get_or_create(name="public")[0].version


def test_what_agrees_and_what_differs_is_told_apart(writer: User) -> None:
    shared = make.article(title="Both rest on it")
    one = make.incident(
        "Fire at a depot",
        citations=[shared],
        claims=[{"claimant": "The ministry"}, {"claimant": "A court"}],
    )
    other = make.incident(
        "Blaze at a depot",
        citations=[shared, make.article(title="The other alone rests on it")],
        claims=[{"claimant": "The ministry"}],
    )

    seen = comparing.side_by_side(one.record, other.record, writer)

    assert [(it.name, it.before, it.after) for it in seen.differ] == [
        ("title", "Fire at a depot", "Blaze at a depot")
    ]
    assert "event_type" in {it.name for it in seen.agree}
    rows = {row.label: row for row in seen.rows}
    assert rows["Articles cited"].both == ["Both rest on it"]
    assert rows["Articles cited"].one == []
    assert rows["Articles cited"].other == ["The other alone rests on it"]
    assert [title.partition(",")[0] for title in rows["Claims"].both] == ["The ministry"]
    assert [title.partition(",")[0] for title in rows["Claims"].one] == ["A court"]


def test_rows_that_the_reader_may_not_see_are_in_no_comparison() -> None:
    one, other = make.incident(), make.incident(state="draft")
    make.claim(other, claimant="Told in confidence")
    Claim.objects.update(marking="red")
    make.publish(other)
    analyst = make.user("analyst", staff=True)

    seen = comparing.side_by_side(one.record, other.record, analyst)

    assert "Told in confidence" not in str(seen)


def test_two_records_are_compared_by_who_may_read_both(writer: User) -> None:
    one, hidden = make.incident(), make.incident(marking="amber_strict")
    stranger = make.user("stranger", is_staff=True)

    for act in (
        lambda: comparing.side_by_side(one.record, hidden.record, stranger),
        lambda: comparing.decide(one.record, hidden.record, "distinct", by=stranger),
        lambda: comparing.side_by_side(one.record, one.record, writer),
    ):
        with pytest.raises(ValidationError, match="no two records"):
            act()
    assert comparing.decide(one.record, hidden.record, "distinct", by=writer).verdict == "distinct"


def test_what_was_decided_on_a_record_is_known_until_it_is_revoked(writer: User) -> None:
    one, distinct, related = make.incident(), make.incident(), make.incident()

    comparing.decide(one.record, distinct.record, "distinct", by=writer)
    comparing.decide(related.record, one.record, "related", relation="copycat", by=writer)

    assert comparing.decided_on(one.record, writer) == {distinct.record_id, related.record_id}
    comparing.revoke(Comparison.objects.get(verdict="distinct"), by=writer)
    assert comparing.decided_on(one.record, writer) == {related.record_id}


def test_a_later_decision_takes_the_place_of_an_earlier_one(writer: User) -> None:
    one, other = make.incident(), make.incident()
    tie = make.related(one, other)
    comparing.confirm(tie, by=make.reviewer())

    comparing.decide(other.record, one.record, "distinct", by=writer)

    kept = Comparison.objects.get()
    assert (kept.verdict, kept.relation, kept.confirmed_by) == ("distinct", "", None)


def test_how_two_records_are_related_has_to_be_said(writer: User) -> None:
    one, other = make.incident(), make.incident()

    with pytest.raises(ValidationError, match="how they are related"):
        comparing.decide(one.record, other.record, "related", by=writer)
    with pytest.raises(ValidationError):
        comparing.decide(one.record, other.record, "distinct", relation="copycat", by=writer)
    with pytest.raises(ValidationError):
        comparing.decide(one.record, other.record, "enemies", by=writer)
    assert not Comparison.objects.exists()


def test_the_public_is_told_of_a_relation_once_a_second_person_confirmed_it(
    writer: User,
) -> None:
    one, other = make.incident(), make.incident()
    anna, reader = make.reviewer("anna"), make.user("reader")
    tie = comparing.decide(one.record, other.record, "related", relation="copycat", by=anna)
    before = public_clock()
    assert [it.incident for it in comparing.related(one.record, writer)] == [other]
    assert comparing.related(one.record, reader) == []

    with pytest.raises(ValidationError, match="you decided it"):
        comparing.confirm(tie, by=anna)
    with pytest.raises(ValidationError, match="Only reviewers"):
        comparing.confirm(tie, by=writer)
    assert public_clock() == before
    comparing.confirm(tie, by=make.reviewer())

    assert [it.incident for it in comparing.related(other.record, reader)] == [one]
    assert public_clock() == before + 1
    comparing.revoke(tie, by=writer)
    assert comparing.related(one.record, reader) == []
    assert public_clock() == before + 2


def test_a_related_record_that_is_hidden_is_not_named() -> None:
    one, hidden = make.incident(), make.incident(marking="amber")
    before = public_clock()
    comparing.confirm(make.related(one, hidden), by=make.reviewer())

    assert comparing.related(one.record, make.user("reader")) == []
    assert public_clock() == before
