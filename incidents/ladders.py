"""The ladders beside every number: by series, and by how firmly it is attributed.

Each step is a question of its own, so its number is that of the list behind its link.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from articles.codebook import Marking, strictest

from .codebook import AttributionLevel, Outcome, Series, Status
from .contradictions import ALONE
from .counts import series_link
from .dimensions import DIMENSIONS
from .profiles import Kind, Profile, profile
from .querysets.editions import CORE, NOT_FOILED
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


def ladders(question: Question, seen: Profile | None = None) -> Ladders:
    """Return the ladders of a question, from its profile where that was `seen` already."""
    seen = seen or profile(question)
    wider = widened(question)
    steps = [
        Step(
            name,
            _LABELS[name],
            sum(
                n
                for kind, n in seen.numbers.items()
                if seen.matched(kind) and kind.status in statuses and kind.outcome in outcomes
            ),
            None if link is None else wider.query(**link),
        )
        for name, statuses, outcomes in _PARTS
        for link in [series_link(wider, statuses, outcomes)]
    ]
    return Ladders(
        series=steps,
        attribution=_attribution(question, seen),
        excluded=_excluded(seen),
        marking=strictest([kind.marking for kind in seen.numbers if seen.listed(kind)]),
    )


def widened(question: Question) -> Question:
    """Return the question over all series."""
    if question.values["status"] or question.values["outcome"]:
        return question
    return narrow(question, {"series": Series.ALL.value})


def _attribution(question: Question, seen: Profile) -> list[Step]:
    """Return a step for each least level, one for contested and one for no claim.

    Where a question asks for no state or actor, its least level means something else.
    """
    if any(NONE in question.values[name] for name in CLAIM if name in ALONE):
        return []
    claimed = any(name in question.asked for name in CLAIM)
    past = bool(question.values["known_on"])
    levels = [level for level in AttributionLevel if level]
    least = {level: {"min_level": str(level.value), "level": None} for level in levels}
    if question.values["time_basis"] == "attributed":
        # Each level dates incidents by other claims.
        firm = {level: narrow(question, least[level]).incidents().count() for level in levels}
    elif claimed or past:
        firm = _at_least(narrow(question, least[AttributionLevel.REPORTED]))
    else:
        firm = {level: _firm(seen, level) for level in levels}
    steps = [
        Step(f"min_level_{level.value}", str(level.label), firm[level], question.query(**changes))
        for level, changes in least.items()
    ]
    # These two are about all claims, also where the steps above are about some.
    without: dict[str, Any] = dict.fromkeys(CLAIM)
    around = profile(narrow(question, without)) if claimed and not past else seen
    ends: list[tuple[str, dict[str, Any], Callable[[Kind], bool]]] = [
        ("none", {**without, "level": "0"}, lambda kind: kind.level == 0)
    ]
    if question.values["contested"] is not False:
        changed = {**without, "contested": "true"}
        ends.insert(0, ("contested", changed, lambda kind: kind.contested))
    for name, changes, fits in ends:
        n = narrow(question, changes).incidents().count() if past else _listed(around, fits)
        label = _LABELS[name] + (_WHOEVER if claimed else "")
        steps.append(Step(name, label, n, question.query(**changes)))
    return steps


def _firm(seen: Profile, level: int) -> int:
    return _listed(seen, lambda kind: kind.level >= level)


def _listed(seen: Profile, fits: Callable[[Kind], bool]) -> int:
    return seen.count(lambda kind: seen.listed(kind) and fits(kind))


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


def _excluded(seen: Profile) -> dict[str, int]:
    """Count what the series and the day of `known_on` left out, by reason."""
    excluded: dict[str, int] = {}
    for kind, n in seen.numbers.items():
        if seen.in_series(kind) or not seen.matched(kind):
            continue
        foiled = kind.outcome == Outcome.FOILED and kind.status != Status.RULED_OUT
        reason = kind.outcome if foiled else kind.status
        excluded[reason] = excluded.get(reason, 0) + n
    question = seen.question
    if question.values["known_on"]:
        surely = question.values["date_match"] != "possible"
        later = question.matching(surely=surely, series=False, known=False).count()
        if later:
            excluded["not_yet_known"] = later
    return excluded
