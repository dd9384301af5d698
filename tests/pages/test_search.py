"""The page of searches and the API's answer: the same, escaped, in the right direction."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from incidents.models import AuditEntry
from tests import hostile, make
from tests.api.doors import SEARCH, content, data, get
from tests.api.test_growth import add_one, queries

pytestmark = pytest.mark.django_db

PAGE = "/search/"


def told(query: str, client: Client | None = None) -> str:
    response = get(f"{PAGE}?{query}", client)
    text = content(response).decode()
    assert response.status_code == 200, text
    return text


def shown(text: str) -> list[str]:
    """Return the titles on a page, without their marks."""
    titles = re.findall(r'<p class="title">(.*?)</p>', text, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", title).strip() for title in titles]


def plain(pieces: Any) -> str:
    return "".join(piece["text"] for piece in pieces)


def test_page_and_api_find_the_same_in_the_same_order() -> None:
    for n in range(4):
        make.incident(f"Fire at {n}", occurred=f"200{n}")
        make.article(title=f"Fires of {n}", marking="clear", published=f"200{n}")
    answer = data(f"{SEARCH}?q=fire")

    assert shown(told("q=fire")) == [plain(row["title"]) for row in answer["results"]]
    assert answer["total"] == 8
    one_by_one, url = [], f"{SEARCH}?q=fire&page_size=3"
    while url:
        page = data(url)
        one_by_one += page["results"]
        url = page["next"]
    assert one_by_one == answer["results"]


def test_the_words_are_marked_and_all_else_is_escaped() -> None:
    make.incident("<b>Sabotaż</b> & fire", summary=f"A <i>sabotage</i> of it. {make.SUMMARY}")

    text = told("q=sabot")

    assert "&lt;b&gt;<mark>Sabotaż</mark>&lt;/b&gt; &amp; fire" in text
    assert "&lt;i&gt;<mark>sabotage</mark>&lt;/i&gt;" in text
    assert "<script" not in told("q=%3Cscript%3Ealert").replace("<script src", "")


def test_a_title_stands_in_the_direction_of_its_language() -> None:
    make.article(title="هجوم على محطة", language="ar", marking="clear")

    text = told("q=%D9%87%D8%AC%D9%88%D9%85")

    assert re.search(r'lang="ar"\s+dir="rtl">\s*<mark>هجوم</mark>', text)


def test_the_page_says_what_was_not_found_and_how_words_are_matched() -> None:
    text = told("q=nothing")

    assert "Nothing that you may read here holds all of this." in text
    assert "has to begin a word" in text
    assert shown(told("")) == []


def test_more_leads_to_what_is_left() -> None:
    for n in range(52):
        make.article(title=f"Fire {n}", marking="clear")
    first = told("q=fire")
    following = re.search(r'rel="next" href="([^"]*)"', first)
    assert following
    rest = content(get(following[1].replace("&amp;", "&"))).decode()

    assert len(shown(first)) == 50
    assert len(set(shown(first)) | set(shown(rest))) == 52
    assert "First page" in rest
    assert 'rel="next"' not in rest


def test_a_reference_leads_to_its_record() -> None:
    edition = make.incident()
    edition.record.refresh_from_db()

    response = Client().get(PAGE, {"q": f" {edition.record.reference} ".lower()})

    assert response["Location"] == f"/incidents/{edition.record.reference}/"


def test_the_field_at_the_head_of_every_page_asks_here() -> None:
    assert 'class="find" role="search" action="/search/"' in content(get("/")).decode()


def test_who_is_shown_what_is_red_is_written_down() -> None:
    writer = make.user("writer", staff=True)
    make.incident("Fire in red", marking="red")
    client = Client()
    client.force_login(writer)

    for door in (PAGE, SEARCH):
        before = AuditEntry.objects.filter(deed="read_red").count()
        assert get(f"{door}?q=red", client).status_code == 200
        assert AuditEntry.objects.filter(deed="read_red").count() == before + 1


@pytest.mark.parametrize("door", [PAGE, SEARCH])
def test_whatever_is_asked_is_answered_or_refused(door: str) -> None:
    add_one(1)
    for query in hostile.queries():
        for asked in (query, f"q={query}"):
            assert get(f"{door}?{asked}").status_code in (200, 302, 400), asked


@pytest.mark.parametrize("door", [PAGE, SEARCH])
def test_a_search_asks_the_database_as_often_for_more_rows(door: str, staff: Client) -> None:
    def add(n: int) -> None:
        add_one(n)
        make.article(title=f"Fires of {n}", marking="clear", text="fire")

    urls = [f"{door}?q=fire", f"{door}?q=nothing"]
    for n in range(5):
        add(n)
    for url in urls:
        queries(url, Client())
    add(99)  # so that no answer is one that was kept
    few = [queries(url, client) for url in urls for client in (Client(), staff)]
    for n in range(5, 15):
        add(n)
        make.incident(f"Fire hidden {n}", marking="amber")

    assert [queries(url, client) for url in urls for client in (Client(), staff)] == few
