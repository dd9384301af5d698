"""Verbs that narrow incidents and their child rows.

Law: a verb joins no to-many relation, so no row can be counted twice; it orders nothing,
slices nothing and reads no request. Every question starts at `visible_to`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.clearance import EVERYTHING, NOTHING, Clearance, Ties, clearance, cleared
from articles.codebook import Marking
from articles.edtf import Interval
from articles.querysets import held, reads_unpublished

from .codebook import (
    ONCE_PUBLIC,
    About,
    AttributionLevel,
    ClaimantKind,
    LocationRole,
    Outcome,
    Series,
    Stance,
    State,
    StateRole,
    Status,
)
from .regions import REGIONS

if TYPE_CHECKING:
    from .models import (  # noqa: F401
        Campaign,
        Comment,
        Comparison,
        Incident,
        MarkingChange,
        Notification,
        Record,
        ReportedFigure,
    )

Child = TypeVar("Child", bound=models.Model)

CORE = (Status.SUSPECTED, Status.CONFIRMED)
LOGGED = (*CORE, Status.ALLEGED, Status.DISPUTED)
NOT_FOILED = tuple(outcome for outcome in Outcome if outcome != Outcome.FOILED)
# An accused cannot dispute an accusation into being contested; a denial is shown, not counted.
ACCUSED_KINDS = (
    ClaimantKind.PERPETRATOR_PERSONA,
    ClaimantKind.ACCUSED_STATE,
    ClaimantKind.ACCUSED_PARTY,
)
UNTRACED_ROLES = (StateRole.NONE, StateRole.TOLERATED)
WELL_PLACED = ("exact", "place", "maritime_area")


def tracing(at_least: int = AttributionLevel.REPORTED) -> Q:
    """Return the condition on a claim to trace the act to a state at a level or above (R6)."""
    names = Q(about=About.ACTOR, level__gte=at_least) & ~Q(responsible_state="")
    return names & ~Q(state_role__in=UNTRACED_ROLES)


def readable_by(
    user: User | AnonymousUser,
    incidents: type[models.Model],
    path: str = "",
    *,
    past: bool = False,
) -> Q:
    """Return the condition of `IncidentQuerySet.visible_to` on the incident behind `path`.

    It joins editions and records only, of which a row has one each.
    """
    who = clearance(user)
    condition = cleared(who, f"{path}effective_marking", _ties(who, incidents, path, past=past))
    if past:
        return Q(**{f"{path}state__in": ONCE_PUBLIC}) & condition
    return Q(**{f"{path}record__merged_into__isnull": True}) & condition


def row_readable_by(
    user: User | AnonymousUser, incidents: type[models.Model], *, past: bool = False
) -> Q:
    """Return the condition on a row with a marking of its own: a stricter one hides it alone.

    Whoever is named on an edition at RED reads the rows that are marked less strictly than it.
    """
    who = clearance(user)
    ties = _ties(who, incidents, "incident__", past=past)
    own_marking = cleared(who, "marking", replace(ties, released=EVERYTHING))
    if not who.public:
        own_marking |= Q(incident__effective_marking=Marking.RED)
    return readable_by(user, incidents, "incident__", past=past) & own_marking


def _ties(who: Clearance, incidents: type[models.Model], path: str, *, past: bool) -> Ties:
    """Return what ties a reader to the edition behind `path`."""
    states = ONCE_PUBLIC if past or who.staff else (State.PUBLISHED,)
    released = Q(**{f"{path}state__in": states})
    if len(states) == 1:
        released = Q(**{f"{path}state": states[0]})
    held_by = held(_behind(incidents, "record"), who, f"{path}record__")
    if not who.staff:
        return Ties(released=released, mine=NOTHING, **held_by)
    authored = incidents._base_manager.filter(authors=who.user).values("pk")
    mine = Q(**{f"{path}pk__in": authored}) | Q(**{f"{path}record__created_by": who.user})
    queued = Q(**{f"{path}state": State.IN_REVIEW})
    return Ties(released=released, mine=mine, queued=queued, **held_by)


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Editions of incident records, narrowed."""

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep what `user` may read by the table of `articles.clearance`.

        The stricter of the edition's marking and the record's present one rules. With `past`,
        what was ever published is there, as far as it may be read today.
        """
        return self.filter(readable_by(user, self.model, past=past))

    def of_merged(self, user: User | AnonymousUser) -> Self:
        """Keep the editions of merged records that `user` could read if they stood for themselves.

        What was once public is there, and for those tied to it what never was.
        """
        who = clearance(user)
        readable = cleared(who, "effective_marking", _ties(who, self.model, "", past=True))
        return self.filter(readable, record__merged_into__isnull=False)

    def public_at(self, moment: datetime) -> Self:
        """Keep the editions that were published at a moment, one of a record at most (R11)."""
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=moment), published_at__lte=moment
        )

    def in_state(self, state: str) -> Self:
        """Keep the editions in one state, so that no record is there twice."""
        return self.filter(state=state)

    def saying(self, words: Collection[str]) -> Self:
        """Keep incidents whose title and summary hold, for each of `words`, one that begins so."""
        kept = self
        for word in words:
            kept = kept.filter(search_text__contains=f" {word}")
        return kept

    def as_known_on(self, day: date | None) -> Self:
        """Annotate `known_status`: the status that was public on `day`, or the present one."""
        if day is None:
            return self.annotate(known_status=F("status"))
        findings = _behind(self.model, "findings")._base_manager.filter(date_to__lte=day)
        last = findings.filter(incident=OuterRef("pk")).order_by("-date_to", "-date_from", "-pk")
        then = Subquery(last.values("status")[:1])
        return self.annotate(known_status=Coalesce(then, models.Value(Status.ALLEGED)))

    def known_by(
        self, day: date, user: User | AnonymousUser, known: bool = True, *, past: bool = False
    ) -> Self:
        """Keep records that began by `day` or of which a claim or finding is dated by then.

        Only rows that `user` may read tell so. With `known` False, keep the others (R11).
        """
        condition = Q(onset_from__lte=day)
        for name in ("findings", "claims"):
            rows = _behind(self.model, name)._default_manager
            dated = rows.visible_to(user, past=past).filter(date_to__lte=day)
            condition |= Q(pk__in=dated.values("incident"))
        return self.filter(condition if known else ~condition)

    def in_series(self, series: str) -> Self:
        """Keep a series of `docs/method.md`; needs `as_known_on`."""
        if series == Series.ALL:
            return self
        statuses, outcomes = series_sets(series)
        return self.filter(known_status__in=statuses, outcome__in=outcomes)

    def having(self, children: QuerySet[Any]) -> Self:
        """Keep the incidents of which one of `children` is a child, by one semi-join."""
        return self.filter(pk__in=children.values("incident"))

    def without(self, children: QuerySet[Any]) -> Self:
        """Keep the incidents of which none of `children` is a child."""
        return self.exclude(pk__in=children.values("incident"))


def series_sets(series: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the statuses and the outcomes that make a series (R3)."""
    everything = tuple(Outcome)
    return {
        Series.CORE: (CORE, NOT_FOILED),
        Series.LOGGED: (LOGGED, NOT_FOILED),
        Series.CONFIRMED: ((Status.CONFIRMED,), NOT_FOILED),
        Series.FOILED: (LOGGED, (Outcome.FOILED,)),
        Series.RULED_OUT: ((Status.RULED_OUT,), everything),
        Series.ALL: (tuple(Status), everything),
    }[Series(series)]


