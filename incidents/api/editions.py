"""The editions of a record, as far as the asker may read them, and each by its number."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_field, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from incidents import audit, histories
from incidents.filters import ask
from incidents.models import Incident
from incidents.refusals import refuse
from incidents.tables.stitch import shown

from . import schema
from .incidents import IncidentSerializer, addresses
from .kept import kept
from .views import OpenView


class EditionSerializer(serializers.ModelSerializer[Incident]):
    """An edition without what it says."""

    edition = serializers.IntegerField(source="number")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Incident
        fields = (
            "edition",
            "state",
            "published_at",
            "ended_at",
            "change_reason",
            "change_note",
            "url",
        )

    @extend_schema_field(serializers.URLField())
    def get_url(self, edition: Incident) -> str:
        """Return the address of the edition."""
        reference = self.context["reference"]
        return reverse(
            "api-edition", args=[reference, edition.number], request=self.context["request"]
        )


Editions = inline_serializer(
    "Editions",
    {"reference": serializers.CharField(), "results": EditionSerializer(many=True)},
)


class EditionsView(OpenView):
    """The editions of a record."""

    @kept
    @extend_schema(
        responses={200: Editions, **schema.REFUSED, **schema.MISSING},
        operation_id="editions_list",
    )
    def get(self, request: Request, reference: str) -> Response:
        """List the editions of a record, the latest first."""
        refuse(request.query_params, ())
        told = histories.history(reference, request.user)
        context = {"request": request, "reference": told.reference}
        found = [past.edition for past in told.editions]
        serializer: Any = EditionSerializer(found, many=True, context=context)
        return Response({"reference": told.reference, "results": serializer.data})


class EditionView(OpenView):
    """One edition of a record."""

    @kept
    @extend_schema(
        responses={200: IncidentSerializer, **schema.REFUSED, **schema.MISSING},
        operation_id="editions_retrieve",
    )
    def get(self, request: Request, reference: str, number: int) -> Response:
        """Show what an edition says, whatever the record says now."""
        refuse(request.query_params, ())
        past = histories.one(histories.history(reference, request.user), number)
        audit.read(request, past.edition)
        question = ask(QueryDict(), request.user)
        found = histories.editions(request.user).filter(pk=past.edition.pk)
        return Response(shown(found, question, addresses(request), past=past.public).said)
