"""A count as an answer: the numbers with everything one needs to check and to cite them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import models
from django.utils import timezone

from articles.codebook import CODEBOOK_VERSION

from . import versions
from .codebook import DEFAULT_DOMAIN, VOCABULARIES, Series, State
from .counts import Counts, count
from .ladders import Step, ladders
from .profiles import profile
from .questions import Question
from .words import caveats, in_words

UNIT: Final = (
    "One incident is one deliberate act by one hand at one place in one continuous stretch; "
    "arrests, trials and statements are none."
)
_BY: Final = {
    "attributed_to": "state traced to",
    "actor": "accused actor",
    "claimant_kind": "kind of claimant",
    "level": "highest attribution level",
    "event_type": "event type",
    "target_country": "country of the target",
    "target_kind": "kind of target",
}


def count_for(question: Question) -> Counts:
    """Count a question as its own `by`, `interval` and `assign` say."""
    values = question.values
    by, interval, assign = values["by"], values["interval"] or None, values["assign"]
    return count(question, by, interval, assign, profile(question))


def answer(counts: Counts, own: str, address: Callable[[str], str]) -> dict[str, Any]:
    """Return a count as plain values.

    `own` is the address of the answer; `address` makes that of a list from its query.
    """
    question = counts.question
    around = ladders(question, counts.profile)
    words = said(counts)
    version = versions.of_public().version
    day, as_of = question.values["known_on"], question.values["as_of"]
    return {
        "question": words,
        "params": effective(counts),
        "defaults": sorted(question.assumed | ({"min_level"} if _implied(counts) else set())),
        "total": counts.total,
        "low": counts.low,
        "high": counts.high,
        "cells": [
            {
                "key": cell.key,
                "label": cell.label,
                "count": cell.count,
                "low": cell.low,
                "high": cell.high,
                "url": address(cell.query),
            }
            for cell in counts.cells
        ],
        "sum_of_cells": counts.sum_of_cells,
        "additive": counts.additive,
        "unknown": counts.unknown,
        "undated": counts.undated_total,
        "undated_rows": [
            {"key": row.key, "period": row.period, "count": row.count} for row in counts.undated
        ],
        "excluded": around.excluded,
        "ladder": {
            "series": _steps(around.series, address),
            "attribution": _steps(around.attribution, address),
        },
        "caveats": caveats(counts),
        "definition": f"{UNIT} {Series(question.values['series']).definition}",
        "codebook_version": CODEBOOK_VERSION,
        "public_version": version,
        "known_on": day.isoformat() if day else None,
        "as_of": as_of.isoformat() if as_of else None,
        "marking": around.marking,
        "url": own,
        "incidents_url": address(question.query()),
        "citation": (
            f"HTI, “{words}”, {counts.total} incidents, counted on "
            f"{timezone.now().date().isoformat()}, public version {version}, "
            f"codebook {CODEBOOK_VERSION}, {repeatable(question, own)}"
        ),
    }


def repeatable(question: Question, own: str) -> str:
    """Return the address that asks for the same number on a later day too.

    What is not public yet cannot be asked for later.
    """
    if question.past or question.values["state"] != State.PUBLISHED:
        return own
    return f"{own}{'&' if '?' in own else '?'}as_of={timezone.now().date().isoformat()}"


def said(counts: Counts) -> str:
    """Say a count in words: the question, and by what it is split."""
    names = [_BY.get(name, name) for name in counts.by]
    if counts.interval:
        names.append(counts.interval)
    words = in_words(counts.question)
    return f"{words}, by {' and '.join(names)}" if names else words


def effective(counts: Counts) -> dict[str, Any]:
    """Return all parameters of a count, defaults included."""
    params = counts.question.effective()
    if counts.by:
        params["by"] = list(counts.by)
        params["assign"] = counts.assign
    if counts.interval:
        params["interval"] = counts.interval
    if _implied(counts):
        params["min_level"] = str(counts.threshold)
    return params


def _implied(counts: Counts) -> bool:
    """Tell whether grouping by a state or an actor set a least level that was not asked."""
    return counts.threshold is not None and "min_level" not in counts.question.asked


def codebook() -> dict[str, Any]:
    """Return every vocabulary with codes, labels and definitions."""
    return {
        "codebook_version": CODEBOOK_VERSION,
        "vocabularies": {
            name: [_entry(name, member) for member in vocabulary]
            for name, vocabulary in VOCABULARIES.items()
        },
    }


def _entry(name: str, member: models.Choices) -> dict[str, Any]:
    entry = {
        "code": member.value,
        "label": str(member.label),
        "definition": str(getattr(member, "definition", "")),
    }
    if name == "event_type":
        entry["default_domain"] = DEFAULT_DOMAIN.get(str(member.value))
    return entry


def _steps(steps: list[Step], address: Callable[[str], str]) -> list[dict[str, Any]]:
    return [
        {
            "step": step.step,
            "label": step.label,
            "count": step.count,
            "url": None if step.query is None else address(step.query),
        }
        for step in steps
    ]
