"""A new draft that begins with what its article proposes, and how often that was right."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles.countries import LANGUAGES
from incidents import proposals, totals
from incidents.models import Incident, ReportedFigure
from incidents.suggestions.verdict import ENOUGH
from incidents.suggestions.vocabulary import languages

from .review import user_of

_KEPT: Final = "_proposal"
# What has a value where nobody chose one.
_CHOSEN: Final = ("status", "outcome")
ARTICLE, ITEM = "from_article", "from_item"


def proposal_of(request: HttpRequest) -> proposals.Proposal | None:
    """Return what the article that the address names proposes; it is read once a request."""
    if not hasattr(request, _KEPT):
        found, user = None, user_of(request)
        if key := request.GET.get(ARTICLE):
            found = proposals.of_article(key, user)
        elif key := request.GET.get(ITEM):
            found = proposals.of_item(key, user)
        setattr(request, _KEPT, found)
    made: proposals.Proposal | None = getattr(request, _KEPT)
    return made


def _digest(proposal: proposals.Proposal) -> str:
    """Return a short text that changes with what was read."""
    return sha256(f"{proposal.title}\0{proposal.text}".encode()).hexdigest()[:16]


def _unread(language: str) -> str:
    """Return what a language is called that the rules have no words of."""
    if language in languages():
        return ""
    return str(LANGUAGES.get(language, _("its language")))


def draft_from(**key: Any) -> str:
    """Return the address of the form for a new draft from an article or an announcement."""
    return f"{reverse('admin:incidents_incident_add')}?{urlencode(key)}"


class Proposing(admin.ModelAdmin[Incident]):
    """A form for a new draft that an article may fill."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that says how often proposals were kept."""
        view: Any = self.admin_site.admin_view(self.precision)
        return [path("precision/", view, name="incidents_incident_precision"), *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the article proposes."""
        if proposal := proposal_of(request):
            return proposal.initial
        return self._without_text(request)

    def _without_text(self, request: HttpRequest) -> dict[str, Any]:
        """Fill in the address of an article that has no text yet, and say how it gets one."""
        article = proposals.article_of(request.GET.get(ARTICLE, ""), user_of(request))
        if article is None:
            return {}
        link = format_html(
            '<a href="{}">{}</a>',
            reverse("admin:articles_article_captures", args=[article.pk]),
            _("Capture the article first"),
        )
        text = _("Nothing is suggested, as the text of this article is not here yet. {}.")
        self.message_user(request, format_html(text, link), messages.WARNING)
        return {"article_url": article.url}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Incident, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Fill rows with what the article proposes; what is sent stands for itself."""
        made: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and obj.pk is None and (proposal := proposal_of(request)):
            made["initial"] = proposal.rows(prefix)
        return made

    def proposing(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the form for a new draft shows of its article."""
        proposal = proposal_of(request)
        if proposal is None:
            return {}
        found = totals.totals(proposal, user_of(request))
        ledger = self.admin_site.get_model_admin(ReportedFigure)
        held = [known.figure for total in found for known in total.known]
        return {
            "proposal": proposal,
            "proposal_digest": _digest(proposal),
            "unfilled": json.dumps({name: getattr(Incident(), name) for name in _CHOSEN}),
            "totals": found,
            "open_figures": {it.pk for it in held if ledger.has_change_permission(request, it)},
            "enough": f"{ENOUGH:g}",
            "judged": request.POST.get("_judged", ""),
            "unread_language": _unread(proposal.found.language),
        }

    def note_proposed(self, request: HttpRequest, incident: Incident) -> None:
        """Keep which proposals a new draft was saved with, unless others were shown than now."""
        proposal = proposal_of(request)
        if proposal and request.POST.get("_proposal") == _digest(proposal):
            proposals.note(proposal, incident, request.POST, by=user_of(request))

    def precision(self, request: HttpRequest) -> HttpResponse:
        """Show, by language and part of the form, how often what was proposed was kept."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Precision of suggestions"),
            "opts": self.opts,
            "parts": [str(label) for label in proposals.PARTS.values()],
            "rows": [
                (str(LANGUAGES.get(language, _("Not known"))), cells)
                for language, cells in proposals.precision(user_of(request))
            ],
        }
        return TemplateResponse(request, "admin/incidents/incident/precision.html", context)
