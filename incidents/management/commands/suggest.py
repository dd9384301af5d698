"""Suggest what a draft could say, from articles on standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.models import Actor
from incidents.suggestions import Article, Evidence, KnownActor, Suggestions, directory, suggest
from incidents.suggestions.reading import Suggestion

FIELDS = ("url", "title", "text", "metadata_date")


class Command(BaseCommand):
    """Read one article a line as JSON, and write what it suggests, one a line, in this order."""

    help = "Read one article a line as JSON (url, title, text, metadata_date); write suggestions."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how articles come, and whether the directory is asked."""
        parser.add_argument(
            "--jsonl", action="store_true", help="one article a line (the only way)"
        )
        parser.add_argument(
            "--directory", action="store_true", help="find the actors of the directory too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Suggest line by line; a line that cannot be read is named, and the rest goes on."""
        if not options["jsonl"]:
            raise CommandError("Say --jsonl: articles are read one a line from standard input.")
        known = directory(_actors() if options["directory"] else ())
        bad = 0
        for number, line in enumerate(sys.stdin, start=1):
            if not line.strip():
                continue
            try:
                said = _article(line)
            except ValueError as error:
                bad += 1
                self.stderr.write(f"Line {number}: {error}")
                continue
            found = suggest(said[0], known)
            self.stdout.write(json.dumps({"id": said[1]} | _plain(found), ensure_ascii=False))
        if bad:
            raise CommandError(f"{bad} lines could not be read.")


def _article(line: str) -> tuple[Article, Any]:
    """Return the article of a line and its id; raises ValueError."""
    try:
        told = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"this is no JSON ({error.msg}, column {error.colno}).") from None
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
    return Article(**parts), told.get("id")


def _actors() -> list[KnownActor]:
    """Return the actors of the directory that somebody without an account may see."""
    return [
        KnownActor(actor.name, actor.state or "", False, tuple(actor.alias_names()))
        for actor in Actor.objects.all()
    ]


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
        "places": _rows(found.places),
        "sectors": _rows(found.sectors),
        "responsible_states": [
            row | {"stance": blame.stance}
            for row, blame in zip(_rows(found.responsible_states), found.blamed, strict=True)
        ],
        "actors": _rows(found.actors),
        "claimants": _rows(found.claimants),
        "occurred": _rows(found.occurred),
        "status": _rows([found.status])[0] if found.status else None,
        "outcome": _rows([found.outcome])[0] if found.outcome else None,
        "figures": [
            {
                "number": figure.number,
                "text": figure.text,
                "qualifier": figure.qualifier,
                "period": figure.period or None,
                "area": figure.area or None,
                "evidence": _range(figure.evidence),
                "why": figure.why,
            }
            for figure in found.figures
        ],
    }


def _rows(found: list[Suggestion]) -> list[dict[str, Any]]:
    return [{"value": one.value, "evidence": _range(one.evidence), "why": one.why} for one in found]


def _range(evidence: Evidence) -> dict[str, Any]:
    told: dict[str, Any] = {"start": evidence.start, "end": evidence.end}
    return told | ({"in": "title"} if evidence.in_title else {})
