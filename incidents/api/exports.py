"""Files for programs and spreadsheets: all incidents of a question, or its numbers."""

from __future__ import annotations

import hashlib
import tempfile
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Any, Final

from django.db import OperationalError, connection
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import versions
from incidents.about import LICENCE, about, table_metadata
from incidents.answers import answer, count_for
from incidents.filters import COUNTED, SHAPED, WRITTEN
from incidents.formats import archive, csv, geojson, parquet, workbook
from incidents.pages import ordered
from incidents.questions import Question
from incidents.snapshots import snapshot
from incidents.tables.cells import longest, read
from incidents.tables.flat import FLAT, cells, lines
from incidents.tables.stitch import all_stitched

from . import schema
from .incidents import addresses, chosen
from .kept import kept
from .rendering import as_json
from .views import OpenView

ORDERED: Final = frozenset({"order"})
NDJSON: Final = "application/x-ndjson"
CSVW: Final = "application/csvm+json"
ROWS: Final = "HTI-Rows"
BLOCK: Final = 1 << 16
Parts = Iterator[bytes]


class FileView(OpenView, ABC):
    """All incidents of a question as a file, from one snapshot of the data."""

    media_type: str
    name: str
    besides: frozenset[str] = ORDERED
    # Whether it has the columns of the flat table.
    flat: bool = False

    @abstractmethod
    def written(self, request: Request, question: Question, rows: int) -> Parts:
        """Return the file, part by part, none of which is made yet; refuse what cannot be."""

    def answered(self, request: Request) -> HttpResponseBase:
        """Return the file of a question."""
        question = self.asked(request, self.besides)
        with snapshot():
            rows = question.incidents().count()
            parts = _unmoved(self.written(request, question, rows), question)
        return sent(request, parts, self.media_type, self.name, rows, self._described(request))

    def _described(self, request: Request) -> str:
        """Return the address of what describes the data of the file, and of a table the columns."""
        told = request.query_params.copy()
        if not self.flat:
            for name in SHAPED:
                told.pop(name, None)
        return self.address("api-incidents-csv-metadata", told.urlencode())


