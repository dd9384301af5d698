"""What waits: the editions in review, oldest first, and what each reader was told."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles.text import is_key
from incidents import markings, needs, notices, review
from incidents.codebook import Notice
from incidents.models import Incident, Notification

from .review import user_of

PAGE: Final = 50
# Where somebody goes on from what they were told: to decide and to read, or to work.
_TO_WORK_ON: Final = (Notice.RETURNED,)


class Waiting(admin.ModelAdmin[Incident]):
    """A desk that says what waits for whom."""

    def get_urls(self) -> list[URLPattern]:
        """Add the review queue and the notifications."""
        queue: Any = self.admin_site.admin_view(self.queue)
        told: Any = self.admin_site.admin_view(self.notices)
        return [
            path("queue/", queue, name="incidents_incident_queue"),
            path("notices/", told, name="incidents_incident_notices"),
            *super().get_urls(),
        ]

    def queue(self, request: HttpRequest) -> HttpResponse:
        """Show what is in review, and what the reader works on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        user = user_of(request)
        waiting = needs.in_review(user).select_related("record").prefetch_related("authors")
        shown = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
        why = review.objections(list(shown), user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review queue"),
            "opts": self.opts,
            "page": shown,
            "rows": [(edition, why.get(edition.pk, "")) for edition in shown],
            "reviews": needs.reviews(user),
            "markings": markings.waiting_for(user).count(),
        }
        return TemplateResponse(request, "admin/incidents/incident/queue.html", context)

    def notices(self, request: HttpRequest) -> HttpResponse:
        """Show what the reader was told; note that it was read, and go on to what it is about."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        user = user_of(request)
        told = Notification.objects.visible_to(user).select_related("edition__record", "by")
        if request.method == "POST":
            return self._read(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Notifications"),
            "opts": self.opts,
            "page": Paginator(told, PAGE).get_page(request.GET.get("page")),
        }
        return TemplateResponse(request, "admin/incidents/incident/notices.html", context)

    def _read(self, request: HttpRequest) -> HttpResponse:
        user, key = user_of(request), request.POST.get("open", "")
        page = HttpResponseRedirect(reverse("admin:incidents_incident_notices"))
        if not key:
            notices.read(user)
            messages.success(request, _("All notifications are read."))
            return page
        if not is_key(key):
            raise BadRequest("A notification is opened by its key.")
        opened = notices.of(user, key)
        if opened is None:
            messages.warning(request, _("This notification is there no more."))
            return page
        notices.read(user, [key])
        view = "change" if opened.notice in _TO_WORK_ON else "review"
        address = reverse(f"admin:incidents_incident_{view}", args=(opened.edition_id,))
        return HttpResponseRedirect(address)
