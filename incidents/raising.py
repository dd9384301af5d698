"""A present marking written to a record, its editions, and what became a part of it.

Law: what is kept from readers in a record is kept from them in the records that were merged into
it as well, for their past editions have no door of their own.
"""

from __future__ import annotations

from django.contrib.auth.models import User

from articles.codebook import Marking, strictest

from . import ledger
from .codebook import ONCE_PUBLIC, LedgerAction
from .models import Incident, Record


def mark(record: Record, to: Marking, *, by: User, reason: str) -> bool:
    """Give a record its present marking, and its editions what follows; tell whether it is public.

    Past editions that were made stricter come back only by this, never with a later edition;
    those of records that were merged into it do not come back.
    """
    before = Marking(record.marking)
    record.marking = to
    record.save(update_fields=["marking"])
    raised = to.strictness > before.strictness
    seen = set()
    for edition in record.editions.all():
        effective = strictest([edition.marking, to])
        if edition.state in ONCE_PUBLIC:
            seen |= {edition.effective_marking, effective}
        Incident.objects.filter(pk=edition.pk).update(effective_marking=effective)
    public = ledger.is_public(*seen)
    action = LedgerAction.RAISED if raised else LedgerAction.LOWERED
    ledger.append(action, record, by=by, public=public, why=reason)
    return (raised and raise_parts(record, to, by=by, reason=reason)) or public


def raise_parts(record: Record, to: Marking, *, by: User, reason: str) -> bool:
    """Make stricter what was merged into a record, step by step; tell whether any was public."""
    public = False
    for part in Record.objects.filter(merged_into=record).order_by("pk"):
        if part.purged_at or Marking(part.marking).strictness >= to.strictness:
            public |= raise_parts(part, to, by=by, reason=reason)
        else:
            public |= mark(part, to, by=by, reason=reason)
    return public
