"""What an edition says, as plain data: the one description that digests and diffs are made of.

Law: a column that readers are told of stands here; what the system derives does not, for it
follows. Rows are told by their `uid`, so that the same edition always gives the same data.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

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
KEYED: Final = ("campaign", "claimant_actor", "accused_actor", "article")
_BY_UID: Final = ("citation", "supersedes")

Data = dict[str, Any]


def content(edition: Incident) -> Data:
    """Return what an edition says, in seven queries: its fields, and its rows by their `uid`."""
    said: Data = {name: _value(edition, name) for name in FIELDS}
    for relation, fields in ROWS.items():
        rows = _loaded(getattr(edition, relation).all(), fields)
        said[relation] = {
            str(row.uid): {name: _value(row, name) for name in fields} for row in rows
        }
    return said


def canonical(edition: Incident) -> bytes:
    """Return what an edition says as JSON of one form, with its record and number."""
    named = {"record": edition.record.provisional, "edition": edition.number, **content(edition)}
    return plain_json(named)


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
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value
