"""Copies of one story are one source once somebody has said so; a retold story is its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles import derivations, similarity
from articles.codebook import Decision
from articles.models import Article, Derivation
from incidents.independence import independent
from tests import make

pytestmark = pytest.mark.django_db

STORY = " ".join(
    f"The ferry of pier {n} left late after its cable was found cut, the harbour master said."
    for n in range(40)
)
RETOLD = " ".join(
    f"Somebody damaged lines in the port, so boat {n} had to wait; an inquiry has begun."
    for n in range(40)
)


def captured(text: str, day: int) -> Article:
    outlet = make.publisher()
    article = make.article(published=f"2024-05-{day:02}", publisher=outlet, marking="green")
    signature = similarity.signature(text)
    derivations.propose(make.capture(article, text, signature=signature))
    return article


def desk() -> Client:
    client = Client()
    client.force_login(make.user("analyst", staff=True, is_superuser=True))
    return client


def sources() -> int:
    articles = list(Article.objects.order_by("pk"))
    return independent(articles, {article.pk for article in articles}, {})


def test_outlets_that_carry_one_story_are_one_source_and_who_retold_it_is_another() -> None:
    first = captured(STORY, 1)
    for day in range(2, 25):
        captured(f"{STORY} Reported by outlet {day}.", day)
    retold = captured(RETOLD, 25)
    assert sources() == 25

    page: Any = desk().get(f"/admin/articles/article/{first.pk}/captures/")
    answer = desk().post(f"/admin/articles/article/{first.pk}/origins/0/", {"accept": ""})

    assert page.content.decode().count("Same text") == 23
    assert answer.status_code == 302
    assert sources() == 2
    assert not Derivation.objects.filter(article=retold).exists()
    assert set(Derivation.objects.values_list("decision", flat=True)) == {Decision.ACCEPTED}


def test_what_was_refused_is_not_proposed_again_and_changes_nothing() -> None:
    captured(STORY, 1)
    copy = captured(STORY, 2)
    sign = Derivation.objects.get()

    desk().post(f"/admin/articles/article/{copy.pk}/origins/{sign.pk}/", {"refuse": ""})
    derivations.propose(copy.captures.get())

    assert sources() == 2
    assert Derivation.objects.get().decision == Decision.REFUSED


def test_who_may_not_read_the_source_is_not_told_that_there_is_one() -> None:
    first = captured(STORY, 1)
    copy = captured(STORY, 2)
    Article.objects.filter(pk=first.pk).update(marking="red")
    client = Client()
    client.force_login(make.user("other", staff=True))

    page: Any = client.get(f"/admin/articles/article/{copy.pk}/captures/")
    client.post(f"/admin/articles/article/{copy.pk}/origins/{Derivation.objects.get().pk}/")

    assert "Same text" not in page.content.decode()
    assert Derivation.objects.get().decision == Decision.OPEN
