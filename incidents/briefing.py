"""A week in brief: what came, what changed, what was ruled out or taken back, and what waits.

Law: a week is one of ISO 8601, in UTC, by when things were published here; an edition is there
for those who may read it today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.codebook import Marking
from articles.querysets import reads_unpublished

from .codebook import ONCE_PUBLIC, Series, State
from .counts import Cell, count
from .filters import ask, query_of
from .models import Incident
from .pages import page_of_models, with_rows
from .parameters import shown
from .querysets.editions import IncidentQuerySet, series_sets
from .refusals import InvalidQuestion

Reader = User | AnonymousUser
# Nothing here was published in an earlier century.
_WEEK: Final = re.compile(r"(20[0-9]{2})-W([0-9]{2})")
# So many of each fit on one page of paper.
SHOWN: Final = 6
COUNTRIES: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """Some incidents of a week: how many, the first of them, and the query of them all."""

    total: int
    incidents: list[Incident]
    query: str | None = None

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.incidents)


@dataclass(frozen=True, slots=True)
class Briefing:
    """What became of the database in a week; `waiting` is for staff."""

    week: str
    first: date
    last: date
    previous: str
    following: str | None
    new: Part
    where: list[Cell]
    changed: Part
    ruled_out: Part
    withdrawn: Part
    waiting: Part | None


def briefing(week: str, user: Reader) -> Briefing:
    """Return a week, `2024-W31`, or the present one where none is named.

    Raises InvalidQuestion where there is no such week, or it has not begun.
    """
    today = timezone.now().date()
    first = _monday(week) if week else today - timedelta(days=today.weekday())
    if first > today:
        told = _("%(week)s has not begun; the present week is %(now)s.")
        raise InvalidQuestion({"week": [told % {"week": shown(week), "now": _name(today)}]})
    last = first + timedelta(days=6)
    editions = _published(user, first, last)
    later = first + timedelta(days=7)
    came = {"time_basis": ["recorded"], "from": [str(first)], "to": [str(last)], "series": ["all"]}
    new = _asked(came, user)
    return Briefing(
        week=_name(first),
        first=first,
        last=last,
        previous=_name(first - timedelta(days=7)),
        following=_name(later) if later <= today else None,
        new=new,
        where=_where(came, user) if new.total else [],
        changed=_part(editions.filter(record__first_published_at__lt=_begin(first)), user),
        ruled_out=_part(_turned(editions, user), user),
        withdrawn=_part(_withdrawn(user, first, last), user),
        waiting=_waiting(user) if reads_unpublished(user) else None,
    )


def _monday(week: str) -> date:
    said = _WEEK.fullmatch(week)
    try:
        if said:
            return date.fromisocalendar(int(said[1]), int(said[2]), 1)
    except ValueError:
        pass
    told = _("%(week)s is not a week; one is written 2024-W31.")
    raise InvalidQuestion({"week": [told % {"week": shown(week)}]})


def _name(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _published(user: Reader, first: date, last: date) -> IncidentQuerySet:
    """Return the editions that were published in a period, of records that still stand.

    What was taken back since is told as withdrawn, without its title.
    """
    once = Incident.objects.visible_to(user, past=True).filter(state__in=ONCE_PUBLIC)
    begin, end = _begin(first), _begin(last + timedelta(days=1))
    return once.filter(published_at__gte=begin, published_at__lt=end).filter(_stands(user))


def _turned(editions: IncidentQuerySet, user: Reader) -> IncidentQuerySet:
    """Keep editions that ruled out what the one before, or nothing, had said."""
    statuses, _outcomes = series_sets(Series.RULED_OUT)
    before = Incident.objects.visible_to(user, past=True).filter(
        record=OuterRef("record"), ended_at=OuterRef("published_at"), status__in=statuses
    )
    return editions.filter(~Exists(before), status__in=statuses)


def _withdrawn(user: Reader, first: date, last: date) -> IncidentQuerySet:
    """Return the last editions of records that were taken back in a period.

    The reason of any other than a CLEAR one is told to nobody, as on its tombstone.
    """
    clear = {"marking": Marking.CLEAR, "record__marking": Marking.CLEAR}
    once = Incident.objects.visible_to(user, past=True).in_state(State.WITHDRAWN).filter(**clear)
    begin, end = _begin(first), _begin(last + timedelta(days=1))
    taken_back = once.filter(ended_at__gte=begin, ended_at__lt=end, record__merged_into=None)
    return taken_back.filter(~_stands(user))


def _stands(user: Reader) -> Exists:
    """Return the condition that the record of an edition has a published one."""
    standing = Incident.objects.visible_to(user).in_state(State.PUBLISHED)
    return Exists(standing.filter(record=OuterRef("record")))


def _part(editions: IncidentQuerySet, user: Reader) -> Part:
    """Return the last of some editions of each record."""
    last = editions.order_by().values("record").annotate(last=Max("pk")).values("last")
    found = Incident.objects.visible_to(user, past=True).filter(pk__in=last)
    question = ask(query_of({}), user)
    rows = with_rows(found.as_known_on(None), question, past=True)
    return Part(found.count(), list(rows.order_by("-published_at", "-pk")[:SHOWN]))


def _asked(asked: dict[str, list[str]], user: Reader) -> Part:
    question = ask(query_of({**asked, "page_size": [str(SHOWN)]}), user, {"page_size"})
    page = page_of_models(question)
    return Part(count(question).total, page.incidents, question.query())


def _waiting(user: Reader) -> Part:
    return _asked({"state": [State.IN_REVIEW], "series": ["all"]}, user)


def _where(asked: dict[str, list[Any]], user: Reader) -> list[Cell]:
    cells = count(ask(query_of(asked), user), ["country"]).cells
    told = [cell for cell in cells if cell.count]
    return sorted(told, key=lambda cell: -cell.count)[:COUNTRIES]
