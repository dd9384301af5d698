"""The desk for incidents: log a draft in one form, work on it, publish what others logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.codebook import Marking
from articles.text import tokens
from incidents import audit, drafting, review, scrutiny, services
from incidents.codebook import WORKED_ON
from incidents.filters import ask
from incidents.formats import csv
from incidents.models import Citation, Claim, Incident
from incidents.models.children import PLACE_CHOICES
from incidents.needs import blamed_in_title, drafts_of, needs, written_by
from incidents.tables.flat import cells, lines

from .fields import Explained
from .forms import DraftForm, IncidentForm, changed, kept, kept_labels, prefilled
from .inlines import ROWS, CitationInline, LocationInline, TargetInline, open_to
from .joining import around
from .layout import CHANGED, CODED, LOGGED, SAID, WORKED
from .places import towns
from .proposing import Proposing
from .queue import Waiting
from .resembling import Resembled
from .review import user_of
from .several import ReviewedTogether
from .stale import Versioned

MOST_WORDS = 12
PLACES = {code: str(label) for code, label in PLACE_CHOICES}
FIRST = (LocationInline.model, TargetInline.model, CitationInline.model)


class Mine(admin.SimpleListFilter):
    """What the reader wrote themselves."""

    title = gettext_lazy("author")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the drafts and all."""
        return [("drafts", gettext_lazy("My drafts")), ("all", gettext_lazy("Written by me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Incident]) -> QuerySet[Incident]:
        """Keep the editions of the reader; an unknown word is no answer."""
        if self.value() is None:
            return queryset
        own = {"drafts": drafts_of, "all": written_by}.get(str(self.value()))
        if own is None:
            raise IncorrectLookupParameters
        return queryset.filter(pk__in=own(user_of(request)).values("pk"))


@admin.register(Incident)
class IncidentAdmin(Proposing, ReviewedTogether, Waiting, Resembled, Explained, Versioned):
    """Editions of incidents."""

    form = IncidentForm
    inlines = ROWS
    autocomplete_fields = ("campaign",)
    readonly_fields = ("reference", "state", "written_by")
    list_display = (
        "reference",
        "title",
        "occurred",
        "event_type",
        "place",
        "status",
        "outcome",
        "state",
        "marking",
        "changed",
    )
    list_display_links = ("reference", "title")
    list_filter = (Mine, "state", "status", "outcome", "severity", "marking", "event_type")
    list_select_related = ("record",)
    ordering = ("-pk",)
    search_fields = ("search_text",)
    search_help_text = gettext_lazy("Words of title and summary, or a reference.")
    country_names = tuple(PLACES.values())
    actions = ("take_out",)

    class Media:
        js: ClassVar[list[Script]] = [
            Script("admin_hti/primary.js", type="module"),
            Script("admin_hti/proposals.js", type="module"),
            Script("admin_hti/resembling.js", type="module"),
            Script("admin_hti/rows.js", type="module"),
            Script("admin_hti/sources.js", type="module"),
        ]

    change_form_template = "admin/incidents/incident/change_form.html"

    @admin.action(description=gettext_lazy("Take out as CSV"))
    def take_out(self, request: HttpRequest, queryset: Any) -> StreamingHttpResponse:
        """Answer with the chosen editions as a file, as the interface for programs writes it."""
        question = ask(QueryDict("series=all"), user_of(request))
        chosen = lines(queryset.as_known_on(None).order_by("-pk"))
        response = StreamingHttpResponse(
            csv.write(chosen, cells(question)), content_type=f"{csv.MEDIA_TYPE}; charset=utf-8"
        )
        response["Content-Disposition"] = 'attachment; filename="incidents.csv"'
        return response

    # What is shown and asked

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Allow the filters shown, of which one is no column."""
        return lookup == Mine.parameter_name or super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("reference"), ordering="record__reference")
    def reference(self, incident: Incident) -> str:
        """The public reference, or the provisional one."""
        return incident.record.public_id

    @admin.display(description=gettext_lazy("country"), ordering="country")
    def place(self, incident: Incident) -> str:
        """The country of the primary location."""
        return PLACES.get(incident.country, "")

    @admin.display(description=gettext_lazy("changed"), ordering="changed_at")
    def changed(self, incident: Incident) -> str:
        """The day of the last change, short enough for a full row."""
        return incident.changed_at.date().isoformat()

    @admin.display(description=gettext_lazy("written by"))
    def written_by(self, incident: Incident) -> str:
        """The authors, none of whom may publish it."""
        return ", ".join(str(author) for author in incident.authors.order_by("username"))

    def get_fieldsets(self, request: HttpRequest, obj: Incident | None = None) -> Any:
        """Ask for the two minutes' part of a new incident, and for a reason of a new edition."""
        if obj is None:
            return LOGGED + CODED
        open_revision = obj.record.first_published_at and obj.state in WORKED_ON
        reason = CHANGED if open_revision or obj.change_reason else ()
        said = SAID if self.has_change_permission(request, obj) else ()
        return reason + WORKED + CODED + said

    def get_form(
        self, request: HttpRequest, obj: Incident | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Incident]]:
        """Return the form for a draft or for the work on one."""
        kwargs.setdefault("form", IncidentForm if change else DraftForm)
        form: type[forms.ModelForm[Incident]] = super().get_form(request, obj, change, **kwargs)
        return form

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Incident], search_term: str
    ) -> tuple[QuerySet[Incident], bool]:
        """Find words folded as they are kept, or a reference."""
        reference = search_term.strip().upper()
        if reference.startswith(("HTI-", "P-")):
            found = queryset.filter(record__reference=reference)
            return found | queryset.filter(record__provisional=reference), False
        words = [word[:60] for word in tokens(search_term[:1000])[:MOST_WORDS]]
        found = Incident.objects.saying(words)
        return (queryset.filter(pk__in=found.values("pk")) if words else queryset), False

    # Who may do what

    def has_change_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Tell whether the reader may change an edition; what was public never changes."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or open_to(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Incident | None = None) -> bool:
        """Nothing is deleted here; an edition once public stays, a draft is discarded."""
        return False

    # Writing

    def save_model(
        self, request: HttpRequest, obj: Incident, form: forms.ModelForm[Incident], change: bool
    ) -> None:
        """Save a new draft; an edition that is worked on is saved where anything was changed."""
        if not change:
            services.start_draft(obj, by=user_of(request))
            self.note_proposed(request, obj)

    def _note_change(self, request: HttpRequest, incident: Incident) -> None:
        """Save an edition that was changed: a new version, out of review, by one author more."""
        incident.version += 1
        incident.save()
        incident.authors.add(user_of(request))
        review.void(incident, by=user_of(request))
        services.move_clocks(public=False)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows, add those that a new draft lacks, and store what follows from them."""
        incident: Incident = form.instance
        if change:
            self._say(request, incident, form.cleaned_data["comment"])
            if not changed(form, formsets):
                for formset in formsets:
                    formset.save(commit=False)  # the log asks each what it saved: nothing
                return
            self._note_change(request, incident)
        form.save_m2m()
        for formset in formsets:
            if formset.model in FIRST:
                self.save_formset(request, form, formset, change=change)
        cited: list[Citation] = []
        if not change:
            urls = [form.cleaned_data["article_url"], *form.cleaned_data["more_articles"]]
            rows = next(formset for formset in formsets if formset.model is Citation)
            cited = drafting.cite(incident, urls, by=user_of(request))
            cited += [row.instance for row in rows.kept()]
            drafting.locate(incident, form.cleaned_data["country_name"])
        for formset in formsets:
            if formset.model not in FIRST:
                self.save_formset(request, form, formset, change=change)
                if formset.model is Claim and cited:
                    for row in formset.kept():
                        drafting.rest(row.instance, row.cleaned_data.get("articles") or (), cited)
        drafting.rest_claims(incident, by=user_of(request))
        services.settle(incident)
        if not change:
            self.keep_decisions(request, incident)
            self.tell_citing(request, incident)

    def _say(self, request: HttpRequest, incident: Incident, comment: str) -> None:
        """Add what was said beside the form; saying something changes no edition."""
        if comment:
            review.comment(incident, by=user_of(request), text=comment)

    def _tell_needs(self, request: HttpRequest, incident: Incident) -> None:
        """Say what publishing will still need, each a link to its part of the form."""
        if "_continue" in request.POST:
            return  # the form that follows says so itself
        found = needs(incident)
        if found:
            links = format_html_join(", ", '<a href="{}">{}</a>', [(n.url, n.label) for n in found])
            text = _("Publishing will still need: {}.")
            self.message_user(request, format_html(text, links), messages.WARNING)
        names = blamed_in_title(incident)
        if names:
            self.message_user(request, _blame(names), messages.WARNING)
        for concern in scrutiny.revealed(incident, user_of(request)):
            self.message_user(request, concern.told, messages.WARNING)

    def response_add(
        self, request: HttpRequest, obj: Incident, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Go on to the next incident with what a series shares, where that was asked for."""
        answer = super().response_add(request, obj, post_url_continue)
        self._tell_needs(request, obj)
        if "_next" not in request.POST:
            return answer
        same = [request.POST.get("article_url", "")] if request.POST.get("same_article") else []
        query = urlencode(kept(obj, same))
        return HttpResponseRedirect(f"{reverse('admin:incidents_incident_add')}?{query}")

    def response_change(self, request: HttpRequest, obj: Incident) -> HttpResponse:
        """Tell what is still needed on the page that follows."""
        answer = super().response_change(request, obj)
        if "_submit" in request.POST:
            return HttpResponseRedirect(
                reverse("admin:incidents_incident_step", args=(obj.pk, "submit"))
            )
        self._tell_needs(request, obj)
        return answer

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the address fills in, as far as the fields take it."""
        form = self.get_form(request)
        values, wrong = prefilled(form, request.GET.dict())
        proposed = super().get_changeform_initial_data(request)
        if wrong:
            text = _("The address held values that were not taken over: {}.")
            self.message_user(request, text.format(", ".join(wrong)), messages.WARNING)
        return {**proposed, **values}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: Incident | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Add what publishing will need, and what was kept of the incident before."""
        if obj is None:
            context["decided"] = list(filter(None, request.POST.getlist("decided")))
            context["kept"] = kept_labels(context["adminform"].form, request.GET)
            context |= self.proposing(request)
            context["show_save_and_add_another"] = False
        else:
            audit.read(request, obj)
            context |= self.panel(request, obj) | around(request, obj)
        if obj is not None and obj.state in WORKED_ON:
            context["needs"] = needs(obj)
            context["for_staff"] = "" if obj.marking == Marking.CLEAR else obj.get_marking_display()
            names = blamed_in_title(obj)
            context["blamed"] = _blame(names) if names else ""
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Return what was changed, rows by their kind only: a title may be for its author alone."""
        told: Any = super().construct_change_message(request, form, formsets, add)
        for part in (part for entry in told for part in entry.values()):
            if "object" in part:
                part["object"] = "…"
        return told

    def get_urls(self) -> list[URLPattern]:
        """Add the question which towns have a name."""
        places: Callable[..., HttpResponse] = self.admin_site.admin_view(towns)
        return [path("places/", places, name="incidents_incident_places"), *super().get_urls()]


def _blame(names: list[str]) -> str:
    text = _("The title names {}. A title is neutral; who is blamed goes into claims.")
    return text.format(", ".join(names))
