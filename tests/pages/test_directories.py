"""Directories: each page is one question with its list, and shows nothing that is hidden."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from incidents import directories, merging
from incidents.codebook import Sector
from incidents.filters import ask
from incidents.models import Actor, ActorAlias, ActorParent, Incident
from tests import make

from .reading import links, number, page, words

pytestmark = pytest.mark.django_db

INDEXES = ("/countries/", "/actors/", "/campaigns/", "/outlets/", "/articles/")


def counted(html: str) -> list[tuple[str, int]]:
    """Return the queries that numbers of a page lead to, with those numbers."""
    found = re.findall(r'href="/incidents/\?([^"]*)"[^>]*>\s*(?:<strong>)?(\d+)<', html)
    return [(unescape(query), int(n)) for query, n in found]


def address(article: Article) -> str:
    return f"/articles/{article.address_digest}/"


def case(n: int = 1) -> tuple[Incident, Article]:
    """Make an incident with an actor, its parent, a campaign, an outlet and an article."""
    unit, front = make.actor(f"Unit {n}", state="RU"), make.actor(f"Front {n}", kind="persona")
    ActorAlias.objects.create(actor=unit, name=f"Alias {n}", language="ru")
    ActorParent.objects.create(actor=front, parent=unit, relation="front_of")
    source = make.article(
        title=f"Пожежа {n}",
        language="uk",
        published=f"2024-{n % 12 + 1:02}",
        publisher=make.publisher(f"Paper {n}", language="uk", country="UA"),
    )
    incident = make.incident(
        f"Fire {n}",
        locations=[{"country": "PL"}, {"country": "LT", "role": "affected"}],
        citations=[source],
        campaign=make.campaign(f"Parcels {n}"),
        claims=[
            {"actor": unit, "state": "RU", "claimant": "The service"},
            {"kind": "perpetrator_persona", "actor": front, "claimant_actor": front},
        ],
    )
    source.refresh_from_db()
    return incident, source


PAGES = (
    "/countries/PL/",
    "/countries/RU/",
    "/actors/unit-1/",
    "/actors/front-1/",
    "/campaigns/parcels-1/",
    "/outlets/paper-1/",
)


def test_every_number_of_a_directory_is_that_of_the_list_it_leads_to() -> None:
    _incident, source = case()
    make.incident("Ruled out", status="ruled_out", country="DE")
    make.incident("At sea", locations=[{"country": "sea"}])
    make.incident("Nowhere", locations=[{"country": "no_place"}])

    shown = {
        query: n for url in (*INDEXES, *PAGES, address(source)) for query, n in counted(page(url))
    }

    assert len(shown) > 30
    for query, n in shown.items():
        assert ask(QueryDict(query), AnonymousUser()).incidents().count() == n, query


def test_countries_tell_where_acts_happened_at_whom_they_aimed_and_whom_officials_blame() -> None:
    case()
    make.incident("Foiled", outcome="foiled", locations=[{"country": "sea"}])

    html = page("/countries/")

    queries = dict(counted(html))
    assert queries["country=LT"] == 1
    assert queries["country=sea&series=all"] == 1
    assert queries["attributed_to=RU"] == 1
    assert "At sea" in words(html)
    assert "France" not in words(html)


def test_a_country_says_what_is_traced_to_it_apart_from_what_happened_there() -> None:
    case()

    html = page("/countries/RU/")

    assert number(html) == 0
    assert dict(counted(html))["attributed_to=RU"] == 1
    assert "No incident is logged that fits" in words(html)


def test_an_actor_has_its_names_its_family_and_its_incidents_by_level() -> None:
    case()

    html = page("/actors/unit-1/")

    text = words(html)
    assert number(html) == 1
    assert "Alias 1" in text
    assert 'lang="ru"' in html
    assert 'href="/actors/front-1/"' in html
    assert "3 Official" in text
    assert ("actor=unit-1&level=3&min_level=1", 1) in counted(html)


def test_what_an_actor_said_itself_is_shown_and_is_no_accusation() -> None:
    incident, _source = case()
    claim = incident.claims.get(claimant_kind="perpetrator_persona")

    html = page("/actors/front-1/")

    assert "is no accusation against it" in words(html)
    reference = claim.incident.record.reference
    assert f'href="/incidents/{reference}/#claim-{claim.uid}"' in html


def test_a_merged_actor_leads_to_the_one_it_was_merged_into() -> None:
    case()
    double = make.actor("Unit One")
    survivor = Actor.objects.get(slug="unit-1")
    merging.merge(survivor, [double])

    response = Client().get("/actors/unit-one/")

    assert (response.status_code, response["Location"]) == (302, "/actors/unit-1/")


def test_hidden_parents_and_children_are_not_named() -> None:
    case()
    hidden = make.actor("Quiet Kestrel")
    unit = Actor.objects.get(slug="unit-1")
    ActorParent.objects.create(actor=unit, parent=hidden)
    ActorParent.objects.create(actor=hidden, parent=unit)

    html = page("/actors/unit-1/")

    assert "Kestrel" not in html
    assert "Kestrel" not in page("/actors/")


@pytest.mark.parametrize("where", ["actors", "campaigns", "outlets"])
def test_what_is_hidden_and_what_is_not_there_are_missing_alike(where: str) -> None:
    case()
    make.actor("Quiet Kestrel")
    make.campaign("Quiet Kestrel")
    make.article(publisher=make.publisher("Quiet Kestrel"))

    hidden, nothing = (
        Client().get(f"/{where}/{slug}/") for slug in ("quiet-kestrel", "loud-ostriches")
    )

    assert (hidden.status_code, nothing.status_code) == (404, 404)
    assert "Kestrel" not in page(f"/{where}/")


def test_a_hidden_article_is_missing_like_one_that_is_not_there() -> None:
    hidden = make.article(title="Quiet Kestrel")

    assert Client().get(address(hidden)).status_code == 404
    assert Client().get(f"/articles/{'0' * 64}/").status_code == 404
    assert Client().get("/articles/1/").status_code == 404
    assert "Kestrel" not in page("/articles/")


def test_an_article_says_what_it_is_where_it_came_from_and_what_rests_on_it() -> None:
    _incident, source = case()
    original = make.article(title="خبر عاجل", language="ar", marking="clear")
    Article.objects.filter(pk=source.pk).update(derived_from=original, wire_origin="Reuters")

    html = page(address(source))

    text = words(html)
    assert number(html) == 1
    assert re.search(r'<bdi lang="uk"\s+dir="ltr">\s*Пожежа 1', html)
    assert re.search(r'<bdi lang="ar"\s+dir="rtl">\s*خبر عاجل', html)
    assert "Reuters" in text
    assert "Opens the outlet" in text
    assert "The service asserts" in text
    assert links(html, "nofollow") == [source.url]
    assert 'rel="noopener noreferrer nofollow"' in html


def test_an_original_that_is_hidden_is_not_named() -> None:
    _incident, source = case()
    original = make.article(title="Quiet Kestrel")
    Article.objects.filter(pk=source.pk).update(derived_from=original)

    assert "Kestrel" not in page(address(source))


def test_a_question_for_an_article_lists_what_rests_on_it_and_calls_it_by_its_title() -> None:
    incident, source = case()
    case(2)

    html = page(f"/incidents/?article={source.address_digest}")

    assert number(html) == 1
    assert "resting on “Пожежа 1”" in words(html)
    question = ask(QueryDict(f"article={source.address_digest}"), AnonymousUser())
    assert list(question.incidents()) == [incident]


def test_an_outlet_says_its_reliability_with_meaning_date_and_reason() -> None:
    rated = make.publisher(
        "State Wire",
        kind="state_media_of_accused",
        reliability="D",
        reliability_reason="Repeats the ministry.",
        reliability_rated_on="2025-03-01",
    )
    make.incident(citations=[make.article(publisher=rated)])

    text = words(page("/outlets/state-wire/"))

    assert "D Not usually reliable Not usually reliable. Rated on 1 March 2025." in text
    assert "Repeats the ministry." in text
    assert "medium of a state that stands accused" in text


def test_an_outlet_that_nobody_judged_is_said_to_be_not_rated() -> None:
    case()

    assert "Not rated" in words(page("/outlets/paper-1/"))
    assert "F Cannot be judged" not in words(page("/outlets/"))


def test_articles_are_narrowed_by_outlet_and_language_and_turned_page_by_page() -> None:
    paper = make.publisher("Paper")
    for n in range(27):
        make.article(title=f"Text {n:02}", publisher=paper, published="2024-05", marking="clear")
    make.article(title="Undated", language="pl", marking="clear")

    first = page("/articles/?publisher=paper")
    second = page(links(first, 'rel="next"')[0])

    titles = [re.findall(r"Text \d\d", html) for html in (first, second)]
    assert [len(found) for found in titles] == [25, 2]
    assert len({*titles[0], *titles[1]}) == 27
    assert "Undated" not in first
    assert "Undated" in page("/articles/?language=pl")
    assert "Undated" not in page("/articles/")


@pytest.mark.parametrize(
    "query",
    [
        "publisher=quiet-kestrel",
        "language=xx",
        "after=tampered",
        "pubisher=paper-1",
        "publisher=a&publisher=b",
        "language=%00",
    ],
)
def test_articles_refuse_what_they_cannot_answer(query: str) -> None:
    make.article(publisher=make.publisher("Quiet Kestrel"))

    html = page(f"/articles/?{query}", status=400)

    assert "Undated" not in html
    assert query.split("=")[0] in html


def test_a_page_refuses_every_parameter_that_it_does_not_read() -> None:
    _incident, source = case()

    for url in (*INDEXES, *PAGES, address(source), "/reported-figures/", "/codebook/"):
        html = page(f"{url}?yaer=2024", status=400)
        assert "yaer" in html
        assert number(html) is None


def test_empty_directories_say_that_nothing_is_there() -> None:
    for url in (*INDEXES, "/reported-figures/"):
        assert 'class="empty"' in page(url)


def test_a_rendition_says_in_words_what_it_changed() -> None:
    said = make.figure("five-hundred", best=500, area="Europe", our_question="series=logged")
    make.figure("hundred", best=100, numerator_of=said)
    changes: list[dict[str, Any]] = [{"area": "the EU"}, {"area": "the EU", "value": 99}, {}]
    for n, changed in enumerate(changes):
        make.rendition(said, make.article(title=f"Text {n}", marking="clear"), **changed)
    make.incident()

    html = page("/reported-figures/")

    text = words(html)
    assert "2 of 3 renditions changed the area, 1 the value." in text
    assert html.count("differs: ") == 3
    assert 'id="five-hundred"' in html
    assert 'href="#five-hundred"' in html
    assert ("series=logged", 1) in [
        (unescape(q), int(n))
        for q, n in re.findall(r'\?([^"]*)"><strong class="number">(\d+)', html)
    ]
    assert "Another population by another rule" in text


def test_renditions_of_hidden_articles_are_not_shown() -> None:
    said = make.figure()
    make.rendition(said, make.article(title="Quiet Kestrel"), area="elsewhere")

    html = page("/reported-figures/")

    assert "Kestrel" not in html
    assert "changed" not in html


def test_staff_see_more_articles_than_the_public() -> None:
    hidden = make.article(title="Quiet Kestrel")
    client = Client()
    client.force_login(make.user("sentinel", staff=True))

    assert "TLP:AMBER" in words(page(address(hidden), client))
    assert "Quiet Kestrel" in page("/articles/", client)


def queries(url: str) -> int:
    """Return how often a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        page(url)
    return len(asked)


