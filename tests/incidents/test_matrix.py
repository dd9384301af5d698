"""Who reads what, as a table: seven readers, five markings, every state and every kind of row.

The table of `docs/review.md` is written a second time in `tests.matrix`, in plain words and
without a query; the rows that `visible_to` keeps have to be those, no fewer and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from pytest_django import DjangoDbBlocker

from articles.codebook import Marking
from articles.models import Article, Publisher
from incidents.codebook import State
from incidents.models import (
    Actor,
    Campaign,
    Citation,
    Claim,
    Coding,
    Comment,
    Comparison,
    Effect,
    Incident,
    Location,
    MarkingChange,
    Notification,
    Record,
    ReportedFigure,
    StatusFinding,
    Target,
)
from tests.matrix import ONCE, READERS, STAFF, Case, World, build

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make the table once; the tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def seen(model: Any, user: User | AnonymousUser, column: str = "pk", **how: Any) -> set[Any]:
    rows = model._default_manager.visible_to(user, **how)
    return set(rows.order_by().values_list(column, flat=True))


def keys(model: Any, column: str = "pk", **narrowed: Any) -> set[Any]:
    return set(model.objects.filter(**narrowed).order_by().values_list(column, flat=True))


def wrong(kept: dict[int, Case], found: set[int], reader: str) -> tuple[list[Case], list[Case]]:
    """Return what is seen and may not be, and what may be and is not."""
    allowed = {pk for pk, case in kept.items() if case.read_by(reader)}
    leaked = found & kept.keys() - allowed
    return [kept[pk] for pk in sorted(leaked)], [kept[pk] for pk in sorted(allowed - found)]


def test_the_table_holds_every_marking_in_every_state(world: World) -> None:
    """A record is AMBER until its first publication, and its drafts are no less."""
    cases = {(case.marking, case.state) for case in world.editions.values()}

    assert cases == {
        (marking, state)
        for marking in Marking.values
        for state in State.values
        if state in ONCE or marking not in ("clear", "green")
    }


@pytest.mark.parametrize("reader", READERS)
def test_editions_are_read_by_the_table(world: World, reader: str) -> None:
    found = seen(Incident, world.people[reader])

    assert wrong(world.editions, found, reader) == ([], [])
    assert found == world.read(reader)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("model", [Location, Target, Coding, Effect, StatusFinding])
def test_rows_are_read_with_their_edition(world: World, model: Any, reader: str) -> None:
    assert seen(model, world.people[reader], "incident") == world.read(reader)


@pytest.mark.parametrize("reader", READERS)
def test_a_stricter_claim_or_citation_is_hidden_alone(world: World, reader: str) -> None:
    user = world.people[reader]

    assert wrong(world.claims, seen(Claim, user), reader) == ([], [])
    assert wrong(world.citations, seen(Citation, user), reader) == ([], [])


@pytest.mark.parametrize("reader", READERS)
def test_records_comments_and_decisions_are_read_with_an_edition(world: World, reader: str) -> None:
    user, editions = world.people[reader], world.read(reader)
    records = keys(Incident, "record", pk__in=editions)
    staff = reader in STAFF

    assert seen(Record, user) == records
    assert seen(Comment, user) == (keys(Comment, edition__in=editions) if staff else set())
    assert seen(MarkingChange, user) == (
        keys(MarkingChange, record__in=records) if staff else set()
    )
    both = keys(Comparison, one__in=records, other__in=records)
    assert seen(Comparison, user) == (both if staff else set())


@pytest.mark.parametrize("reader", READERS)
def test_notices_are_for_whom_they_are_as_long_as_they_read_the_edition(
    world: World, reader: str
) -> None:
    user = world.people[reader]
    own = world.read(reader) if isinstance(user, User) else set()

    assert seen(Notification, user) == keys(Notification, user=user.pk, edition__in=own)
    assert seen(Notification, user, "edition") == own


@pytest.mark.parametrize("reader", READERS)
def test_entries_are_read_where_something_that_names_them_is(world: World, reader: str) -> None:
    user = world.people[reader]
    claims = {pk for pk, case in world.claims.items() if case.read_by(reader)}
    articles = {pk for pk, case in world.articles.items() if case.read_by(reader)}
    accused = keys(Claim, "accused_actor", pk__in=claims)
    named = keys(Incident, "campaign", pk__in=world.read(reader))
    outlets = keys(Article, "publisher", pk__in=articles)
    staff = reader in STAFF

    assert seen(Actor, user) == (keys(Actor) if staff else accused)
    assert seen(Campaign, user) == (keys(Campaign) if staff else named)
    assert seen(Publisher, user) == (keys(Publisher) if staff else outlets)


@pytest.mark.parametrize("reader", READERS)
def test_figures_are_read_by_their_marking_alone(world: World, reader: str) -> None:
    assert wrong(world.figures, seen(ReportedFigure, world.people[reader]), reader) == ([], [])


@pytest.mark.parametrize("reader", READERS)
def test_articles_are_read_by_their_own_marking_as_soon_as_something_rests_on_them(
    world: World, reader: str
) -> None:
    """Before that they are their house's, CLEAR ones aside; reviewers read them up to AMBER."""
    assert wrong(world.articles, seen(Article, world.people[reader]), reader) == ([], [])


@pytest.mark.parametrize("reader", READERS)
def test_of_the_past_everything_that_was_public_is_read_and_nothing_else(
    world: World, reader: str
) -> None:
    user = world.people[reader]
    once = {pk for pk, case in world.editions.items() if case.once_read_by(reader)}
    claims = {pk for pk, case in world.claims.items() if case.once_read_by(reader)}

    assert seen(Incident, user, past=True) == once
    assert seen(Location, user, "incident", past=True) == once
    assert seen(Claim, user, past=True) == claims
