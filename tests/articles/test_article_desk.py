"""The desk of articles: what is added there is as whole as what comes with an incident."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.codebook import CaptureWay, Verdict
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


def capturer() -> User:
    """Return somebody who may change what they add, as analysts may."""
    user = make.user("bob", staff=True)
    rights = ("add_article", "change_article", "view_article", "view_publisher")
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


REPORT = "\n".join(
    [
        "Cable cut off Gotland",
        *["A data cable in the Baltic Sea was cut on Sunday, the navy of Sweden said."] * 12,
    ]
)


def test_a_text_that_an_article_is_added_with_is_kept_as_a_capture_and_fills_gaps(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    """Whoever reviews what rests on it reads it, as if it had been pasted under Captures."""
    with django_capture_on_commit_callbacks(execute=True):
        article = added(capturer(), text=REPORT)
    article.refresh_from_db()

    (capture,) = article.captures.all()

    assert (capture.way, capture.verdict) == (CaptureWay.PASTED, Verdict.ARTICLE)
    assert capture.confirmed_by is not None
    assert (article.title, article.language) == ("Cable cut off Gotland", "en")
    assert article.text == capture.text


def test_who_added_an_article_goes_on_with_its_text(client: Client) -> None:
    client.force_login(capturer())

    answer = client.post(ADD, {"url": "https://news.herald.test/cable", "marking": "amber"})

    assert answer["Location"] == f"/admin/articles/article/{Article.objects.get().pk}/captures/"


def test_the_desk_leads_to_a_new_article_whoever_may_add_one_and_draft(client: Client) -> None:
    bob = capturer()
    bob.user_permissions.add(Permission.objects.get(codename="add_incident"))
    client.force_login(bob)
    link = f'class="from-article" href="{ADD}"'

    assert link in " ".join(client.get("/admin/").text.split())
    bob.user_permissions.remove(Permission.objects.get(codename="add_article"))

    assert link not in " ".join(client.get("/admin/").text.split())
