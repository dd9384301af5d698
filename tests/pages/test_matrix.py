"""What each of seven readers hears at every door: all that they may read, and nothing else.

The canaries of `tests.matrix` say which row a text belongs to. A page that holds one of a row
that its reader may not read is a leak; a list that lacks one that they may read is a fault too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from articles.models import Article, Publisher
from incidents.models import Actor, Campaign, Incident, Record, ReportedFigure
from tests.api.doors import content
from tests.matrix import KINDS, READERS, SOME, STAFF, World, build, heard

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What each reader may read is asked of both databases in tests/incidents/test_matrix.py; what pages
# make of it is the same on both, so that one with an account at the desk and one without any are
# enough on the second. No record is shared here, so that a partner reads what everybody does.
WHO = READERS if connection.vendor == "sqlite" else ("anonymous", "reviewer")
ROWS = ("editions", "locations", "claims", "citations")
WIDE = "series=all&page_size=200"
LISTS = {
    f"/api/v1/incidents/?{WIDE}": (*ROWS, "targets", "effects", "findings"),
    "/api/v1/incidents.csv?series=all": ("editions", "locations", "targets"),
    "/api/v1/incidents.ndjson?series=all": (*ROWS, "targets", "effects", "findings"),
    "/api/v1/incidents.geojson?series=all": ("editions", "locations"),
    f"/incidents/?{WIDE}": ("editions",),
    f"/incidents/?{WIDE}&layout=table&columns=title&columns=place&columns=targets": (
        *("editions", "locations", "targets"),
    ),
    "/articles/": (),
    "/outlets/": ("publishers",),
    "/actors/": (),
    "/campaigns/": ("campaigns",),
    "/reported-figures/": ("figures",),
    "/api/v1/articles/?page_size=200": (),
    "/api/v1/reported-figures/": ("figures",),
    "/api/v1/campaigns/?page_size=200": ("campaigns",),
    "/api/v1/counts/?by=actor&min_level=1&series=all": (),
    "/api/v1/counts/?by=campaign&by=publisher&series=all": (),
    "/api/v1/counts.csv?by=publisher&series=all": (),
    "/search/?q=zq": ("editions",),
    "/api/v1/search/?q=zq&page_size=200": ("editions",),
    "/countries/PL/": (),
    "/sectors/": (),
    "/briefing/": (),
    "/incidents.atom?series=all": (),
    "/dashboard/outlets/?series=all": (),
    "/dashboard/figures.csv": (),
    "/": (),
}
STATES = ("draft", "in_review", "changes_requested")
DESKS = (
    "incidents/incident",
    "incidents/record",
    "incidents/actor",
    "incidents/campaign",
    "incidents/reportedfigure",
    "articles/article",
    "articles/publisher",
)
FOUND = (
    "app_label=incidents&model_name=claim&field_name=accused_actor",
    "app_label=incidents&model_name=incident&field_name=campaign",
    "app_label=incidents&model_name=citation&field_name=article",
    "app_label=incidents&model_name=reportedfigure&field_name=numerator_of",
    "app_label=articles&model_name=article&field_name=publisher",
    "app_label=articles&model_name=article&field_name=derived_from",
)
AT_THE_DESK = (
    "/admin/",
    "/admin/incidents/",
    "/admin/incidents/incident/queue/",
    "/admin/incidents/incident/notices/",
    "/admin/incidents/incident/resembling/?article_url=https://example.org/1",
    "/admin/incidents/incident/resembling/?title=zq&country_name=PL&occurred=2024-03-14",
    *(f"/admin/{desk}/?{query}" for desk in DESKS for query in ("all=", "q=zq")),
    *(f"/admin/autocomplete/?term=zq&{query}" for query in FOUND),
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make the world once; the tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(ties=("none",), own=SOME)
        transaction.set_rollback(True)


def client_of(world: World, reader: str) -> Client:
    client, user = Client(raise_request_exception=True), world.people[reader]
    if isinstance(user, User):
        client.force_login(user)
    return client


def some(rows: Any, reader: str, step: int) -> list[Any]:
    """Return every so many of some rows, for each reader others."""
    return list(rows)[READERS.index(reader) % step :: step]


def hear(client: Client, url: str) -> set[tuple[int, str]]:
    """Return the canaries in an answer and its headers, GET and HEAD."""
    response = client.get(url)
    assert response.status_code < 500, url
    assert response.status_code not in (400, 405), (url, content(response)[:300])
    headers = " ".join(map(str, response.items()))
    asked = heard(url)
    return heard(content(response).decode() + headers) - asked


def leaks(
    world: World, reader: str, urls: Iterable[str], *, past: bool = False
) -> dict[str, set[tuple[int, str]]]:
    """Return by address what a reader hears there and may not."""
    client, allowed = client_of(world, reader), world.canaries(reader, past=past)
    found = {url: hear(client, url) - allowed for url in urls}
    return {url: canaries for url, canaries in found.items() if canaries}


def of_kinds(canaries: Iterable[tuple[int, str]], kinds: Iterable[str]) -> set[tuple[int, str]]:
    letters = {KINDS[kind] for kind in kinds}
    return {canary for canary in canaries if canary[1] in letters}


@pytest.mark.parametrize("reader", WHO)
def test_a_list_holds_what_its_reader_may_read_and_nothing_else(world: World, reader: str) -> None:
    client, allowed = client_of(world, reader), world.canaries(reader)
    public = {pk for pk, case in world.editions.items() if case.state == "published"}
    wanted: set[tuple[int, str]] = set()
    shown = Incident.objects.filter(pk__in=public & world.read(reader))
    for name in ("locations", "targets", "effects", "findings", "claims", "citations"):
        keys = shown.order_by().values_list(name, flat=True)
        wanted |= {(pk, KINDS[name]) for pk in keys} & allowed
    wanted |= {(pk, "i") for pk in shown.values_list("pk", flat=True)}
    wanted |= of_kinds(allowed, ("figures",))
    for url, kinds in LISTS.items():
        found = hear(client, url)
        assert found - allowed == set(), url
        assert of_kinds(wanted, kinds) - found == set(), url
    assert len(wanted) > 5


@pytest.mark.parametrize("reader", WHO)
@pytest.mark.parametrize("state", STATES)
def test_a_list_of_what_is_worked_on_holds_what_its_reader_may_read(
    world: World, state: str, reader: str
) -> None:
    client, allowed = client_of(world, reader), world.canaries(reader)
    wanted = {
        (pk, "i")
        for pk, case in world.editions.items()
        if case.state == state and case.read_by(reader)
    }
    for door in ("/api/v1/incidents/", "/api/v1/incidents.csv", "/incidents/"):
        size = "" if door.endswith(".csv") else "&page_size=200"
        found = hear(client, f"{door}?state={state}&series=all{size}")
        assert found - allowed == set()
        assert of_kinds(found, ("editions",)) == wanted, door


@pytest.mark.parametrize("reader", WHO)
def test_the_page_of_a_record_holds_what_its_reader_may_read(world: World, reader: str) -> None:
    client, allowed = client_of(world, reader), world.canaries(reader)
    past = world.canaries(reader, past=True)
    for record in some(Record.objects.prefetch_related("editions").order_by("pk"), reader, 3):
        editions = {edition.pk for edition in record.editions.all()}
        shown = {
            pk for pk in editions & world.read(reader) if world.editions[pk].state != "discarded"
        }
        shown = {pk for pk in shown if world.editions[pk].state not in ("superseded", "withdrawn")}
        for door in ("/incidents/", "/api/v1/incidents/"):
            url = f"{door}{record.public_id}/"
            found = hear(client, url)
            assert found - past == set(), url
            titles = of_kinds(found, ("editions",)) & {(pk, "i") for pk in shown}
            assert bool(titles) == bool(shown), (url, shown)
            if not shown:
                assert of_kinds(found, ("editions", "claims", "citations")) - past == set()
    assert allowed <= past


@pytest.mark.parametrize("reader", WHO)
def test_a_page_of_a_directory_holds_what_its_reader_may_read(world: World, reader: str) -> None:
    allowed = world.canaries(reader)
    pages = {
        "/actors/": (some(Actor.objects.values_list("slug", "pk"), reader, 20), "u"),
        "/campaigns/": (some(Campaign.objects.values_list("slug", "pk"), reader, 8), "g"),
        "/outlets/": (some(Publisher.objects.values_list("slug", "pk"), reader, 20), "o"),
        "/articles/": (some(Article.objects.values_list("address_digest", "pk"), reader, 20), "a"),
    }
    client = client_of(world, reader)
    for door, (rows, letter) in pages.items():
        for name, pk in rows:
            response = client.get(f"{door}{name}/")
            found = heard(content(response).decode())
            there = (pk, letter) in allowed
            assert response.status_code == (200 if there else 404), (door, name)
            assert found - allowed == set(), (door, name)


@pytest.mark.parametrize("reader", WHO)
def test_the_desk_tells_what_its_reader_may_read_and_nothing_else(
    world: World, reader: str
) -> None:
    if reader not in STAFF:
        client = client_of(world, reader)
        assert {url: hear(client, url) for url in AT_THE_DESK if hear(client, url)} == {}
        return
    client, past = client_of(world, reader), world.canaries(reader, past=True)
    found = {url: hear(client, url) for url in AT_THE_DESK}
    assert {url: canaries - past for url, canaries in found.items() if canaries - past} == {}
    edited = of_kinds(found["/admin/incidents/incident/?all="], ("editions",))
    assert edited == {(pk, "i") for pk in world.read(reader)}
    figures = of_kinds(found["/admin/incidents/reportedfigure/?all="], ("figures",))
    assert figures == of_kinds(past, ("figures",))


@pytest.mark.parametrize("reader", sorted({*STAFF} & {*WHO}))
def test_the_forms_and_histories_of_the_desk_tell_nothing_else(world: World, reader: str) -> None:
    client, past = client_of(world, reader), world.canaries(reader, past=True)
    keys = {
        "incidents/incident": some(Incident.objects.values_list("pk", flat=True), reader, 4),
        "incidents/record": some(Record.objects.values_list("pk", flat=True), reader, 9),
        "incidents/reportedfigure": some(
            ReportedFigure.objects.values_list("pk", flat=True), reader, 4
        ),
        "articles/article": some(Article.objects.values_list("pk", flat=True), reader, 20),
    }
    for desk, found in keys.items():
        for number, pk in enumerate(found):
            pages = ("change",) if number % 4 else ("change", "history", "delete")
            if desk == "articles/article":
                pages = (*pages, "captures")
            for page in pages:
                url = f"/admin/{desk}/{pk}/{page}/"
                response = client.get(url, follow=True)
                told = heard(content(response).decode())
                assert response.status_code < 500
                assert told - past == set(), url
                if desk == "incidents/incident" and page == "change":
                    assert ((pk, "i") in told) == (pk in world.read(reader)), url


@pytest.mark.parametrize("reader", WHO)
def test_what_was_public_once_is_told_as_of_a_day_as_far_as_it_may_be_read(
    world: World, reader: str
) -> None:
    urls = [
        f"{door}?series=all&as_of=2026-01-01"
        for door in (
            "/incidents/",
            "/api/v1/incidents/",
            "/api/v1/incidents.csv",
        )
    ]
    references = [record.public_id for record in some(Record.objects.order_by("pk"), reader, 7)]
    urls += [f"/incidents/{name}/history/" for name in references]
    urls += [f"/api/v1/incidents/{name}/editions/" for name in references]
    urls += [f"/incidents/{name}/editions/1/" for name in references]
    urls += [f"/api/v1/incidents/{name}/editions/1/" for name in references]

    assert leaks(world, reader, urls, past=True) == {}


@pytest.mark.parametrize("reader", WHO)
def test_no_other_method_tells_more(world: World, reader: str) -> None:
    client, allowed = client_of(world, reader), world.canaries(reader)
    records = some(Record.objects.order_by("pk"), reader, 20)
    # Each address is asked in the way of each method by some reader, and of each reader by some.
    urls = [*LISTS, *(f"/api/v1/incidents/{record.public_id}/" for record in records)]
    for n, method in enumerate(("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")):
        turn = READERS.index(reader) + n
        for url in urls[turn % 4 :: 4]:
            response = client.generic(method, url)
            told = heard(content(response).decode() + str(response.items())) - heard(url)
            assert told - allowed == set(), (method, url)
