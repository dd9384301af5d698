"""What is attached to a record is no less strict than before, and nobody's work is run over."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles.models import Article
from incidents import attaching, review
from incidents.codebook import CitationRole, State
from incidents.locks import hold_edition
from incidents.models import Incident
from tests import make

pytestmark = pytest.mark.django_db

URL = "https://example.org/new"


def draft(analyst: User, **said: Any) -> Incident:
    """Make a draft that cites one article."""
    own = make.article(added_by=analyst)
    said = {"state": State.DRAFT, "author": analyst, "citations": [own], **said}
    return make.incident(**said)


@pytest.mark.parametrize("marking", ["amber_strict", "red"])
def test_an_article_that_is_new_is_no_less_strict_than_the_draft(
    analyst: User, marking: str
) -> None:
    of = draft(analyst, marking=marking)

    attaching.attach([URL], of.record.public_id, by=analyst)

    assert Article.objects.get(url=URL).marking == marking


def test_an_article_that_is_new_is_no_less_strict_than_the_record_is_by_now(analyst: User) -> None:
    published = make.incident()
    published.record.marking = "red"
    published.record.save()
    Incident.objects.filter(pk=published.pk).update(effective_marking="red")
    published.record.readers.add(analyst)

    begun = attaching.attach([URL], published.record.public_id, by=analyst)

    assert begun.marking == "clear"
    assert Article.objects.get(url=URL).marking == "red"


def test_what_is_attached_is_no_second_first_report(analyst: User) -> None:
    of = draft(analyst)
    of.citations.update(role=CitationRole.FIRST_REPORT)

    attaching.attach([URL], of.record.public_id, by=analyst)

    assert of.citations.get(article__url=URL).role == CitationRole.DETAIL


def test_a_new_source_is_the_reason_of_a_revision_that_has_none(analyst: User) -> None:
    published, known = make.incident(), make.incident()

    begun = attaching.attach([URL], published.record.public_id, by=analyst)
    cited = known.citations.get().article.url
    nothing_new = attaching.attach([cited], known.record.public_id, by=analyst)

    begun.refresh_from_db()
    assert begun.change_reason == "new_source"
    assert nothing_new.change_reason == ""
    assert attaching.attach([URL], draft(analyst).record.public_id, by=analyst).change_reason == ""


def test_a_source_that_readers_may_not_see_is_told_by_no_reason(analyst: User) -> None:
    published = make.incident()

    begun = attaching.attach([URL], published.record.public_id, by=analyst, marking="red")

    begun.refresh_from_db()
    assert begun.citations.get(article__url=URL).marking == "red"
    assert begun.change_reason == ""


def test_a_reason_that_was_chosen_stays(analyst: User) -> None:
    published = make.incident()
    open_already = review.revise(published, by=analyst)
    Incident.objects.filter(pk=open_already.pk).update(change_reason="correction")

    attaching.attach([URL], published.record.public_id, by=analyst)

    open_already.refresh_from_db()
    assert open_already.change_reason == "correction"


def test_a_form_that_was_opened_before_is_of_an_old_version(analyst: User) -> None:
    of = draft(analyst)

    now = attaching.attach([URL], of.record.public_id, by=analyst)

    assert now.version == of.version + 1


def test_nothing_is_attached_to_what_is_handed_in_at_that_moment(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = draft(analyst)

    def handed_in(edition: Incident) -> Any:
        Incident.objects.filter(pk=edition.pk).update(state=State.IN_REVIEW)
        return hold_edition(edition)

    monkeypatch.setattr("incidents.attaching.hold_edition", handed_in)
    with pytest.raises(ValidationError, match="in review"):
        attaching.attach([URL], of.record.public_id, by=analyst)

    assert not Article.objects.filter(url=URL).exists()


@pytest.mark.parametrize(
    ("edition", "citation", "becomes"),
    [
        ("amber", "clear", "clear"),
        ("amber", "red", "red"),
        ("red", "clear", "red"),
        ("amber_strict", "amber", "amber_strict"),
    ],
)
def test_what_moves_to_another_record_is_no_less_strict_there(
    analyst: User, edition: str, citation: str, becomes: str
) -> None:
    given_up, other = draft(analyst, marking=edition), make.incident()
    given_up.citations.update(marking=citation)

    begun = attaching.move(given_up, other.record.public_id, by=analyst)

    assert begun.record == other.record
    moved = begun.citations.get(article=given_up.citations.get().article)
    assert moved.marking == becomes
    given_up.refresh_from_db()
    assert given_up.state == State.DISCARDED


def test_a_move_that_fails_at_its_end_leaves_all_as_it_was(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up, other = draft(analyst), make.incident()

    def broken(*_args: Any, **_said: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(review, "discard", broken)
    with pytest.raises(KeyboardInterrupt):
        attaching.move(given_up, other.record.public_id, by=analyst)

    given_up.refresh_from_db()
    assert given_up.state == State.DRAFT
    assert not Incident.objects.filter(record=other.record, state=State.DRAFT).exists()
