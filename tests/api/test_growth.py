"""Every door asks the database as often for twenty rows as for ten."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import ActorAlias, ActorParent, Effect
from tests import make

from .doors import (
    ACTORS,
    ARTICLES,
    CAMPAIGNS,
    COUNTS,
    COUNTS_CSV,
    CSV,
    FIGURES,
    GEOJSON,
    LIST,
    NDJSON,
    content,
    get,
)

pytestmark = pytest.mark.django_db

DOORS = (
    LIST,
    f"{LIST}?order=severity&series=all",
    f"{LIST}?known_on=2025-01-01",
    f"{LIST}?attributed_to=RU&country=PL&language=pl",
    CSV,
    NDJSON,
    GEOJSON,
    ARTICLES,
    ACTORS,
    CAMPAIGNS,
    FIGURES,
    COUNTS,
    f"{COUNTS}?by=actor&by=level",
    f"{COUNTS}?by=campaign",
    f"{COUNTS}?by=publisher&interval=month",
    f"{COUNTS}?by=country&assign=any&date_match=possible&year=2024",
    f"{COUNTS_CSV}?by=actor",
)


def add_one(n: int) -> None:
    """Add an incident with an actor, campaign, outlets, figure and rows of its own."""
    unit, front = make.actor(f"Unit {n}"), make.actor(f"Front {n}", kind="persona")
    ActorAlias.objects.create(actor=unit, name=f"Alias {n}")
    ActorParent.objects.create(actor=unit, parent=front)
    sources = [
        make.article(publisher=make.publisher(f"Paper {n}, {side}"), language="pl")
        for side in ("left", "right")
    ]
    edition = make.incident(
        f"Fire number {n}",
        occurred=f"2024-{n % 12 + 1:02}",
        locations=[{"country": "PL"}, {"country": "LT", "role": "affected"}],
        targets=[{"country": "PL"}, {"country": "LT"}],
        findings=[("suspected", "2024-12-30"), ("confirmed", "2024-12-31")],
        citations=sources,
        claims=[
            {"actor": unit, "state": "RU"},
            {"actor": unit, "state": "RU", "supersedes": 0, "date": "2024-07"},
            {"kind": "perpetrator_persona", "claimant_actor": front, "actor": front},
        ],
        campaign=make.campaign(f"Campaign {n}"),
        state="draft",
    )
    Effect.objects.create(incident=edition, kind="damage")
    make.publish(edition)
    whole = make.figure(f"whole-{n}")
    part = make.figure(f"part-{n}", numerator_of=whole)
    for source in sources:
        make.rendition(part, source)


def queries(url: str, client: Client, status: int = 200) -> int:
    """Return how often the same request asks the database."""
    with CaptureQueriesContext(connection) as asked:
        response = get(url, client)
        body = content(response)
    assert response.status_code == status, body
    return len(asked)


def test_no_door_asks_more_often_for_more_rows() -> None:
    for n in range(10):
        add_one(n)
    reference = get(LIST).json()["results"][0]["reference"]
    doors = [*DOORS, f"{LIST}{reference}/"]
    warm = {url: queries(url, Client()) for url in doors}
    few = {url: queries(url, Client()) for url in doors}
    sizes = {url: len(content(get(url))) for url in DOORS}

    for n in range(10, 20):
        add_one(n)

    many = {url: queries(url, Client()) for url in doors}
    assert many == few
    assert max(warm.values()) < 40
    grown = {url: len(content(get(url))) for url in DOORS}
    still = {COUNTS, f"{COUNTS}?by=country&assign=any&date_match=possible&year=2024"}
    assert {url for url in DOORS if grown[url] <= sizes[url] * 1.3} <= still


def test_staff_ask_no_more_often_for_more_rows(staff: Client) -> None:
    for n in range(5):
        add_one(n)
    doors = (LIST, CSV, ARTICLES, ACTORS, FIGURES, COUNTS)
    few = {url: queries(url, staff) for url in doors}

    for n in range(5, 10):
        add_one(n)

    assert {url: queries(url, staff) for url in doors} == few


def test_a_record_with_more_rows_takes_no_more_queries() -> None:
    def record(rows: int) -> str:
        unit = make.actor(f"Unit of {rows}")
        edition = make.incident(
            locations=[{"country": "PL"}] * rows,
            targets=[{"country": "PL"}] * rows,
            citations=[make.article(publisher=make.publisher()) for _n in range(rows)],
            claims=[{"actor": unit, "state": "RU", "claimant_actor": unit}] * rows,
        )
        edition.record.refresh_from_db()
        return f"{LIST}{edition.record.public_id}/"

    assert queries(record(10), Client()) == queries(record(20), Client())


@pytest.mark.parametrize("order", ["-onset", "onset"])
def test_a_page_begins_where_the_index_is_entered(order: str) -> None:
    """Otherwise page 10,000 reads all that stands before it."""
    for n in range(3):
        make.incident(f"Fire number {n}")
    following = get(f"{LIST}?order={order}&page_size=1").json()["next"]

    with CaptureQueriesContext(connection) as asked:
        get(following)
    (page,) = [query["sql"] for query in asked if 'AS "sort_key"' in query["sql"]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It would read so few rows through.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {page}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {page}")
        plan = [str(row[-1]) for row in cursor.fetchall()]

    entered = [step for step in plan if re.search(r"onset_from [<>]=|onset_from[<>]\?", step)]
    assert [step for step in entered if "Index Cond" in step or "INDEX" in step], plan
    assert "MULTI-INDEX OR" not in plan