def test_no_directory_asks_more_often_for_more_rows() -> None:
    def add(n: int) -> None:
        _incident, source = case(n)
        whole = make.figure(f"whole-{n}")
        make.rendition(make.figure(f"part-{n}", numerator_of=whole), source)

    _incident, first = case(1)
    for n in range(2, 12):
        add(n)
    urls = (*INDEXES, *PAGES, address(first), "/reported-figures/")
    few = {url: queries(url) for url in urls}

    for n in range(12, 22):
        add(n)

    assert {url: queries(url) for url in urls} == few


def test_sectors_are_listed_with_what_was_aimed_at_them_and_each_has_a_page() -> None:
    make.incident("Fire in a plant", targets=[{"country": "PL", "sector": "energy"}])
    make.incident(
        "Foiled fire in a plant", outcome="foiled", targets=[{"country": "PL", "sector": "energy"}]
    )
    make.incident("Fire on a train", targets=[{"country": "PL", "sector": "transport"}])

    rows = {row.code: row for row in directories.sectors(AnonymousUser())}

    assert set(rows) == set(Sector.values)
    assert (rows["energy"].core.count, rows["energy"].every.count) == (1, 2)
    assert (rows["food"].core.count, rows["food"].every.count) == (0, 0)
    html = page("/sectors/energy/")
    assert number(html) == 1
    assert "Fire in a plant" in html
    assert "Fire on a train" not in html
    assert Client().get("/sectors/nothing/").status_code == 404
