"""The steps of the review for several editions at once, each with its version."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from incidents import needs
from incidents.models import Incident
from incidents.services import VersionMissing, VersionStale
from incidents.steps import STEPS, Step

from .review import (
    Reviewed,
    number_sent,
    page_name,
    refusal,
    shown_by,
    status_of,
    step_named,
    told,
    user_of,
)

MOST_AT_ONCE: Final = 50
_READ_FIRST: Final = gettext_lazy("It was changed meanwhile. Read it before you decide.")


class ReviewedTogether(Reviewed):
    """A desk at which steps are taken on several editions as well."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that takes a step on several editions."""
        here = path(
            "steps/<slug:name>/", self.page_for(self.step_selected), name=page_name("steps")
        )
        return [here, *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Add the steps that the reader may take at all, each with its confirming page."""
        actions: dict[str, Any] = super().get_actions(request)
        if IS_POPUP_VAR in request.GET or not self.has_step_permission(request):
            return actions
        reviews = needs.reviews(request.user)
        for step in STEPS.values():
            if reviews or not step.for_reviewers:
                name = f"{step.name.replace('-', '_')}_selected"
                actions[name] = (_asking(step), name, str(step.label))
        return actions

    def chosen_page(
        self,
        request: HttpRequest,
        step: Step,
        chosen: QuerySet[Incident],
        error: ValidationError | None = None,
        typed: str = "",
        stale: Collection[int] = (),
    ) -> HttpResponse | None:
        """Return the page that asks about several editions, each with its version.

        Those that are `stale` have to be read first: what stands there now was not.
        """
        rows = chosen.select_related("record").prefetch_related("authors").order_by("pk")
        editions = list(rows[: MOST_AT_ONCE + 1])
        if len(editions) > MOST_AT_ONCE:
            text = _("Choose at most %(n)d editions for one step.") % {"n": MOST_AT_ONCE}
            self.message_user(request, text, messages.WARNING)
            return None
        user = user_of(request)
        hindered = [
            step.hindrance(it, user) or (_READ_FIRST if it.pk in stale else _lacks(step, it))
            for it in editions
        ]
        context = {
            **self.admin_site.each_context(request),
            **refusal(error),
            "title": step.label,
            "opts": self.opts,
            "step": step,
            "rows": [
                (it, why, "" if why else shown_by(step, it, user))
                for it, why in zip(editions, hindered, strict=True)
            ],
            "may_take": not all(hindered),
            "typed": typed,
        }
        return TemplateResponse(
            request, "admin/incidents/incident/steps.html", context, status=status_of(error)
        )

    def step_selected(self, request: HttpRequest, name: str) -> HttpResponse:
        """Take a step on each of the editions that are posted; say why where one is refused.

        What was typed comes back with those that are refused.
        """
        step = step_named(name)
        if not self.has_step_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:incidents_incident_changelist"))
        versions = _versions(request.POST.getlist("edition"))
        editions = self.get_queryset(request).filter(pk__in=versions)
        typed = request.POST.get("text", "")
        if step.asks == "reason" and not typed.strip():
            error = ValidationError({"reason": [_("Give a reason.")]})
            return self.chosen_page(request, step, editions, error, typed) or _list()
        done, refused, stale = [], [], []
        for edition in editions.select_related("record").order_by("pk"):
            named = f"{edition.record.public_id} {edition.title}"
            version = versions[edition.pk]
            try:
                made = step.take(edition, by=user_of(request), version=version, text=typed)
            except ValidationError as error:
                self.message_user(request, f"{named}: {told(error)}", messages.ERROR)
                refused.append(edition.pk)
                if isinstance(error, VersionStale | VersionMissing):
                    stale.append(edition.pk)
            else:
                self.log_change(request, made, str(step.done))
                done.append(made)
        if done:
            text = ngettext("%(n)d edition: %(done)s", "%(n)d editions: %(done)s", len(done))
            words = {"n": len(done), "done": step.done}
            self.message_user(request, text % words, messages.SUCCESS)
        self.tell_staff_only(request, step, done)
        if refused and typed.strip():
            again = editions.filter(pk__in=refused)
            return self.chosen_page(request, step, again, typed=typed, stale=stale) or _list()
        return _list()


def _asking(step: Step) -> Callable[..., HttpResponse | None]:
    """Return the action that asks whether to take a step on several editions."""

    def ask(
        desk: ReviewedTogether, request: HttpRequest, chosen: QuerySet[Incident]
    ) -> HttpResponse | None:
        return desk.chosen_page(request, step, chosen)

    return ask


def _lacks(step: Step, edition: Incident) -> str:
    """Say what an edition still lacks to be handed in."""
    lacking = needs.needs(edition) if step.name == "submit" else []
    if not lacking:
        return ""
    return _("It still lacks: %(parts)s.") % {"parts": ", ".join(need.label for need in lacking)}


def _versions(sent: list[str]) -> dict[int, int | None]:
    """Return the version that was read of each edition, by its key.

    Raises BadRequest.
    """
    versions = {}
    for pair in sent[:MOST_AT_ONCE]:
        key, _sign, version = pair.partition(":")
        row = number_sent(key)
        if row is None:
            raise BadRequest("An edition is chosen by its key and its version.")
        versions[row] = number_sent(version)
    return versions


def _list() -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:incidents_incident_changelist"))
