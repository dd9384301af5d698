"""Verbs that narrow the rows of editions: places, claims, citations.

Law: as in `incidents.querysets.editions`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Count, F, Max, Min, Q, QuerySet

from articles.querysets import readable_article
from incidents.codebook import (
    ACCUSED_KINDS,
    About,
    AttributionLevel,
    LocationRole,
    Stance,
    StateRole,
)
from incidents.independence import by_itself, source
from incidents.regions import REGIONS

from .reading import behind, readable_by, row_readable_by

Child = TypeVar("Child", bound=models.Model)

UNTRACED_ROLES = (StateRole.NONE, StateRole.TOLERATED)
WELL_PLACED = ("exact", "place", "maritime_area")


def tracing(at_least: int = AttributionLevel.REPORTED) -> Q:
    """Return the condition on a claim to trace the act to a state at a level or above (R6)."""
    names = Q(about=About.ACTOR, level__gte=at_least) & ~Q(responsible_state="")
    return names & ~Q(state_role__in=UNTRACED_ROLES)


class ChildQuerySet(models.QuerySet[Child]):
    """Child rows of editions."""

    def visible_to(
        self, user: User | AnonymousUser, *, past: bool = False, beneath: bool = False
    ) -> Self:
        """Keep the rows of editions that `user` may read.

        With `beneath`, the statement around keeps only rows of such editions, so that they are
        not judged twice.
        """
        if beneath:
            return self.all()
        incidents = behind(self.model, "incident")
        return self.filter(readable_by(user, incidents, "incident__", past=past))


class MarkedChildQuerySet(ChildQuerySet[Child]):
    """Child rows that may be stricter than their edition."""

    def visible_to(
        self, user: User | AnonymousUser, *, past: bool = False, beneath: bool = False
    ) -> Self:
        """Keep the rows that `user` may read by their own marking and their edition's."""
        incidents = behind(self.model, "incident")
        return self.filter(row_readable_by(user, incidents, past=past, beneath=beneath))


def in_regions(regions: Collection[str], *, surely: bool) -> Q:
    """Return the condition on a place to lie in one of `regions` when the act began (R10)."""
    begins, ends = ("from", "to") if surely else ("to", "from")
    alike: dict[tuple[date, date], set[str]] = {}
    for region in regions:
        for member in REGIONS[region].members:
            alike.setdefault((member.since, member.until or date.max), set()).add(member.country)
    condition = Q()
    for (since, until), countries in alike.items():
        dated = since > date.min or until < date.max
        during = {
            f"incident__onset_{begins}__gte": since,
            f"incident__onset_{ends}__lte": until,
        }
        condition |= Q(country__in=sorted(countries), **(during if dated else {}))
    return condition


class LocationQuerySet(ChildQuerySet[Any]):
    """Places of incidents, narrowed."""

    def happened(self) -> Self:
        """Keep where an act happened or was felt, not where it was launched (R4)."""
        return self.exclude(role=LocationRole.LAUNCHED)

    def in_regions(self, regions: Collection[str], *, surely: bool) -> Self:
        """Keep places in one of `regions` when the act began.

        Surely: a member on every day on which it may have begun; else on one of them (R10).
        """
        return self.filter(in_regions(regions, surely=surely))

    def within(self, box: tuple[float, float, float, float]) -> Self:
        """Keep well-placed points within west, south, east, north; west > east crosses 180°."""
        west, south, east, north = box
        across = Q(lon__gte=west, lon__lte=east)
        if west > east:
            across = Q(lon__gte=west) | Q(lon__lte=east)
        return self.filter(across, lat__gte=south, lat__lte=north, precision__in=WELL_PLACED)


class ClaimQuerySet(MarkedChildQuerySet[Any]):
    """Claims, narrowed."""

    def live(self, on: date | None) -> Self:
        """Keep claims that nothing supersedes, or had superseded on a past day."""
        if on is None:
            return self.filter(live_until__isnull=True)
        return self.filter(Q(live_until__isnull=True) | Q(live_until__gt=on), date_to__lte=on)

    def with_life(self, on: date | None) -> Self:
        """Annotate `is_live`: whether nothing supersedes a claim, or had by a past day."""
        alive = Q(live_until__isnull=True)
        if on is not None:
            alive |= Q(live_until__gt=on)
        return self.annotate(is_live=models.Case(models.When(alive, then=True), default=False))

    def with_trace(self) -> Self:
        """Annotate `traces`: whether a claim traces the act to a state."""
        return self.annotate(traces=models.Case(models.When(tracing(), then=True), default=False))

    def at_least(self, level: int) -> Self:
        """Keep claims of this attribution level or a higher one."""
        return self.filter(level__gte=level)

    def contesting(self) -> tuple[QuerySet[Any], QuerySet[Any]]:
        """Return two querysets whose incidents are contested.

        The one rules the act or an actor out; the other groups assertions by incident where
        they name different states.
        """
        ruling_out = self.filter(stance=Stance.RULES_OUT).exclude(claimant_kind__in=ACCUSED_KINDS)
        naming = self.filter(about=About.ACTOR, stance=Stance.ASSERTS).exclude(responsible_state="")
        differing = (
            naming.values("incident")
            .annotate(one=Min("responsible_state"), other=Max("responsible_state"))
            .filter(one__lt=F("other"))
        )
        return ruling_out, differing


class CitationQuerySet(MarkedChildQuerySet[Any]):
    """Citations, narrowed."""

    def visible_to(
        self, user: User | AnonymousUser, *, past: bool = False, beneath: bool = False
    ) -> Self:
        """Keep citations of editions and of articles that `user` may both read."""
        read = super().visible_to(user, past=past, beneath=beneath)
        return read.filter(readable_article(user, behind(self.model, "article"), "article__"))

    def with_source(self, user: User | AnonymousUser) -> Self:
        """Annotate `source`, what the article rests on, and `by_itself`: whether on nobody else."""
        articles = behind(self.model, "article")
        return self.annotate(
            source=source(user, articles, "article__"),
            by_itself=by_itself(user, articles, "article__"),
        )

    def independent(self, user: User | AnonymousUser) -> int:
        """Count the sources that the articles rest on; copies of one story are one."""
        return len(set(self.with_source(user).values_list("source", flat=True)))

    def of_several(self, user: User | AnonymousUser, least: int) -> QuerySet[Any]:
        """Return the incidents whose citations rest on so many sources or more."""
        by_incident = self.with_source(user).order_by().values("incident")
        counted: QuerySet[Any] = by_incident.annotate(sources=Count("source", distinct=True))
        return counted.filter(sources__gte=least)
