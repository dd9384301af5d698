"""Suggest what a draft could say, from articles on standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.suggestions import Article, Evidence, Suggestion, Suggestions, suggest
from incidents.suggestions.blame import Blame

LONGEST_ID: Final = 200
FIELDS: Final = ("url", "title", "text", "metadata_date")


class Command(BaseCommand):
    """Read one article a line as JSON, and write what it suggests, one a line, in this order."""

    help = "Read one article a line as JSON (url, title, text, metadata_date); write suggestions."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how articles come."""
        parser.add_argument("--jsonl", action="store_true", help="one article a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Suggest line by line; a line that cannot be read is named, and the rest goes on."""
        if not options["jsonl"]:
            raise CommandError("Say --jsonl: articles are read one a line from standard input.")
        bad = 0
        # A line whose bytes are no text is a bad line, and not the end of all.
        lines: Iterable[str | bytes] = getattr(sys.stdin, "buffer", sys.stdin)
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                identity, article = _article(line)
            except ValueError as error:
                bad += 1
                self.stderr.write(f"Line {number}: {error}")
                continue
            told = {"id": identity} | _plain(suggest(article))
            self.stdout.write(json.dumps(told))
        if bad:
            raise CommandError(f"{bad} lines could not be read.")


def _article(line: str | bytes) -> tuple[Any, Article]:
    """Return the id and the article of a line; raises ValueError."""
    try:
        told = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"this is no JSON ({error}).") from None
    if not isinstance(told, Mapping):
        raise ValueError("an article is an object in braces.")
    parts: dict[str, str] = {}
    for name in FIELDS:
        value = told.get(name)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"“{name}” has to be a text.")
        parts[name] = value or ""
    if not parts["text"].strip():
        raise ValueError("“text” is empty or missing.")
    identity = told.get("id")
    if not isinstance(identity, str | int | None) or len(str(identity)) > LONGEST_ID:
        raise ValueError(f"“id” has to be a short text or a whole number, up to {LONGEST_ID}.")
    return identity, Article(**parts)


def _plain(found: Suggestions) -> dict[str, Any]:
    return {
        "is_report": found.verdict.is_report,
        "score": found.verdict.score,
        "reasons": [
            {"points": round(reason.points, 2), "why": reason.why}
            for reason in found.verdict.reasons
        ],
        "language": found.language,
        "published": found.published or None,
        "origin": found.origin or None,
        "event_countries": _rows(found.event_countries),
        "countries_mentioned": found.countries_mentioned,
        "event_types": _rows(found.event_types),
        "places": [
            _row(place)
            | {"country": place.country, "region": place.region, "precision": place.precision}
            | {"lat": place.lat, "lon": place.lon}
            for place in found.places
        ],
        "sectors": _rows(found.sectors),
        "responsible_states": _blamed(found.responsible_states, found.blamed),
        "accused": [
            _row(one.claimant) | {"entry": one.entry, "stance": one.stance}
            for one in found.accused
            if one.claimant
        ],
        "denials": [_row(one.claimant) | {"state": one.state} for one in found.denials],
        "actors": [_row(actor) | {"entry": actor.entry or None} for actor in found.actors],
        "claimants": [_row(one) | {"kind": one.kind or None} for one in found.claimants],
        "occurred": _rows(found.occurred),
        "status": _row(found.status) if found.status else None,
        "outcome": _row(found.outcome) if found.outcome else None,
        "figures": [
            {
                "number": figure.number,
                "text": figure.text,
                "qualifier": figure.qualifier,
                "period": figure.period or None,
                "area": figure.area or None,
                "claimant": figure.claimant or None,
                "evidence": _range(figure.evidence),
                "why": figure.why,
            }
            for figure in found.figures
        ],
    }


def _blamed(rows: Iterable[Suggestion], blamed: Iterable[Blame]) -> list[dict[str, Any]]:
    return [
        _row(row)
        | {
            "stance": blame.stance,
            "claimant": blame.claimant.value if blame.claimant else None,
        }
        for row, blame in zip(rows, blamed, strict=True)
    ]


def _rows(found: Iterable[Suggestion]) -> list[dict[str, Any]]:
    return [_row(one) for one in found]


def _row(one: Any) -> dict[str, Any]:
    return {"value": one.value, "evidence": _range(one.evidence), "why": one.why}


def _range(evidence: Evidence) -> dict[str, Any]:
    told: dict[str, Any] = {"start": evidence.start, "end": evidence.end}
    return told | ({"in": "title"} if evidence.in_title else {})
