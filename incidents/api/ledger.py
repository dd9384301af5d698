"""The head of the public chain of the ledger, for whoever wants to keep it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import ledger
from incidents.codebook import Chain
from incidents.models import LedgerEntry
from incidents.refusals import refuse

from . import schema
from .kept import kept
from .views import OpenView


class LedgerHeadSerializer(serializers.ModelSerializer[LedgerEntry]):
    """The last entry of a chain, without what it says."""

    number = serializers.IntegerField(help_text="How many entries the public chain has.")
    hash = serializers.CharField(
        allow_blank=True, help_text="The SHA-256 of the last entry; it rests on all before it."
    )
    at = serializers.DateTimeField(
        allow_null=True, help_text="When what the entry tells of happened; null without an entry."
    )

    class Meta:
        model = LedgerEntry
        fields = ("number", "hash", "at")


class LedgerHeadView(OpenView):
    """The head of the public chain."""

    @kept
    @extend_schema(
        responses={200: LedgerHeadSerializer, **schema.REFUSED},
        operation_id="ledger_head",
        examples=[
            OpenApiExample(
                "Head",
                {
                    "number": 245,
                    "hash": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
                    "at": "2026-11-25T19:57:03.120000Z",
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Show the number, hash and time of the last entry; it moves only with what is CLEAR."""
        refuse(request.query_params, ())
        told: dict[str, Any] = LedgerHeadSerializer(ledger.head(Chain.PUBLIC)).data
        return Response(told)
