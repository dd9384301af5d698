"""The ledger: two chains of hashes over what became public, so that no change is silent.

Law: every transition of what is published appends here, in its own transaction. The public
chain moves only with what is CLEAR; the staff chain moves with everything.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.codebook import Marking

from . import anchors
from .codebook import Chain, LedgerAction
from .content import canonical, digest, plain_json
from .models import Clock, Incident, LedgerEntry, Record

HASHED: Final = (
    "chain",
    "number",
    "action",
    "edition",
    "marking",
    "content",
    "by",
    "why_digest",
    "previous",
)


def new_salt() -> str:
    """Return what is mixed into a digest so that nobody can guess at what it was made of."""
    return secrets.token_hex(16)


def append(
    action: LedgerAction,
    record: Record,
    *,
    by: User | None,
    public: bool,
    edition: Incident | None = None,
    why: str = "",
    at: datetime | None = None,
) -> None:
    """Append what happened to a record to the staff chain and, where it is so, to the public one.

    Where an edition is named, the entry holds the digest of it, and the time of its end or
    publication. The row of each chain's clock is locked until the transaction ends, so that
    entries come one after the other; their heads are anchored once it is committed. Needs a
    transaction.
    """
    chains = (Chain.STAFF, Chain.PUBLIC) if public else (Chain.STAFF,)
    for chain in chains:
        Clock.objects.get_or_create(name=chain)
        Clock.objects.select_for_update().get(name=chain)
    content = content_digest(_as_stored(edition)) if edition else ""
    if action == LedgerAction.PURGED:
        content = tombstone_digest(record)
    salt = new_salt()
    said: dict[str, Any] = {
        "action": action,
        "record": record,
        "edition": edition.number if edition else None,
        "marking": edition.effective_marking if edition else record.marking,
        "content": content,
        "at": at or (edition and (edition.ended_at or edition.published_at)) or timezone.now(),
        "by": by.username if by else "",
        "why": why,
        "why_salt": salt,
        "why_digest": digest(salt, why.encode()),
    }
    heads = []
    for chain in chains:
        last = head(chain)
        entry = LedgerEntry(chain=chain, number=last.number + 1, previous=last.hash, **said)
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)
        heads.append(anchors.Head(chain, entry.number, entry.hash))
    transaction.on_commit(partial(anchors.write, heads), robust=True)


def head(chain: str) -> LedgerEntry:
    """Return the last entry of a chain; of an empty one, an entry of number 0 without a hash."""
    last = LedgerEntry.objects.filter(chain=chain).order_by("-number").first()
    return last or LedgerEntry(chain=chain, number=0)


def content_digest(edition: Incident, rows: Mapping[str, Sequence[Any]] | None = None) -> str:
    """Return the salted digest of an edition; its rows may have been read before."""
    return digest(edition.salt, canonical(edition, rows))


def tombstone_digest(record: Record) -> str:
    """Return the digest of what is left of a purged record: its references, which are no secret."""
    said = {"record": record.provisional, "reference": record.reference}
    return digest("", plain_json(said))


def hash_of(entry: LedgerEntry) -> str:
    """Return the hash of an entry, over all that it says but the words of why."""
    said: dict[str, Any] = {name: getattr(entry, name) for name in HASHED}
    said["record"] = entry.record.provisional
    said["at"] = entry.at.isoformat()
    return digest("", plain_json(said))


def is_public(*markings: str) -> bool:
    """Tell whether one of the markings before and after a change is CLEAR."""
    return Marking.CLEAR in markings


def _as_stored(edition: Incident) -> Incident:
    """Read an edition anew, so that its digest is of what the database holds.

    One that was published before there was a ledger is given its salt.
    """
    Incident.objects.filter(pk=edition.pk, salt="").update(salt=new_salt())
    return Incident.objects.select_related("record", "takes_in").get(pk=edition.pk)
