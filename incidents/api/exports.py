"""Files for programs and spreadsheets: all incidents of a question, or its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from incidents.answers import count_for
from incidents.filters import COUNTED
from incidents.formats import csv, geojson
from incidents.models import Incident
from incidents.pages import ordered, with_rows
from incidents.questions import Question

from . import schema
from .serializers import IncidentSerializer
from .views import OpenView

ORDERED: Final = frozenset({"order"})
CHUNK: Final = 500
NDJSON: Final = "application/x-ndjson"


class CountsCsvView(OpenView):
    """The numbers of a question as CSV."""

    @extend_schema(
        parameters=schema.parameters(COUNTED),
        responses={(200, csv.MEDIA_TYPE): str, **schema.REFUSED},
        operation_id="counts_csv",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a line for each cell."""
        counts = count_for(self.asked(request, COUNTED))
        lines = csv.write_counts(counts, lambda query: self.address("api-incidents", query))
        return _file(lines, csv.MEDIA_TYPE, "counts.csv")


class IncidentsCsvView(OpenView):
    """The incidents of a question as CSV."""

    @extend_schema(
        parameters=schema.parameters(ORDERED),
        responses={(200, csv.MEDIA_TYPE): str, **schema.REFUSED},
        operation_id="incidents_csv",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a line for each incident."""
        rows = _rows(self.asked(request, ORDERED))
        return _file(csv.write(rows), csv.MEDIA_TYPE, "incidents.csv")


class IncidentsNdjsonView(OpenView):
    """The incidents of a question as lines of JSON."""

    @extend_schema(
        parameters=schema.parameters(ORDERED),
        responses={(200, NDJSON): str, **schema.REFUSED},
        operation_id="incidents_ndjson",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write each incident with its rows on a line, as the list shows it."""
        rows = _rows(self.asked(request, ORDERED))
        return _file(_json_lines(rows, request), NDJSON, "incidents.ndjson")


class IncidentsGeoJsonView(OpenView):
    """The incidents of a question as GeoJSON."""

    @extend_schema(
        parameters=schema.parameters(ORDERED),
        responses={(200, geojson.MEDIA_TYPE): dict, **schema.REFUSED},
        operation_id="incidents_geojson",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Write a feature for each incident; what has no place has no geometry."""
        rows = _rows(self.asked(request, ORDERED))
        return _file(geojson.write(rows), geojson.MEDIA_TYPE, "incidents.geojson")


def _rows(question: Question) -> Iterable[Incident]:
    return with_rows(ordered(question), question).iterator(chunk_size=CHUNK)


def _json_lines(incidents: Iterable[Incident], request: Request) -> Iterator[str]:
    encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for incident in incidents:
        yield encode(IncidentSerializer(incident, context={"request": request}).data) + "\n"


def _file(lines: Iterable[str], media_type: str, name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(lines, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
