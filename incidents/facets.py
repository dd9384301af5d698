"""Facets: for each choice of the filter form, how many incidents it would list.

A facet ignores what is asked of itself and obeys everything else; what is chosen stays there,
even at 0, and `none`, no value, is a choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from .codebook import Series
from .contradictions import ALONE
from .counts import grouped
from .dimensions import labels
from .filters import MANY, ask, query_of
from .labels import LABELS
from .questions import NONE, Question

PERIOD: Final = ("year", "from", "to")
FACETS: Final = (
    "year",
    "event_type",
    "country",
    "region",
    "attributed_to",
    "level",
    "actor",
    "claimant_kind",
    "status",
    "outcome",
    "severity",
    "domain",
    "target_country",
    "sector",
    "target_kind",
    "campaign",
    "publisher",
    "language",
)
FIRST: Final = ("year", "event_type", "country", "attributed_to", "status")
SHOWN: Final = 8
MOST: Final = 60
_SERIES_MADE_OF: Final = ("status", "outcome")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value with the number of incidents that it, chosen alone, would list; None: not counted."""

    code: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one parameter, the largest first."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def alone(self) -> bool:
        """Whether `none` excludes the other values."""
        return self.name in ALONE

    @property
    def first(self) -> bool:
        """Whether it is one of those that most readers look for."""
        return self.name in FIRST

    @property
    def shown(self) -> list[Choice]:
        """The largest choices, and what is chosen."""
        return [choice for n, choice in enumerate(self.choices) if n < SHOWN or choice.chosen]

    @property
    def rest(self) -> list[Choice]:
        """The choices that are shown on demand, as far as a page can hold them."""
        return [c for n, c in enumerate(self.choices) if SHOWN <= n < MOST and not c.chosen]

    @property
    def beyond(self) -> int:
        """How many choices the page leaves out, the smallest ones."""
        return sum(n >= MOST and not choice.chosen for n, choice in enumerate(self.choices))

    @property
    def single(self) -> bool:
        """Whether only one value can be asked for."""
        return self.name not in MANY

    @property
    def chosen(self) -> list[Choice]:
        """The choices that are asked for."""
        return [choice for choice in self.choices if choice.chosen]


def facets(question: Question, names: Iterable[str] = FACETS) -> list[Facet]:
    """Return the facets of a question."""
    return [facet(question, name) for name in names]


def facet(question: Question, name: str) -> Facet:
    """Return the facet of one parameter."""
    if name == "year":
        return _years(question)
    chosen = question.asked.get(name, ())
    found = grouped(_apart_from(question, name), name, _assign(question, name))
    codes = [*found, *(code for code in chosen if code not in found)]
    called = labels(name, codes)
    choices = [Choice(code, called[code], found.get(code, 0), code in chosen) for code in codes]
    choices.sort(key=lambda c: (c.code == NONE, -(c.count or 0), c.label))
    return Facet(name, str(LABELS[name]), choices)


def _years(question: Question) -> Facet:
    """Return the facet of years: it ignores the whole period, for that is what a year is."""
    apart = question.params(**dict.fromkeys(PERIOD))
    chosen = question.asked.get("year", ())
    found = grouped(ask(query_of(apart), question.asker), "year")
    codes = {*(code for code, n in found.items() if n), *chosen}
    choices = [
        Choice(code, code, found.get(code, 0), code in chosen)
        for code in sorted(codes, reverse=True)
    ]
    return Facet("year", str(LABELS["year"]), choices)


def _apart_from(question: Question, name: str) -> Question:
    """Return the question without what it asks of one parameter.

    A series is made of statuses and outcomes and asking for one of those widens it to all; so
    where none is asked for, all are shown.
    """
    primary = question.asked.get("primary", ())
    if name not in {*question.asked, *primary, *_SERIES_MADE_OF}:
        return question
    changes: dict[str, Any] = {name: None}
    if name in _SERIES_MADE_OF:
        changes["series"] = Series.ALL.value
    changes["primary"] = [item for item in primary if item != name] or None
    return ask(query_of(question.params(**changes)), question.asker)


def _assign(question: Question, name: str) -> str:
    """Return how a facet assigns incidents: as the filter of its name would find them."""
    return "primary" if name in question.values["primary"] else "any"
