"""The desks for actors, campaigns and reported figures."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin import CarefulFields, Desk, SluggedForm
from articles.text import tokens
from incidents.models import Actor, ActorAlias, ActorParent, Campaign, Rendition, ReportedFigure

from .fields import IdsField, defined

IDS = _("Ids elsewhere")


class NamedForm(SluggedForm):
    """A row of a directory, with its ids in other systems."""

    external_ids = IdsField(label=IDS)


class FigureForm(SluggedForm):
    """A figure, whose address name is made of who said it and what of."""

    named_after = ("claimant", "what", "period")


class AliasInline(CarefulFields[ActorAlias], admin.TabularInline[ActorAlias, Actor]):
    """Other names."""

    model = ActorAlias
    extra = 0
    fields = ("name", "used_by", "language")


class ParentInline(CarefulFields[ActorParent], admin.TabularInline[ActorParent, Actor]):
    """Whom an actor belongs to."""

    model = ActorParent
    fk_name = "actor"
    extra = 0
    autocomplete_fields = ("parent", "source")
    fields = ("parent", "relation", "source")


@admin.register(Actor)
class ActorAdmin(Desk[Actor]):
    """Actors, found by any of their names."""

    form = NamedForm
    inlines = (AliasInline, ParentInline)
    country_fields = ("state",)
    list_display = ("name", "kind", "state", "also_known_as")
    list_filter = ("kind",)
    search_fields = ("name", "aliases__name")
    search_help_text = _("Any name of an actor.")
    fieldsets = (
        (None, {"fields": ("name", ("kind", "state"))}),
        (_("Address and ids"), {"fields": ("slug", "external_ids"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        """Return the actors with their other names."""
        return super().get_queryset(request).prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Actor], search_term: str
    ) -> tuple[QuerySet[Actor], bool]:
        """Find actors by the beginnings of the words of any of their names, without accents.

        Two queries read all names: no database folds letters as the rest of the site does, and
        a directory of actors has some thousand names.
        """
        words = tokens(search_term[:200])
        if not words:
            return queryset, False
        names = [
            *Actor.objects.values_list("pk", "name"),
            *ActorAlias.objects.values_list("actor", "name"),
        ]
        found = {pk for pk, name in names if _says(tokens(name), words)}
        return queryset.filter(pk__in=found), False

    @admin.display(description=_("also known as"))
    def also_known_as(self, actor: Actor) -> str:
        """The other names."""
        return ", ".join(alias.name for alias in actor.aliases.all())


def _says(name: list[str], words: list[str]) -> bool:
    """Tell whether each of `words` begins a word of a name."""
    return all(any(part.startswith(word) for part in name) for word in words)


@admin.register(Campaign)
class CampaignAdmin(Desk[Campaign]):
    """Campaigns."""

    form = NamedForm
    list_display = ("name", "slug")
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "description")}),
        (_("Address and ids"), {"fields": ("slug", "external_ids"), "classes": ("collapse",)}),
    )


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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rendition]:
        """Return the renditions with their articles."""
        return super().get_queryset(request).select_related("article")


@admin.register(ReportedFigure)
class ReportedFigureAdmin(Desk[ReportedFigure]):
    """Figures that others published."""

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

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return a list that explains its words."""
        return super().formfield_for_choice_field(
            db_field, request, **{**defined(db_field), **kwargs}
        )
