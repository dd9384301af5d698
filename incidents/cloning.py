"""Rows of one edition copied to another, each with its `uid`, so that it can be followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from .content import FIELDS, ROWS
from .models import Citation, Claim, Incident

# The order in which rows are copied: what others name comes before them.
RELATIONS = ("locations", "targets", "citations", "claims", "findings", "effects")


def copied_fields(edition: Incident) -> dict[str, Any]:
    """Return what an edition says in its own columns, without why it came about."""
    said = {name: getattr(edition, name) for name in FIELDS}
    return {**said, "change_reason": "", "change_note": ""}


def copy_rows(
    rows: Mapping[str, list[Any]],
    to: Incident,
    cited: Mapping[int | None, Citation] | None = None,
    claimed: Mapping[int | None, Claim] | None = None,
) -> None:
    """Copy rows by their relation into `to`.

    `cited` and `claimed` tell which citations and claims of `to` stand for those that the rows
    name, beside the copies.
    """
    citations: dict[int | None, Citation] = {**(cited or {})}
    claims: dict[int | None, Claim] = {**(claimed or {})}
    for relation in RELATIONS:
        for row in rows.get(relation, ()):
            made = _copy(row, relation, to)
            if relation == "citations":
                citations[row.pk] = made
            elif relation == "claims":
                made.supersedes = claims.get(row.supersedes_id)
                claims[row.pk] = made
            elif relation in ("findings", "effects"):
                made.citation = citations.get(row.citation_id)
            made.save()
            if relation == "claims":
                named = [citations[c.pk] for c in row.citations.all() if c.pk in citations]
                made.citations.set(named)


def rows_of(edition: Incident) -> dict[str, list[Any]]:
    """Return all rows of an edition, claims after those that they supersede."""
    rows: dict[str, list[Any]] = {name: list(getattr(edition, name).all()) for name in RELATIONS}
    rows["claims"] = _predecessors_first(rows["claims"])
    return rows


def _predecessors_first(claims: list[Claim]) -> list[Claim]:
    ordered: list[Claim] = []
    waiting = {claim.pk: claim for claim in claims}
    while waiting:
        ready = [claim for claim in waiting.values() if claim.supersedes_id not in waiting]
        # A circle cannot be entered; were there one, its claims come as they are.
        for claim in ready or list(waiting.values()):
            ordered.append(waiting.pop(claim.pk))
    return ordered


def _copy(row: models.Model, relation: str, to: Incident) -> Any:
    """Return an unsaved copy of a row; rows that it names within its edition come later."""
    within = {"citation", "citations", "supersedes"}
    said = {name: getattr(row, name) for name in ROWS[relation] if name not in within}
    model: Any = type(row)
    return model(incident=to, uid=row.uid, **said)  # type: ignore[attr-defined]