class IncidentsCsvView(FileView):
    """The incidents of a question as CSV."""

    media_type, name, besides = csv.MEDIA_TYPE, "incidents.csv", ORDERED | WRITTEN | {"fields"}
    flat = True

    @kept
    @extend_schema(
        parameters=schema.parameters(besides),
        responses={(200, csv.MEDIA_TYPE): OpenApiTypes.STR, **schema.REFUSED},
        operation_id="incidents_csv",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a line for each incident."""
        return self.answered(request)

    def written(self, request: Request, question: Question, rows: int) -> Parts:
        """Yield the lines."""
        wanted = cells(question, chosen(question.values, FLAT))
        raw = bool(question.values["raw"])
        return csv.write(lines(ordered(question)), wanted, raw=raw)


class IncidentsNdjsonView(FileView):
    """The incidents of a question as lines of JSON."""

    media_type, name, besides = NDJSON, "incidents.ndjson", ORDERED | SHAPED

    @kept
    @extend_schema(
        parameters=schema.parameters(besides),
        responses={(200, NDJSON): OpenApiTypes.STR, **schema.REFUSED},
        operation_id="incidents_ndjson",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write each incident with its rows on a line, as the list shows it."""
        return self.answered(request)

    def written(self, request: Request, question: Question, rows: int) -> Parts:
        """Yield the lines."""
        fields = chosen(question.values)
        told = all_stitched(ordered(question), question, addresses(request), fields)
        return gathered(as_json(one) + b"\n" for one in told)


class IncidentsGeoJsonView(FileView):
    """The incidents of a question as GeoJSON."""

    media_type, name = geojson.MEDIA_TYPE, "incidents.geojson"

    @kept
    @extend_schema(
        parameters=schema.parameters(ORDERED),
        responses={(200, geojson.MEDIA_TYPE): OpenApiTypes.OBJECT, **schema.REFUSED},
        operation_id="incidents_geojson",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a feature for each incident; what has no place has no geometry."""
        return self.answered(request)

    def written(self, request: Request, question: Question, rows: int) -> Parts:
        """Yield the features."""
        found = ordered(question)
        told = all_stitched(found, question, addresses(request), geojson.FIELDS)
        return gathered(geojson.write(told, as_json))


class IncidentsXlsxView(FileView):
    """The incidents of a question as a workbook."""

    media_type, name, besides = workbook.MEDIA_TYPE, "incidents.xlsx", ORDERED | {"fields"}
    flat = True

    @kept
    @extend_schema(
        parameters=schema.parameters(besides),
        responses={(200, workbook.MEDIA_TYPE): OpenApiTypes.BINARY, **schema.REFUSED},
        operation_id="incidents_xlsx",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a row for each incident, and on a sheet of its own what they are."""
        return self.answered(request)

    def written(self, request: Request, question: Question, rows: int) -> Parts:
        """Yield the workbook."""
        workbook.refuse_many(rows)
        wanted = cells(question, chosen(question.values, FLAT))
        header = [(cell.name, cell.shown_as) for cell in wanted]
        found = lines(ordered(question))
        workbook.refuse_long(longest(found, wanted))
        told = (row for some in read(found, wanted) for row in zip(*some, strict=True))
        described = about(question, request.build_absolute_uri())

        def write(file: IO[bytes]) -> None:
            workbook.write(file, "incidents", header, told, described)

        return spooled(write)


class IncidentsParquetView(FileView):
    """The incidents of a question as Parquet."""

    media_type, name, besides = parquet.MEDIA_TYPE, "incidents.parquet", ORDERED | {"fields"}
    flat = True

    @kept
    @extend_schema(
        parameters=schema.parameters(besides),
        responses={(200, parquet.MEDIA_TYPE): OpenApiTypes.BINARY, **schema.REFUSED},
        operation_id="incidents_parquet",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write typed columns; the metadata of the file says what they are."""
        return self.answered(request)

    def written(self, request: Request, question: Question, rows: int) -> Parts:
        """Yield the file."""
        wanted = cells(question, chosen(question.values, FLAT))
        told = as_json(about(question, request.build_absolute_uri()))
        found = lines(ordered(question))
        return spooled(lambda file: parquet.write(file, wanted, read(found, wanted), told))


class IncidentsZipView(FileView):
    """The incidents of a question as long tables with keys."""

    media_type, name, besides = archive.MEDIA_TYPE, "incidents.zip", WRITTEN

    @kept
    @extend_schema(
        parameters=schema.parameters(besides),
        responses={(200, archive.MEDIA_TYPE): OpenApiTypes.BINARY, **schema.REFUSED},
        operation_id="incidents_zip",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a CSV for each table, and last a data package that says what they are."""
        return self.answered(request)

    def written(self, request: Request, question: Question, rows: int) -> Parts:
        """Yield the archive."""
        told = about(question, request.build_absolute_uri())
        return gathered(archive.write(question, told, raw=bool(question.values["raw"])))


class CsvMetadataView(OpenView):
    """What the files of a question hold."""

    @kept
    @extend_schema(
        parameters=schema.parameters(ORDERED | WRITTEN | {"fields"}),
        responses={(200, CSVW): OpenApiTypes.OBJECT, **schema.REFUSED},
        operation_id="incidents_csv_metadata",
    )
    def get(self, request: Request) -> Response:
        """Describe the file: question, version of the data, rows, columns, licence, citation."""
        question = self.asked(request, ORDERED | WRITTEN | {"fields"})
        file = self.address("api-incidents-csv", request.query_params.urlencode())
        wanted = cells(question, chosen(question.values, FLAT))
        with snapshot():
            told = about(question, file)
        return Response(table_metadata(told, wanted, file), content_type=CSVW)


class CountsCsvView(OpenView):
    """The numbers of a question as CSV."""

    @kept
    @extend_schema(
        parameters=schema.parameters(COUNTED),
        responses={(200, csv.MEDIA_TYPE): OpenApiTypes.STR, **schema.REFUSED},
        operation_id="counts_csv",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a line for each cell."""
        with snapshot():
            counts = count_for(self.asked(request, COUNTED))
        told = csv.write_counts(counts, lambda query: self.address("api-incidents", query))
        text = (line.encode() for line in told)
        described = self.address("api-counts", request.query_params.urlencode())
        response = sent(request, text, csv.MEDIA_TYPE, "counts.csv")
        response["Link"] = f'<{described}>; rel="describedby"; type="application/json"'
        return response


class CountsXlsxView(OpenView):
    """The numbers of a question as a workbook."""

    @kept
    @extend_schema(
        parameters=schema.parameters(COUNTED),
        responses={(200, workbook.MEDIA_TYPE): OpenApiTypes.BINARY, **schema.REFUSED},
        operation_id="counts_xlsx",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a row for each cell, and on a sheet of its own what they are."""

        def address(query: str) -> str:
            return self.address("api-incidents", query)

        with snapshot():
            counts = count_for(self.asked(request, COUNTED))
            said = answer(counts, request.build_absolute_uri(), address)
        named = ("question", "total", "low", "high", "definition", "citation", "url", "marking")
        described = {name: said[name] for name in (*named, "codebook_version", "public_version")}
        described |= {"params": said["params"], "licence": LICENCE}
        described["caveats"] = " ".join(said["caveats"])
        header, told = csv.count_lines(counts, address)

        def write(file: IO[bytes]) -> None:
            workbook.write(file, "counts", header, told, described)

        return sent(request, spooled(write), workbook.MEDIA_TYPE, "counts.xlsx")


def spooled(write: Callable[[IO[bytes]], Any]) -> Parts:
    """Have a file written that has to be whole before its first part is known; yield it."""
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        while part := file.read(BLOCK):
            yield part


def _unmoved(parts: Parts, question: Question) -> Parts:
    """Return a file from one snapshot of the data, which has to be the one of now.

    That snapshot begins when the file is sent: what is written down of the request is written
    before. The first part raises OperationalError where what the asker reads changed in between.
    """
    return _begun(parts, question, versions.read_by(question.asker))


def _begun(parts: Parts, question: Question, counted: dict[str, str]) -> Parts:
    with snapshot():
        if connection.vendor == "postgresql":
            # A reader may be slow.
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
        if versions.read_by(question.asker) != counted:
            raise OperationalError("The data changed before the file began; ask again.")
        yield from parts


def gathered(parts: Iterable[bytes]) -> Parts:
    """Join small parts to larger ones."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def sent(
    request: Request,
    parts: Iterable[bytes],
    media_type: str,
    name: str,
    rows: int | None = None,
    described: str = "",
) -> HttpResponseBase:
    """Return a file as an answer, such that one that is cut off is known to be.

    HTTP/1.1 marks the end of what is streamed. To an older client, such as some proxies are, the
    file goes whole, with its length and digest.
    """
    old = request.META.get("SERVER_PROTOCOL") == "HTTP/1.0"
    response: Any = _measured(parts) if old else StreamingHttpResponse(parts)
    charset = "; charset=utf-8" if media_type.startswith(("text/", NDJSON)) else ""
    response["Content-Type"] = f"{media_type}{charset}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if rows is not None:
        response[ROWS] = str(rows)
    if described:
        response["Link"] = f'<{described}>; rel="describedby"; type="{CSVW}"'
    return response  # type: ignore[no-any-return]


def _measured(parts: Iterable[bytes]) -> FileResponse:
    digest = hashlib.sha256()
    with ExitStack() as unless_whole:
        file = unless_whole.enter_context(tempfile.TemporaryFile())
        for part in parts:
            digest.update(part)
            file.write(part)
        file.seek(0)
        unless_whole.pop_all()  # the answer closes it
    response = FileResponse(file)
    response["Repr-Digest"] = f"sha-256=:{b64encode(digest.digest()).decode()}:"
    return response
