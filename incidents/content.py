"""What an edition says, as plain data: the one description that digests and diffs are made of.

Law: a column that readers are told of stands here; what the system derives does not, for it
follows. Rows are told by their `uid`, so that the same edition always gives the same data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from articles.codebook import Marking

from .models import Incident

FIELDS: Final = (
    "title",
    "summary",
    "occurred",
    "activity_span",
    "dating_note",
    "event_type",
    "other_event_types",
    "domains",
    "means",
    "status",
    "outcome",
    "severity",
    "campaign",
    "marking",
    "change_reason",
    "change_note",
)
ROWS: Final[dict[str, tuple[str, ...]]] = {
    "locations": (
        "primary",
        "country",
        "role",
        "admin1",
        "place",
        "zone",
        "lat",
        "lon",
        "precision",
    ),
    "targets": ("primary", "country", "sector", "target_kind", "name"),
    "citations": ("article", "role", "credibility", "marking", "locator", "note"),
    "claims": (
        "about",
        "claimant",
        "claimant_actor",
        "claimant_kind",
        "date",
        "stance",
        "accused_actor",
        "responsible_state",
        "state_role",
        "form",
        "marking",
        "basis",
        "confidence_stated",
        "likelihood_term",
        "citations",
        "supersedes",
    ),
    "findings": ("status", "date", "citation", "note"),
    "effects": ("kind", "low", "best", "high", "unit", "certainty", "note", "citation"),
}
# Rows elsewhere are told by their key, which stays when they are renamed.
KEYED: Final = ("campaign", "claimant_actor", "accused_actor", "article", "approved_by")
# How a published edition came about; none of it changes once it is public.
CAME: Final = (
    "approved_by",
    "changed_at",
    "created_at",
    "published_at",
    "submitted_at",
    "version",
)
_BY_UID: Final = ("citation", "supersedes")

Data = dict[str, Any]


def content(edition: Incident, rows: Mapping[str, Sequence[Any]] | None = None) -> Data:
    """Return what an edition says: its fields, and its rows by their `uid`.

    Rows that were not read before (`rows_of_editions`) take seven queries.
    """
    rows = rows or rows_of_editions([edition.pk])[edition.pk]
    said: Data = {name: _value(edition, name) for name in FIELDS}
    for relation, fields in ROWS.items():
        said[relation] = {
            str(row.uid): {name: _value(row, name) for name in fields} for row in rows[relation]
        }
    return said


def gist(edition: Incident) -> str:
    """Return a digest of what an edition says, without its marking and why it came about."""
    apart = {"marking", "change_reason", "change_note"}
    kept = {name: value for name, value in content(edition).items() if name not in apart}
    return digest("", plain_json(kept))


def canonical(edition: Incident, rows: Mapping[str, Sequence[Any]] | None = None) -> bytes:
    """Return what an edition says and how it came about as JSON of one form.

    What is empty is left out: a column that is added later, and is empty where it was not
    known, changes no digest that was made before.
    """
    rows = rows or rows_of_editions([edition.pk])[edition.pk]
    record = edition.record
    came: Data = {name: _value(edition, name) for name in CAME}
    came["authors"] = sorted(author.pk for author in edition.authors.all())
    came["takes_in"] = edition.takes_in and edition.takes_in.provisional
    # A row with the `uid` of another one would stand behind it unseen.
    came["rows"] = {relation: len(rows[relation]) for relation in ROWS}
    said = {"record": record.provisional, "edition": edition.number, **content(edition, rows)}
    if edition.marking == Marking.CLEAR:
        said["reference"] = record.reference
    return plain_json(_filled({**said, "came": came}))


def _filled(data: Any) -> Any:
    """Return data without what is empty; zero and false are not."""
    if not isinstance(data, dict):
        return data
    kept = {name: _filled(value) for name, value in data.items()}
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}


def rows_of_editions(editions: Collection[int]) -> dict[int, dict[str, list[Any]]]:
    """Return all rows of some editions by their relation, in seven queries however many."""
    found: dict[int, dict[str, list[Any]]] = {
        key: {relation: [] for relation in ROWS} for key in editions
    }
    for relation, fields in ROWS.items():
        model: Any = Incident._meta.get_field(relation).related_model
        rows = model._base_manager.filter(incident__in=editions).order_by("pk")
        for row in _loaded(rows, fields):
            found[row.incident_id][relation].append(row)
    return found


def plain_json(data: Data) -> bytes:
    """Return data as JSON in UTF-8 with sorted keys and no space."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(salt: str, text: bytes) -> str:
    """Return the SHA-256 of a text after its salt, in hexadecimal."""
    return hashlib.sha256(salt.encode() + b"\n" + text).hexdigest()


def _loaded(rows: Any, fields: Iterable[str]) -> Any:
    """Load the rows that others are named by, in a constant number of queries."""
    named = [name for name in _BY_UID if name in fields]
    loaded = rows.select_related(*named) if named else rows
    if "citations" in fields:
        loaded = loaded.prefetch_related("citations")
    return loaded


def _value(row: Any, name: str) -> Any:
    """Return the value of a field as JSON holds it."""
    if name in KEYED:
        return getattr(row, f"{name}_id")
    value = getattr(row, name)
    if name == "citations":
        return sorted(str(citation.uid) for citation in value.all())
    if value is None:
        return None
    if name in _BY_UID:
        return str(value.uid)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value
