"""The table of who reads what, written by hand, and a world with a row in each of its cells.

Every text of the world holds a canary that says which row it belongs to: `zqrow12izq` belongs to
edition 12. Whoever hears one was shown that row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, Permission, User

from articles.codebook import Marking, strictest
from articles.models import Article, Organisation
from incidents import review
from incidents.codebook import State
from incidents.models import (
    Actor,
    Campaign,
    Comparison,
    Incident,
    MarkingChange,
    Notification,
    Record,
    ReportedFigure,
)
from tests import make

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
SOME: Final = (Marking.CLEAR, Marking.AMBER, Marking.RED)
ONCE: Final = ("published", "superseded", "withdrawn")
# Long enough that no token of a form or cursor holds one by chance.
CANARY: Final = re.compile(r"zqrow([0-9]+)([a-z])zq")
# The letter of the canaries of each kind of row.
KINDS: Final = {
    "editions": "i",
    "locations": "l",
    "targets": "t",
    "effects": "e",
    "findings": "f",
    "claims": "m",
    "citations": "c",
    "articles": "a",
    "actors": "u",
    "campaigns": "g",
    "publishers": "o",
    "figures": "n",
    "comments": "k",
    "records": "r",
    "withdrawals": "w",
    "changes": "x",
    "comparisons": "y",
}
Reader = User | AnonymousUser


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


@dataclass(frozen=True)
class Case:
    """What a row is, as far as the table asks."""

    marking: str
    state: str
    tie: str
    edition: str = ""  # the marking of the edition of a row, which has to be read too

    def read_by(self, reader: str) -> bool:
        """Tell whether a reader reads the row."""
        asked = {self.marking, self.edition or self.marking}
        return all(reads(reader, marking, self.state, self.tie) for marking in asked)

    def once_read_by(self, reader: str) -> bool:
        """Tell whether a reader reads the row among what was public once."""
        asked = {self.marking, self.edition or self.marking}
        once = self.state in ONCE
        return once and all(reads(reader, marking, "published", self.tie) for marking in asked)


@dataclass
class World:
    """Rows by kind and key, and the readers."""

    people: dict[str, Reader] = field(default_factory=dict)
    editions: dict[int, Case] = field(default_factory=dict)
    claims: dict[int, Case] = field(default_factory=dict)
    citations: dict[int, Case] = field(default_factory=dict)
    articles: dict[int, Case] = field(default_factory=dict)
    figures: dict[int, Case] = field(default_factory=dict)
    own: Sequence[Marking] = tuple(Marking)

    def read(self, reader: str) -> set[int]:
        """Return the editions that a reader reads."""
        return {pk for pk, case in self.editions.items() if case.read_by(reader)}

    def canaries(self, reader: str, *, past: bool = False) -> set[tuple[int, str]]:
        """Return the canaries that a reader may hear, with `past` of what was public once too."""

        def may(case: Case) -> bool:
            return case.read_by(reader) or (past and case.once_read_by(reader))

        editions = {pk for pk, case in self.editions.items() if may(case)}
        claims = {pk for pk, case in self.claims.items() if may(case)}
        citations = {pk for pk, case in self.citations.items() if may(case)}
        rows = Incident.objects.filter(pk__in=editions)
        heard: dict[str, Iterable[Any]] = {
            "editions": editions,
            "claims": claims,
            "citations": citations,
            "articles": [pk for pk, case in self.articles.items() if may(case)],
            "figures": [pk for pk, case in self.figures.items() if may(case)],
            "records": _keys(rows, "record"),
            "withdrawals": self._withdrawn(reader),
            "campaigns": _keys(rows, "campaign"),
            "actors": _keys(Incident.objects.filter(claims__in=claims), "claims__accused_actor"),
        }
        for name in ("locations", "targets", "effects", "findings"):
            heard[name] = _keys(rows, name)
        heard["publishers"] = _keys(Article.objects.filter(pk__in=heard["articles"]), "publisher")
        if reader in STAFF:
            records = heard["records"]
            heard["comments"] = _keys(rows, "comments")
            heard["changes"] = _keys(Record.objects.filter(pk__in=records), "marking_changes")
            both = Comparison.objects.filter(one__in=records, other__in=records)
            heard["comparisons"] = _keys(both, "pk")
            heard["actors"] = _keys(Actor.objects.all(), "pk")
            heard["campaigns"] = _keys(Campaign.objects.all(), "pk")
            heard["publishers"] = _keys(Article.objects.all(), "publisher")
        return {(pk, KINDS[name]) for name, keys in heard.items() for pk in keys if pk is not None}

    def _withdrawn(self, reader: str) -> set[Any]:
        """Return the records whose withdrawal is told: of CLEAR ones to everybody."""
        told = [
            pk
            for pk, case in self.editions.items()
            if case.state == "withdrawn" and (case.marking == "clear" or case.read_by(reader))
        ]
        return _keys(Incident.objects.filter(pk__in=told), "record")


def heard(text: str) -> set[tuple[int, str]]:
    """Return the canaries in a text."""
    return {(int(key), kind) for key, kind in CANARY.findall(text)}


def canary(row: Any, kind: str) -> str:
    """Return the canary of a row."""
    return f"zqrow{row.pk}{KINDS[kind]}zq"


def _keys(rows: Any, column: str) -> set[Any]:
    return set(rows.order_by().values_list(column, flat=True))


def build(ties: Iterable[str] = TIES, own: Sequence[Marking] = tuple(Marking)) -> World:
    """Make every state at every marking with each of some ties.

    Each edition has a claim and a citation at each of the markings `own`.
    """
    world = World(_people(), own=own)
    for tie in ties:
        for marking in Marking.values:
            for state in State.values:
                _state(world, marking, state, tie)
    for then in Marking:
        for now in Marking:
            if now.strictness > then.strictness and {then, now} <= {Marking.CLEAR, *world.own}:
                edition = _edition(world, then, "published", "none")
                make.marked(edition, now)
    for edition in Incident.objects.select_related("record").order_by("pk"):
        _note(world, edition)
    for marking in Marking.values:
        for tie in ("none", "shared", "named"):
            _figure(world, marking, tie)
            for released in (True, False):
                _article(world, marking, tie, released=released)
    _around(world)
    return world


def _people() -> dict[str, Reader]:
    homes = {
        name: Organisation.objects.create(name=name, slug=name.lower())
        for name in ("Partners", "Elsewhere")
    }
    make.user("writer", staff=True)
    people: dict[str, Reader] = {
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
    rooms = Permission.objects.filter(content_type__app_label__in=("articles", "incidents"))
    for name in STAFF:
        make.user(name).user_permissions.set(rooms)
    return people


def _tie(row: Any, tie: str, people: dict[str, Reader]) -> None:
    if tie == "shared":
        row.shared_with.set(Organisation.objects.filter(slug="partners"))
    if tie == "named":
        row.readers.set([one for one in people.values() if isinstance(one, User)])


def _say(row: Any, kind: str, *columns: str, **more: Any) -> None:
    """Write the canary of a row into some of its columns."""
    said = {column: f"{canary(row, kind)} is said here" for column in columns}
    slug = {"slug": canary(row, kind)} if hasattr(row, "slug") else {}
    type(row)._base_manager.filter(pk=row.pk).update(**said, **slug, **more)


def _state(world: World, marking: str, state: str, tie: str) -> None:
    edition = _edition(world, marking, state, tie)
    if state == "superseded":
        _edition(world, marking, "published", tie, after=edition)
    elif state == "withdrawn":
        reason = f"{canary(edition.record, 'withdrawals')} is why"
        review.withdraw(edition, by=make.reviewer(), reason=reason)


def _edition(
    world: World, marking: str, state: str, tie: str, after: Incident | None = None
) -> Incident:
    """Make an edition with claims, citations and entries of directories of its own."""
    cited = [_cited() for _each in world.own]
    accused = [{"actor": make.actor()} for _each in world.own]
    edition = make.incident(
        state="draft",
        marking=marking,
        citations=cited,
        claims=accused,
        campaign=make.campaign(),
        after=after,
        locations=[{"country": "PL", "lat": 52.2, "lon": 21.0, "precision": "exact"}],
    )
    edition.title = f"Fire {canary(edition, 'editions')}"
    edition.save()
    _fill(edition, world.own)
    if after is None:
        _tie(edition.record, tie, world.people)
        ids = {"misp": canary(edition.record, "records")}
        Record.objects.filter(pk=edition.record_id).update(external_ids=ids)
    if tie == "author":
        edition.authors.add(*(make.user(name) for name in ("partner", *STAFF)))
    comment = review.comment(edition, by=make.user("writer"), text="Look at this.")
    _say(comment, "comments", "text")
    if state in ONCE:
        make.publish(Incident.objects.get(pk=edition.pk))
    elif state != "draft":
        Incident.objects.filter(pk=edition.pk).update(state=state)
    return Incident.objects.select_related("record").get(pk=edition.pk)


def _cited() -> Article:
    outlet = make.publisher()
    article = make.article(marking="clear", publisher=outlet)
    _say(outlet, "publishers", "name")
    _say(article, "articles", "title", "wire_origin", "text")
    told = f"{canary(article, 'articles')} is said here"
    make.capture(article, told, title=told, origin=told)
    return article


def _fill(edition: Incident, markings: Sequence[Marking]) -> None:
    """Put canaries into the rows of an edition; each claim and citation gets another marking."""
    for name, column in (
        ("locations", "place"),
        ("targets", "name"),
        ("effects", "note"),
        ("findings", "note"),
    ):
        for row in getattr(edition, name).all():
            _say(row, name, column)
    for row, own in zip(edition.claims.order_by("pk"), markings, strict=True):
        _say(row, "claims", "claimant", marking=own)
        _say(row.accused_actor, "actors", "name")
    for row, own in zip(edition.citations.order_by("pk"), markings, strict=True):
        _say(row, "citations", "note", "locator", marking=own)
    if edition.campaign:
        _say(edition.campaign, "campaigns", "name", "description")


def _note(world: World, edition: Incident) -> None:
    """Keep what an edition and its rows are."""
    tie = "none"
    if edition.record.shared_with.exists():
        tie = "shared"
    elif edition.record.readers.exists():
        tie = "named"
    elif edition.authors.count() > 1:
        tie = "author"
    present = strictest([edition.marking, edition.record.marking])
    world.editions[edition.pk] = Case(present, edition.state, tie)
    for kept, rows in ((world.claims, edition.claims), (world.citations, edition.citations)):
        for row in rows.all():
            kept[row.pk] = Case(strictest([present, row.marking]), edition.state, tie, present)
    for article in Article.objects.filter(pk__in=edition.citations.values("article")):
        world.articles[article.pk] = Case("clear", "published", "none")


def _figure(world: World, marking: str, tie: str) -> None:
    figure: ReportedFigure = make.figure(marking=marking)
    _say(figure, "figures", "note", "what", "claimant")
    _tie(figure, tie, world.people)
    world.figures[figure.pk] = Case(marking, "published", tie)


def _article(world: World, marking: str, tie: str, *, released: bool) -> None:
    """Make an article of the house; reviewers read what nothing rests on up to AMBER."""
    outlet = make.publisher()
    article = make.article(marking=marking, released=released, publisher=outlet)
    _say(outlet, "publishers", "name")
    _say(article, "articles", "title", "wire_origin")
    _tie(article, tie, world.people)
    read = released or marking == "clear"
    world.articles[article.pk] = Case(marking, "published" if read else "in_review", tie)


def _around(world: World) -> None:
    """Make what stands around editions: notices, comparisons, changes of markings."""
    writer = make.user("writer")
    editions = list(Incident.objects.all())
    Notification.objects.bulk_create(
        Notification(user=user, edition=edition, notice="waiting", by=writer)
        for user in User.objects.all()
        for edition in editions
    )
    for one, other in pairwise(Record.objects.order_by("pk")):
        comparison = Comparison.objects.create(
            one=one, other=other, verdict="distinct", decided_by=writer
        )
        _say(comparison, "comparisons", "note")
        change = MarkingChange.objects.filter(record=one).first() or MarkingChange.objects.create(
            record=one, before="clear", after="red", reason="Why", asked_by=writer
        )
        _say(change, "changes", "reason")
