"""What became of records since a moment, for whoever keeps a copy of what they may read.

Law: an entry of the ledger is told to whom could read its record before or after it, and to nobody
else; what is told is what the record is for them now, without who did what and why.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from articles.clearance import NOTHING, Clearance, Ties, clearance, cleared
from articles.querysets import held

from . import cursors, ledger
from .codebook import ONCE_PUBLIC, Chain, LedgerAction, State
from .models import Incident, LedgerEntry, Record
from .refusals import InvalidQuestion

SALT: Final = "incidents.changes"
NOW: Final = "now"
KINDS: Final = ("created", "superseded", "shown", "withdrawn", "merged", "hidden")
MARKED: Final = (LedgerAction.RAISED, LedgerAction.LOWERED)
_BYTES: Final = 8


class Incomplete(Exception):
    """What the asker may read has changed by something that no entry of the ledger tells."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a record is now for whoever asks; without an edition it is nothing that they read."""

    reference: str
    change: str
    at: datetime
    edition: int | None = None
    # Its reference before it was first public, by which staff and partners may know it.
    formerly: str | None = None
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes, the cursor of those after them, and whether there are such by now."""

    found: list[Change]
    next: str
    more: bool


def since(cursor: str, user: User | AnonymousUser, size: int) -> Changes:
    """Return what changed after a cursor, by `size` entries of the ledger at most.

    Each record is there once, where its last entry stands. The head is read before the entries,
    whose numbers are given under a lock, so that none is ever entered behind a cursor.
    Raises InvalidQuestion where the cursor is none of the asker's, and Incomplete.
    """
    who = clearance(user)
    chain = Chain.PUBLIC if who.public else Chain.STAFF
    tied = _tied(who)
    after = _read(cursor, chain, tied)
    head = ledger.head(chain).number
    if after is None:
        return Changes([], _write(head, chain, tied), more=False)
    entries = _between(after, head, size + 1, _told(who, chain))
    more = len(entries) > size
    entries = entries[:size]
    last = entries[-1].number if more else max(head, after)
    return Changes(_present(entries, user, chain), _write(last, chain, tied), more)


def _between(after: int, head: int, most: int, told: QuerySet[LedgerEntry]) -> list[LedgerEntry]:
    """Return the first entries after a number, looking at more and more of the chain at once.

    PostgreSQL, given all of it, would judge and sort 50,000 entries to return 200.
    """
    found: list[LedgerEntry] = []
    span = 2 * most
    while len(found) < most and after < head:
        last = min(after + span, head)
        window = told.filter(number__gt=after, number__lte=last).select_related("record")
        found += window.order_by("number")[: most - len(found)]
        after, span = last, span * 4
    return found


def _told(who: Clearance, chain: Chain) -> QuerySet[LedgerEntry]:
    """Return the entries of a chain of which the asker could read the record, before or after.

    A record stands from a publication until it is withdrawn, merged or purged.
    """
    # By expressions, for SQLite would else go back through the chain instead of the record.
    own = LedgerEntry.objects.annotate(of=Coalesce(F("chain"), Value("")), nth=F("number") + 0)
    earlier = own.filter(of=chain, record=OuterRef("record"), nth__lt=OuterRef("number"))
    earlier = earlier.order_by("-nth")
    stood = Subquery(earlier.exclude(action__in=MARKED).values("action")[:1])
    entries = LedgerEntry.objects.filter(chain=chain).annotate(
        before=Subquery(earlier.values("marking")[:1]), stood=stood
    )
    ties = _ties(who)
    did_stand = Q(stood=LedgerAction.PUBLISHED)
    stands = Q(action=LedgerAction.PUBLISHED) | (did_stand & Q(action__in=MARKED))
    could = did_stand & cleared(who, "before", ties)
    return entries.filter(could | (stands & cleared(who, "marking", ties)))


def _ties(who: Clearance) -> Ties:
    """Return what ties a reader to the record of an entry; nobody but staff reads as an author."""
    released = Q(record__first_published_at__isnull=False)
    if who.public:
        released &= Q(record__reference__isnull=False)
    mine = NOTHING
    if who.staff:
        authored = Incident.objects.filter(authors=who.user, state__in=ONCE_PUBLIC)
        mine = Q(record__created_by=who.user) | Q(record__in=authored.values("record"))
    return Ties(released=released, mine=mine, **held(Record, who, "record__"))


def _present(
    entries: Iterable[LedgerEntry], user: User | AnonymousUser, chain: Chain
) -> list[Change]:
    """Return what the records of entries are now, each once, in a constant number of queries."""
    last: dict[int, LedgerEntry] = {}
    for entry in entries:
        last.pop(entry.record_id, None)
        last[entry.record_id] = entry
    standing = Incident.objects.visible_to(user).filter(record__in=last, state=State.PUBLISHED)
    editions = dict(standing.values_list("record", "number"))
    gone = [key for key in last if key not in editions]
    merged = _merged(gone, user)
    withdrawn = _withdrawn(gone, user)
    # From the records to the chain: as above.
    told = LedgerEntry.objects.annotate(of=Coalesce(F("chain"), Value("")))
    of_records = told.filter(of=chain, record__in=last).order_by()
    first = dict(of_records.values_list("record").annotate(n=Min("number")))
    found = []
    for key, entry in last.items():
        record = entry.record
        change = "hidden"
        if key in editions:
            new = entry.action == LedgerAction.PUBLISHED
            change = ("created" if first[key] == entry.number else "superseded") if new else "shown"
        elif key in merged:
            change = "merged"
        elif key in withdrawn:
            change = "withdrawn"
        renamed = chain == Chain.STAFF and record.reference
        found.append(
            Change(
                record.public_id,
                change,
                entry.at,
                edition=editions.get(key),
                formerly=record.provisional if renamed else None,
                merged_into=merged.get(key),
            )
        )
    return found


def _merged(keys: list[int], user: User | AnonymousUser) -> dict[int, str]:
    """Return where records went that the asker could read, and may read where they are now."""
    could = Incident.objects.of_merged(user).filter(record__in=keys)
    into = {key: to for key, to in could.values_list("record", "record__merged_into") if to}
    newest = set(into.values())
    further: dict[int, int] = {}
    while newest:
        steps = Record.objects.filter(pk__in=newest).values_list("pk", "merged_into")
        found = {key: to for key, to in steps if to}
        newest = set(found.values()) - further.keys()
        further |= found
    last = {key: _end(target, further) for key, target in into.items()}
    visible = Incident.objects.visible_to(user).filter(
        record__in=set(last.values()), state=State.PUBLISHED
    )
    names = {it.record_id: it.record.public_id for it in visible.select_related("record")}
    return {key: names[target] for key, target in last.items() if target in names}


def _end(key: int, further: dict[int, int]) -> int:
    """Return the record that one leads to in however many steps."""
    seen: set[int] = set()
    while key in further and key not in seen:
        seen.add(key)
        key = further[key]
    return key


def _withdrawn(keys: list[int], user: User | AnonymousUser) -> set[int]:
    """Return the records whose last public edition the asker may know to be withdrawn."""
    past = Incident.objects.visible_to(user, past=True).filter(
        record__in=keys, record__merged_into=None
    )
    states = past.order_by("published_at", "number").values_list("record", "state")
    return {record for record, state in dict(states).items() if state == State.WITHDRAWN}


def _tied(who: Clearance) -> str:
    """Return a text that changes whenever the asker reads otherwise without an entry telling so.

    Rows are only added with higher keys, so that their number and the last key tell any two
    states of a list apart.
    """
    if who.public:
        return ""
    said: list[Any] = [who.user, who.organisation, who.staff]
    listed: list[QuerySet[Any]] = [
        Record.readers.through._base_manager.filter(user=who.user),
    ]
    if not who.staff:
        shares = Record.shared_with.through._base_manager
        listed.append(shares.filter(organisation=who.organisation))
    for rows in listed:
        said += rows.aggregate(n=Count("pk"), last=Max("pk")).values()
    return salted_hmac(SALT, repr(said), algorithm="sha256").hexdigest()[:32]


def _write(number: int, chain: Chain, tied: str) -> str:
    """Return a cursor; a number of the staff chain is sealed, for it counts what is hidden."""
    if chain == Chain.PUBLIC:
        return cursors.write(SALT, [chain.value, number])
    nonce = secrets.token_hex(_BYTES * 2)
    return cursors.write(SALT, [chain.value, nonce, number ^ _mask(nonce), tied])


def _read(cursor: str, chain: Chain, tied: str) -> int | None:
    """Return the number that a cursor names, None for that of the head.

    Raises InvalidQuestion where it is none of the asker's, and Incomplete.
    """
    if not cursor:
        return 0
    if cursor == NOW:
        return None
    of, *said = cursors.read(SALT, cursor) or [None]
    if of is None and cursor[:4].isdigit():
        told = _("No position but a day. Begin without since, or with since=now; then take next.")
        raise InvalidQuestion({"since": [told]})
    if of is None:
        raise cursors.no_such_page("since")
    if of != chain:
        raise Incomplete
    if chain == Chain.PUBLIC:
        return int(said[0])
    nonce, sealed, was = said
    if was != tied:
        raise Incomplete
    return int(sealed) ^ _mask(nonce)


def _mask(nonce: str) -> int:
    """Return what a number is sealed with: drawn once, and known to nobody without our key."""
    return int.from_bytes(salted_hmac(SALT, nonce, algorithm="sha256").digest()[:_BYTES], "big")