def _behind(model: type[models.Model], relation: str) -> Any:
    """Return the model behind a relation of `model`, which this module may not import."""
    return model._meta.get_field(relation).related_model


class ChildQuerySet(models.QuerySet[Child]):
    """Child rows of editions."""

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep the rows of editions that `user` may read."""
        incidents = _behind(self.model, "incident")
        return self.filter(readable_by(user, incidents, "incident__", past=past))


class MarkedChildQuerySet(ChildQuerySet[Child]):
    """Child rows that may be stricter than their edition."""

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep the rows that `user` may read by their own marking and their edition's."""
        return self.filter(row_readable_by(user, _behind(self.model, "incident"), past=past))


def in_regions(regions: Collection[str], *, surely: bool) -> Q:
    """Return the condition on a place to lie in one of `regions` when the act began (R10)."""
    condition = Q()
    for region in regions:
        for member in REGIONS[region].members:
            until = member.until or date.max
            begins, ends = ("from", "to") if surely else ("to", "from")
            dated = member.since > date.min or until < date.max
            during = {
                f"incident__onset_{begins}__gte": member.since,
                f"incident__onset_{ends}__lte": until,
            }
            condition |= Q(country=member.country, **(during if dated else {}))
    return condition


class LocationQuerySet(ChildQuerySet[Any]):
    """Places of incidents, narrowed."""

    def happened(self) -> Self:
        """Keep where an act happened or was felt, not where it was launched (R4)."""
        return self.exclude(role=LocationRole.LAUNCHED)

    def in_countries(self, codes: Collection[str]) -> Self:
        """Keep places in these countries, or at `sea`, or `no_place`."""
        return self.filter(country__in=codes)

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

    def tracing(self) -> Self:
        """Keep claims that trace the act to a state (R6)."""
        return self.filter(tracing())

    def with_trace(self) -> Self:
        """Annotate `traces`: whether a claim traces the act to a state."""
        return self.annotate(traces=models.Case(models.When(tracing(), then=True), default=False))

    def tracing_to(self, states: Collection[str]) -> Self:
        """Keep claims that trace the act to one of `states`."""
        return self.tracing().filter(responsible_state__in=states)

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

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep citations of editions and of articles that `user` may both read."""
        articles = _behind(self.model, "article")._default_manager
        read = super().visible_to(user, past=past)
        return read.filter(article__in=articles.visible_to(user))


class RecordQuerySet(models.QuerySet["Record"]):
    """Records, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the records of which `user` may read an edition."""
        editions = _behind(self.model, "editions")._default_manager
        return self.filter(pk__in=editions.visible_to(user).values("record"))


    def purged_for(self, user: User | AnonymousUser) -> Self:
        """Keep the purged records that `user` could read, as far as their rows still tell."""
        who = clearance(user)
        released = Q(first_published_at__isnull=False)
        if who.public:
            released &= Q(reference__isnull=False)
        mine = Q(created_by=who.user) if who.staff else NOTHING
        ties = Ties(released=released, mine=mine, **held(self.model, who))
        return self.filter(cleared(who, "marking", ties), purged_at__isnull=False)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep, for staff alone, the comments on editions that they may read."""
        editions = _behind(self.model, "edition")._default_manager
        if not reads_unpublished(user):
            return self.none()
        return self.filter(edition__in=editions.visible_to(user))


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep those for `user` about editions that they may still read."""
        editions = _behind(self.model, "edition")._default_manager
        return self.filter(user=user.pk, edition__in=editions.visible_to(user))


class MarkingChangeQuerySet(models.QuerySet["MarkingChange"]):
    """Changes of markings, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep, for staff alone, those of records that they may read."""
        records = _behind(self.model, "record")._default_manager
        if not reads_unpublished(user):
            return self.none()
        return self.filter(record__in=records.visible_to(user))


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Decisions on pairs of records, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep those on two records that `user` may read; to others only what was confirmed."""
        records = _behind(self.model, "one")._default_manager.visible_to(user).values("pk")
        both = self.filter(one__in=records, other__in=records)
        return both if reads_unpublished(user) else both.filter(confirmed_by__isnull=False)

    def of(self, record: Record) -> Self:
        """Keep those of which a record is one of the two."""
        return self.filter(Q(one=record) | Q(other=record))


