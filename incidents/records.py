"""One record by its reference: what is there for whom, what was withdrawn, what was merged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Case, Q, When
from django.http import Http404

from articles.codebook import Marking

from .codebook import WORKED_ON, State
from .models import Incident, Record

_REFERENCE = re.compile(r"HTI-[0-9]{4}-[0-9]{5,9}|P-[0-9A-Z]{12}")


def is_reference(text: str) -> bool:
    """Tell whether a text has the form of a reference."""
    return _REFERENCE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a record that was public and was withdrawn."""

    reference: str
    withdrawn_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Removed:
    """What is left of a record whose content was removed for good."""

    reference: str
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Moved:
    """That a record was merged into another one, and which one that was."""

    reference: str
    merged: str


def find(reference: str, user: User | AnonymousUser) -> Incident | Tombstone | Removed | Moved:
    """Return the edition of a record that `user` reads: the published one, else the draft.

    Raises Http404 alike for what is not there and what `user` may not see; the database is
    asked as often for the one as for the other, so that neither is told by its time.
    """
    if not is_reference(reference):
        raise Http404
    visible = Incident.objects.visible_to(user)
    named = visible.filter(_named("record__", reference), state__in=(State.PUBLISHED, *WORKED_ON))
    published_first = Case(When(state=State.PUBLISHED, then=0), default=1)
    incident = named.select_related("record").order_by(published_first, "pk").first()
    if incident:
        return incident
    moved = _moved(reference, user)
    if moved:
        return moved
    return _removed(reference, user) or _tombstone(reference)


def _named(path: str, reference: str) -> Q:
    """Return the condition that the record behind `path` has a reference, public or not."""
    return Q(**{f"{path}reference": reference}) | Q(**{f"{path}provisional": reference})


def _moved(reference: str, user: User | AnonymousUser) -> Moved | None:
    """Return where a record went that `user` could read, in however many steps."""
    merged = Incident.objects.of_merged(user).filter(_named("record__", reference))
    edition = merged.select_related("record").order_by("-number").first()
    record = edition.record if edition else None
    seen: set[int] = set()
    while record and record.merged_into and record.pk not in seen:
        seen.add(record.pk)
        record = record.merged_into
    standing = Incident.objects.visible_to(user).filter(state__in=(State.PUBLISHED, *WORKED_ON))
    if record and edition and standing.filter(record=record).exists():
        return Moved(record.public_id, edition.record.public_id)
    return None


def parts_of(record: Record, user: User | AnonymousUser) -> list[str]:
    """Return the references of records that were merged into one, in up to four steps.

    Only those that `user` could read are there, by one query whatever there is besides.
    """
    steps = ("record__" + "__".join(["merged_into"] * n) for n in range(1, 5))
    into = reduce(or_, (Q(**{step: record}) for step in steps))
    merged = Incident.objects.of_merged(user).filter(into).select_related("record")
    return sorted({edition.record.public_id for edition in merged})


def _removed(reference: str, user: User | AnonymousUser) -> Removed | None:
    """Return what is left of a purged record, for those who could read it."""
    record = Record.objects.purged_for(user).filter(_named("", reference)).first()
    return Removed(record.public_id, record.purged_at) if record else None


def _tombstone(reference: str) -> Tombstone:
    """Return the tombstone of a record whose last public edition was CLEAR and is withdrawn.

    Raises Http404 where there is none.
    """
    clear = Incident.objects.filter(_named("record__", reference), record__marking=Marking.CLEAR)
    once_public = clear.filter(record__merged_into=None, published_at__isnull=False)
    last = once_public.select_related("record").order_by("-published_at", "-pk").first()
    if last and last.marking == Marking.CLEAR and last.state == State.WITHDRAWN:
        return Tombstone(last.record.public_id, last.ended_at, last.record.withdrawn_reason)
    raise Http404
