"""The API, read only: each view asks, and says what it was told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Prefetch
from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from articles.models import Article, Capture
from incidents import audit
from incidents.answers import answer, codebook, count_for
from incidents.comparing import related
from incidents.filters import COUNTED, LISTED, SHAPED, ask
from incidents.histories import public_on
from incidents.models import Actor, Campaign, Incident, ReportedFigure
from incidents.pages import page
from incidents.questions import Question
from incidents.records import Moved, Removed, Tombstone, find, parts_of
from incidents.refusals import refuse
from incidents.snapshots import snapshot
from incidents.tables.stitch import shown, stitched

from . import schema
from .directories import listed
from .errors import problem
from .incidents import IncidentDetailSerializer, addresses, chosen
from .kept import kept, normal
from .serializers import (
    ActorSerializer,
    CampaignSerializer,
    KeptArticleSerializer,
    RelatedSerializer,
    ReportedFigureSerializer,
)


class OneFormat(BaseContentNegotiation):
    """Each address has one format, whatever the client says to accept."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """Return the first parser."""
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """Return the first renderer and its media type."""
        return renderers[0], renderers[0].media_type


class OpenView(APIView):
    """A view that everybody may ask; what is answered depends on who asks."""

    permission_classes = (AllowAny,)
    content_negotiation_class = OneFormat

    def asked(self, request: Request, besides: Iterable[str] = ()) -> Question:
        """Return the question of the address."""
        return ask(_query(request), _user(request), frozenset(besides))

    def address(self, name: str, query: str) -> str:
        """Return the address of a view with a query."""
        # An answer may hold thousands of them.
        known: dict[str, str] = self.__dict__.setdefault("bases", {})
        base = known.get(name) or known.setdefault(name, reverse(name, request=self.request))
        return f"{base}?{query}" if query else base


class IncidentsView(OpenView):
    """The incidents of a question, page by page."""

    @kept
    @extend_schema(
        parameters=schema.parameters(LISTED | SHAPED),
        responses={200: schema.IncidentPage, **schema.REFUSED},
        operation_id="incidents_list",
    )
    def get(self, request: Request) -> Response:
        """List the incidents that satisfy the question."""
        question = self.asked(request, LISTED | SHAPED)
        fields, address = chosen(question.values), addresses(request)
        with snapshot():
            found = page(question, lambda some: stitched(some, question, address, fields))
        shown_as = ("order", "page_size", *SHAPED)
        shaping = {name: _query(request).getlist(name) for name in shown_as}
        shaping = {name: values for name, values in shaping.items() if any(values)}
        cursors = {"next": found.next, "previous": found.previous}
        links = {}
        for name, cursor in cursors.items():
            query = cursor and question.query(cursor=[cursor], **shaping)
            links[name] = query and self.address("api-incidents", query)
        audit.read(request, *found.incidents)
        counted = self.address("api-counts", question.query())
        results = [incident.said for incident in found.incidents]
        return Response({"results": results, **links, "count_url": counted})


class IncidentView(OpenView):
    """One incident."""

    @kept
    @extend_schema(
        parameters=schema.only("as_of"),
        responses={
            200: IncidentDetailSerializer,
            **schema.MERGED,
            **schema.REFUSED,
            **schema.GONE,
            **schema.MISSING,
        },
        operation_id="incidents_retrieve",
    )
    def get(self, request: Request, reference: str) -> Response:
        """Show a record, its tombstone, or where it went; or what it said on a day."""
        refuse(_query(request), ("as_of",))
        user = _user(request)
        question = self.asked(request)
        if question.past:
            return self._shown(request, public_on(reference, question), question)
        found = find(reference, user)
        if isinstance(found, Moved):
            address = addresses(request)(found.reference, None)
            told = {"reference": found.merged, "merged_into": found.reference, "url": address}
            return Response(told, status=302, headers={"Location": address})
        if isinstance(found, Removed):
            return problem(
                410,
                "Removed",
                "The content of this record was removed for good.",
                reference=found.reference,
                removed_at=found.removed_at,
            )
        if isinstance(found, Tombstone):
            return problem(
                410,
                "Withdrawn",
                "This record was public and was withdrawn.",
                reference=found.reference,
                withdrawn_at=found.withdrawn_at,
                reason=found.reason,
            )
        return self._shown(request, found, question)

    def _shown(self, request: Request, found: Incident, question: Question) -> Response:
        """Answer with an edition, and with what is around its record today."""
        user = _user(request)
        visible = Incident.objects.visible_to(user, past=question.past).filter(pk=found.pk)
        with snapshot():
            told = shown(visible, question, addresses(request))
            around, parts = related(found.record, user), parts_of(found.record, user)
        audit.read(request, told)
        said: Any = RelatedSerializer(around, many=True, context={"request": request}).data
        return Response({**told.said, "merged_records": parts, "related": said})


class CountsView(OpenView):
    """The numbers of a question."""

    @kept
    @extend_schema(
        parameters=schema.parameters(COUNTED),
        responses={200: schema.Answer, **schema.REFUSED},
        operation_id="counts",
    )
    def get(self, request: Request) -> Response:
        """Count the incidents that satisfy the question, in all and by group."""
        own = self.address("api-counts", normal(request))
        with snapshot():
            counts = count_for(self.asked(request, COUNTED))
            told = answer(counts, own, lambda query: self.address("api-incidents", query))
        return Response(told)


class ArticlesView(OpenView):
    """The articles."""

    @kept
    @extend_schema(
        parameters=schema.PAGING,
        responses={200: schema.ArticlePage, **schema.REFUSED},
        operation_id="articles",
    )
    def get(self, request: Request) -> Response:
        """List the articles that the asker may see, oldest entry first."""
        user = _user(request)
        kept = Capture.objects.visible_to(user).only("article", "at", "verdict", "content")
        rows = Article.objects.visible_to(user).select_related("publisher")
        rows = rows.prefetch_related(Prefetch("captures", kept))
        return listed(request, rows, KeptArticleSerializer)


class ActorsView(OpenView):
    """The actors."""

    @kept
    @extend_schema(
        parameters=schema.PAGING,
        responses={200: schema.ActorPage, **schema.REFUSED},
        operation_id="actors",
    )
    def get(self, request: Request) -> Response:
        """List the actors that a visible claim accuses or quotes."""
        visible = Actor.objects.visible_to(_user(request))
        context = {"visible_actors": set(visible.values_list("pk", flat=True))}
        rows = visible.prefetch_related("aliases", "parents__parent")
        return listed(request, rows, ActorSerializer, context)


class CampaignsView(OpenView):
    """The campaigns."""

    @kept
    @extend_schema(
        parameters=schema.PAGING,
        responses={200: schema.CampaignPage, **schema.REFUSED},
        operation_id="campaigns",
    )
    def get(self, request: Request) -> Response:
        """List the campaigns of visible incidents."""
        return listed(request, Campaign.objects.visible_to(_user(request)), CampaignSerializer)


class ReportedFiguresView(OpenView):
    """The figures that others have published."""

    @kept
    @extend_schema(
        parameters=schema.PAGING,
        responses={200: schema.FigurePage, **schema.REFUSED},
        operation_id="reported_figures",
    )
    def get(self, request: Request) -> Response:
        """List reported figures with their renditions; they are never part of a count."""
        visible = ReportedFigure.objects.visible_to(_user(request))
        rows = visible.with_renditions(_user(request))
        context = {"visible_figures": set(visible.values_list("pk", flat=True))}
        return listed(request, rows, ReportedFigureSerializer, context)


class CodebookView(OpenView):
    """The vocabulary."""

    @kept
    @extend_schema(responses={200: dict, **schema.REFUSED}, operation_id="codebook")
    def get(self, request: Request) -> Response:
        """Show every vocabulary with codes, labels and definitions."""
        refuse(_query(request), ())
        return Response(codebook())


class DescriptionView(SpectacularAPIView):
    """The OpenAPI description."""

    permission_classes = (AllowAny,)

    def _get_filename(self, request: Request, version: str) -> str:
        """Return a fixed name: the library would put the query into a header."""
        return "hti-openapi.yaml"


def _query(request: Request) -> QueryDict:
    return request.query_params


def _user(request: Request) -> User | AnonymousUser:
    return request.user
