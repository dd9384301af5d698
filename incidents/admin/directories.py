"""The desks for campaigns and reported figures."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.desk import CarefulFields, Settled, SluggedForm
from articles.models import Article
from articles.text import is_key
from incidents import livenumbers
from incidents.models import Campaign, Rendition, ReportedFigure

from .fields import Explained, IdsField

IDS = _("Ids elsewhere")


class NamedForm(SluggedForm):
    """A row of a directory, with its ids in other systems."""

    external_ids = IdsField(label=IDS)


class FigureForm(SluggedForm):
    """A figure, whose address name is made of who said it and what of."""

    named_after = ("claimant", "what", "period")

    def clean_note(self) -> str:
        """Refuse live numbers that nobody could ask for."""
        note: str = self.cleaned_data["note"]
        livenumbers.check(note)
        return note


@admin.register(Campaign)
class CampaignAdmin(Settled[Campaign]):
    """Campaigns."""

    settled_fields = ("name", "description", "slug")

    form = NamedForm
    list_display = ("name", "slug")
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "description")}),
        (_("Address and ids"), {"fields": ("slug", "external_ids"), "classes": ("collapse",)}),
    )


def rendition_in(request: HttpRequest) -> dict[str, str]:
    """Return what an address fills into the row of a rendition, its article first."""
    names = ("article", "value", "qualifier", "what", "area", "period")
    held = {name: request.GET.get(f"rendition_{name}", "")[:200] for name in names}
    key = held["article"]
    return held if is_key(key) and Article.objects.visible_to(request.user).filter(pk=key) else {}


class RenditionInline(CarefulFields[Rendition], admin.StackedInline[Rendition, ReportedFigure]):
    """What articles made of a figure."""

    model = Rendition
    extra = 0
    country_fields = ("attributed_to",)
    autocomplete_fields = ("article",)
    fields = (
        "article",
        ("value", "qualifier"),
        ("what", "area"),
        ("period", "attributed_to"),
        "note",
    )

    def get_extra(
        self, request: HttpRequest, obj: ReportedFigure | None = None, **kwargs: Any
    ) -> int:
        """Show one row more for the rendition that the address holds."""
        return self.extra + bool(rendition_in(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rendition]:
        """Return the renditions with their articles."""
        readable = Article.objects.visible_to(request.user)
        rows = super().get_queryset(request).filter(article__in=readable)
        return rows.select_related("article")


@admin.register(ReportedFigure)
class ReportedFigureAdmin(Explained, Settled[ReportedFigure]):
    """Figures that others published; one that everybody reads is changed by reviewers alone."""

    form = FigureForm
    inlines = (RenditionInline,)
    country_fields = ("attributed_to",)
    autocomplete_fields = ("numerator_of",)
    list_display = ("what", "low", "best", "high", "qualifier", "area", "period", "claimant")
    list_filter = ("figure_kind", "claimant_kind", "marking")
    search_fields = ("what", "claimant", "area")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "what",
                    ("low", "best", "high"),
                    ("qualifier", "figure_kind"),
                    ("area", "period"),
                    ("claimant", "claimant_role"),
                    ("claimant_kind", "date_said"),
                    ("attributed_to", "marking"),
                )
            },
        ),
        (
            _("More"),
            {
                "fields": ("numerator_of", "our_question", "note", "slug"),
                "classes": ("collapse",),
            },
        ),
    )

    def get_formset_kwargs(
        self, request: HttpRequest, obj: ReportedFigure, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Fill the row of a rendition that the address holds; what is sent stands for itself."""
        made: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and (held := rendition_in(request)):
            made["initial"] = [held]
        return made

    def has_change_permission(
        self, request: HttpRequest, obj: ReportedFigure | None = None
    ) -> bool:
        """Tell whether the reader may change a figure, and what articles made of it."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or self.may_change_settled(request) or not self.is_settled(obj))
