"""One question has one answer at every door: list, count, table and map."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import Client

from incidents import questions
from incidents.filters import LISTED, ask
from incidents.models import Incident
from tests import make

from .doors import COUNTS, CSV, GEOJSON, LIST, NDJSON, data, lines, references, table, walk
from .world import World

pytestmark = pytest.mark.django_db

QUESTIONS = (
    "",
    "series=all",
    "series=logged",
    "series=confirmed",
    "series=foiled",
    "series=ruled_out",
    "status=disputed&status=alleged",
    "status=suspected&outcome=foiled",
    "q=fire",
    "q=lodzi+signal",
    "q=fire+nowhere",
    "year=2024",
    "year=2024&date_match=possible&series=all",
    "from=2024-03&to=2024-03",
    "from=2023-12&to=2024-02&date_match=possible",
    "year=2021&time_basis=active",
    "from=2026&time_basis=active&date_match=possible",
    "to=2024-06&time_basis=attributed",
    "year=2024&time_basis=reported",
    "from=2026-02-01&to=2026-02-01&time_basis=recorded",
    "country=PL",
    "country=PL&primary=country&series=all",
    "country=LT&country=DE&country=sea&series=all",
    "primary=country:FI",
    "country=no_place",
    "region=nato&series=all",
    "region=nordic&region=baltic",
    "region=none",
    "bbox=18,53,29,61&series=all",
    "target_country=FI&sector=transport",
    "target_kind=company&country=DE",
    "event_type=arson&series=all",
    "event_type=arson&primary=event_type",
    "domain=cyber",
    "severity=none",
    "severity=2&severity=3",
    "campaign=parcels&campaign=none",
    "attributed_to=RU",
    "attributed_to=RU&min_level=1&series=all",
    "attributed_to=none",
    "actor=north-unit",
    "claimant_kind=affected_government&state_role=directed",
    "claimant_kind=none",
    "level=0&series=all",
    "level=4&level=2",
    "contested=true&series=all",
    "contested=false",
    "publisher=kurier&language=pl",
    "language=none&series=all",
    "known_on=2022-09-08&series=all",
    "known_on=2024-06-15&attributed_to=RU",
    "marking=clear&state=published",
)
ORDERS = ("-onset", "onset", "-published", "published", "severity", "-severity")


def joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


def behind(url: str) -> list[str]:
    """Return the references behind the address of a list, asked without its pages."""
    address, _mark, query = url.partition("?")
    assert address == f"http://testserver{LIST}"
    found = ask(QueryDict(query), AnonymousUser(), LISTED).incidents()
    return [str(reference) for reference in found.values_list("record__reference", flat=True)]


@pytest.mark.parametrize("query", QUESTIONS)
def test_list_count_table_and_map_hold_the_same(query: str, world: World) -> None:
    counts = data(f"{COUNTS}?{query}")
    size = 3 if counts["total"] < 10 else 7
    pages = walk(f"{LIST}?{joined(query, f'page_size={size}')}")
    listed = [reference for page in pages for reference in page]

    rows = [row["reference"] for row in table(f"{CSV}?{query}")]
    features = [feature["id"] for feature in data(f"{GEOJSON}?{query}")["features"]]

    written = [line["reference"] for line in lines(f"{NDJSON}?{query}")]

    assert listed == rows == features == written
    assert len(listed) == len(set(listed)) == counts["total"]
    assert counts["low"] <= counts["total"] <= counts["high"]
    assert all(len(page) == size for page in pages[:-1])
    assert pages[-1] or pages == [[]]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by itself")
def test_a_list_that_is_walked_holds_what_one_that_is_looked_up_holds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = {query: walk(f"{LIST}?{joined(query, 'page_size=3')}") for query in QUESTIONS}
    monkeypatch.setattr(questions, "COMMON", 0)

    walked = {query: walk(f"{LIST}?{joined(query, 'page_size=3')}") for query in QUESTIONS}

    assert walked == looked_up


def test_the_questions_tell_records_apart(world: World) -> None:
    found = {q: frozenset(behind(f"http://testserver{LIST}?{q}")) for q in QUESTIONS}

    assert len(set(found.values())) > len(QUESTIONS) * 0.7
    assert sum(not held for held in found.values()) <= 3


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_is_complete_and_stable_over_ties_and_missing_values(
    order: str, world: World
) -> None:
    query = f"series=all&order={order}"
    everybody = {edition.record.public_id for edition in world.clear}

    by_size = [
        [reference for page in walk(f"{LIST}?{query}&page_size={n}") for reference in page]
        for n in (3, 7)
    ]
    files = [
        [row["reference"] for row in table(f"{CSV}?{query}")],
        [feature["id"] for feature in data(f"{GEOJSON}?{query}")["features"]],
    ]

    assert all(found == by_size[0] for found in [*by_size, *files])
    assert set(by_size[0]) == everybody
    assert len(by_size[0]) == len(everybody)


def test_an_order_is_what_its_name_says(world: World) -> None:
    def column(order: str, name: str) -> Sequence[str]:
        return [row[name] for row in table(f"{CSV}?series=all&order={order}")]

    for name, key in (("onset", "onset_from"), ("published", "published_at")):
        assert column(name, key) == sorted(column(name, key))
        assert column(f"-{name}", key) == sorted(column(name, key), reverse=True)
    # What is not judged stands below the least severe.
    up, down = column("severity", "severity"), column("-severity", "severity")
    assert up == sorted(up, key=lambda text: int(text or -1))
    assert down == sorted(up, key=lambda text: int(text or -1), reverse=True)
    assert column("", "reference") == column("-onset", "reference")


def test_the_last_page_has_no_next_even_when_it_is_full() -> None:
    for n in range(4):
        make.incident(f"Fire number {n}", country="MT")

    pages = walk(f"{LIST}?country=MT&page_size=2")

    assert [len(page) for page in pages] == [2, 2]


def test_an_empty_list_has_no_pages_around_it() -> None:
    page = data(f"{LIST}?q=nothing")

    assert (page["results"], page["next"], page["previous"]) == ([], None, None)


def test_a_page_link_asks_the_same_question(world: World) -> None:
    page = data(f"{LIST}?country=PL&series=all&order=severity&page_size=2")

    for kept in ("country=PL", "series=all", "order=severity", "page_size=2", "cursor="):
        assert kept in page["next"]


def test_a_list_says_where_it_is_counted(world: World) -> None:
    for query in QUESTIONS[::9]:
        page = data(f"{LIST}?{joined(query, 'page_size=200')}")
        assert data(page["count_url"])["total"] == len(page["results"])


def test_an_incident_that_comes_between_two_pages_moves_none() -> None:
    old = [make.incident(f"Fire number {n}", country="MT") for n in range(4)]
    first = data(f"{LIST}?country=MT&page_size=2")
    make.incident("Fire of later", occurred="2024-03-15", country="MT")

    second = data(first["next"])

    seen = [row["reference"] for page in (first, second) for row in page["results"]]
    assert seen == [reference_of(edition) for edition in reversed(old)]


def reference_of(edition: Incident) -> str | None:
    return Incident.objects.get(pk=edition.pk).record.reference


SPLITS = (
    "by=country",
    "by=country&assign=any&series=all",
    "by=country&country=PL&country=LT",
    "by=country&country=LT&assign=any",
    "by=country&region=nato",
    "by=target_country&assign=any",
    "by=target_country&sector=transport",
    "by=event_type&assign=any&series=all",
    "by=domain",
    "by=status&series=all",
    "by=outcome&status=suspected",
    "by=status&by=outcome&series=logged",
    "by=severity&series=all",
    "by=sector&by=target_kind",
    "by=campaign",
    "by=attributed_to&series=all",
    "by=attributed_to&min_level=1",
    "by=attributed_to&attributed_to=RU",
    "by=actor&series=all",
    "by=level&series=all",
    "by=level&attributed_to=RU",
    "by=attributed_to&by=level",
    "by=claimant_kind",
    "by=publisher&series=all",
    "by=language&publisher=kurier",
    "by=publisher&by=language",
    "by=region&series=all",
    "by=region&by=country",
    "by=country&by=attributed_to",
    "interval=year&series=all",
    "interval=year&date_match=possible",
    "interval=month&year=2024&series=all",
    "interval=quarter&year=2024&time_basis=active",
    "interval=week&from=2024-03&to=2024-03",
    "interval=day&from=2024-03-12&to=2024-03-16&by=country",
    "interval=year&time_basis=reported&date_match=possible",
    "interval=year&time_basis=attributed",
    "interval=month&time_basis=recorded&by=status",
    "interval=year&by=attributed_to&known_on=2024-06-15",
    "by=status&known_on=2022-09-08&series=all",
)


@pytest.mark.parametrize("query", SPLITS)
def test_a_cell_counts_the_list_behind_its_link(query: str, world: World) -> None:
    counts = data(f"{COUNTS}?{query}")
    cells = counts["cells"]

    lists = {cell["url"]: behind(cell["url"]) for cell in cells}

    total = behind(counts["incidents_url"])
    assert cells
    assert {cell["url"]: cell["count"] for cell in cells} == {
        url: len(found) for url, found in lists.items()
    }
    assert len(total) == counts["total"]
    assert all(set(found) <= set(total) for found in lists.values())
    first = next(cell for cell in cells if cell["count"])
    assert sorted(references(first["url"])) == sorted(lists[first["url"]])
    if counts["additive"]:
        assert counts["sum_of_cells"] + counts["undated"] == counts["total"]
    if not counts["undated"] and "interval" not in query:
        assert {reference for found in lists.values() for reference in found} == set(total)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "country=PL",
        "attributed_to=RU&series=all",
        "attributed_to=RU&min_level=1&year=2024",
        "actor=north-unit&level=3",
        "status=disputed&status=suspected",
        "outcome=foiled",
        "series=foiled&contested=false",
        "level=0",
        "claimant_kind=none",
        "known_on=2024-06-15&series=all",
        "year=2024&date_match=possible",
        "series=ruled_out",
    ],
)
def test_a_step_of_a_ladder_counts_the_list_behind_its_link(query: str, world: World) -> None:
    ladder = data(f"{COUNTS}?{query}")["ladder"]

    for step in [*ladder["series"], *ladder["attribution"]]:
        found = behind(step["url"]) if step["url"] else []
        assert len(found) == step["count"], step


def test_the_steps_of_the_series_are_everything(world: World) -> None:
    counts = data(f"{COUNTS}?country=PL")
    everything = references(f"{LIST}?country=PL&series=all")
    steps = counts["ladder"]["series"]

    assert sum(step["count"] for step in steps) == len(everything)
    assert sorted(ref for step in steps for ref in references(step["url"])) == sorted(everything)
    assert counts["total"] + sum(counts["excluded"].values()) == len(everything)


def test_staff_go_through_the_same_doors(world: World, staff: Client) -> None:
    """RED is left out of what both see: the one who asks wrote none of it."""
    for query in ("series=all", "state=draft&series=all", "marking=amber", "marking=clear"):
        listed = references(f"{LIST}?{query}", staff)
        assert len(listed) == data(f"{COUNTS}?{query}", staff)["total"]
        assert listed == [row["reference"] for row in table(f"{CSV}?{query}", staff)]
        assert listed == [f["id"] for f in data(f"{GEOJSON}?{query}", staff)["features"]]
        assert listed
    assert data(f"{COUNTS}?series=all", staff)["marking"] == "amber_strict"
    assert data(f"{COUNTS}?series=all&marking=clear", staff)["total"] == len(world.clear)
