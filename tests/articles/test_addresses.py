"""What was kept under digests of an older rule is told anew, and nothing is lost by it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from articles import inbox
from articles.canonical import digest
from articles.codebook import Triage
from articles.models import Article, Item, Watch
from tests import make

pytestmark = pytest.mark.django_db

OLD = "a" * 64
addresses: Any = import_module("articles.migrations.0008_addresses")


class Editor:
    """What a migration is given of the connection."""

    connection = connection


def test_an_article_gets_its_digest_and_is_known_by_the_one_it_had() -> None:
    changed, same = make.article("https://a.example/x/amp"), make.article("https://a.example/y")
    Article.objects.filter(pk=changed.pk).update(address_digest=OLD)

    addresses.tell_anew(apps, Editor)

    rows = Article.objects.in_bulk()
    found = [(rows[a.pk].address_digest, rows[a.pk].former_digest) for a in (changed, same)]
    assert found == [(digest("https://a.example/x"), OLD), (same.address_digest, "")]


def test_two_articles_that_are_one_by_the_new_rule_both_stay() -> None:
    first, second = (make.article(f"https://a.example/x{end}") for end in ("", "/amp"))
    Article.objects.filter(pk=second.pk).update(address_digest=OLD)

    addresses.tell_anew(apps, Editor)

    assert list(Article.objects.at_address(first.url).order_by("pk")) == [first, second]


def test_what_a_feed_announced_twice_stays_twice_and_is_decided_on() -> None:
    watch = Watch.objects.create(
        publisher=make.publisher(), url="https://a.example/feed", language="en"
    )
    first, second = (
        Item(watch=watch, url=f"https://a.example/{end}", found_at=timezone.now())
        for end in ("x", "y")
    )
    first.save()
    second.save()
    Item.objects.filter(pk=second.pk).update(address_digest=OLD, url="https://a.example/x/amp")

    addresses.tell_anew(apps, Editor)
    second.refresh_from_db()
    inbox.decide(second, Triage.REFUSED, by=make.user(), reason="It came in twice.")

    kept = dict(Item.objects.values_list("pk", "address_digest"))
    assert kept == {first.pk: digest("https://a.example/x"), second.pk: OLD}


def test_going_back_gives_articles_the_digest_that_they_had() -> None:
    article = make.article("https://a.example/x/amp")
    Article.objects.filter(pk=article.pk).update(address_digest=OLD)
    addresses.tell_anew(apps, Editor)

    addresses.tell_as_before(apps, Editor)

    article.refresh_from_db()
    assert (article.address_digest, article.former_digest) == (OLD, "")
