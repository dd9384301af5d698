"""The steps of an edition at its desk, and what is read beforehand; `several` takes them together.

Law: what is decided is the version that was read; a refusal is told in words, and what was
typed stands there again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, re_path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.codebook import Marking
from articles.text import KEY
from incidents import audit, diffs, needs, review, scrutiny, steps
from incidents.models import Incident
from incidents.services import VersionMissing, VersionStale
from incidents.steps import STEPS, Step

# What addresses say of the row that a page is on.
KEYED: Final = rf"(?P<key>{KEY})"
# What somebody types beside a step; a service refuses it by one of these names.
_TYPED: Final = ("reason", "text")


class Reviewed(admin.ModelAdmin[Incident]):
    """A desk at which editions are handed in, decided on, revised and withdrawn."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of the review and of its steps."""
        return [
            re_path(rf"^{KEYED}/review/$", self.page_for(self.review), name=page_name("review")),
            re_path(rf"^{KEYED}/comment/$", self.page_for(self.comment), name=page_name("comment")),
            re_path(
                rf"^{KEYED}/step/(?P<name>[a-z-]{{1,20}})/$",
                self.page_for(self.step),
                name=page_name("step"),
            ),
            *super().get_urls(),
        ]

    def page_for(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Return a view of the desk, which asks for a login."""
        return self.admin_site.admin_view(view)

    def review(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show what would change for the public, what is doubtful, and what was said."""
        return self._review_page(request, self._edition(request, key))

    def _review_page(
        self,
        request: HttpRequest,
        edition: Incident,
        error: ValidationError | None = None,
        typed: str = "",
    ) -> HttpResponse:
        user = user_of(request)
        before = needs.compared_with(edition, user)
        may = steps.offered(edition, user)
        why = review.objections([edition], user) if needs.waits(edition) else {}
        context = {
            **self.admin_site.each_context(request),
            **refusal(error),
            "title": _("Review: %(title)s") % {"title": edition.title},
            "opts": self.opts,
            "edition": edition,
            "before": before,
            "diff": diffs.diff(before, edition, user),
            "concerns": scrutiny.concerns(edition, user) if needs.is_open(edition) else [],
            "cited": scrutiny.cited(edition, user),
            "claimed": scrutiny.claimed(edition, user),
            "thread": needs.thread(edition, user),
            "decisions": [step for step in may if step.decides],
            "steps": [step for step in may if not step.decides],
            "objection": why.get(edition.pk, ""),
            "may_change": self.has_change_permission(request, edition),
            "typed": typed,
            "longest": steps.LONGEST_COMMENT,
        }
        return TemplateResponse(
            request, "admin/incidents/incident/review.html", context, status=status_of(error)
        )

    def panel(self, request: HttpRequest, edition: Incident) -> dict[str, Any]:
        """Return what the form of an edition says of its review."""
        user = user_of(request)
        may = steps.offered(edition, user) if self.has_step_permission(request) else []
        return {
            "decides": any(step.decides for step in may),
            "steps": [step for step in may if not step.decides],
            "thread": needs.thread(edition, user),
            "waits": needs.waits(edition),
            "may_submit": edition.state in review.EDITABLE,
            "revision": needs.open_beside(edition, user),
        }

    def has_step_permission(self, request: HttpRequest) -> bool:
        """Tell whether the reader works on editions at all."""
        return super().has_change_permission(request)

    def comment(self, request: HttpRequest, key: str) -> HttpResponse:
        """Say something about an edition."""
        edition = self._edition(request, key)
        page = reverse("admin:incidents_incident_review", args=(key,))
        if request.method != "POST":
            return HttpResponseRedirect(page)
        typed = request.POST.get("text", "")
        try:
            review.comment(edition, by=user_of(request), text=typed)
        except ValidationError as error:
            return self._review_page(request, edition, error, typed)
        self.message_user(request, _("Your comment was added."), messages.SUCCESS)
        return HttpResponseRedirect(f"{page}#thread")

    def step(self, request: HttpRequest, key: str, name: str) -> HttpResponse:
        """Ask whether a step shall be taken; when that is posted, take it."""
        step, edition = step_named(name), self._edition(request, key)
        if not self.has_step_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            if step.decides:
                return HttpResponseRedirect(reverse("admin:incidents_incident_review", args=(key,)))
            return self._step_page(request, step, edition)
        typed = request.POST.get("text", "")
        try:
            made = step.take(
                edition,
                by=user_of(request),
                version=number_sent(request.POST.get("version", "")),
                text=typed,
            )
        except ValidationError as error:
            edition = self._edition(request, key)
            if step.decides:
                return self._review_page(request, edition, error, typed)
            return self._step_page(request, step, edition, error, typed)
        self.log_change(request, made, str(step.done))
        self.message_user(request, str(step.done), messages.SUCCESS)
        self.tell_staff_only(request, step, [made])
        return HttpResponseRedirect(_after(step, made))

    def _step_page(
        self,
        request: HttpRequest,
        step: Step,
        edition: Incident,
        error: ValidationError | None = None,
        typed: str = "",
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **refusal(error),
            "title": f"{step.label}: {edition.title}",
            "opts": self.opts,
            "step": step,
            "edition": edition,
            "hindrance": step.hindrance(edition, user_of(request)),
            "shown": shown_by(step, edition, user_of(request)),
            "needs": needs.needs(edition) if step.name == "submit" else [],
            "typed": typed,
        }
        return TemplateResponse(
            request, "admin/incidents/incident/step.html", context, status=status_of(error)
        )

    def _edition(self, request: HttpRequest, key: str) -> Incident:
        """Return an edition that the reader may see.

        Raises Http404 alike for what is hidden and what is not there.
        """
        rows = self.get_queryset(request).select_related("record").prefetch_related("authors")
        edition: Incident = get_object_or_404(rows, pk=key)
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        audit.read(request, edition)
        return edition

    def tell_staff_only(self, request: HttpRequest, step: Step, made: list[Incident]) -> None:
        """Say which published editions the public does not read."""
        kept = [it for it in made if it.marking != Marking.CLEAR] if step.name == "approve" else []
        if kept:
            text = _("Published, but not for the public, which reads TLP:CLEAR alone: {}.")
            named = (
                f"{it.record.public_id} {it.title} ({it.get_marking_display()})" for it in kept
            )
            self.message_user(request, text.format("; ".join(named)), messages.WARNING)


def shown_by(step: Step, edition: Incident, user: User) -> str:
    """Say whom handing an edition in lets read articles at RED; whoever writes it names them."""
    articles, readers = review.shown_by(edition, user) if step.name == "submit" else ([], [])
    if not readers:
        return ""
    told = ngettext(
        "%(n)d article at TLP:RED that you added is read by its named readers then: %(names)s.",
        "%(n)d articles at TLP:RED that you added are read by its named readers then: %(names)s.",
        len(articles),
    )
    return told % {"n": len(articles), "names": ", ".join(map(str, readers))}


def user_of(request: HttpRequest) -> User:
    """Return who is logged in.

    Raises TypeError where nobody is.
    """
    if not isinstance(request.user, User):
        raise TypeError("The desk is for those who logged in.")
    return request.user


def told(error: ValidationError) -> str:
    """Return the messages of an error, each with the part of the record that it is about."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        " ".join(why) if part in _TYPED else f"{_called(part)}: {' '.join(why)}"
        for part, why in error.message_dict.items()
    )


def _called(part: str) -> str:
    return str(needs.PARTS[part][0]) if part in needs.PARTS else part


def refusal(error: ValidationError | None) -> dict[str, Any]:
    """Return what a page says of a refusal: of what was typed, of the rest, and of the version."""
    if error is None:
        return {}
    parts = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {
        "moved": isinstance(error, VersionStale | VersionMissing),
        "wrong": [why for part in _TYPED for why in parts.get(part, ())],
        "refusals": [
            f"{_called(part)}: {why}" if part else why
            for part, whys in parts.items()
            if part not in _TYPED
            for why in whys
        ],
    }


def status_of(error: ValidationError | None) -> int:
    """Return the HTTP status of a page that tells of a refusal."""
    return 409 if isinstance(error, VersionStale) else 200


def step_named(name: str) -> Step:
    """Return a step of the review.

    Raises Http404.
    """
    if name not in STEPS:
        raise Http404
    return STEPS[name]


def number_sent(text: str) -> int | None:
    """Return a whole number of at most nine digits as a form sends it, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _after(step: Step, made: Incident) -> str:
    """Return where to go on after a step."""
    if step.decides:
        return reverse("admin:incidents_incident_queue")
    if step.name == "discard":
        return reverse("admin:incidents_incident_changelist")
    return reverse("admin:incidents_incident_change", args=(made.pk,))


def page_name(page: str) -> str:
    """Return the name of the address of a page of this desk."""
    return f"incidents_incident_{page}"
