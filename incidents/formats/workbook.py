"""Lines as a workbook (XLSX): text is written as text, so no cell is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any, Final

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
_SETTINGS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def refuse_long(rows: int) -> None:
    """Refuse to write more rows than a workbook is good for.

    Raises InvalidQuestion.
    """
    if rows > MOST_ROWS:
        told = _("%(n)d rows are too many for a workbook of %(most)d; narrow it, or take CSV.")
        raise InvalidQuestion({"question": [told % {"n": rows, "most": MOST_ROWS}]})


def write(
    file: IO[bytes],
    name: str,
    header: Sequence[tuple[str, Kind]],
    lines: Iterable[Sequence[Any]],
    about: Mapping[str, Any],
) -> None:
    """Write lines as a sheet of a workbook, and what they are as another one.

    Raises InvalidQuestion where a text is longer than a cell.
    """
    with Workbook(file, dict(_SETTINGS)) as book:
        book.set_properties({"created": timezone.now().replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for column, (title, _kind) in enumerate(header):
            sheet.write_string(0, column, title, bold)
        for row, cells in enumerate(lines, start=1):
            for column, value in enumerate(cells):
                _write(sheet, row, column, header[column], value)
        told = book.add_worksheet("about")
        told.set_column(0, 0, 24)
        for row, (title, value) in enumerate(about.items()):
            told.write_string(row, 0, title, bold)
            told.write_string(row, 1, str(value)[:MOST_CHARACTERS])


def _write(sheet: Any, row: int, column: int, title: tuple[str, Kind], value: Any) -> None:
    name, kind = title
    if value is None or value == "":
        return
    if kind in (Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT) and not isinstance(value, bool):
        sheet.write_number(row, column, float(value))
        return
    text = str(value)
    if len(text) > MOST_CHARACTERS:
        told = _("Row %(row)d holds more than a cell of a workbook takes; take CSV.") % {"row": row}
        raise InvalidQuestion({name: [told]})
    sheet.write_string(row, column, text)
