"""What a panel shows of a question: a sentence, a picture, and the table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.utils.translation import gettext as _

from incidents.charts.drawing import Drawing
from incidents.counts import Cell
from incidents.questions import NONE, Question, encoded, joined

MOST: Final = 12
# Hundreds of outlets in a closed table make the page of a phone slow.
ROWS_ON_A_PAGE: Final = 60


class Draw(Protocol):
    """Draws a body for a width, to the scale of `most`; `look` tells two questions apart."""

    def __call__(self, width: int, most: int = 0, look: str = "") -> Drawing:
        """Return the picture."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of incidents, and the query that lists just these, where there is one."""

    count: int
    query: str | None

    @property
    def counted(self) -> bool:
        """That it is a number, which templates cannot tell by its type."""
        return True

    def __str__(self) -> str:
        return str(self.count)


@dataclass(frozen=True, slots=True)
class Table:
    """The table twin of a picture."""

    head: tuple[str, ...]
    rows: list[tuple[str | Number, ...]]

    @property
    def shown(self) -> list[tuple[str | Number, ...]]:
        """The rows a page holds; a file holds all."""
        return self.rows[:ROWS_ON_A_PAGE]

    @property
    def others(self) -> int:
        """How many rows only a file holds."""
        return max(0, len(self.rows) - ROWS_ON_A_PAGE)


@dataclass(frozen=True, slots=True)
class Body:
    """What is shown of one question; `most` is the largest number drawn.

    A `fixed` picture is the same for every width.
    `counted` is the query of the same count for programs, where there is one.
    """

    says: str
    table: Table
    draw: Draw | None = None
    most: int = 0
    notes: list[str] = field(default_factory=list)
    counted: str = ""
    fixed: bool = False

    @property
    def bare(self) -> bool:
        """Whether the table is all there is to see."""
        return self.draw is None


def ranked(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells that hold something, the largest first, and what has no value last."""
    there = [cell for cell in cells if cell.high]
    return sorted(there, key=lambda cell: (NONE in cell.key.values(), -cell.count, -cell.high))


def first_in_words(cells: Sequence[Cell], total: int) -> str:
    """Say which groups hold most: Poland 27, Germany 19 and Lithuania 12, of 207."""
    named = [cell for cell in cells if NONE not in cell.key.values() and cell.count][:3]
    if not named:
        return _("None of the %(total)s has a value here.") % {"total": f"{total:,}"}
    said = [f"{cell.label} {cell.count:,}" for cell in named]
    listed = said[0] if len(said) == 1 else ", ".join(said[:-1]) + _(" and ") + said[-1]
    return _("Most: %(listed)s, of %(total)s.") % {"listed": listed, "total": f"{total:,}"}


def table_of(head: str, cells: Iterable[Cell]) -> Table:
    """Return a table of groups with their numbers."""
    shown = list(cells)
    uncertain = any(cell.high > cell.low for cell in shown)
    heads = (head, _("Incidents"), *((_("up to"),) if uncertain else ()))
    return Table(
        heads,
        [
            (
                cell.label,
                Number(cell.count, cell.query),
                *((f"{cell.high:,}",) if uncertain else ()),
            )
            for cell in shown
        ],
    )


def left_out(n: int) -> list[str]:
    """Say how many groups a picture leaves to its table."""
    if n <= 0:
        return []
    return [_("%(n)d smaller ones are in the table.") % {"n": n}]


def counted(question: Question, *by: str, interval: str = "", **changes: str) -> str:
    """Return the query of a count for programs: a question, and what it is split by."""
    asked = question.params(**{name: [value] for name, value in changes.items()})
    split = {"by": list(by), **({"interval": [interval]} if interval else {})}
    return joined(encoded({**asked, **{name: values for name, values in split.items() if values}}))
