"""What changed since a moment, for whoever keeps a copy of what they may read."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import changes
from incidents.refusals import refuse
from incidents.tables.stitch import Address

from . import schema
from .directories import page_size
from .errors import problem
from .incidents import addresses
from .kept import kept
from .views import OpenView

ChangesPage = inline_serializer(
    "ChangesPage",
    {
        "results": inline_serializer(
            "Change",
            {
                "reference": serializers.CharField(),
                "formerly": serializers.CharField(
                    allow_null=True, help_text="Its reference before it was first public."
                ),
                "change": serializers.ChoiceField(choices=changes.KINDS),
                "at": serializers.DateTimeField(),
                "edition": serializers.IntegerField(
                    allow_null=True, help_text="The edition to read now; null: there is none."
                ),
                "merged_into": serializers.CharField(allow_null=True),
                "url": serializers.URLField(allow_null=True),
            },
            many=True,
        ),
        "next": serializers.URLField(),
        "more": serializers.BooleanField(),
    },
)
INCOMPLETE: Final = (
    "What you may read has changed by more than what is told here, as when a record was shared "
    "with you. Ask for since=now, and then for everything."
)


class ChangesView(OpenView):
    """What changed since a moment."""

    @kept
    @extend_schema(
        parameters=[
            OpenApiParameter(
                "since",
                OpenApiTypes.STR,
                description="From `next` of an answer; `now` for the end; left out, all there is.",
            ),
            schema.PAGING[0],
        ],
        responses={
            200: ChangesPage,
            **schema.REFUSED,
            (410, "application/problem+json"): OpenApiResponse(
                schema.Problem, description="The copy has to be made anew."
            ),
        },
        operation_id="changes",
        examples=[
            OpenApiExample(
                "Changes",
                {
                    "results": [
                        {
                            "reference": "HTI-2026-00057",
                            "formerly": None,
                            "change": "superseded",
                            "at": "2026-11-25T19:57:03.120000Z",
                            "edition": 2,
                            "merged_into": None,
                            "url": "https://hti.example/api/v1/incidents/HTI-2026-00057/",
                        },
                        {
                            "reference": "HTI-2026-00012",
                            "formerly": None,
                            "change": "hidden",
                            "at": "2026-11-25T20:01:44.070000Z",
                            "edition": None,
                            "merged_into": None,
                            "url": None,
                        },
                    ],
                    "next": "https://hti.example/api/v1/changes/?since=WyJwdWJsaWMiLDI0NV0:x1",
                    "more": False,
                },
                response_only=True,
                status_codes=["200"],
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """List the records that changed, each once, as they are now for whoever asks."""
        params = request.query_params
        refuse(params, ("since", "page_size"))
        try:
            told = changes.since(params.get("since", ""), request.user, page_size(params))
        except changes.Incomplete:
            return problem(410, "The copy has to be made anew", INCOMPLETE)
        following = params.copy()
        following["since"] = told.next
        url = self.address("api-changes", following.urlencode())
        address = addresses(request)
        results = [_shown(change, address) for change in told.found]
        return Response({"results": results, "next": url, "more": told.more})


def _shown(change: changes.Change, address: Address) -> dict[str, Any]:
    """Return a change as it is told, with an address where there is something to read."""
    return {
        "reference": change.reference,
        "formerly": change.formerly,
        "change": change.change,
        "at": change.at,
        "edition": change.edition,
        "merged_into": change.merged_into,
        "url": None if change.edition is None else address(change.reference, None),
    }
