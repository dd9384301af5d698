"""What the incidents of a question are made of, by one grouped statement.

Bounds, ladders, the strictest marking and the caveat on dates are sums over the same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, Count, Expression, F, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from articles.clearance import clearance

from .querysets.editions import series_sets
from .questions import Question
from .tallies import dated


class Kind(NamedTuple):
    """What some incidents have in common; `sure` is whether they match for certain."""

    status: str
    outcome: str
    marking: str
    approximate: bool
    level: int
    contested: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """How many incidents of a question there are of each kind, whatever series is asked for."""

    question: Question
    numbers: dict[Kind, int]

    def count(self, fits: Callable[[Kind], bool]) -> int:
        """Count the incidents of the kinds that fit."""
        return sum(n for kind, n in self.numbers.items() if fits(kind))

    def in_series(self, kind: Kind) -> bool:
        """Tell whether a kind is of the series that is asked for."""
        statuses, outcomes = series_sets(self.question.values["series"])
        return kind.status in statuses and kind.outcome in outcomes

    def listed(self, kind: Kind) -> bool:
        """Tell whether the question lists a kind, as certain or possible as it asks for."""
        return self.in_series(kind) and self.matched(kind)

    def matched(self, kind: Kind) -> bool:
        """Tell whether a kind is as certain or possible as asked, in whatever series."""
        return kind.sure or self.question.values["date_match"] == "possible"

    @property
    def low(self) -> int:
        """How many match for certain."""
        return self.count(lambda kind: self.in_series(kind) and kind.sure)

    @property
    def high(self) -> int:
        """How many also possibly match."""
        return self.count(self.in_series)


def profile(question: Question) -> Profile:
    """Return the profile of a question."""
    found, sure = dated(question, series=False)
    columns: dict[str, Any] = {
        "kind_status": F("known_status"),
        "kind_outcome": F("outcome"),
        "kind_marking": F("effective_marking"),
        "kind_approximate": F("approximate"),
        **_claimed(question),
    }
    if sure is not None:
        columns["sure"] = Case(When(sure, then=Value(1)), default=Value(0))
    rows = found.annotate(**columns).order_by().values_list(*columns).annotate(n=Count("pk"))
    numbers: dict[Kind, int] = {}
    for status, outcome, marking, approximate, *said, n in rows:
        level, contested, *rest = said if len(said) > 1 else (0, False, *said)
        kind = Kind(
            status,
            outcome,
            marking,
            bool(approximate),
            level,
            bool(contested),
            bool(rest[-1]) if sure is not None else True,
        )
        numbers[kind] = numbers.get(kind, 0) + n
    return Profile(question, numbers)


def _claimed(question: Question) -> dict[str, Expression | F]:
    """Return the level and whether it is contested, of all claims that the asker may read today.

    Everybody reads those that are CLEAR, and the edition holds what they say; only where there
    are stricter ones, and for those who may read such, the claims themselves are asked. Of a
    past day nothing is told here.
    """
    if question.values["known_on"]:
        return {}
    level, contested = F("clear_level"), F("clear_contested")
    if clearance(question.asker).public:
        return {"kind_level": level, "kind_contested": contested}
    highest = question.highest_level()
    own = Coalesce(Subquery(highest), Value(0))
    clear = Q(beyond_clear=False)
    return {
        "kind_level": Case(When(clear, then=level), default=own),
        "kind_contested": Case(
            When(clear, then=contested),
            When(question.contested(), then=Value(True)),
            default=Value(False),
        ),
    }
