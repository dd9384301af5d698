"""The same numbers and pages as anybody would write them first with Django REST framework.

Joins, COUNT(DISTINCT), numbered pages with a total, nested serializers with prefetched rows.
It reads the same database, with the site's indexes and not only those that Django makes.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from typing import Any, Final

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402  settings come first
from django.db.models import Count, QuerySet  # noqa: E402
from django.db.models.functions import TruncMonth, TruncYear  # noqa: E402
from django.http import StreamingHttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.generics import ListAPIView  # noqa: E402
from rest_framework.pagination import PageNumberPagination  # noqa: E402
from rest_framework.permissions import AllowAny  # noqa: E402
from rest_framework.request import Request  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

from articles.models import Article  # noqa: E402
from incidents.models import Citation, Claim, Effect, Incident, Location, Target  # noqa: E402

ROWS: Final = ("locations", "targets", "effects", "findings", "citations__article", "claims")
TRACED: Final = {
    "claims__marking": "clear",
    "claims__live_until": None,
    "claims__about": "actor",
    "claims__level__gte": 3,
}


def public() -> QuerySet[Incident]:
    """Return what everybody may read."""
    return Incident.objects.filter(state="published", merged=False, effective_marking="clear")


def core() -> QuerySet[Incident]:
    """Return what is counted by default."""
    return public().filter(status__in=("suspected", "confirmed")).exclude(outcome="foiled")


class CountsView(APIView):
    """Counts by columns and by time."""

    permission_classes = (AllowAny,)

    def get(self, request: Request) -> Response:
        """Group and count."""
        asked = request.query_params
        by, rows = asked.getlist("by"), core()
        if event_type := asked.get("event_type"):
            rows = rows.filter(codings__axis="event_type", codings__code=event_type)
        if year := asked.get("year"):
            rows = rows.filter(onset_from__year=year, onset_to__year=year)
        if state := asked.get("state"):
            rows = rows.filter(claims__responsible_state=state, **TRACED)
        if "claims__responsible_state" in by:
            rows = rows.filter(**TRACED).exclude(claims__responsible_state="")
        if interval := asked.get("interval"):
            truncated = {"month": TruncMonth, "year": TruncYear}[interval]
            rows = rows.annotate(start=truncated("onset_from"))
            by.append("start")
        # The joins count some twice; this is what the site itself does without.
        cells = rows.order_by().values(*by).annotate(n=Count("pk", distinct=True))
        return Response({"cells": list(cells.order_by("-n"))})


class _Every(serializers.ModelSerializer[Any]):
    """All columns of a row."""


def _serializer(of: type[Any], **nested: Any) -> Any:
    """Return a serializer of all columns of a model, with others in it."""
    meta = type("Meta", (), {"model": of, "fields": "__all__"})
    return type(f"{of.__name__}Serializer", (_Every,), {"Meta": meta, **nested})


class Pages(PageNumberPagination):
    """Fifty at a time."""

    page_size = 50


class IncidentsView(ListAPIView[Incident]):
    """Incidents with their rows."""

    permission_classes = (AllowAny,)
    pagination_class = Pages
    serializer_class = _serializer(
        Incident,
        locations=_serializer(Location)(many=True),
        targets=_serializer(Target)(many=True),
        effects=_serializer(Effect)(many=True),
        claims=_serializer(Claim)(many=True),
        citations=_serializer(Citation, article=_serializer(Article)())(many=True),
    )

    def get_queryset(self) -> QuerySet[Incident]:
        """Return the newest first."""
        ordered = core().order_by("-onset_from", "-pk")
        return ordered.select_related("record", "campaign").prefetch_related(*ROWS)


class _Echo:
    """A file that gives each line back."""

    def write(self, line: str) -> str:
        """Return a line."""
        return line


class CsvView(APIView):
    """All incidents as CSV, in batches by the ORM."""

    permission_classes = (AllowAny,)

    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream the lines."""
        return StreamingHttpResponse(self._lines(), content_type="text/csv")

    def _lines(self) -> Iterator[str]:
        write = csv.writer(_Echo()).writerow
        rows = public().order_by("-onset_from", "-pk").select_related("record", "campaign")
        for row in rows.prefetch_related(*ROWS).iterator(chunk_size=200):
            yield write(
                [
                    row.record.reference,
                    row.title,
                    row.occurred,
                    row.onset_from,
                    row.onset_to,
                    row.event_type,
                    row.status,
                    row.outcome,
                    row.severity,
                    row.country,
                    row.summary,
                    "; ".join(place.country for place in row.locations.all()),
                    "; ".join(target.name for target in row.targets.all()),
                    max((claim.level for claim in row.claims.all()), default=0),
                    "; ".join(cited.article.url for cited in row.citations.all()),
                ]
            )


urlpatterns = [
    path("counts/", CountsView.as_view()),
    path("incidents/", IncidentsView.as_view()),
    path("incidents.csv", CsvView.as_view()),
]
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
