"""Lines of tables as the database makes them: each cell is text, a whole number, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections
from django.db.models import Max, QuerySet
from django.db.models.functions import Length

from incidents.questions import Question

from .columns import Column, Group, Kind, leaves

CHUNK: Final = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of each line; with `labels`, what the code of its `source` is called."""

    name: str
    source: str
    kind: Kind
    expression: Any
    says: str = ""
    labels: Mapping[Any, Any] | None = None

    @property
    def shown_as(self) -> Kind:
        """What stands in the cell: a label is text, whatever its code is."""
        return self.kind if self.labels is None else Kind.TEXT


def cells_of(columns: Sequence[Column | Group], question: Question) -> list[Cell]:
    """Return the cells of columns; of objects that have a key, the key alone."""
    return [
        Cell(name, name, column.kind, column.written(question, path), column.says)
        for name, path, column in leaves(columns, keys=True)
    ]


def statement(
    found: QuerySet[Any], cells: Sequence[Cell]
) -> tuple[str, tuple[Any, ...], list[int]]:
    """Return the statement of the lines of a queryset, its parameters, and where each cell is.

    A code and its label are read once.
    """
    sources = {cell.source: cell.expression for cell in cells}
    sql, params = found.values_list(*sources.values()).query.sql_with_params()
    position = {source: n for n, source in enumerate(sources)}
    return sql, tuple(params), [position[cell.source] for cell in cells]


def longest(found: QuerySet[Any], cells: Sequence[Cell]) -> dict[str, int]:
    """Return how many characters the longest text has of each column that joins several."""
    joined = {cell.name: Max(Length(cell.expression)) for cell in cells if cell.kind == Kind.TEXTS}
    return {name: n or 0 for name, n in found.order_by().aggregate(**joined).items()}


def read(found: QuerySet[Any], cells: Sequence[Cell]) -> Iterator[list[Sequence[Any]]]:
    """Yield lines, some at a time, column by column, with labels where they are wanted."""
    connection = connections[found.db]
    sql, params, places = statement(found, cells)
    called = [
        cell.labels and {code: str(label) for code, label in cell.labels.items()} for cell in cells
    ]
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while lines := cursor.fetchmany(CHUNK):
            columns = list(zip(*lines, strict=True))
            yield [
                columns[n] if labels is None else [labels.get(code, code) for code in columns[n]]
                for n, labels in zip(places, called, strict=True)
            ]
