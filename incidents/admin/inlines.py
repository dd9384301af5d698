"""The rows of an edition below its form; who may change the edition may change its rows."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Field, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking
from articles.desk import CarefulFields, NamedColumns
from incidents.codebook import WORKED_ON
from incidents.gazetteer import ATTRIBUTION
from incidents.models import Citation, Claim, Effect, Incident, Location, StatusFinding, Target
from incidents.services import reads_whole

from .fields import Explained
from .proposing import proposal_of
from .rows import (
    CitationForm,
    ClaimForm,
    ClaimFormSet,
    DraftClaimForm,
    EffectForm,
    FindingForm,
    PrimaryFormSet,
    RowFormSet,
    SourcedFormSet,
)

MOST_ROWS = 60


def open_to(user: User | AnonymousUser, edition: Incident) -> bool:
    """Tell whether an edition is worked on and `user` reads all of it; asked once for a page."""
    kept: dict[int | None, bool] = edition.__dict__.setdefault("_open_to", {})
    if user.pk not in kept:
        kept[user.pk] = edition.state in WORKED_ON and reads_whole(edition, user)
    return kept[user.pk]


class Rows(Explained, CarefulFields[Any], admin.options.InlineModelAdmin[Any, Incident]):
    """Rows of an edition; they are open as long as the edition is."""

    extra = 0
    max_num = MOST_ROWS
    formset = RowFormSet

    def get_extra(self, request: HttpRequest, obj: Incident | None = None, **kwargs: Any) -> int:
        """Show as many rows of a new draft as its article proposes."""
        proposal = proposal_of(request) if obj is None else None
        part: Any = self.model._meta.get_field("incident").remote_field.related_name
        return len(proposal.rows(part)) if proposal else self.extra

    def get_formset(self, request: HttpRequest, obj: Incident | None = None, **kwargs: Any) -> Any:
        """Return a formset that reads no more rows than it shows, for one reader."""
        formset: Any = super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)
        formset.reader = request.user
        return formset

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return a list whose first marking of a row is that of its incident."""
        if db_field.name == "marking":
            stricter = [choice for choice in Marking.choices if choice[0] != Marking.CLEAR]
            kwargs["choices"] = [(Marking.CLEAR.value, _("As the incident")), *stricter]
            # A form sent without it leaves the marking as it is.
            kwargs["required"] = False
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "marking":
            field.widget.definitions[Marking.CLEAR.value] = _("Whoever reads the incident.")
        return field

    def has_add_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Tell whether rows may be added to an edition."""
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Tell whether an edition is open to the reader."""
        if obj is None or obj.pk is None:
            return request.user.has_perm("incidents.add_incident")
        return request.user.has_perm("incidents.change_incident") and open_to(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Tell whether rows may be taken from an edition."""
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Rows are read with their edition."""
        return request.user.has_perm("incidents.view_incident") or self.has_change_permission(
            request, obj
        )


class LocationInline(Rows, NamedColumns):
    """Places."""

    model = Location
    formset = PrimaryFormSet
    country_fields = ("country",)
    fields = ("primary", "place", "country", "admin1", "zone", "role", "precision", "lat", "lon")

    class Media:
        js: ClassVar[list[Script]] = [Script("admin_hti/places.js", type="module")]

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return a field for the place that finds towns as one types."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "place":
            field.widget.attrs["data-places"] = reverse_lazy("admin:incidents_incident_places")
            field.help_text = f"{_('Larger towns are found as you type.')} {ATTRIBUTION}"
        return field


class TargetInline(Rows, NamedColumns):
    """Targets."""

    model = Target
    formset = PrimaryFormSet
    country_fields = ("country",)
    fields = ("primary", "country", "sector", "target_kind", "name")


class CitationInline(Rows, NamedColumns):
    """Articles."""

    model = Citation
    form = CitationForm
    autocomplete_fields = ("article",)
    fields = ("article", "captures", "role", "credibility", "locator", "note", "marking")
    readonly_fields = ("captures",)

    @admin.display(description=_("Captures"))
    def captures(self, row: Citation) -> str:
        """Return a link to what is kept of the article."""
        if row.article_id is None:
            return ""
        url = reverse("admin:articles_article_captures", args=[row.article_id])
        return format_html('<a href="{}">{}</a>', url, _("Captures"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Citation]:
        """Return the citations of articles that the reader may see."""
        return Citation.objects.visible_to(request.user).select_related("article")


class ClaimInline(Rows, admin.StackedInline[Any, Incident]):
    """Claims."""

    model = Claim
    form = ClaimForm
    formset = ClaimFormSet
    country_fields = ("responsible_state",)
    autocomplete_fields = ("accused_actor", "claimant_actor")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("claimant", "claimant_kind", "date"),
                    ("responsible_state", "accused_actor", "state_role"),
                    ("stance", "form"),
                    "citations",
                )
            },
        ),
        (
            _("More on this claim"),
            {
                "fields": (
                    ("about", "claimant_actor", "supersedes"),
                    ("confidence_stated", "likelihood_term"),
                    "basis",
                    "marking",
                ),
                "classes": ("collapse",),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Incident | None = None) -> Any:
        """Ask a new draft for numbers of articles, which are no citations yet."""
        if obj is not None:
            return super().get_fieldsets(request, obj)
        (first, said), *more = self.fieldsets
        fields = [("articles" if name == "citations" else name) for name in said["fields"]]
        return [(first, {**said, "fields": fields}), *more]

    def get_formset(self, request: HttpRequest, obj: Incident | None = None, **kwargs: Any) -> Any:
        """Return the formset for a new draft or for an edition with citations."""
        kwargs.setdefault("form", ClaimForm if obj else DraftClaimForm)
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Return the claims with all that a form shows of them."""
        every: Any = super().get_queryset(request)
        rows: QuerySet[Claim] = every.visible_to(request.user)
        named = rows.select_related("accused_actor", "claimant_actor")
        return named.prefetch_related("citations__article")


class SourcedRows(Rows, NamedColumns):
    """Rows that may name one citation as their source, as soon as there are citations."""

    def get_fields(self, request: HttpRequest, obj: Incident | None = None) -> Any:
        """Leave the source out of the form for a new draft, which has no citation to offer."""
        fields = super().get_fields(request, obj)
        return [name for name in fields if name != "citation"] if obj is None else fields


class FindingInline(SourcedRows):
    """Findings on the status."""

    model = StatusFinding
    form = FindingForm
    formset = SourcedFormSet
    fields = ("status", "date", "citation", "note")
    verbose_name_plural = _("findings on the status")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StatusFinding]:
        """Return the findings with their sources."""
        return super().get_queryset(request).select_related("citation__article")

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return a low field for the note."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "note":
            field.widget = forms.Textarea(attrs={"rows": 2, "cols": 40})
        return field


class EffectInline(SourcedRows):
    """Effects."""

    model = Effect
    form = EffectForm
    formset = SourcedFormSet
    fields = ("kind", "low", "best", "high", "unit", "certainty", "citation", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Effect]:
        """Return the effects with their sources."""
        return super().get_queryset(request).select_related("citation__article")


ROWS = (
    LocationInline,
    TargetInline,
    CitationInline,
    ClaimInline,
    FindingInline,
    EffectInline,
)
