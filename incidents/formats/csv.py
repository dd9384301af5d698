"""Incidents and counts as CSV (RFC 4180, UTF-8): fixed columns, one row an incident or cell.

Titles come from the web, so a cell that a spreadsheet would run as a formula begins with an
apostrophe.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from incidents.codebook import AttributionLevel
from incidents.counts import Counts
from incidents.models import Incident

MEDIA_TYPE: Final = "text/csv"
# What a spreadsheet takes for a formula, also behind spaces and marks without width.
FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠−")
GUARD: Final = "'"
Value = str | int | float | None

# Columns are an allow-list: a new field of the model is not exported by itself.
COLUMNS: Final[dict[str, Callable[[Incident], Value]]] = {
    "reference": lambda i: i.record.public_id,
    "edition": lambda i: i.number,
    "state": lambda i: i.state,
    "marking": lambda i: i.effective_marking,
    "title": lambda i: i.title,
    "occurred": lambda i: i.occurred,
    "onset_from": lambda i: _day(i.onset_from),
    "onset_to": lambda i: _day(i.onset_to),
    "end_from": lambda i: _day(i.end_from),
    "end_to": lambda i: _day(i.end_to),
    "event_type": lambda i: i.event_type,
    "event_type_label": lambda i: str(i.get_event_type_display()),
    "other_event_types": lambda i: _joined(i.other_event_types),
    "domains": lambda i: _joined(i.domains),
    "status": lambda i: getattr(i, "known_status", i.status),
    "outcome": lambda i: i.outcome,
    "severity": lambda i: i.severity,
    "country": lambda i: i.country,
    "countries": lambda i: _joined({p.country: 1 for p in i.locations.all()}),
    "place": lambda i: next((p.place or p.zone for p in i.locations.all() if p.primary), ""),
    "target_country": lambda i: i.target_country,
    "sector": lambda i: i.sector,
    "target_kind": lambda i: i.target_kind,
    "targets": lambda i: _joined(t.name for t in i.targets.all() if t.name),
    "campaign": lambda i: i.campaign.slug if i.campaign else "",
    "highest_level": lambda i: max((c.level for c in _live(i)), default=0),
    "attributed_to": lambda i: _joined({c.responsible_state: 1 for c in _live(i) if _traces(c)}),
    "sources": lambda i: _joined(c.article.url for c in i.citations.all()),
    "summary": lambda i: i.summary,
    "published_at": lambda i: i.published_at.isoformat() if i.published_at else "",
    "last_verified": lambda i: _day(i.record.last_verified),
}


def write(incidents: Iterable[Incident]) -> Iterator[str]:
    """Yield a header, then a line for each incident."""
    yield _line(list(COLUMNS))
    for incident in incidents:
        yield _line([column(incident) for column in COLUMNS.values()])


def write_counts(counts: Counts, address: Callable[[str], str]) -> Iterator[str]:
    """Yield a header, a line for each cell and undated group, and the total.

    `address` makes the address of the list behind a cell from its query.
    """
    keys = [*counts.by, *([counts.interval] if counts.interval else [])]
    yield _line([*keys, "label", "count", "low", "high", "url"])
    for cell in counts.cells:
        key = [cell.key[name] for name in keys]
        yield _line([*key, cell.label, cell.count, cell.low, cell.high, address(cell.query)])
    for row in counts.undated:
        key = [row.key.get(name, f"undated: {row.period}") for name in keys]
        yield _line([*key, f"Undated, {row.period}", row.count, "", "", ""])
    total = ["total", *[""] * (len(keys) - 1)] if keys else []
    query = counts.question.query()
    yield _line([*total, "Total", counts.total, counts.low, counts.high, address(query)])


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; `unguarded` gives it back."""
    return f"{GUARD}{text}" if _is_formula(text.lstrip(GUARD)) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made a cell of."""
    return cell[1:] if cell[:1] == GUARD and _is_formula(cell.lstrip(GUARD)) else cell


def _is_formula(text: str) -> bool:
    for char in text:
        if char in FORMULA:
            return True
        if not (char.isspace() or unicodedata.category(char) == "Cf"):
            return False
    return False


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    )
    return out.getvalue()


def _live(incident: Incident) -> list[Any]:
    """Return the claims that are live, under `known_on` those that were."""
    claims: list[Any] = list(incident.claims.all())
    return [claim for claim in claims if claim.is_live]


def _traces(claim: Any) -> bool:
    """Tell whether officials trace the act to a state by a claim that `with_rows` loaded."""
    return bool(claim.traces and claim.level >= AttributionLevel.OFFICIAL)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
