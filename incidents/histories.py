"""A record through time: its editions, from when to when each was public, and why it changed.

Law: an edition is there for those who may read it today; what a reader may not see is answered
as what never was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from .codebook import ONCE_PUBLIC, State
from .diffs import Diff, diff
from .models import Incident
from .parameters import shown
from .querysets.editions import IncidentQuerySet
from .questions import Question
from .records import Moved, Tombstone, find, is_reference
from .refusals import InvalidQuestion

Reader = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Past:
    """An edition with what ended it: the edition after it, a withdrawal, or a merge."""

    edition: Incident
    superseded_by: Incident | None = None
    withdrawn: str | None = None
    merged_into: str | None = None

    @property
    def public(self) -> bool:
        """Whether it is or was public, and no draft."""
        return self.edition.state in ONCE_PUBLIC

    @property
    def present(self) -> bool:
        """Whether it is what the record says now."""
        return self.edition.state == State.PUBLISHED


@dataclass(frozen=True, slots=True)
class History:
    """The editions of a record, the latest first, and what the record is now."""

    reference: str
    editions: list[Past]
    standing: Incident | None

    @property
    def latest(self) -> Incident:
        """The latest edition, after which a page is called."""
        return self.editions[0].edition

    @property
    def numbers(self) -> list[int]:
        """The numbers of the editions, the latest first."""
        return [past.edition.number for past in self.editions]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions of a record, what changed, and the editions that came about in between."""

    before: Incident
    after: Incident
    diff: Diff
    steps: list[Incident]


def editions(user: Reader) -> IncidentQuerySet:
    """Return all editions that `user` may read: those of today and those that were public."""
    return Incident.objects.visible_to(user) | Incident.objects.visible_to(user, past=True)


def history(reference: str, user: Reader) -> History:
    """Return the history of a record.

    Raises Http404 alike for what is not there and what `user` may not see.
    """
    found = list(_of(editions(user), reference).select_related("record").order_by("-number"))
    if not found:
        raise Http404
    now = _now(reference, user)
    standing = now if isinstance(now, Incident) and now.state == State.PUBLISHED else None
    return History(found[0].record.public_id, _told(found, now), standing)


def one(told: History, number: int) -> Past:
    """Return one edition of a history.

    Raises Http404 where it is not there.
    """
    for past in told.editions:
        if past.edition.number == number:
            return past
    raise Http404


def compared(told: History, before: str, after: str, user: Reader) -> Compared | None:
    """Return what changed between two editions, named by their numbers; None where none is named.

    Where only one is named, it is compared with the edition before it, or with the latest.
    Raises InvalidQuestion where one of them is not there.
    """
    if not before and not after:
        return None
    by_number = {str(past.edition.number): past.edition for past in told.editions}
    errors = {
        name: [_("No edition %(number)s of this record.") % {"number": shown(number)}]
        for name, number in (("from", before), ("to", after))
        if number and number not in by_number
    }
    if errors:
        raise InvalidQuestion(errors)
    last = by_number[after] if after else told.latest
    first = by_number[before] if before else _before(told, last)
    steps = [
        past.edition
        for past in reversed(told.editions)
        if first.number < past.edition.number <= last.number
    ]
    return Compared(first, last, diff(first, last, user), steps)


def public_on(reference: str, question: Question) -> Incident:
    """Return the edition of a record that was public on the day of `as_of`.

    Raises Http404 alike where none was and where the asker may not see it.
    """
    found = _of(question.editions(), reference).select_related("record").first()
    if found is None:
        raise Http404
    return found


def _of(found: IncidentQuerySet, reference: str) -> IncidentQuerySet:
    """Keep the editions of the record of a reference, public or provisional."""
    if not is_reference(reference):
        raise Http404
    return found.filter(Q(record__reference=reference) | Q(record__provisional=reference))


def _now(reference: str, user: Reader) -> Any:
    """Return what the address of the record shows, or None where that is nothing."""
    try:
        return find(reference, user)
    except Http404:
        return None


def _told(found: list[Incident], now: Any) -> list[Past]:
    """Say of each edition what ended it, as far as its reader may know."""
    once_public = sorted(
        (edition for edition in found if edition.published_at), key=lambda edition: edition.number
    )
    following = {one.pk: other for one, other in pairwise(once_public)}
    last = once_public[-1].pk if once_public else None
    told = []
    for edition in found:
        after = following.get(edition.pk)
        if edition.state == State.WITHDRAWN:
            said = now.reason if isinstance(now, Tombstone) and edition.pk == last else ""
            told.append(Past(edition, withdrawn=said))
        elif after and _at_once(edition.ended_at, after.published_at):
            told.append(Past(edition, superseded_by=after))
        elif isinstance(now, Moved) and edition.pk == last:
            told.append(Past(edition, merged_into=now.reference))
        else:
            told.append(Past(edition))
    return told


def _at_once(ended: datetime | None, published: datetime | None) -> bool:
    """Tell whether one edition took the place of another one."""
    return ended is not None and ended == published


def _before(told: History, edition: Incident) -> Incident:
    """Return the edition before one, or that one where it is the first."""
    earlier = [past.edition for past in told.editions if past.edition.number < edition.number]
    return earlier[0] if earlier else edition
