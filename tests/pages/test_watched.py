"""What is watched is told to everybody: it is a part of the method."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Watch
from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db


def watch(url: str, language: str, **said: object) -> None:
    Watch.objects.create(
        publisher=make.publisher(name=f"Herald of {language}"),
        url=url,
        language=language,
        **{"told": True, **said},
    )


def test_where_none_is_told_nothing_is_said_of_what_is_watched() -> None:
    watch("https://b.org/quiet", "ar", told=False)

    told = words(page("/watched/"))

    assert "No source that is watched is told to everybody." in told
    assert "No feed is watched" not in told


def test_outlets_languages_and_reasons_are_told() -> None:
    watch("https://a.org/feed", "pl", why="It covers the coast")
    watch("https://b.org/feed", "ka")
    watch("https://b.org/other", "uk", active=False)
    watch("https://b.org/quiet", "ar", told=False)

    told = words(page("/watched/"))

    assert "Herald of pl Feed, a.org Polish every 6 hours It covers the coast" in told
    assert "Georgian 1" in told
    assert "Ukrainian" not in told
    assert "Arabic" not in told


def test_staff_see_all_that_is_watched() -> None:
    watch("https://b.org/quiet", "ar", told=False)
    client = Client()
    client.force_login(make.user("analyst", staff=True))

    assert "Herald of ar" in client.get("/watched/").content.decode()
