"""Lines as a workbook (XLSX): text is written as text, so no cell is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import IO, Any, Final
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from incidents.refusals import InvalidQuestion
from incidents.tables.columns import Kind

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# More would take minutes; a sheet ends at 1,048,576 rows.
MOST_ROWS: Final = 100_000
# What a cell of a workbook holds.
MOST_CHARACTERS: Final = 32_767
# Workbooks know no day before this one.
_FIRST_DAY: Final = date(1900, 1, 1)
_SETTINGS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def refuse_many(rows: int) -> None:
    """Refuse to write more rows than a workbook is good for.

    Raises InvalidQuestion.
    """
    if rows > MOST_ROWS:
        told = _("%(n)d rows are too many for a workbook of %(most)d; narrow it, or take CSV.")
        raise InvalidQuestion({"question": [told % {"n": rows, "most": MOST_ROWS}]})


def refuse_long(longest: Mapping[str, int]) -> None:
    """Refuse texts longer than a cell, by the characters of the longest of each column.

    Raises InvalidQuestion.
    """
    told = _("A cell of %(name)s has %(n)d characters; %(most)d fit. Leave it out, or take CSV.")
    errors = [
        told % {"name": name, "n": n, "most": MOST_CHARACTERS}
        for name, n in longest.items()
        if n > MOST_CHARACTERS
    ]
    if errors:
        raise InvalidQuestion({"fields": errors})


def write(
    file: IO[bytes],
    name: str,
    header: Sequence[tuple[str, Kind]],
    lines: Iterable[Sequence[Any]],
    about: Mapping[str, Any],
) -> None:
    """Write lines as a sheet of a workbook, and what they are as another one.

    Raises ValueError where a text is longer than a cell.
    """
    with Workbook(file, dict(_SETTINGS)) as book:
        book.set_properties({"created": timezone.now().replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for column, (title, _kind) in enumerate(header):
            sheet.write_string(0, column, title, bold)
        for n, cells in enumerate(lines, start=1):
            for column, value in enumerate(cells):
                kind = header[column][1]
                if kind == Kind.DAY and (written := _day(value)):
                    sheet.write_datetime(n, column, written, day)
                else:
                    _write(sheet, n, column, kind, value)
        told = book.add_worksheet("about")
        told.set_column(0, 0, 24)
        row = 0
        for title, value in about.items():
            told.write_string(row, 0, title, bold)
            text = urlencode(value, doseq=True) if isinstance(value, Mapping) else str(value)
            for start in range(0, max(len(text), 1), MOST_CHARACTERS):
                told.write_string(row, 1, text[start : start + MOST_CHARACTERS])
                row += 1


def _write(sheet: Any, row: int, column: int, kind: Kind, value: Any) -> None:
    if value is None or value == "":
        return
    if kind in (Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT) and not isinstance(value, bool):
        sheet.write_number(row, column, float(value))
        return
    text = str(value)
    if sheet.write_string(row, column, text):
        raise ValueError(f"Row {row} holds a text of {len(text)} characters.")


def _day(value: Any) -> date | None:
    """Return a day as workbooks can hold it, which have none before 1900; None for all else."""
    found = date.fromisoformat(value) if isinstance(value, str) and value else value
    return found if isinstance(found, date) and found >= _FIRST_DAY else None
