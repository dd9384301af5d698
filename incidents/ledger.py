"""The ledger: two chains of hashes over what became public, so that no change is silent.

Law: every transition of what is published appends here, in its own transaction. The public
chain moves only with what is CLEAR; the staff chain moves with everything.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils import timezone

from articles.codebook import Marking

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
    by: User,
    public: bool,
    edition: Incident | None = None,
    why: str = "",
) -> None:
    """Append what happened to a record to the staff chain and, where it is so, to the public one.

    The row of each chain's clock is locked until the transaction ends, so that entries come one
    after the other. Needs a transaction.
    """
    for chain in (Chain.STAFF, Chain.PUBLIC) if public else (Chain.STAFF,):
        Clock.objects.get_or_create(name=chain)
        Clock.objects.select_for_update().get(name=chain)
        last = LedgerEntry.objects.filter(chain=chain).order_by("-number").first()
        salt = new_salt()
        entry = LedgerEntry(
            chain=chain,
            number=last.number + 1 if last else 1,
            action=action,
            record=record,
            edition=edition.number if edition else None,
            marking=edition.effective_marking if edition else record.marking,
            content=digest(edition.salt, canonical(edition)) if edition else "",
            at=timezone.now(),
            by=by.username,
            why=why,
            why_salt=salt,
            why_digest=digest(salt, why.encode()),
            previous=last.hash if last else "",
        )
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)


def hash_of(entry: LedgerEntry) -> str:
    """Return the hash of an entry, over all that it says but the words of why."""
    said: dict[str, Any] = {name: getattr(entry, name) for name in HASHED}
    said["record"] = entry.record.provisional
    said["at"] = entry.at.isoformat()
    return digest("", plain_json(said))


def is_public(*markings: str) -> bool:
    """Tell whether one of the markings before and after a change is CLEAR."""
    return Marking.CLEAR in markings
