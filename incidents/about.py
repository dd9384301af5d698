"""What a file holds, said beside it: question, version of the data, rows, columns, licence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone

from articles.codebook import CODEBOOK_VERSION, strictest

from . import versions
from .answers import repeatable
from .questions import Question
from .tables.cells import Cell
from .tables.columns import SEPARATOR, Kind
from .words import in_words

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
# The names that the W3C's metadata of tables and data packages have for what a cell holds.
CSVW_TYPES: Final[dict[Kind, str]] = {
    Kind.INTEGER: "integer",
    Kind.NUMBER: "double",
    Kind.AMOUNT: "decimal",
    Kind.TRUTH: "boolean",
    Kind.DAY: "date",
    Kind.MOMENT: "dateTime",
    Kind.LINK: "anyURI",
}
KEY: Final = "reference"
_JOINED: Final = (Kind.TEXTS, Kind.CODES)


def about(question: Question, address: str) -> dict[str, Any]:
    """Return what identifies the data of a file, so that it can be checked and cited.

    `address` is where the file is from.
    """
    words, version = in_words(question), versions.of_public().version
    by_marking = question.incidents().order_by().values_list("effective_marking")
    marked = dict(by_marking.annotate(n=Count("pk")))
    rows = sum(marked.values())
    as_of, known_on = question.values["as_of"], question.values["known_on"]
    today = timezone.now().date().isoformat()
    return {
        "question": words,
        "params": question.effective(),
        "rows": rows,
        "as_of": as_of.isoformat() if as_of else None,
        "known_on": known_on.isoformat() if known_on else None,
        "public_version": version,
        "codebook_version": CODEBOOK_VERSION,
        "marking": strictest(list(marked)),
        "licence": LICENCE,
        "taken_at": timezone.now().isoformat(timespec="seconds"),
        "url": address,
        "citation": (
            f"HTI, “{words}”, {rows} incidents, taken on {today}, public version {version}, "
            f"codebook {CODEBOOK_VERSION}, {repeatable(question, address)}"
        ),
    }


def table_metadata(told: dict[str, Any], cells: Sequence[Cell], file: str) -> dict[str, Any]:
    """Return what a table holds as metadata of CSV on the Web."""
    schema: dict[str, Any] = {"columns": [_column(cell) for cell in cells]}
    if any(cell.name == KEY for cell in cells):
        schema["primaryKey"] = KEY
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": file,
        "dc:title": told["question"],
        "dc:license": {"@id": told["licence"]},
        "dc:bibliographicCitation": told["citation"],
        "dialect": {"lineTerminators": ["\r\n"], "encoding": "utf-8"},
        "notes": [told],
        "tableSchema": schema,
    }


def _column(cell: Cell) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": cell.name,
        "titles": cell.name,
        "datatype": CSVW_TYPES.get(cell.shown_as, "string"),
    }
    if cell.says:
        said["dc:description"] = cell.says
    if cell.kind in _JOINED:
        said["separator"] = SEPARATOR
    return said
