"""One record by its reference: what is there for whom, what was withdrawn, what was merged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import Http404

from articles.codebook import Marking

from .codebook import State
from .models import Incident, Record
from .models.editions import WORKED_ON

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
class Moved:
    """That a record was merged into another one."""

    reference: str


def find(reference: str, user: User | AnonymousUser) -> Incident | Tombstone | Moved:
    """Return the edition of a record that `user` reads: the published one, else the draft.

    Raises Http404 alike for what is not there and what `user` may not see.
    """
    if not is_reference(reference):
        raise Http404
    record = Record.objects.filter(Q(reference=reference) | Q(provisional=reference)).first()
    if record is None:
        raise Http404
    if record.merged_into_id:
        survivor = record
        while survivor.merged_into:
            survivor = survivor.merged_into
        if Incident.objects.visible_to(user).filter(record=survivor).exists():
            return Moved(survivor.public_id)
        raise Http404
    visible = Incident.objects.visible_to(user).filter(record=record)
    for states in ((State.PUBLISHED,), WORKED_ON):
        if incident := visible.filter(state__in=states).first():
            return incident
    return _tombstone(record)


def _tombstone(record: Record) -> Tombstone:
    """Return the tombstone of a record whose last public edition was CLEAR and is withdrawn.

    Raises Http404 where there is none.
    """
    editions = Incident.objects.filter(record=record, published_at__isnull=False)
    last = editions.order_by("-published_at", "-pk").first()
    clear = record.marking == Marking.CLEAR and last and last.marking == Marking.CLEAR
    if last and clear and last.state == State.WITHDRAWN and record.reference:
        return Tombstone(record.reference, last.ended_at, record.withdrawn_reason)
    raise Http404
