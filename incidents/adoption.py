"""Entries for what was published before there was a ledger, so that an upgraded database verifies.

Law: once. What the ledger lacks later was not there when it was adopted, and is a fault.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from articles.codebook import Marking

from . import ledger
from .codebook import ONCE_PUBLIC, Chain, LedgerAction, State
from .models import Incident, LedgerEntry, Record
from .services import move_clocks
from .stories import Stories, Story

ADOPTED: Final = "Entered later: it was so before there was a ledger."


class AlreadyAdopted(Exception):
    """The ledger was adopted before, so what it lacks now is a fault."""


@transaction.atomic
def adopt() -> list[str]:
    """Write the entries that the ledger lacks; return what was entered, in words.

    Raises AlreadyAdopted where this was done before.
    """
    if LedgerEntry.objects.filter(why=ADOPTED).exists():
        raise AlreadyAdopted
    public = ledger.head(Chain.PUBLIC).number
    entered = [_enter(edition, action) for _at, _order, action, edition in _untold()]
    entered += _merged() + _marked()
    if entered:
        move_clocks(public=ledger.head(Chain.PUBLIC).number > public)
    return entered


def _untold() -> list[tuple[datetime, int, LedgerAction, Incident]]:
    """Return what was published or withdrawn and no entry tells of, in the order of its time."""
    told = set(LedgerEntry.objects.values_list("record", "edition", "action"))
    found = []
    editions = Incident.objects.filter(state__in=ONCE_PUBLIC).order_by("published_at", "pk")
    for edition in editions.select_related("record__withdrawn_by", "approved_by"):
        key = edition.record_id, edition.number
        if edition.published_at and (*key, LedgerAction.PUBLISHED) not in told:
            found.append((edition.published_at, edition.pk, LedgerAction.PUBLISHED, edition))
        withdrawn = edition.state == State.WITHDRAWN
        if withdrawn and edition.ended_at and (*key, LedgerAction.WITHDRAWN) not in told:
            found.append((edition.ended_at, edition.pk, LedgerAction.WITHDRAWN, edition))
    return sorted(found, key=lambda event: event[:3])


def _enter(edition: Incident, action: LedgerAction) -> str:
    """Write the entry of a publication or a withdrawal."""
    record = edition.record
    withdrawn = action == LedgerAction.WITHDRAWN
    last = record.editions.filter(state__in=ONCE_PUBLIC).aggregate(n=Max("number"))["n"]
    reason = record.withdrawn_reason if withdrawn and edition.number == last else ""
    by: User | None = record.withdrawn_by if withdrawn else edition.approved_by
    ledger.append(
        action,
        record,
        by=by,
        public=ledger.is_public(edition.effective_marking),
        edition=edition,
        why=reason or ADOPTED,
        at=edition.ended_at if withdrawn else edition.published_at,
    )
    return f"{record.public_id} edition {edition.number}: {action.label}"


def _merged() -> list[str]:
    """Write the entries of records that had become a part of another one."""
    told = LedgerEntry.objects.filter(action=LedgerAction.MERGED).values("record")
    entered = []
    for record in Record.objects.filter(merged_into__isnull=False).exclude(pk__in=told):
        survivor = record.merged_into
        if survivor is None:
            continue
        was = record.editions.filter(state=State.SUPERSEDED).order_by("-number").first()
        public = ledger.is_public(was.effective_marking if was else "")
        ledger.append(
            LedgerAction.MERGED,
            record,
            by=None,
            public=public,
            edition=was,
            why=survivor.provisional,
        )
        entered.append(f"{record.public_id}: {LedgerAction.MERGED.label}")
    return entered


def _marked() -> list[str]:
    """Write the entries of records whose present marking is not that of their last edition."""
    own = Incident.objects.values_list("record", "number", "marking")
    stories = Stories({(record, number): marking for record, number, marking in own})
    staff = LedgerEntry.objects.filter(chain="staff").order_by("number").select_related("record")
    stories.begin(staff)
    for entry in staff:
        stories.tell(entry)
    entered = []
    for record in Record.objects.filter(pk__in=stories.records):
        before = stories.records.get(record.pk, Story())
        if not before.marking or record.marking == before.marking:
            continue
        raised = Marking(record.marking).strictness > Marking(before.marking).strictness
        action = LedgerAction.RAISED if raised else LedgerAction.LOWERED
        public = ledger.is_public(*before.markings)
        ledger.append(action, record, by=None, public=public, why=ADOPTED)
        entered.append(f"{record.public_id}: {action.label}")
    return entered
