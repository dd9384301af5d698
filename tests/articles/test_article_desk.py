"""The desk of articles: what is added there is as whole as what comes with an incident."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


@pytest.fixture
def anna() -> User:
    user = make.user("anna", staff=True)
    rights = ("add_article", "view_article", "view_publisher")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def added(by: User, **typed: str) -> Article:
    """Return the article that somebody adds at the desk."""
    client = Client()
    client.force_login(by)
    sent = {"url": "https://news.herald.test/cable", "marking": "amber", **typed}
    assert client.post(ADD, sent).status_code == 302
    article: Article = Article.objects.get()
    return article


@pytest.mark.parametrize("marking", ["amber", "amber_strict"])
def test_colleagues_read_an_article_that_one_of_them_added(anna: User, marking: str) -> None:
    article = added(anna, marking=marking)

    colleague = make.user("bob", staff=True)

    assert Article.objects.visible_to(colleague).filter(pk=article.pk).exists()


def test_outlet_and_language_follow_from_the_address(anna: User) -> None:
    herald = make.publisher("Herald", domain="herald.test", language="pl")

    article = added(anna)

    assert (article.publisher, article.language) == (herald, "pl")


def test_an_outlet_and_a_language_that_were_chosen_stay(anna: User) -> None:
    make.publisher("Herald", domain="herald.test", language="pl")
    wire = make.publisher("Wire")

    article = added(anna, publisher=str(wire.pk), language="uk")

    assert (article.publisher, article.language) == (wire, "uk")
