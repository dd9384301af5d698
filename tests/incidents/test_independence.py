"""Which source a cited article rests on, and how many an incident has."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from articles.models import Article
from incidents.filters import ask
from incidents.models import Incident
from tests import make

pytestmark = pytest.mark.django_db
EVERYBODY = AnonymousUser()


def resting_on(*articles: Article) -> Incident:
    return make.incident(citations=list(articles))


def sources(*articles: Article, user: Any = EVERYBODY) -> int:
    incident = resting_on(*articles)
    return incident.citations.visible_to(user).independent(user)


def copies(of: Article, *markings: str) -> Article:
    """Return the last of a chain of articles, each taken from the one before."""
    for marking in markings:
        of = make.article(derived_from=of, marking=marking)
    return of


def listed(query: str, user: Any = EVERYBODY) -> set[int]:
    return set(ask(QueryDict(query), user).incidents().values_list("pk", flat=True))


def test_a_copy_of_a_copy_of_a_copy_is_the_first_text() -> None:
    first = make.article()

    assert sources(first, copies(first, "clear", "clear", "clear")) == 1


def test_copies_of_a_text_that_is_not_cited_are_one_source() -> None:
    first = make.article(marking="clear")

    assert sources(copies(first, "clear"), copies(first, "clear", "clear")) == 1


def test_the_way_to_the_source_ends_at_what_the_reader_may_not_see() -> None:
    first = make.article()
    last = copies(first, "red", "clear")

    assert sources(first, last) == 2
    assert sources(first, last, user=make.user("admin", is_superuser=True)) == 2


def test_an_agency_that_is_named_and_its_own_text_are_one_source() -> None:
    own = make.article(publisher=make.publisher("Wire & Sons", kind="wire"))
    named = make.article(wire_origin="wire & sons")
    paper = make.article(publisher=make.publisher("A paper"))

    assert sources(own, named) == 1
    assert sources(own, named, paper) == 2


def test_a_paper_that_has_two_texts_of_its_own_is_two_sources() -> None:
    paper = make.publisher("A paper")

    assert sources(make.article(publisher=paper), make.article(publisher=paper)) == 2


def test_incidents_are_found_by_how_many_sources_they_rest_on() -> None:
    first = make.article()
    one = resting_on(first, copies(first, "clear"))
    two = resting_on(make.article(), make.article())

    assert listed("") == {one.pk, two.pk}
    assert listed("independent_min=1") == {one.pk, two.pk}
    assert listed("independent_min=2") == {two.pk}
    assert listed("independent_min=3") == set()


def test_a_hidden_article_adds_no_source_for_who_may_not_see_it() -> None:
    hidden = make.article()
    shown = resting_on(make.article(), hidden)
    Article.objects.filter(pk=hidden.pk).update(marking="amber")
    analyst = make.user("analyst", staff=True)

    assert listed("independent_min=2") == set()
    assert listed("independent_min=2", analyst) == {shown.pk}
