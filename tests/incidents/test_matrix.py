"""Who reads what, as a table: seven readers, five markings, every state and every kind of row.

The table of `docs/review.md` is written here a second time, in plain words and without a query,
and the rows that `visible_to` keeps have to be those, no fewer and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from pytest_django import DjangoDbBlocker

from articles.codebook import Marking, strictest
from articles.models import Article, Organisation, Publisher
from incidents import review
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
from tests import make

pytestmark = pytest.mark.django_db

READERS: Final = (
    "anonymous",
    "outsider",
    "partner",
    "insider",
    "other",
    "reviewer",
    "administrator",
)
STAFF: Final = ("insider", "other", "reviewer", "administrator")
TIES: Final = ("none", "shared", "named", "author")
ONCE: Final = ("published", "superseded", "withdrawn")


def reads(reader: str, marking: str, state: str, tie: str) -> bool:
    """Say who reads an edition of the house: the table, by hand."""
    published = state == "published"
    if reader in ("anonymous", "outsider"):
        return published and marking == "clear"
    if reader == "partner":
        kept = {"amber": tie == "shared", "amber_strict": False, "red": tie == "named"}
        return published and kept.get(marking, True)
    if tie == "author":
        return True
    if marking == "red":
        return tie == "named"
    if reader == "insider":
        return True
    if marking == "amber_strict":
        return False
    return state in ONCE or (reader == "reviewer" and state == "in_review")


@dataclass
class Case:
    """What a row is, as far as the table asks."""

    marking: str
    state: str
    tie: str
    edition: str = ""  # the marking of the edition of a row, which has to be read too


@dataclass
class World:
    """Rows by kind and key, and the readers."""

    people: dict[str, User | AnonymousUser] = field(default_factory=dict)
    editions: dict[int, Case] = field(default_factory=dict)
    claims: dict[int, Case] = field(default_factory=dict)
    citations: dict[int, Case] = field(default_factory=dict)
    articles: dict[int, tuple[Case, bool]] = field(default_factory=dict)
    figures: dict[int, Case] = field(default_factory=dict)
    raised: dict[int, Case] = field(default_factory=dict)

    def read(self, reader: str) -> set[int]:
        """Return the editions that a reader reads."""
        every = {**self.editions, **self.raised}
        return {pk for pk, case in every.items() if _reads(reader, case)}


def _people() -> dict[str, User | AnonymousUser]:
    homes = {
        name: Organisation.objects.create(name=name, slug=name.lower())
        for name in ("Partners", "Elsewhere")
    }
    make.user("writer", staff=True)  # the house comes first
    people: dict[str, User | AnonymousUser] = {
        "anonymous": AnonymousUser(),
        "outsider": make.user("outsider"),
        "partner": make.user("partner"),
        "insider": make.user("insider", staff=True),
    }
    make.join(make.user("partner"), homes["Partners"])
    for name in STAFF[1:]:
        rights = {"is_superuser": name == "administrator"}
        people[name] = User.objects.create(username=name, is_staff=True, **rights)
        make.join(make.user(name), homes["Elsewhere"])
    make.reviewer("reviewer")
    return people


def _tie(row: Any, tie: str, people: dict[str, User | AnonymousUser]) -> None:
    if tie == "shared":
        row.shared_with.set(Organisation.objects.filter(slug="partners"))
    if tie == "named":
        row.readers.set([one for one in people.values() if isinstance(one, User)])


def _edition(marking: str, state: str, tie: str, people: dict[str, Any]) -> Incident:
    """Make an edition with a claim and a citation of each marking, and a directory of its own."""
    worked = "draft" if state in ("superseded", "withdrawn", "published") else state
    cited = [make.article(marking="clear", publisher=make.publisher()) for _each in Marking]
    accused = [{"actor": make.actor()} for _each in Marking]
    edition = make.incident(
        state="draft", marking=marking, citations=cited, claims=accused, campaign=make.campaign()
    )
    for rows in (edition.claims.order_by("pk"), edition.citations.order_by("pk")):
        for row, own in zip(rows, Marking, strict=True):
            type(row)._base_manager.filter(pk=row.pk).update(marking=own)
    _tie(edition.record, tie, people)
    if tie == "author":
        edition.authors.add(*(make.user(name) for name in ("partner", *STAFF)))
    review.comment(edition, by=make.user("writer"), text="Look at this.")
    if worked != "draft":
        Incident.objects.filter(pk=edition.pk).update(state=worked)
    elif state != "draft":
        make.publish(Incident.objects.get(pk=edition.pk))
    return Incident.objects.get(pk=edition.pk)


def build() -> World:
    """Make every state at every marking with every tie."""
    world = World(_people())
    for tie in TIES:
        for marking in Marking.values:
            for state in State.values:
                edition = _edition(marking, state, tie, world.people)
                if state == "superseded":
                    following = [make.article(marking="clear")]
                    make.incident(after=edition, marking=marking, citations=following)
                elif state == "withdrawn":
                    review.withdraw(edition, by=make.reviewer(), reason="Wrong.")
    for edition in Incident.objects.select_related("record").order_by("pk"):
        _note(world, edition)
    _raise(world)
    for marking in Marking.values:
        for tie in TIES[:3]:
            figure = make.figure(marking=marking)
            _tie(figure, tie, world.people)
            world.figures[figure.pk] = Case(marking, "published", tie)
            for released in (True, False):
                article = make.article(marking=marking, released=released)
                _tie(article, tie, world.people)
                world.articles[article.pk] = Case(marking, "published", tie), released
    for user in User.objects.all():
        Notification.objects.bulk_create(
            Notification(user=user, edition=edition, notice="waiting", by=make.user("writer"))
            for edition in Incident.objects.all()
        )
    records = list(Record.objects.order_by("pk"))
    for one, two in pairwise(records):
        Comparison.objects.create(
            one=one, other=two, verdict="distinct", decided_by=make.user("writer")
        )
        MarkingChange.objects.create(
            record=one, before="clear", after="red", reason="Why", asked_by=make.user("writer")
        )
    return world


def _raise(world: World) -> None:
    """Make records stricter after they were published."""
    for then in Marking:
        for now in Marking:
            if now.strictness > then.strictness:
                edition = make.incident(marking=then)
                make.marked(edition, now)
                world.raised[edition.pk] = Case(now, "published", "none")


def _note(world: World, edition: Incident) -> None:
    """Keep what a row of an edition is."""
    tie = "none"
    if edition.record.shared_with.exists():
        tie = "shared"
    elif edition.record.readers.exists():
        tie = "named"
    elif edition.authors.count() > 1:
        tie = "author"
    world.editions[edition.pk] = Case(edition.marking, edition.state, tie)
    for kept, rows in ((world.claims, edition.claims), (world.citations, edition.citations)):
        for row in rows.all():
            stricter = strictest([edition.marking, row.marking])
            kept[row.pk] = Case(stricter, edition.state, tie, edition.marking)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Make the table once; the tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def seen(model: Any, user: User | AnonymousUser) -> set[int]:
    return set(model._default_manager.visible_to(user).values_list("pk", flat=True))


def wrong(kept: dict[int, Case], found: set[int], reader: str) -> tuple[list[Case], list[Case]]:
    """Return what is seen and may not be, and what may be and is not."""
    allowed = {pk for pk, case in kept.items() if _reads(reader, case)}
    leaked = found & kept.keys() - allowed
    return [kept[pk] for pk in sorted(leaked)], [kept[pk] for pk in sorted(allowed - found)]


def test_the_table_holds_every_marking_and_every_state(world: World) -> None:
    cases = {(case.marking, case.state) for case in world.editions.values()}

    assert cases >= {
        (marking, state) for marking in Marking.values for state in (*ONCE, "draft", "in_review")
    }
    assert {state for _marking, state in cases} == {*State.values}


@pytest.mark.parametrize("reader", READERS)
def test_editions_are_read_by_the_table(world: World, reader: str) -> None:
    assert wrong(world.editions, seen(Incident, world.people[reader]), reader) == ([], [])
    assert seen(Incident, world.people[reader]) == world.read(reader)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("model", [Location, Target, Coding, Effect, StatusFinding])
def test_rows_are_read_with_their_edition(world: World, model: Any, reader: str) -> None:
    user = world.people[reader]
    kept = world.read(reader)

    rows = model._default_manager.visible_to(user).values_list("incident", flat=True)

    assert set(rows) == kept


@pytest.mark.parametrize("reader", READERS)
def test_a_stricter_claim_or_citation_is_hidden_alone(world: World, reader: str) -> None:
    user = world.people[reader]

    assert wrong(world.claims, seen(Claim, user), reader) == ([], [])
    assert wrong(world.citations, seen(Citation, user), reader) == ([], [])


@pytest.mark.parametrize("reader", READERS)
def test_records_comments_and_notices_are_read_with_an_edition(world: World, reader: str) -> None:
    user = world.people[reader]
    editions = world.read(reader)
    records = set(Incident.objects.filter(pk__in=editions).values_list("record", flat=True))
    staff = reader in STAFF

    assert seen(Record, user) == records
    comments = Comment.objects.visible_to(user).values_list("edition", flat=True)
    commented = Comment.objects.filter(edition__in=editions).values_list("edition", flat=True)
    assert set(comments) == (set(commented) if staff else set())
    notices = Notification.objects.visible_to(user)
    own = editions if isinstance(user, User) else set()
    assert set(notices.values_list("edition", flat=True)) == own
    assert {notice.user for notice in notices} <= {user}
    changes = MarkingChange.objects.visible_to(user).values_list("record", flat=True)
    asked = MarkingChange.objects.filter(record__in=records).values_list("record", flat=True)
    assert set(changes) == (set(asked) if staff else set())
    for comparison in Comparison.objects.all():
        both = {comparison.one_id, comparison.other_id} <= records
        visible = Comparison.objects.visible_to(user).filter(pk=comparison.pk).exists()
        assert visible == (both and (staff or comparison.confirmed_by is not None))


@pytest.mark.parametrize("reader", READERS)
def test_entries_are_read_where_something_that_names_them_is(world: World, reader: str) -> None:
    user = world.people[reader]
    claims = {pk for pk, case in world.claims.items() if _reads(reader, case)}
    accused = Claim.objects.filter(pk__in=claims).values_list("accused_actor", flat=True)
    editions = world.read(reader)
    named = Incident.objects.filter(pk__in=editions).values_list("campaign", flat=True)
    articles = Article.objects.visible_to(user).values_list("publisher", flat=True)
    staff = reader in STAFF

    everything: Callable[[Any], set[int]] = lambda model: set(  # noqa: E731
        model.objects.values_list("pk", flat=True)
    )
    assert seen(Actor, user) == (everything(Actor) if staff else set(accused))
    assert seen(Campaign, user) == (everything(Campaign) if staff else set(named) - {None})
    assert seen(Publisher, user) == (everything(Publisher) if staff else set(articles) - {None})


@pytest.mark.parametrize("reader", READERS)
def test_figures_are_read_by_their_marking_alone(world: World, reader: str) -> None:
    assert wrong(world.figures, seen(ReportedFigure, world.people[reader]), reader) == ([], [])


@pytest.mark.parametrize("reader", READERS)
def test_articles_are_read_by_their_marking_and_once_something_rests_on_them(
    world: World, reader: str
) -> None:
    """Before that they are their house's, CLEAR ones aside; reviewers read them up to AMBER."""
    found = seen(Article, world.people[reader])
    for pk, (case, released) in world.articles.items():
        state = "published"
        if not released and case.marking != "clear":
            state = "in_review" if reader == "reviewer" else "draft"
        assert (pk in found) == reads(reader, case.marking, state, case.tie), (case, released)


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("reader", READERS)
def test_the_stricter_of_then_and_now_rules_at_present_and_for_the_past(
    world: World, reader: str, past: bool
) -> None:
    visible = Incident.objects.visible_to(world.people[reader], past=past)
    found = set(visible.filter(pk__in=world.raised).values_list("pk", flat=True))

    assert wrong(world.raised, found, reader) == ([], [])


@pytest.mark.parametrize("reader", READERS)
def test_of_the_past_everything_that_was_public_is_read_and_nothing_else(
    world: World, reader: str
) -> None:
    found = set(
        Incident.objects.visible_to(world.people[reader], past=True).values_list("pk", flat=True)
    )

    every = {**world.editions, **world.raised}
    assert found == {
        pk
        for pk, case in every.items()
        if case.state in ONCE and reads(reader, case.marking, "published", case.tie)
    }


def _reads(reader: str, case: Case) -> bool:
    asked = {case.marking, case.edition or case.marking}
    return all(reads(reader, marking, case.state, case.tie) for marking in asked)
