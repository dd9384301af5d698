"""Verbs that narrow records and their editions.

Law: a verb joins no to-many relation, so no row can be counted twice; it orders nothing,
slices nothing and reads no request. Every question starts at `visible_to`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.clearance import NOTHING, Ties, clearance, cleared
from articles.edtf import Interval
from articles.querysets import held
from incidents.codebook import Outcome, Series, Status

from .reading import behind, readable_by, ties_to

if TYPE_CHECKING:
    from incidents.models import (  # noqa: F401
        Incident,
        Record,
    )

CORE = (Status.SUSPECTED, Status.CONFIRMED)
LOGGED = (*CORE, Status.ALLEGED, Status.DISPUTED)
NOT_FOILED = tuple(outcome for outcome in Outcome if outcome != Outcome.FOILED)


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
        readable = cleared(who, "effective_marking", ties_to(who, self.model, "", past=True))
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
        findings = behind(self.model, "findings")._base_manager.filter(date_to__lte=day)
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
            rows = behind(self.model, name)._default_manager
            dated = rows.visible_to(user, past=past).filter(date_to__lte=day)
            condition |= Q(there(dated))
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
        return self.filter(~there(children))


def there(children: QuerySet[Any]) -> Exists:
    """Return the condition on an incident that one of `children` is a child of it.

    It is for what is negated or one of several ways to fit: there PostgreSQL would go through
    a list of many keys again for each incident. A condition on its own is `having`.
    """
    return Exists(children.order_by().filter(incident=OuterRef("pk")))


@cache
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


class RecordQuerySet(models.QuerySet["Record"]):
    """Records, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the records of which `user` may read an edition."""
        editions = behind(self.model, "editions")._default_manager
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


def within_days(period: Interval, first: str, last: str) -> Q:
    """Return the condition that an interval of two columns lies inside `period`."""
    return Q(**{f"{first}__gte": period.first, f"{last}__lte": period.last})


def touching_days(period: Interval, first: str, last: str) -> Q:
    """Return the condition that an interval of two columns overlaps `period`."""
    return Q(**{f"{last}__gte": period.first, f"{first}__lte": period.last})
