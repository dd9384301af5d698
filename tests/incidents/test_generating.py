"""Invented incidents for measuring are such as the services would have stored."""

from __future__ import annotations

from collections import Counter
from functools import cache
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from articles.codebook import Marking, strictest
from articles.fields import _DerivedField
from articles.models import Article
from incidents import bulk, triggers
from incidents.codebook import ONCE_PUBLIC, WORKED_ON, State
from incidents.generating import COLUMNS, Keys, batches
from incidents.generating.places import COMMON
from incidents.models import Claim, Clock, Incident, LedgerEntry, Record, ReferenceCounter
from incidents.services import claimed, codings, ends_of, following, gaps
from tests import make

KEYS = Keys(1, 2, 1)
MANY = 2000
# Entries of directories come by the hundred, all made in one way.
SAMPLE = 150


@cache
def generated(count: int, seed: int = 1) -> dict[str, list[Any]]:
    """Return all rows by table."""
    rows: dict[str, list[Any]] = {label: [] for label in COLUMNS}
    for batch in batches(count, seed, KEYS):
        for label, some in batch.items():
            rows[label] += some
    return rows


def column(label: str, name: str) -> list[Any]:
    """Return a column of what is generated."""
    place = COLUMNS[label].index(name)
    return [row[place] for row in generated(MANY)[label]]


def share(values: list[Any], *wanted: Any) -> float:
    """Return how many in a hundred are among those wanted."""
    return 100 * sum(value in wanted for value in values) / len(values)


def generate(count: int) -> None:
    """Load some, as where code is worked on."""
    with override_settings(DEBUG=True):
        call_command("generate_incidents", count, stdout=StringIO())


@pytest.fixture
def loaded(db: None) -> None:
    """Load a few."""
    generate(300)


# -- what is drawn --------------------------------------------------------------------------


def test_the_same_number_and_seed_give_the_same_rows() -> None:
    again = list(batches(300, 1, KEYS))

    assert again == list(batches(300, 1, KEYS))
    assert again != list(batches(300, 2, KEYS))


def test_most_incidents_lie_in_a_few_countries_and_some_in_many() -> None:
    countries = column("incidents.incident", "country")

    assert 55 < share(countries, *COMMON) < 65
    assert len(set(countries)) > 100


def test_an_actor_is_accused_less_the_further_down_it_stands() -> None:
    met = Counter(column("incidents.claim", "accused_actor_id"))
    actors = [key for key in met if key is not None]

    assert met[1] > 3 * met[5] > 3 * met[60] > 0
    assert len(actors) > 100


def test_most_dates_are_known_to_the_day() -> None:
    dates = column("incidents.incident", "occurred")
    days = [len(text) == 10 and text[-1].isdigit() for text in dates]

    assert 64 < share(days, True) < 76
    assert {"2014", "2026"} <= {text.lstrip("[")[:4] for text in dates}
    assert 2 < share(["/" in text for text in dates], True) < 9


@pytest.mark.parametrize(
    ("table", "each"), [("location", 1.3), ("target", 1.2), ("claim", 1.5), ("citation", 2.4)]
)
def test_each_edition_has_as_many_rows_as_is_usual(table: str, each: float) -> None:
    rows, editions = generated(MANY)[f"incidents.{table}"], generated(MANY)["incidents.incident"]

    assert each * 0.9 < len(rows) / len(editions) < each * 1.1


def test_one_in_twenty_has_past_editions_and_some_are_not_public() -> None:
    states = Counter(column("incidents.incident", "state"))

    assert 4 < 100 * states["superseded"] / MANY < 9
    assert all(states[state] for state in State.values)
    assert 90 < 100 * states["published"] / MANY < 97
    assert 1 < share(column("incidents.incident", "marking"), "green", "amber") < 7
    assert 0 < share(column("incidents.claim", "marking"), "amber", "red") < 4
    assert 0 < share(column("incidents.claim", "live_until"), None) < 99


def test_most_are_of_the_core_series() -> None:
    status = column("incidents.incident", "status")

    assert 70 < share(status, "suspected", "confirmed") < 90
    assert 5 < share(column("incidents.incident", "outcome"), "foiled") < 15


# -- what is stored -------------------------------------------------------------------------


def test_every_row_is_one_that_a_form_would_have_taken(loaded: None) -> None:
    for model in bulk.filled():
        for row in model._default_manager.order_by("pk")[:SAMPLE]:
            row.full_clean(validate_unique=False)


