"""The desk in comfort: one's own drafts, several articles, the next of a series, what is needed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.services import house
from incidents.models import Actor, Campaign, Citation, Claim, Incident

from .test_admin import ADD, ANALYST, LIST, URL, change, claim, complete, draft, held, member, typed
from .test_admin_lists import TELLING, TRIED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DESK = "/admin/"
MORE = "https://example.net/two\r\n\r\nhttps://example.com/three"


def article(url: str, by: User | None = None, **said: Any) -> Article:
    return Article.objects.create(url=url, added_by=by, organisation=house(), **said)


def test_the_first_page_lists_own_drafts_and_what_each_still_needs(
    desk: Client, analyst: User
) -> None:
    own, other = draft(analyst), draft(member("other"), "Cut cable near Gdańsk")

    page = desk.get(DESK).content.decode()

    mine, recent = page.split('id="recently-changed"')
    assert own.title in mine
    assert f"{change(own)}#id_summary" in mine
    assert f"{change(own)}#citations-group" in mine
    assert '<span class="count">1</span>' in mine
    assert other.title not in mine
    assert other.title in recent


def test_the_first_page_says_who_saved_last_and_hides_what_is_red(
    desk: Client, analyst: User
) -> None:
    seen = draft(member("first"))
    draft(member("third"), "A secret of somebody else", marking="red")

    desk.post(change(seen), held(seen, title="Fire in a hangar in Warsaw"))

    page = desk.get(DESK).content.decode()
    recent = page.split('id="recently-changed"')[1]
    assert "by analyst" in recent
    assert "1 in 7 days" in recent
    assert "A secret of somebody else" not in page


def test_the_first_page_takes_as_many_queries_for_twenty_drafts_as_for_ten(
    desk: Client, analyst: User
) -> None:
    counted = []
    for first in (0, 10):
        for n in range(first, first + 10):
            complete(analyst, f"Fire no {n} in a warehouse")
        desk.get(DESK)
        with CaptureQueriesContext(connection) as captured:
            desk.get(DESK)
        counted.append(len(captured))

    assert counted[0] == counted[1]


def test_my_drafts_have_an_address_and_another_word_in_it_is_refused(
    desk: Client, analyst: User
) -> None:
    own, other = draft(analyst), draft(member("other"), "Cut cable near Gdańsk")
    written = complete(analyst, "Fire in a depot in Gdynia")
    Incident.objects.filter(pk=written.pk).update(state="discarded")

    drafts = desk.get(LIST, {"mine": "drafts"}).content.decode()
    everything = desk.get(LIST, {"mine": "all"}).content.decode()
    odd = desk.get(LIST, {"mine": "yours"})

    assert own.title in drafts
    assert other.title not in drafts + everything
    assert written.title not in drafts
    assert written.title in everything
    assert odd.status_code == 302


def test_each_line_of_more_articles_is_cited_after_the_first_report(desk: Client) -> None:
    desk.post(ADD, typed(more_articles=MORE))

    cited = [(row.article.url, row.role) for row in Citation.objects.order_by("pk")]
    assert cited == [
        (URL, "first_report"),
        ("https://example.net/two", "detail"),
        ("https://example.com/three", "detail"),
    ]


def test_an_address_typed_twice_is_cited_once(desk: Client) -> None:
    desk.post(
        ADD, typed(more_articles="http://www.example.org/news/fire/\nhttps://example.net/two")
    )

    assert Citation.objects.count() == 2


def test_a_wrong_line_is_told_by_its_number_and_every_line_is_kept(desk: Client) -> None:
    lines = "https://example.net/two\nftp://example.net/a\nnot an address"
    sent = typed(more_articles=lines, same_article="on", **{"claims-TOTAL_FORMS": "1"})

    page = desk.post(ADD, sent | claim(articles="1, 3")).content.decode()

    assert "Line 2:" in page
    assert "Line 3:" in page
    assert "Line 1:" not in page
    assert lines in page
    assert 'value="1, 3"' in page
    assert 'name="same_article" id="id_same_article" checked' in page
    assert not Article.objects.exists()


def test_a_claim_of_a_draft_rests_on_the_first_article_or_on_the_numbers_typed(
    desk: Client,
) -> None:
    row = article("https://example.edu/four")
    sent = typed(more_articles=MORE, **{"claims-TOTAL_FORMS": "2", "citations-TOTAL_FORMS": "1"})
    sent |= {"citations-0-article": row.pk, "citations-0-role": "detail"}
    sent |= {"citations-0-credibility": "6"}

    answer = desk.post(ADD, sent | claim() | claim(1, claimant="A minister", articles="3 4,2"))

    first, second = Claim.objects.order_by("pk")
    assert answer.status_code == 302
    assert [source.article.url for source in first.citations.all()] == [URL]
    assert {source.article.url for source in second.citations.all()} == {
        "https://example.net/two",
        "https://example.com/three",
        "https://example.edu/four",
    }


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ("4", "There is no article no. 4; this form has 3."),
        ("0", "There is no article no. 0"),
        ("1 x", "“x” is not the number of an article"),
        ("-1", "“-1” is not the number of an article"),
    ],
)
def test_the_number_of_an_article_that_is_not_there_is_refused(
    desk: Client, numbers: str, told: str
) -> None:
    sent = typed(more_articles=MORE, **{"claims-TOTAL_FORMS": "1"})

    page = desk.post(ADD, sent | claim(articles=numbers))

    assert told in page.content.decode()
    assert not Incident.objects.exists()


def test_a_claim_without_a_source_rests_on_the_first_report_that_its_writer_may_read(
    desk: Client, analyst: User
) -> None:
    incident, other = draft(analyst), member("other")
    for url, by, marking, role in (
        ("https://example.org/hidden", other, "red", "first_report"),
        ("https://example.org/detail", other, "amber", "detail"),
        ("https://example.org/first", other, "amber", "first_report"),
    ):
        cited = article(url, by, marking=marking)
        Citation.objects.create(incident=incident, article=cited, role=role)
    kept = {"citations-TOTAL_FORMS": "0", "citations-INITIAL_FORMS": "0"}

    desk.post(change(incident), held(incident, **{"claims-TOTAL_FORMS": "1"}, **kept) | claim())

    assert [row.article.url for row in Claim.objects.get().citations.all()] == [
        "https://example.org/first"
    ]


def form_on(page: Any) -> Any:
    """Return the form that a page of the desk shows."""
    return page.context_data["adminform"].form


def test_the_next_form_keeps_what_a_series_shares_and_says_so(desk: Client) -> None:
    campaign = Campaign.objects.create(name="Parcels", slug="parcels")

    page = desk.post(ADD, typed(marking="clear", campaign=campaign.pk, _next="1"), follow=True)

    told = page.content.decode()
    form = form_on(page)
    assert page.redirect_chain[-1][0].startswith(f"{ADD}?")
    assert form["occurred"].value() == "2024-05-12"
    assert form["country_name"].value() == "Poland"
    assert form["event_type"].value() == "arson"
    assert form["marking"].value() == "clear"
    assert form["campaign"].value() == campaign.pk
    assert not form["article_url"].value()
    assert not form["title"].value()
    assert "Filled in from before: Occurred, Country, Event type, Campaign, Marking." in told
    assert "Publishing will still need" in told


def test_the_next_form_keeps_the_article_where_it_is_asked_to(desk: Client) -> None:
    page = desk.post(ADD, typed(same_article="on", _next="1"), follow=True)

    form = form_on(page)
    assert form["article_url"].value() == URL
    assert form["same_article"].value()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("event_type", "picnic"),
        ("country_name", "Atlantis"),
        ("occurred", "in June"),
        ("campaign", "99999999999999999999"),
        ("marking", "\0"),
        ("article_url", "javascript:alert(1)"),
    ],
)
def test_what_an_address_fills_in_wrongly_is_told_and_not_taken(
    desk: Client, name: str, text: str
) -> None:
    page = desk.get(ADD, {name: text, "title": "A title from a bookmark"})

    form = form_on(page)
    assert form[name].value() != text
    assert form["title"].value() == "A title from a bookmark"
    assert "not taken over" in page.content.decode()


def test_what_publishing_needs_stands_on_the_form_and_is_no_error(
    desk: Client, analyst: User
) -> None:
    incident = draft(analyst)

    saved = desk.post(change(incident), held(incident), follow=True).content.decode()
    page = desk.get(change(incident)).content.decode()

    for anchor in ("id_summary", "citations-group", "effects-group"):
        assert f"{change(incident)}#{anchor}" in saved
        assert f"{change(incident)}#{anchor}" in page
        assert f'id="{anchor}"' in page
    assert "errornote" not in page


def test_nothing_is_asked_of_what_is_ready(desk: Client, analyst: User) -> None:
    ready = complete(analyst)
    Incident.objects.filter(pk=ready.pk).update(marking="clear")

    page = desk.get(change(ready)).content.decode()

    assert "needs-heading" not in page
    assert "Nothing is missing" in desk.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Russian arson at a depot in Warsaw", "Russian"),
        ("Attack of Iran on a website", "Iran"),
        ("Wiper by the SAND WORM at a utility", "Sand Worm"),
        ("Fire in a depot in Warsaw, Poland", ""),
        ("Sandworms washed ashore in Poland", ""),
    ],
)
def test_a_title_that_blames_is_warned_of_and_saved_all_the_same(
    desk: Client, title: str, named: str
) -> None:
    Actor.objects.create(name="Sand Worm", slug="sand-worm", kind="state_organ")

    page = desk.post(ADD, typed(title=title), follow=True).content.decode()

    incident = Incident.objects.get()
    assert incident.title == title
    assert ("The title names" in page) == bool(named)
    assert f"The title names {named}" in page or not named
    assert ("The title names" in desk.get(change(incident)).content.decode()) == bool(named)


@pytest.mark.parametrize("text", [*TRIED, "1" * 5000, "é" * 100_000])
def test_no_text_in_the_new_fields_breaks_the_form(desk: Client, text: str) -> None:
    sent = typed(**{"claims-TOTAL_FORMS": "1"})

    for more in ({"more_articles": text}, {"same_article": text}, claim(articles=text)):
        assert desk.post(ADD, sent | claim() | more).status_code < 500
    names = ("mine", "title", "occurred", "country_name", "campaign", "same_article")
    asked = [dict.fromkeys(names, text[:2000])]
    if text in TELLING:
        asked += [{name: text} for name in names]
    for query in asked:
        assert desk.get(ADD, query).status_code < 500, query
        assert desk.get(LIST, query).status_code < 500, query


def test_every_page_of_the_desk_offers_to_add(desk: Client) -> None:
    adders = member("adder", *ANALYST, "add_article", "add_actor")
    client = Client()
    client.force_login(adders)

    page = client.get("/admin/articles/article/").content.decode()

    assert 'class="add-menu"' in page
    assert "/admin/incidents/actor/add/" in page
    assert "/admin/incidents/campaign/add/" not in page
