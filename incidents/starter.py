"""The starter data: 245 incidents with their claims, articles, actors and reported figures.

`load` writes the file whole or not at all, validates every row, publishes each edition as a
second person, and adds nothing when it is called again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from articles import canonical, edtf
from articles.clearance import REVIEWERS
from articles.codebook import Marking
from articles.models import Article, Membership, Publisher
from articles.services import free_slug, house
from articles.text import folded, slugged

from . import clocks, review, services
from .models import (
    Actor,
    ActorAlias,
    ActorParent,
    Campaign,
    Citation,
    Claim,
    Effect,
    Incident,
    Location,
    Record,
    Rendition,
    ReportedFigure,
    StatusFinding,
    Target,
)

FILE: Final = Path(__file__).with_name("data") / "starter_incidents.json"
KEY: Final = "hti_starter"
CODER, CHECKER = "starter-coder", "starter-checker"

Row = dict[str, Any]
Progress = Callable[[list[Row]], Iterable[Row]]


class StarterError(Exception):
    """A row of the file breaks a rule; the message names the row and the rule."""


@dataclass(slots=True)
class Loaded:
    """What a load added, by kind, and what in the file does not sit well with the rules."""

    added: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)


@clocks.once()
def load(path: Path = FILE, progress: Progress = iter) -> Loaded:
    """Load the starter data from `path`.

    Raises StarterError, and nothing is written.
    """
    data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    loaded = _Loader(progress).load(data)
    if loaded.added:
        # Without statistics of the new rows PostgreSQL plans a count a hundred times slower.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return loaded


def system_users() -> tuple[User, User]:
    """Return the coder and the checker of the starter data; neither can log in."""
    users = []
    for name in (CODER, CHECKER):
        user, new = User.objects.get_or_create(username=name, defaults={"is_active": False})
        if new:
            user.set_unusable_password()
            user.save()
            Membership.objects.create(user=user, organisation=house())
        # They act only while the file is read: the accounts stay closed.
        user.is_active = user.is_staff = True
        users.append(user)
    users[1].groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])
    return users[0], users[1]


class _Loader:
    """One pass over the file."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.loaded = Loaded()
        self.coder, self.checker = system_users()
        self.publishers: dict[str, Publisher] = {}
        self.actors: dict[str, Actor] = {}
        self.named: dict[str, Actor] = {}
        self.campaigns: dict[str, Campaign] = {}
        self.articles: dict[str, Article] = {}
        self.figures: dict[str, ReportedFigure] = {}

    def load(self, data: dict[str, Any]) -> Loaded:
        """Write what is not there yet."""
        for row in data["publishers"]:
            self._publisher(row)
        for row in data["actors"]:
            self._actor(row)
        for row in data["actors"]:
            self._parent(row)
        for row in data["campaigns"]:
            self._campaign(row)
        there = set(Record.objects.values_list(f"external_ids__{KEY}", flat=True))
        for row in self.progress(data["incidents"]):
            if row["key"] not in there:
                self._incident(row)
        for row in data["reported_figures"]:
            self._figure(row)
        return self.loaded

    def _save(self, row: models.Model, of: str) -> None:
        """Validate and save a row of the file entry `of`."""
        name = f"{of}: {row._meta.verbose_name} {row}"
        try:
            # The database checks the constraints, a query for each being ten times slower.
            row.full_clean(validate_unique=False, validate_constraints=False)
            with transaction.atomic():
                row.save()
        except ValidationError as error:
            raise StarterError(f"{name}: {'; '.join(error.messages)}") from error
        except IntegrityError as error:
            raise StarterError(f"{name}: {error}") from error
        self.loaded.added[row._meta.model_name or ""] += 1

    def _publisher(self, row: Row) -> None:
        name = row["name"]
        publisher = Publisher.objects.filter(name=name).first()
        if publisher is None:
            publisher = Publisher(
                name=name,
                slug=free_slug(name),
                domain=row["domain"] or "",
                kind=row["kind"],
                country=row["country"] or "",
                language=row["language"] or "",
                mirror=row["mirror"],
                reliability=row["reliability"],
            )
            self._save(publisher, name)
        self.publishers[name] = publisher.survivor

    def _actor(self, row: Row) -> None:
        name = row["name"]
        actor = Actor.objects.filter(name=name).first()
        if actor is None:
            actor = Actor(
                name=name,
                slug=slugged(name),
                kind=row["kind"],
                state=row["state"] or "",
                external_ids=row["external_ids"],
            )
            self._save(actor, name)
            for alias in row["aliases"]:
                self._save(ActorAlias(actor=actor, name=alias), name)
        self.actors[name] = actor
        for alias in (name, *row["aliases"]):
            self.named[folded(alias)] = actor

    def _parent(self, row: Row) -> None:
        actor = self.actors[row["name"]]
        if row["parent"] and not actor.parents.exists():
            self._save(ActorParent(actor=actor, parent=self.actors[row["parent"]]), row["name"])

    def _campaign(self, row: Row) -> None:
        campaign = Campaign.objects.filter(slug=row["key"]).first()
        if campaign is None:
            campaign = Campaign(slug=row["key"], name=row["name"], external_ids=row["external_ids"])
            self._save(campaign, row["key"])
        self.campaigns[row["key"]] = campaign

    def _article(self, row: Row, of: str) -> Article:
        url = row["url"]
        article = (
            self.articles.get(url)
            or Article.objects.filter(address_digest=canonical.digest(url), url=url).first()
        )
        if article is None:
            article = Article(
                url=url,
                title=row.get("title", ""),
                publisher=self.publishers[row["publisher"]],
                language=row["language"],
                published=row["published"] or "",
                wire_origin=row.get("wire_origin") or "",
                added_by=self.coder,
            )
            self._save(article, of)
        elif "title" in row and article.title != row["title"]:
            self.loaded.remarks.append(f"{of}: a second title of {url} was left out")
        self.articles[url] = article
        return article

    def _incident(self, row: Row) -> None:
        key = row["key"]
        incident = Incident(
            record=Record(),
            title=row["title"],
            summary=row["summary"],
            occurred=row["occurred"],
            activity_span=row["activity_span"] or "",
            dating_note=row["dating_note"] or "",
            event_type=row["event_type"],
            other_event_types=row["other_event_types"],
            domains=row["domains"],
            means=row["means"],
            status=row["status"],
            outcome=row["outcome"],
            severity=row["severity"],
            campaign=self.campaigns.get(row["campaign"]),
            marking=Marking.CLEAR,
        )
        try:
            incident.full_clean(
                exclude=["record"], validate_unique=False, validate_constraints=False
            )
        except ValidationError as error:
            raise StarterError(f"{key}: {'; '.join(error.messages)}") from error
        services.start_draft(incident, by=self.coder)
        self.loaded.added["incident"] += 1
        incident.record.external_ids = {**row["external_ids"], KEY: key}
        incident.record.save()
        citations = self._citations(incident, row)
        for place in row["locations"]:
            texts = {name: place[name] or "" for name in ("place", "zone")}
            self._save(Location(incident=incident, **{**place, **texts}), key)
        for target in row["targets"]:
            kind = {"target_kind": target["kind"], "name": target["name"] or ""}
            rest = {name: target[name] for name in ("country", "sector", "primary")}
            self._save(Target(incident=incident, **rest, **kind), key)
        for effect in row["effects"]:
            texts = {name: effect[name] or "" for name in ("unit", "note")}
            self._save(Effect(incident=incident, **{**effect, **texts}), key)
        basis = row["status_basis"]
        self._save(
            StatusFinding(
                incident=incident,
                status=row["status"],
                date=basis["date"],
                citation=citations[basis["source_url"]],
            ),
            key,
        )
        self._claims(incident, row, citations)
        try:
            review.submit(incident, by=self.coder)
            review.approve(incident, by=self.checker)
        except ValidationError as error:
            raise StarterError(f"{key}: {'; '.join(error.messages)}") from error

    def _citations(self, incident: Incident, row: Row) -> dict[str, Citation]:
        citations = {}
        for source in row["articles"]:
            article = self._article(source, row["key"])
            citation = Citation(
                incident=incident,
                article=article,
                role=source["role"],
                credibility=source["credibility"],
            )
            self._save(citation, row["key"])
            citations[source["url"]] = citation
        for source in row["articles"]:
            if origin := source["derived_from_url"]:
                article = self.articles[source["url"]]
                article.derived_from = self.articles[origin]
                article.save()
        return citations

    def _claims(self, incident: Incident, row: Row, citations: dict[str, Citation]) -> None:
        saved: list[Claim] = []
        for said in row["claims"]:
            taken = ("about", "claimant", "claimant_kind", "date", "stance", "state_role", "form")
            claim = Claim(
                incident=incident,
                claimant_actor=self.named.get(folded(said["claimant"])),
                accused_actor=self.actors.get(said["accused_actor"]),
                responsible_state=said["responsible_state"] or "",
                basis=said["basis"],
                confidence_stated=said["confidence_stated"],
                likelihood_term=said["likelihood_term"] or "",
                supersedes=None if said["supersedes"] is None else saved[said["supersedes"]],
                **{name: said[name] for name in taken},
            )
            self._save(claim, row["key"])
            claim.citations.set([citations[url] for url in said["source_urls"]])
            saved.append(claim)
        onset = edtf.parse(row["occurred"]).start.first
        for claim in saved:
            if claim.date_to < onset:
                self.loaded.remarks.append(
                    f"{row['key']}: the claim of {claim.claimant} ({claim.date}) is dated before "
                    f"the incident ({row['occurred']})"
                )
        if edtf.parse(row["status_basis"]["date"]).end.last < onset:
            self.loaded.remarks.append(
                f"{row['key']}: the finding ({row['status_basis']['date']}) is dated before the "
                f"incident ({row['occurred']})"
            )

    def _figure(self, row: Row) -> None:
        figure = ReportedFigure.objects.filter(slug=row["key"]).first()
        if figure is None:
            taken = ("figure_kind", "what", "area", "period", "claimant", "claimant_role")
            figure = ReportedFigure(
                slug=row["key"],
                qualifier=row["qualifier"].replace(" ", "_"),
                claimant_kind=row["claimant_kind"],
                date_said=row["date_said"] or "",
                attributed_to=row["attributed_to"] or "",
                numerator_of=self.figures.get(row["numerator_of"]),
                our_question=row.get("our_question", ""),
                note=row.get("note", ""),
                marking=Marking.CLEAR,
                **row["value"],
                **{name: row[name] for name in taken},
            )
            self._save(figure, row["key"])
            for rendition in row["renditions"]:
                self._rendition(figure, rendition)
        self.figures[row["key"]] = figure

    def _rendition(self, figure: ReportedFigure, row: Row) -> None:
        if row["publisher"] not in self.publishers:
            self._publisher(self._unlisted_publisher(row))
        article = self._article(row, figure.slug)
        if article.marking != Marking.CLEAR:
            article.marking = Marking.CLEAR
            article.save()
        taken = ("value", "what", "area", "period")
        rendition = Rendition(
            figure=figure,
            article=article,
            qualifier=row["qualifier"].replace(" ", "_"),
            attributed_to=row["attributed_to"] or "",
            note=row["note"] or "",
            **{name: row[name] for name in taken},
        )
        self._save(rendition, figure.slug)

    def _unlisted_publisher(self, row: Row) -> Row:
        """Return an outlet entry for a rendition whose outlet the file does not list.

        "AP via WTOP" shares the domain of an outlet that is listed; it gets none of its own.
        """
        domain = canonical.domain(row["url"])
        listed = {publisher.domain for publisher in self.publishers.values()}
        return {
            "name": row["publisher"],
            "domain": "" if domain in listed else domain,
            "kind": "newspaper",
            "country": None,
            "language": row["language"],
            "mirror": False,
            "reliability": "F",
        }
