"""Records held until a transaction ends, in one order, so that no two wait for each other."""

from __future__ import annotations

from django.db.models import Q

from .models import Incident, Record


def hold(concerned: Q) -> dict[int, Record]:
    """Lock the records that a condition concerns; return them as they are now, by their keys."""
    rows = Record.objects.select_for_update().filter(concerned).order_by("pk")
    return {row.pk: row for row in rows}


def hold_record(record: Record) -> Record:
    """Lock a record and what was merged into it; return it as it is now."""
    return hold(_whole(record.pk))[record.pk]


def hold_edition(edition: Incident) -> Record:
    """Lock the record of an edition, with what was merged into it and what the edition takes in.

    The edition is read anew; its record is returned.
    """
    taken_in = Incident.objects.filter(pk=edition.pk).values("takes_in")
    record = hold(_whole(edition.record_id) | Q(pk__in=taken_in))[edition.record_id]
    edition.refresh_from_db()
    edition.record = record
    return record


def _whole(key: int) -> Q:
    """Return the condition to be a record or a part of it, which becomes stricter with it."""
    return Q(pk=key) | Q(merged_into=key)
