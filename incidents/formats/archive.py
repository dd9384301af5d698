"""Long tables with keys, as CSV in one ZIP with a data package that says what they are."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from articles.models import Article, Publisher
from incidents.about import CSVW_TYPES
from incidents.questions import Question
from incidents.tables.cells import Cell, cells_of
from incidents.tables.columns import Column, Kind
from incidents.tables.nested import (
    ARTICLE,
    CITATIONS,
    CLAIMS,
    INCIDENTS,
    PUBLISHER,
    SOURCES,
    TABLES,
    reference,
)

from . import csv

MEDIA_TYPE: Final = "application/zip"
# Each row says of which edition it is.
_OWNER: Final = (
    Column("reference", Kind.CODE, lambda _question: reference("incident__")),
    Column("edition", Kind.INTEGER, "incident__number"),
)
# Two houses may each hold an article of one address, so that its digest is no key.
_PRIMARY: Final = {
    "incidents": ["reference"],
    "publishers": ["slug"],
    **{table.name: ["reference", "uid"] for table in TABLES},
}
# The columns of a table that lead to another one: its name, and that of the column there.
_FOREIGN: Final = {
    **{table.name: {"reference": ("incidents", "reference")} for table in TABLES},
    "articles": {"publisher": ("publishers", "slug")},
}
# The names of a data package that differ from those of CSV on the Web.
_TYPES: Final[dict[Kind, str]] = {
    **{kind: name for kind, name in CSVW_TYPES.items() if kind != Kind.LINK},
    Kind.NUMBER: "number",
    Kind.AMOUNT: "number",
    Kind.MOMENT: "datetime",
}
Tables = Iterator[tuple[str, str, QuerySet[Any], list[Cell]]]


def write(question: Question, about: dict[str, Any], *, raw: bool = False) -> Iterator[bytes]:
    """Yield the archive, part by part; one that is cut off has no list of contents."""
    sink = _Sink()
    resources = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, says, found, cells in tables(question):
            digest, size = hashlib.sha256(), 0
            with archive.open(_entry(f"{name}.csv"), "w", force_zip64=True) as file:
                for part in csv.write(found, cells, raw=raw):
                    digest.update(part)
                    size += len(part)
                    file.write(part)
                    yield sink.taken()
            resources.append(_resource(name, says, cells, digest.hexdigest(), size))
        package = {
            "name": "hti-incidents",
            "title": about["question"],
            "licenses": [{"name": "CC-BY-4.0", "path": about["licence"]}],
            "profile": "tabular-data-package",
            "about": about,
            "resources": resources,
        }
        archive.writestr(_entry("datapackage.json"), json.dumps(package, indent=1, default=str))
    yield sink.taken()


def tables(question: Question) -> Tables:
    """Yield each table: its name, what it holds, its rows and their cells."""
    listed = question.incidents()
    editions = listed.order_by("record_id")
    yield "incidents", "Editions of records.", editions, cells_of(INCIDENTS, question)
    keys = listed.order_by().values("pk")
    cited: Any = Article.objects.none()
    for table in TABLES:
        rows = table.rows(question, question.past).filter(incident__in=keys)
        columns = (*_OWNER, *table.columns, *((SOURCES,) if table is CLAIMS else ()))
        if table is CITATIONS:
            cited = rows.order_by().values("article")
        ordered = rows.order_by("incident__record_id", *rows.query.order_by)
        yield table.name, table.says, ordered, cells_of(columns, question)
    articles = Article.objects.filter(pk__in=cited).order_by("address_digest", "pk")
    yield "articles", "Articles that are cited.", articles, cells_of(ARTICLE, question)
    outlets = Publisher.objects.filter(pk__in=articles.order_by().values("publisher"))
    yield "publishers", "Outlets.", outlets.order_by("slug"), cells_of(PUBLISHER, question)


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without a time, so that the same data makes the same archive."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _resource(
    name: str, says: str, cells: Sequence[Cell], digest: str, size: int
) -> dict[str, Any]:
    """Return how a data package tells of a table."""
    fields = [
        {
            "name": cell.name,
            "type": _TYPES.get(cell.kind, "string"),
            **({"description": cell.says} if cell.says else {}),
        }
        for cell in cells
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if primary := _PRIMARY.get(name):
        schema["primaryKey"] = primary
    if foreign := _FOREIGN.get(name):
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [its]}}
            for column, (other, its) in foreign.items()
        ]
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": says,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": csv.MEDIA_TYPE,
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


class _Sink(io.RawIOBase):
    """What is written is kept until it is taken; nothing can be gone back to."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, part: Any) -> int:
        """Keep a part."""
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        """Return what was kept, and forget it."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
