"""The list of a question as a table: the cells of the CSV, said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from articles import edtf
from articles.codebook import Marking
from articles.countries import COUNTRIES

from .codebook import Domain, EventType, State
from .pages import Page, page
from .querysets.editions import IncidentQuerySet
from .questions import Question
from .tables.cells import Cell
from .tables.columns import SEPARATOR, Kind
from .tables.flat import LABELLED, cells, lines
from .tables.nested import PLACES, reference

# What can be shown, in the order of the table, and what it is called there.
COLUMNS: Final[dict[str, Any]] = {
    "occurred": _("When"),
    "title": _("Title"),
    "event_type": _("Event type"),
    "other_event_types": _("Other event types"),
    "domains": _("Domains"),
    "country": _("Country"),
    "countries": _("All countries"),
    "place": _("Place"),
    "sector": _("Sector"),
    "target_kind": _("Kind of target"),
    "target_country": _("Country of the target"),
    "targets": _("Targets"),
    "status": _("Status"),
    "outcome": _("Outcome"),
    "severity": _("Severity"),
    "attributed_to": _("Traced to"),
    "highest_level": _("Highest level"),
    "campaign": _("Campaign"),
    "published_at": _("Published"),
    "edition": _("Edition"),
    "state": _("State"),
    "marking": _("Marking"),
    "reference": _("Reference"),
}
USUAL: Final = (
    *("occurred", "title", "event_type", "country", "sector"),
    *("status", "attributed_to", "highest_level", "reference"),
)
# The order of the list that follows a column.
ORDERS: Final = {"occurred": "onset", "severity": "severity", "published_at": "published"}
_CALLED: Final[dict[str, Mapping[Any, Any]]] = {
    "other_event_types": dict(EventType.choices),
    "domains": dict(Domain.choices),
    "countries": PLACES,
    "attributed_to": COUNTRIES,
    "state": dict(State.choices),
    "marking": dict(Marking.choices),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is read; one of each line `leads` to the incident."""

    column: str
    text: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in a table; `past` where its edition is not the present one."""

    sort_key: Any
    reference: str
    number: int
    past: bool
    cells: list[Shown]


def page_of_lines(question: Question, names: Sequence[str]) -> Page[Line]:
    """Return the page of a question as lines with the columns of `names`.

    Raises InvalidQuestion where its cursor is of another list.
    """
    wanted = [_cell(name, question) for name in names]
    leading = next((name for name in ("title", "reference") if name in names), names[0])

    def shown(values: Sequence[Any]) -> list[Shown]:
        told = (_word(cell, value) for cell, value in zip(wanted, values, strict=True))
        return [Shown(name, text, name == leading) for name, text in zip(names, told, strict=True)]

    def load(found: IncidentQuerySet) -> list[Line]:
        made = {f"cell_{cell.name}": cell.expression for cell in wanted}
        rows = lines(found).annotate(**made, cell_key=reference())
        return [
            Line(key, name, number, ended is not None, shown(values))
            for key, name, number, ended, *values in rows.values_list(
                "sort_key", "cell_key", "number", "ended_at", *made
            )
        ]

    return page(question, load)


def _cell(name: str, question: Question) -> Cell:
    """Return the cell of a column: of what has codes and labels, the label."""
    wanted = f"{name}_label" if name in LABELLED else name
    return cells(question, {wanted})[0]


def _word(cell: Cell, value: Any) -> str:
    if value is None or value == "":
        return ""
    called = cell.labels or _CALLED.get(cell.name)
    if called is not None and cell.kind == Kind.CODES:
        return ", ".join(str(called.get(code, code)) for code in str(value).split(SEPARATOR))
    if called is not None:
        return str(called.get(value, value))
    told = _WORDS.get(cell.name, str)
    return told(value)


def _moment(value: Any) -> str:
    return edtf.day_in_words(datetime.fromisoformat(str(value)).date())


_WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "occurred": edtf.in_words,
    "published_at": _moment,
}