class ActorQuerySet(models.QuerySet[Any]):
    """Actors, narrowed."""

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep actors that a claim `user` may read accuses or quotes; staff read them all.

        An actor that was merged is seen as the one it was merged into.
        """
        present = self.filter(merged_into__isnull=True)
        if reads_unpublished(user):
            return present
        claims = _behind(self.model, "accusations").objects.visible_to(user, past=past)
        named = Q()
        for column in ("accused_actor", "claimant_actor"):
            who = claims.annotate(who=Coalesce(f"{column}__merged_into", column)).values("who")
            named |= Q(pk__in=who)
        return present.filter(named)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns, narrowed."""

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep campaigns with an incident that `user` may read; staff read them all."""
        if reads_unpublished(user):
            return self.all()
        incidents = _behind(self.model, "incidents")._default_manager
        return self.filter(pk__in=incidents.visible_to(user, past=past).values("campaign"))


class ReportedFigureQuerySet(models.QuerySet["ReportedFigure"]):
    """Reported figures, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what `user` may read by its marking; a figure has no state."""
        who = clearance(user)
        ties = Ties(released=EVERYTHING, mine=NOTHING, **held(self.model, who))
        return self.filter(cleared(who, "marking", ties))

    def with_renditions(self, user: User | AnonymousUser) -> Self:
        """Load what articles that `user` may read made of each figure, and what it is a part of."""
        renditions = _behind(self.model, "renditions")._default_manager
        articles = _behind(renditions.model, "article")._default_manager
        read = renditions.filter(article__in=articles.visible_to(user))
        rows = models.Prefetch("renditions", read.select_related("article__publisher"))
        return self.select_related("numerator_of").prefetch_related(rows)


def within_days(period: Interval, first: str, last: str) -> Q:
    """Return the condition that an interval of two columns lies inside `period`."""
    return Q(**{f"{first}__gte": period.first, f"{last}__lte": period.last})


def touching_days(period: Interval, first: str, last: str) -> Q:
    """Return the condition that an interval of two columns overlaps `period`."""
    return Q(**{f"{last}__gte": period.first, f"{first}__lte": period.last})