def test_what_follows_is_what_the_models_and_services_would_have_stored(loaded: None) -> None:
    for edition in Incident.objects.select_related("record"):
        place = edition.locations.get(primary=True)
        target = edition.targets.get(primary=True)
        finding = edition.findings.order_by("-date_to", "-date_from", "-pk").first()
        claims = list(edition.claims.all())
        expected = following(edition, place, target, finding) | claimed(claims)
        assert {name: getattr(edition, name) for name in expected} == expected
        stored = edition.codings.order_by("pk").values_list("axis", "code", "primary")
        assert list(stored) == codings(edition)
        assert {c.pk: c.live_until for c in claims if c.live_until} == ends_of(claims)
        assert edition.state not in ONCE_PUBLIC or gaps(edition) == {}
        present = [edition.marking]
        if edition.state not in ONCE_PUBLIC:
            present.append(edition.record.marking)
        assert edition.effective_marking == strictest(present)


def test_columns_that_models_derive_are_derived_alike(loaded: None) -> None:
    for model in bulk.filled():
        derived = [f for f in model._meta.local_fields if isinstance(f, _DerivedField)]
        for row in model._default_manager.all() if derived else ():
            stored = {field.name: getattr(row, field.name) for field in derived}
            assert stored == {field.name: field.pre_save(row, False) for field in derived}


def test_a_record_is_marked_named_and_dated_by_what_was_published_of_it(loaded: None) -> None:
    numbers: Counter[int] = Counter()
    for record in Record.objects.order_by("pk"):
        public = list(record.editions.filter(state__in=ONCE_PUBLIC).order_by("number"))
        assert record.marking == (public[-1].marking if public else Marking.AMBER)
        assert record.first_published_at == (public[0].published_at if public else None)
        assert bool(record.reference) == bool(public and public[0].marking == Marking.CLEAR)
        assert bool(record.withdrawn_reason) == bool(public and public[-1].state == "withdrawn")
        if record.reference:
            _name, year, number = record.reference.split("-")
            numbers[int(year)] += 1
            assert int(number) == numbers[int(year)]
            assert record.first_published_at is not None
            assert int(year) == record.first_published_at.year
        for one, later in pairwise(public):
            assert (one.state, one.ended_at) == ("superseded", later.published_at)
        for edition in record.editions.all():
            moments = (edition.created_at, edition.submitted_at, edition.published_at)
            known = [moment for moment in moments if moment]
            assert known == sorted(known)
            assert (edition.state in WORKED_ON) <= (edition.published_at is None)
    assert dict(ReferenceCounter.objects.values_list("year", "last")) == numbers


def test_an_article_is_released_as_far_as_what_was_published_of_it(loaded: None) -> None:
    for article in Article.objects.all():
        cited = [
            strictest([citation.marking, citation.incident.marking])
            for citation in citations_of(article)
        ]
        assert article.released == bool(cited)
        loosest = min([*cited, Marking.AMBER], key=lambda marking: marking.strictness)
        assert article.marking == loosest


def citations_of(article: Article) -> Any:
    """Return where published editions cite an article."""
    return (
        Incident._meta.get_field("citations")
        .related_model._default_manager.filter(article=article, incident__state__in=ONCE_PUBLIC)
        .select_related("incident")
    )


def test_the_database_keeps_what_it_kept_before(loaded: None) -> None:
    assert triggers.missing() == []
    # Of the staff also with the organisation of those who write it all.
    assert dict(Clock.objects.values_list("name", "version")) == {"public": 1, "staff": 2}
    assert not LedgerEntry.objects.exists()
    make.incident()  # keys go on after those that are there
    assert Record.objects.count() == 301


def test_indexes_and_constraints_are_those_of_before(db: None) -> None:
    before = structure()

    generate(20)

    assert structure() == before


def structure() -> dict[str, Any]:
    """Return the indexes and constraints of the tables that are filled."""
    with connection.cursor() as cursor:
        return {
            table: connection.introspection.get_constraints(cursor, table)
            for table in (model._meta.db_table for model in bulk.filled())
        }


def test_readers_see_what_is_clear_and_published(loaded: None) -> None:
    seen = Incident.objects.visible_to(AnonymousUser())
    clear = Incident.objects.filter(state="published", marking="clear")

    assert set(seen) == set(clear)
    assert Claim.objects.visible_to(AnonymousUser()).count() > 300


# -- what is refused ------------------------------------------------------------------------


def test_a_database_with_rows_of_its_own_is_refused(db: None) -> None:
    make.publisher()

    with pytest.raises(CommandError, match=r"outlet.*DATABASE_URL"):
        generate(10)


def test_a_site_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("generate_incidents", 10)


def test_a_column_that_nobody_fills_is_named(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COLUMNS, "incidents.coding", ("id", "incident_id", "axis", "primary"))

    with pytest.raises(CommandError, match=r"incidents\.coding .*: code\."):
        generate(10)
