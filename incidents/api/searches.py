"""Searches in the API: the answer of the page, as data."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.utils.urls import replace_query_param

from articles.findable import Piece
from incidents import audit, searching
from incidents.refusals import refuse
from incidents.snapshots import snapshot

from . import schema
from .directories import page_size
from .kept import kept
from .views import OpenView

_PIECES: Any = inline_serializer(
    "Piece", {"text": serializers.CharField(), "found": serializers.BooleanField()}, many=True
)
_PAGE = OpenApiResponse(
    inline_serializer(
        "SearchPage",
        {
            "results": inline_serializer(
                "SearchResult",
                {
                    "kind": serializers.ChoiceField(("incident", "article")),
                    "id": serializers.CharField(help_text="The reference, or the digest."),
                    "url": serializers.URLField(),
                    "title": _PIECES,
                    "text": _PIECES,
                    "language": serializers.CharField(),
                    "date": serializers.CharField(help_text="EDTF"),
                    "country": serializers.CharField(),
                    "publisher": serializers.CharField(allow_null=True),
                    "marking": serializers.CharField(),
                    "state": serializers.CharField(allow_null=True),
                },
                many=True,
            ),
            "total": serializers.IntegerField(allow_null=True),
            "next": serializers.URLField(allow_null=True),
        },
    )
)


class SearchView(OpenView):
    """Incidents and articles that hold some words."""

    @kept
    @extend_schema(
        parameters=[
            OpenApiParameter("q", OpenApiTypes.STR, description="Each begins a word."),
            *schema.PAGING,
        ],
        responses={200: _PAGE, **schema.REFUSED},
        operation_id="search",
    )
    def get(self, request: Request) -> Response:
        """Search the incidents and articles that the asker may see."""
        params = request.query_params
        refuse(params, ("q", "cursor", "page_size"))
        size = page_size(params)
        with snapshot():
            found = searching.search(
                params.get("q", ""), request.user, params.get("cursor", ""), size, "cursor"
            )
        audit.read(request, *found.editions)
        here = request.build_absolute_uri()
        following = found.next and replace_query_param(here, "cursor", found.next)
        results = [_told(hit, request) for hit in found.hits]
        return Response({"results": results, "total": found.total, "next": following})


def _told(hit: searching.Hit, request: Request) -> dict[str, Any]:
    row = hit.row
    if hit.kind == "incident":
        name, view, said = row.reference, "api-incident", "en"
        own = {"date": row.occurred, "country": row.country, "publisher": None}
        marked = {"marking": row.effective_marking, "state": row.state}
    else:
        name, view, said = row.address_digest, "article", row.language
        outlet = row.publisher
        country = outlet.country if outlet else ""
        own = {"date": row.published, "country": country, "publisher": outlet and outlet.slug}
        marked = {"marking": row.marking, "state": None}
    return {
        "kind": hit.kind,
        "id": name,
        "url": reverse(view, args=[name], request=request),
        "title": _pieces(hit.title),
        "text": _pieces(hit.text),
        "language": said,
        **own,
        **marked,
    }


def _pieces(pieces: list[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "found": piece.found} for piece in pieces]
