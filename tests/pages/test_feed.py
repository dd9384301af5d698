"""The feed of a question tells what was published of it last, to each what they may read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(query: str = "", client: Client | None = None) -> Any:
    """Return the feed of a question, read as XML."""
    answer: Any = (client or Client()).get(f"/incidents.atom?{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)  # noqa: S314  it is our own


def titles(read: Any) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in read.iter(f"{ATOM}entry")]


def test_what_was_published_last_comes_first_with_all_that_a_feed_needs() -> None:
    make.incident("Fire in the north", published=datetime(2026, 1, 1, tzinfo=UTC))
    make.incident("Fire in the south", published=datetime(2026, 2, 1, tzinfo=UTC))

    read = feed("event_type=arson")

    assert titles(read) == ["Fire in the south", "Fire in the north"]
    for part in (read, *read.iter(f"{ATOM}entry")):
        assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    names = [entry.findtext(f"{ATOM}id") for entry in read.iter(f"{ATOM}entry")]
    assert len(set(names)) == 2
    assert read.findtext(f"{ATOM}updated") == "2026-02-01T00:00:00Z"
    links = {link.get("rel"): link.get("href") for link in read.findall(f"{ATOM}link")}
    assert links["self"].endswith("/incidents.atom?event_type=arson")
    assert links["alternate"].endswith("/incidents/?event_type=arson")


def test_a_hostile_title_is_text() -> None:
    make.incident('<script>"& fire')

    assert titles(feed()) == ['<script>"& fire']


def test_what_is_hidden_is_in_the_feed_of_those_who_read_it_only(staff: Client) -> None:
    make.incident("Hidden fire", marking="amber")

    assert titles(feed()) == []
    assert titles(feed("", staff)) == ["Hidden fire"]
    assert "no-store" in staff.get("/incidents.atom")["Cache-Control"]


def test_who_holds_a_feed_is_told_that_it_is_what_it_was() -> None:
    make.incident("Fire in the north")
    first = Client().get("/incidents.atom")

    held = {"If-None-Match": first["ETag"]}
    assert Client().get("/incidents.atom", headers=held).status_code == 304
    make.incident("Fire in the south")
    assert Client().get("/incidents.atom", headers=held).status_code == 200


@pytest.mark.parametrize("query", ["yaer=2024", "order=onset", "page_size=5"])
def test_what_is_no_question_is_refused_in_words(query: str) -> None:
    answer: Any = Client().get(f"/incidents.atom?{query}")

    assert answer.status_code == 400
    assert query.split("=")[0] in answer.content.decode()
