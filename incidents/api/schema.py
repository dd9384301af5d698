"""The OpenAPI description of parameters and errors, made from the one FilterSet."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema_serializer,
    inline_serializer,
)
from rest_framework import serializers

from incidents import parameters as read
from incidents.filters import BESIDE, MANY, IncidentFilterSet

from . import examples
from .incidents import IncidentDetailSerializer, ListedIncidentSerializer
from .serializers import (
    ActorSerializer,
    CampaignSerializer,
    KeptArticleSerializer,
    ReportedFigureSerializer,
)

Problem = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(),
        "request_id": serializers.CharField(),
        "errors": serializers.DictField(
            child=serializers.ListField(child=serializers.CharField()), required=False
        ),
    },
)
REFUSED = {
    (400, "application/problem+json"): OpenApiResponse(
        Problem, description="A parameter is unknown, ill-typed, doubled or contradictory."
    ),
    (401, "application/problem+json"): OpenApiResponse(Problem, description="The token is wrong."),
    (429, "application/problem+json"): OpenApiResponse(
        Problem, description="Asked too often; Retry-After says how many seconds to wait."
    ),
}
MISSING = {
    (404, "application/problem+json"): OpenApiResponse(Problem, description="Nothing is here."),
}


def summarised(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Have the one sentence that describes an operation stand as its summary."""
    for path in result["paths"].values():
        for operation in path.values():
            operation["summary"] = operation.pop("description")
    return result


def parameters(besides: Collection[str] = ()) -> list[OpenApiParameter]:
    """Describe the parameters of a question, and those of lists or counts named `besides`."""
    left_out = BESIDE - set(besides)
    return [
        _parameter(name, declared)
        for name, declared in sorted(IncidentFilterSet.base_filters.items())
        if name not in left_out
    ]


def only(*names: str) -> list[OpenApiParameter]:
    """Describe some parameters of a question."""
    return [_parameter(name, IncidentFilterSet.base_filters[name]) for name in names]


def _parameter(name: str, declared: Any) -> OpenApiParameter:
    field = declared.field_class
    numeric = issubclass(field, read.Whole)
    kind = OpenApiTypes.INT if numeric else OpenApiTypes.STR
    if issubclass(field, read.PastDay):
        kind = OpenApiTypes.DATE
    codes = [str(code) for code, _label in declared.extra.get("choices", tuple)()]
    return OpenApiParameter(
        name,
        kind,
        OpenApiParameter.QUERY,
        description=str(declared.extra.get("help_text", "")),
        enum=codes or None,
        many=name in MANY,
        explode=True if name in MANY else None,
    )


def _page(name: str, of: type[serializers.BaseSerializer[Any]], **more: Any) -> Any:
    following = serializers.URLField(allow_null=True)
    return inline_serializer(name, {"results": of(many=True), "next": following, **more})


IncidentPage = OpenApiResponse(
    _page(
        "IncidentPage",
        ListedIncidentSerializer,
        previous=serializers.URLField(allow_null=True),
        count_url=serializers.URLField(),
    ),
    examples=[examples.PAGE],
)
extend_schema_serializer(examples=[examples.INCIDENT])(IncidentDetailSerializer)
ArticlePage = _page("ArticlePage", KeptArticleSerializer)
ActorPage = _page("ActorPage", ActorSerializer)
CampaignPage = _page("CampaignPage", CampaignSerializer)
FigurePage = _page("ReportedFigurePage", ReportedFigureSerializer)
PAGING = [
    OpenApiParameter("page_size", OpenApiTypes.INT, description="Entries a page; 1 to 200."),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="Where a page begins."),
]
_KEY = serializers.DictField(child=serializers.CharField())
_Step: Any = type(
    inline_serializer(
        "Step",
        {
            "step": serializers.CharField(),
            "label": serializers.CharField(),
            "count": serializers.IntegerField(),
            "url": serializers.URLField(allow_null=True),
        },
    )
)
Answer = OpenApiResponse(
    inline_serializer(
        "Counts",
        {
            "question": serializers.CharField(),
            "params": serializers.DictField(),
            "defaults": serializers.ListField(child=serializers.CharField()),
            "total": serializers.IntegerField(),
            "low": serializers.IntegerField(),
            "high": serializers.IntegerField(),
            "cells": inline_serializer(
                "Cell",
                {
                    "key": _KEY,
                    "label": serializers.CharField(),
                    "count": serializers.IntegerField(),
                    "low": serializers.IntegerField(),
                    "high": serializers.IntegerField(),
                    "url": serializers.URLField(),
                },
                many=True,
            ),
            "sum_of_cells": serializers.IntegerField(),
            "additive": serializers.BooleanField(),
            "unknown": serializers.IntegerField(),
            "undated": serializers.IntegerField(),
            "undated_rows": inline_serializer(
                "Undated",
                {
                    "key": _KEY,
                    "period": serializers.CharField(),
                    "count": serializers.IntegerField(),
                },
                many=True,
            ),
            "excluded": serializers.DictField(child=serializers.IntegerField()),
            "ladder": inline_serializer(
                "Ladders", {"series": _Step(many=True), "attribution": _Step(many=True)}
            ),
            "caveats": serializers.ListField(child=serializers.CharField()),
            "definition": serializers.CharField(),
            "codebook_version": serializers.CharField(),
            "public_version": serializers.IntegerField(),
            "known_on": serializers.DateField(allow_null=True),
            "as_of": serializers.DateField(allow_null=True),
            "marking": serializers.CharField(),
            "url": serializers.URLField(),
            "incidents_url": serializers.URLField(),
            "citation": serializers.CharField(),
        },
    ),
    examples=[examples.COUNTS],
)
MERGED = {
    302: OpenApiResponse(
        inline_serializer(
            "Merged",
            {
                "reference": serializers.CharField(),
                "merged_into": serializers.CharField(),
                "url": serializers.URLField(),
            },
        ),
        description="The record became a part of another one; that may be taken back.",
    )
}
GONE = {
    (410, "application/problem+json"): OpenApiResponse(
        Problem, description="The record was withdrawn, and why; or it was removed for good."
    )
}
