"""Whoever approves an edition may read each article that it cites, as publishing releases them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from articles.models import Article, Organisation
from incidents import markings, review
from incidents.codebook import State
from incidents.models import Incident
from tests import make

from .reviewing import LIST, QUEUE, checker, page_of, second, state_of, step

__all__ = ["checker", "second"]

pytestmark = pytest.mark.django_db

SECRET = "Quiet Kestrel"
WHY = "It cites articles that you may not read: 2."


def cites_red(author: User, state: str = State.IN_REVIEW, **said: Any) -> Incident:
    """Make an edition that cites two articles at RED, which its author added, and an open one."""
    hidden = [
        make.article(title=f"{SECRET} {n}", marking="red", added_by=author, **said) for n in (1, 2)
    ]
    cited = [*hidden, make.article(added_by=author)]
    return make.incident(state=state, marking="amber", author=author, citations=cited)


def test_what_a_reviewer_may_not_read_is_not_approved_by_any_door(
    second: Client, checker: User, analyst: User
) -> None:
    edition = cites_red(analyst)

    with pytest.raises(ValidationError, match=WHY):
        review.approve(edition, by=checker)
    forged = step(second, edition, "approve").content.decode()
    edition.refresh_from_db()
    sent = {"edition": [f"{edition.pk}:{edition.version}"]}
    several = second.post(f"{LIST}steps/approve/", sent, follow=True).content.decode()
    asked = {"action": "approve_selected", "_selected_action": [edition.pk]}
    chosen = second.post(LIST, asked).content.decode()

    for page in (forged, several, chosen, page_of(second, edition)):
        assert WHY in page
        assert SECRET not in page
    assert 'name="edition"' not in chosen
    assert "/step/approve/" not in page_of(second, edition)
    assert state_of(edition) == State.IN_REVIEW
    marked = Article.objects.filter(title__startswith=SECRET)
    assert set(marked.values_list("marking", "released")) == {("red", False)}


def test_the_queue_and_the_first_page_say_why_somebody_may_not_approve(
    second: Client, analyst: User
) -> None:
    cites_red(analyst)

    for address in (QUEUE, "/admin/"):
        page = second.get(address).content.decode()
        assert WHY in page
        assert "You may decide." not in page
        assert SECRET not in page


def test_a_queue_of_many_is_asked_by_two_questions(
    checker: User, analyst: User, django_assert_num_queries: Any
) -> None:
    hidden = {cites_red(analyst).pk, cites_red(analyst).pk}
    make.incident(state="in_review", author=analyst)
    waiting = list(Incident.objects.visible_to(checker).prefetch_related("authors"))

    with django_assert_num_queries(2):
        assert set(review.objections(waiting, checker)) == hidden


def test_what_a_reviewer_may_not_read_is_returned_by_them(second: Client, analyst: User) -> None:
    edition = cites_red(analyst)

    assert "/step/return/" in page_of(second, edition)
    step(second, edition, "return", text="Mark its articles less strictly.")

    assert state_of(edition) == State.CHANGES_REQUESTED


def test_who_reads_the_articles_approves_and_so_does_anybody_once_they_are_less_strict(
    checker: User, analyst: User
) -> None:
    named, lowered = cites_red(analyst), cites_red(analyst)
    for article in Article.objects.filter(pk__in=named.citations.values("article")):
        article.readers.add(checker)
    Article.objects.filter(pk__in=lowered.citations.values("article")).update(marking="amber")

    for edition in (named, lowered):
        assert review.approve(edition, by=checker).state == State.PUBLISHED


def test_an_article_that_becomes_stricter_while_it_is_read_is_not_approved(
    second: Client, analyst: User
) -> None:
    edition = make.incident(state="in_review", marking="amber", author=analyst)
    assert "/step/approve/" in page_of(second, edition)
    Article.objects.update(marking="red")

    told = at_once_of(second, edition)

    assert "It cites articles that you may not read: 1." in told
    assert state_of(edition) == State.IN_REVIEW


def at_once_of(client: Client, edition: Incident) -> str:
    sent = {"edition": [f"{edition.pk}:{edition.version}"]}
    return client.post(f"{LIST}steps/approve/", sent, follow=True).content.decode()


def test_a_named_reader_reads_what_an_author_hands_in_and_no_more_once_unnamed(
    checker: User, analyst: User
) -> None:
    edition = cites_red(analyst, State.DRAFT)
    partner = make.user("partner")
    red = Article.objects.filter(marking="red")
    markings.share_with(edition.record, readers=[checker, partner])
    assert not red.visible_to(checker).exists()

    review.submit(edition, by=analyst)

    assert red.visible_to(checker).count() == 2
    assert not red.filter(readers=partner).exists()
    markings.share_with(edition.record)
    assert not red.visible_to(checker).exists()
    markings.share_with(edition.record, readers=[checker])
    review.take_back(edition, by=analyst)
    review.submit(edition, by=analyst)
    assert review.approve(edition, by=checker).state == State.PUBLISHED


def test_handing_in_shows_nobody_what_another_one_added_at_red(
    checker: User, analyst: User
) -> None:
    other = make.user("other", staff=True)
    edition = cites_red(other, State.DRAFT)
    edition.authors.add(analyst)
    markings.share_with(edition.record, readers=[checker])

    review.submit(edition, by=analyst)

    assert not Article.objects.filter(marking="red").visible_to(checker).exists()


def test_what_nobody_may_read_is_told_to_who_decides_alone(desk: Client, analyst: User) -> None:
    edition = cites_red(make.user("other", staff=True))

    assert "that you may not read" not in page_of(desk, edition)


def test_who_is_named_no_more_reads_no_more_what_was_cited_when_it_was_handed_in(
    checker: User, analyst: User
) -> None:
    edition = cites_red(analyst, State.DRAFT)
    markings.share_with(edition.record, readers=[checker])
    review.submit(edition, by=analyst)
    review.take_back(edition, by=analyst)
    edition.citations.filter(article__marking="red").delete()

    markings.share_with(edition.record)

    assert not Article.objects.filter(marking="red").visible_to(checker).exists()


def test_who_is_named_on_another_record_that_was_handed_in_reads_on(
    checker: User, analyst: User
) -> None:
    one = cites_red(analyst, State.DRAFT)
    cited = list(Article.objects.filter(pk__in=one.citations.values("article")))
    two = make.incident(state=State.DRAFT, marking="amber", author=analyst, citations=cited)
    for edition in (one, two):
        markings.share_with(edition.record, readers=[checker])
        review.submit(edition, by=analyst)

    markings.share_with(one.record)

    assert review.approve(two, by=checker).state == State.PUBLISHED


def test_a_reader_keeps_nothing_by_citing_it_in_a_record_of_their_own(
    checker: User, analyst: User
) -> None:
    edition = cites_red(analyst, State.DRAFT)
    markings.share_with(edition.record, readers=[checker])
    review.submit(edition, by=analyst)
    cited = list(Article.objects.filter(pk__in=edition.citations.values("article")))
    own = make.incident(state=State.DRAFT, marking="amber", author=checker, citations=cited)
    markings.share_with(own.record, readers=[checker])
    review.submit(own, by=checker)

    markings.share_with(edition.record)

    assert not Article.objects.filter(marking="red").visible_to(checker).exists()


def test_who_may_not_read_an_edition_reads_none_of_its_articles_although_named(
    analyst: User,
) -> None:
    edition = cites_red(analyst, State.DRAFT)
    foreign = make.user("foreign", is_staff=True)
    make.join(foreign, Organisation.objects.create(name="Elsewhere", slug="elsewhere"))
    markings.share_with(edition.record, readers=[foreign])

    review.submit(edition, by=analyst)

    assert not Incident.objects.visible_to(foreign).filter(pk=edition.pk).exists()
    assert not Article.objects.filter(marking="red").visible_to(foreign).exists()


def test_who_hands_in_is_told_beforehand_whom_a_colleague_named(
    desk: Client, analyst: User
) -> None:
    edition = cites_red(analyst, State.DRAFT)
    colleague = make.user("quiet.colleague", staff=True)
    edition.authors.add(colleague)
    asked = {"action": "submit_selected", "_selected_action": [edition.pk]}
    assert "named readers then" not in page_of(desk, edition, "step/submit")

    markings.share_with(edition.record, readers=[colleague])

    told = "2 articles at TLP:RED that you added are read by its named readers then"
    for page in (
        page_of(desk, edition, "step/submit"),
        desk.post(LIST, asked).content.decode(),
    ):
        assert f"{told}: quiet.colleague." in page
    assert not Article.objects.filter(marking="red").visible_to(colleague).exists()
