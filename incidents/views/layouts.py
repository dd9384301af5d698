"""How a list is shown: as cards, as a table with columns of one's choice, or on maps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from incidents.filters import DEFAULTS
from incidents.pages import Page, page_of_models
from incidents.questions import Question
from incidents.sheets import COLUMNS, ORDERS, USUAL, page_of_lines

from .strict import refuse_others, single

LAYOUTS: Final = {
    "cards": gettext_lazy("Cards"),
    "table": gettext_lazy("Table"),
    "map": gettext_lazy("Map"),
}
OWN: Final = ("layout", "columns")
# The panels of a list on maps.
MAPS: Final = ("europe", "world")


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to show the same list; `current` is what ARIA says of it."""

    label: str
    kept: str
    current: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the table: its title, and the query of the list in its order, if it has one."""

    name: str
    label: str
    query: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How the list of a question is shown."""

    question: Question
    name: str
    columns: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What an address says of it: nothing, where it is the usual one."""
        named = [("layout", self.name)] if self.name != "cards" else []
        chosen = self.columns if self.columns != USUAL else ()
        return [*named, *(("columns", name) for name in chosen)]

    @property
    def kept(self) -> str:
        """The same, to stand behind the query of a question."""
        return _behind(self.pairs)

    @property
    def ordered(self) -> str:
        """The query of the list from its first page on."""
        order = self.question.values["order"]
        return self.question.query(order=[order] if order != DEFAULTS["order"] else None)

    @property
    def ways(self) -> list[Way]:
        """The ways to show it."""
        return [
            Way(
                str(label),
                Layout(self.question, name, self.columns).kept,
                "true" if name == self.name else "",
            )
            for name, label in LAYOUTS.items()
        ]

    @property
    def heads(self) -> list[Head]:
        """The columns of the table as they are headed."""
        return [self._head(name) for name in self.columns]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Each column that there is, and whether it is shown."""
        return [(name, str(label), name in self.columns) for name, label in COLUMNS.items()]

    @property
    def fields(self) -> str:
        """The columns as an export takes them."""
        return urlencode([("fields", name) for name in self.columns])

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the form of columns carries along: the question and its order."""
        order = self.question.values["order"]
        asked = [(name, value) for name, values in self.question.asked.items() for value in values]
        return [*asked, ("order", order), ("layout", "table")]

    @property
    def pages(self) -> Callable[[Question], Page[Any]]:
        """What reads a page of the list."""
        return (
            partial(page_of_lines, names=self.columns) if self.name == "table" else page_of_models
        )

    def _head(self, name: str) -> Head:
        label, order = str(COLUMNS[name]), ORDERS.get(name)
        if order is None:
            return Head(name, label, "", "")
        now = self.question.values["order"]
        other = order if now == f"-{order}" else f"-{order}"
        sorted_ = {order: "ascending", f"-{order}": "descending"}.get(now, "")
        return Head(name, label, self.question.query(order=[other]) + self.kept, sorted_)


def layout_of(params: QueryDict, question: Question) -> Layout:
    """Return how the address of a list wants it shown; raises InvalidQuestion."""
    named = single(params, "layout") or "cards"
    refuse_others("layout", named, LAYOUTS)
    chosen = [name for names in params.getlist("columns") for name in names.split(",") if name]
    for name in chosen:
        refuse_others("columns", name, COLUMNS)
    # In the order of the table, each once.
    columns = tuple(name for name in COLUMNS if name in chosen)
    return Layout(question, named, columns or USUAL)


def _behind(pairs: list[tuple[str, str]]) -> str:
    return f"&{urlencode(pairs)}" if pairs else ""
