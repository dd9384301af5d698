"""The ladders beside every number: by series, and by how firmly it is attributed.

Each step is a question of its own, so its number is that of the list behind its link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count

from articles.codebook import Marking, strictest

from .codebook import AttributionLevel, Outcome, Series, Status
from .contradictions import ALONE
from .counts import series_link
from .dimensions import DIMENSIONS
from .querysets.editions import CORE, NOT_FOILED, series_sets
from .questions import GROUPS, NONE, Question
from .tallies import narrow, tallied

CLAIM: Final = (*[name for name, group in GROUPS.items() if group == "claim"], "level", "min_level")
_PARTS: Final = (
    ("core", CORE, NOT_FOILED),
    ("alleged_or_disputed", (Status.ALLEGED, Status.DISPUTED), NOT_FOILED),
    (
        "foiled",
        tuple(status for status in Status if status != Status.RULED_OUT),
        (Outcome.FOILED,),
    ),
    ("ruled_out", (Status.RULED_OUT,), tuple(Outcome)),
)
_LABELS: Final = {
    "core": "core: suspected or confirmed",
    "alleged_or_disputed": "alleged or disputed",
    "foiled": "foiled",
    "ruled_out": "ruled out",
    "contested": "contested",
    "none": "no claim with a level",
}


_WHOEVER: Final = ", whoever is blamed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder; `query` lists its incidents, or is None where there can be none."""

    step: str
    label: str
    count: int
    query: str | None


@dataclass(frozen=True, slots=True)
class Ladders:
    """Both ladders, what the series left out, and the strictest marking that entered."""

    series: list[Step]
    attribution: list[Step]
    excluded: dict[str, int]
    marking: Marking


def ladders(question: Question) -> Ladders:
    """Return the ladders of a question."""
    surely = question.values["date_match"] != "possible"
    everything = question.matching(surely=surely, series=False).order_by()
    columns = ("known_status", "outcome", "effective_marking")
    rows = list(everything.values_list(*columns).annotate(n=Count("pk")))
    wider = widened(question)
    steps = [
        Step(
            name,
            _LABELS[name],
            sum(n for status, outcome, _m, n in rows if status in statuses and outcome in outcomes),
            None if link is None else wider.query(**link),
        )
        for name, statuses, outcomes in _PARTS
        for link in [series_link(wider, statuses, outcomes)]
    ]
    statuses, outcomes = series_sets(question.values["series"])
    within = [row for row in rows if row[0] in statuses and row[1] in outcomes]
    return Ladders(
        series=steps,
        attribution=_attribution(question),
        excluded=_excluded(question, [row for row in rows if row not in within], surely=surely),
        marking=strictest([marking for _status, _outcome, marking, _n in within]),
    )


def widened(question: Question) -> Question:
    """Return the question over all series."""
    if question.values["status"] or question.values["outcome"]:
        return question
    return narrow(question, {"series": Series.ALL.value})


def _attribution(question: Question) -> list[Step]:
    """Return a step for each least level, one for contested and one for no claim.

    Where a question asks for no state or actor, its least level means something else.
    """
    if any(NONE in question.values[name] for name in CLAIM if name in ALONE):
        return []
    asked = question.values["contested"]
    without: dict[str, Any] = dict.fromkeys(CLAIM)
    least = {
        level: narrow(question, {"min_level": str(level.value), "level": None})
        for level in AttributionLevel
        if level
    }
    if question.values["time_basis"] == "attributed":
        # Each level dates incidents by other claims.
        firm = {level: narrowed.incidents().count() for level, narrowed in least.items()}
    else:
        firm = _at_least(least[AttributionLevel.REPORTED])
    steps = [
        Step(f"min_level_{level.value}", str(level.label), firm[level], narrowed.query())
        for level, narrowed in least.items()
    ]
    # These two are about all claims, also where the steps above are about some.
    wider = _WHOEVER if any(name in question.asked for name in CLAIM) else ""
    if asked is not False:
        changes = {**without, "contested": "true"}
        steps.append(_step(question, "contested", _LABELS["contested"] + wider, changes))
    steps.append(_step(question, "none", _LABELS["none"] + wider, {**without, "level": "0"}))
    return steps


def _at_least(question: Question) -> dict[AttributionLevel, int]:
    """Count by one statement the incidents with a fitting claim of each level or a higher one."""
    highest = tallied(question, [DIMENSIONS["level"]], None, "any")
    surely = question.values["date_match"] != "possible"
    numbers = {
        int(code): sum((tally.low if surely else tally.high).values())
        for (code,), tally in highest.items()
    }
    return {
        level: sum(n for top, n in numbers.items() if top >= level) for level in AttributionLevel
    }


def _step(question: Question, step: str, label: str, changes: dict[str, Any]) -> Step:
    narrowed = narrow(question, changes)
    return Step(step, label, narrowed.incidents().count(), narrowed.query())


def _excluded(question: Question, left_out: list[Any], *, surely: bool) -> dict[str, int]:
    """Count what the series and the day of `known_on` left out, by reason."""
    excluded: dict[str, int] = {}
    for status, outcome, _marking, n in left_out:
        foiled = outcome == Outcome.FOILED and status != Status.RULED_OUT
        reason = str(outcome if foiled else status)
        excluded[reason] = excluded.get(reason, 0) + n
    if question.values["known_on"]:
        later = question.matching(surely=surely, series=False, known=False).count()
        if later:
            excluded["not_yet_known"] = later
    return excluded
