"""Incidents and counts as CSV (RFC 4180, UTF-8): fixed columns, one row an incident or cell.

Titles come from the web, so a cell that a spreadsheet would run as a formula begins with an
apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from django.db import connections
from django.db.models import QuerySet

from incidents.counts import Counts
from incidents.tables.cells import Cell, read, statement
from incidents.tables.columns import FREE, Kind

MEDIA_TYPE: Final = "text/csv"
# What a spreadsheet takes for a formula, also behind spaces and marks without width.
FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠−")
GUARD: Final = "'"
BLOCK: Final = 1 << 20


def write(found: QuerySet[Any], cells: Sequence[Cell], *, raw: bool = False) -> Iterator[bytes]:
    """Yield a header, then a line for each row of a queryset, many lines at a time.

    Text is guarded against being run as a formula, unless it is to be `raw`.
    """
    yield line([cell.name for cell in cells]).encode()
    postgresql = connections[found.db].vendor == "postgresql"
    yield from (_copied if postgresql else _joined_up)(found, cells, raw=raw)


@cache
def _pattern() -> str:
    """Return the same as `_is_formula`, for PostgreSQL; looking at each character takes a while."""
    passed = "".join(
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if char.isspace() or unicodedata.category(char) == "Cf"
    )
    return f"^{GUARD}*[{passed}]*[{''.join(sorted(FORMULA - {'-'}))}\\-]"


def _copied(found: QuerySet[Any], cells: Sequence[Cell], *, raw: bool) -> Iterator[bytes]:
    """Have PostgreSQL write the lines by itself."""
    sql, params, places = statement(found, cells)
    listed, parameters = [], []
    for n, cell in zip(places, cells, strict=True):
        column = f"t.c{n}"
        if cell.labels is not None:
            listed.append(f"%s::jsonb ->> {column}::text")
            parameters.append(json.dumps({str(k): str(v) for k, v in cell.labels.items()}))
        elif cell.kind in FREE and not raw:
            # What begins with a letter is no formula; most cells do.
            listed.append(
                f"CASE WHEN ASCII({column}) BETWEEN 65 AND 122 THEN {column} "
                f"WHEN {column} ~ %s THEN '{GUARD}{GUARD}' || {column} "
                f"ELSE NULLIF({column}, '') END"
            )
            parameters.append(_pattern())
        else:
            listed.append(column if cell.kind == Kind.INTEGER else f"NULLIF({column}, '')")
    names = ", ".join(f"c{n}" for n in sorted(set(places)))
    copy = f"COPY (SELECT {', '.join(listed)} FROM ({sql}) t({names})) TO STDOUT (FORMAT csv)"  # noqa: S608
    # Django's cursor takes no values for a COPY where it keeps what was asked.
    with (
        connections[found.db].cursor() as cursor,
        cursor.cursor.copy(copy, (*parameters, *params)) as copied,
    ):
        lines: list[bytes] = []
        size = 0
        for line in copied:
            lines.append(bytes(line)[:-1])  # each message is a line with its end
            size += len(line)
            if size > BLOCK:
                yield b"\r\n".join(lines) + b"\r\n"
                lines, size = [], 0
        if lines:
            yield b"\r\n".join(lines) + b"\r\n"


def _joined_up(found: QuerySet[Any], cells: Sequence[Cell], *, raw: bool) -> Iterator[bytes]:
    """Write the lines of any other database, column by column."""
    for read_columns in read(found, cells):
        columns = []
        for cell, column in zip(cells, read_columns, strict=True):
            if cell.kind == Kind.INTEGER and cell.labels is None:
                columns.append(["" if value is None else str(value) for value in column])
            elif cell.kind in FREE:
                guard = str if raw else guarded
                columns.append([_quoted(guard(value)) if value else "" for value in column])
            elif cell.labels is not None:
                # The same few, again and again.
                said = {value: _quoted(value) if value else "" for value in set(column)}
                columns.append([said[value] for value in column])
            else:
                # What is made here holds neither commas nor quotes.
                columns.append([value or "" for value in column])
        yield ("\r\n".join(map(",".join, zip(*columns, strict=True))) + "\r\n").encode()


def _quoted(text: str) -> str:
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text


def write_counts(counts: Counts, address: Callable[[str], str]) -> Iterator[str]:
    """Yield a header, a line for each cell and undated group, and the total."""
    header, lines = count_lines(counts, address)
    yield line([name for name, _kind in header])
    yield from map(line, lines)


def count_lines(
    counts: Counts, address: Callable[[str], str]
) -> tuple[list[tuple[str, Kind]], list[list[Any]]]:
    """Return the header of a count and its lines: each cell, each undated group, the total.

    `address` makes the address of the list behind a cell from its query.
    """
    keys = [*counts.by, *([counts.interval] if counts.interval else [])]
    numbers = [(name, Kind.INTEGER) for name in ("count", "low", "high")]
    header = [*((key, Kind.CODE) for key in keys), ("label", Kind.TEXT), *numbers]
    lines: list[list[Any]] = []
    for cell in counts.cells:
        key = [cell.key[name] for name in keys]
        lines.append([*key, cell.label, cell.count, cell.low, cell.high, address(cell.query)])
    for row in counts.undated:
        key = [row.key.get(name, f"undated: {row.period}") for name in keys]
        lines.append([*key, f"Undated, {row.period}", row.count, "", "", ""])
    total = ["total", *[""] * (len(keys) - 1)] if keys else []
    query = counts.question.query()
    lines.append([*total, "Total", counts.total, counts.low, counts.high, address(query)])
    return [*header, ("url", Kind.LINK)], lines


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; `unguarded` gives it back."""
    # What begins with a letter or digit is no formula; most cells do.
    if text[:1].isalnum():
        return text
    return f"{GUARD}{text}" if _is_formula(text.lstrip(GUARD)) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made a cell of."""
    return cell[1:] if cell[:1] == GUARD and _is_formula(cell.lstrip(GUARD)) else cell


def _is_formula(text: str) -> bool:
    for char in text:
        if char in FORMULA:
            return True
        if not (char.isspace() or unicodedata.category(char) == "Cf"):
            return False
    return False


def line(cells: Iterable[Any]) -> str:
    """Return cells as one line, text guarded against being run as a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    )
    return out.getvalue()
