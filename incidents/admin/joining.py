"""The pages at which two records are compared, merged and taken apart again.

Law: what a page shows of two records is what its reader may read of both; whether a step may be
taken is decided by `joining` and `comparing`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from incidents import audit, comparing, joining, likeness, resembling
from incidents.codebook import Relation, Verdict
from incidents.models import Incident, Record

from .review import KEYED, told, user_of

LONGEST_NOTE: Final = 300


class Joined(admin.ModelAdmin[Record]):
    """A desk at which records are compared, merged and taken apart."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that compare two records, take one out again, and list what was done."""
        return [
            path("merged/", self._page(self.merged), name=_named("merged")),
            re_path(rf"^{KEYED}/compare/$", self._page(self.compare), name=_named("compare")),
            re_path(rf"^{KEYED}/apart/$", self._page(self.take_apart), name=_named("apart")),
            *super().get_urls(),
        ]

    def _page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return self.admin_site.admin_view(view)

    # Two records side by side

    def compare(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show two records side by side; when a decision is posted, take it."""
        _refuse_strangers(request)
        record = self._record(request, pk=key)
        reference = request.GET.get("with", "").strip().upper()
        if not reference:
            return self._ask_page(request, record)
        other = comparing.by_reference(reference, user_of(request))
        if other is None or other.pk == record.pk:
            return self._ask_page(request, record, wrong=reference)
        if request.method != "POST":
            return self._compare_page(request, record, other)
        if not _works(request):
            raise PermissionDenied
        try:
            return self._decide(request, record, other)
        except ValidationError as error:
            return self._compare_page(request, record, other, refusal=told(error))

    def _ask_page(self, request: HttpRequest, record: Record, wrong: str = "") -> HttpResponse:
        user = user_of(request)
        edition = comparing.standing(record, user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare %(record)s with another record") % {"record": record},
            "opts": self.opts,
            "record": record,
            "edition": edition,
            "alike": resembling.alike(edition, user) if edition else [],
            "wrong": wrong,
        }
        return TemplateResponse(
            request, "admin/incidents/record/ask.html", context, status=404 if wrong else 200
        )

    def _compare_page(
        self, request: HttpRequest, record: Record, other: Record, refusal: str = ""
    ) -> HttpResponse:
        user = user_of(request)
        try:
            seen = comparing.side_by_side(record, other, user)
            plans = [likeness.plan(*pair, user) for pair in ((record, other), (other, record))]
        except ValidationError as error:
            raise Http404 from error
        audit.read(request, seen.one, seen.other)
        decided = comparing.between(record, other, user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare %(one)s and %(other)s") % {"one": record, "other": other},
            "opts": self.opts,
            "record": record,
            "other": other,
            "seen": seen,
            "ways": [_way(plan, user) for plan in plans],
            "decided": decided,
            "objection": comparing.objection(decided, user) if decided else "",
            "taking_in": joining.drafts_joining(record, other, user),
            "relations": Relation.choices,
            "works": _works(request),
            "refusal": refusal,
            "typed": request.POST if refusal else {},
            "longest": LONGEST_NOTE,
        }
        return TemplateResponse(
            request,
            "admin/incidents/record/compare.html",
            context,
            status=400 if refusal else 200,
        )

    def _decide(self, request: HttpRequest, record: Record, other: Record) -> HttpResponse:
        """Take the decision that was posted; raises ValidationError where it is refused."""
        user, act = user_of(request), request.POST.get("act", "")
        decided = comparing.between(record, other, user)
        if act == "join":
            here = request.POST.get("survivor") == str(record.pk)
            pair = (record, other) if here else (other, record)
            draft = joining.join(*pair, by=user)
            text = _(
                "%(other)s is joined in this draft of %(record)s. Look it through, hand it in."
            )
            words = {"record": pair[0], "other": pair[1]}
            self._tell(request, record, text % words)
            return HttpResponseRedirect(_edition_url(draft))
        if act == "leave-out":
            for draft in joining.drafts_joining(record, other, user):
                joining.leave_out(draft, by=user)
            self._tell(request, record, _("The draft takes nothing in any more."))
        elif act == "distinct":
            comparing.decide(record, other, Verdict.DISTINCT, by=user)
            self._tell(request, record, _("Remembered: these are two incidents."))
        elif act == "related":
            relation, note = (request.POST.get(name, "") for name in ("relation", "note"))
            comparing.decide(record, other, Verdict.RELATED, by=user, relation=relation, note=note)
            self._tell(request, record, _("Remembered: these two belong together."))
        elif act == "confirm" and decided:
            comparing.confirm(decided, by=user)
            self._tell(request, record, _("Whoever reads both is told that they are related."))
        elif act == "revoke" and decided:
            comparing.revoke(decided, by=user)
            self._tell(request, record, _("The decision is forgotten."))
        else:
            raise BadRequest("This is no decision on two records.")
        return HttpResponseRedirect(compare_url(record, other))

    def _tell(self, request: HttpRequest, record: Record, text: str) -> None:
        self.log_change(request, record, text)
        self.message_user(request, text, messages.SUCCESS)

    def _record(self, request: HttpRequest, **named: Any) -> Record:
        """Return a record that the reader may see.

        Raises Http404 alike for what is hidden and what is not there.
        """
        found = Record.objects.visible_to(request.user).filter(**named).first()
        if found is None:
            raise Http404
        return found

    # What was merged

    def merged(self, request: HttpRequest) -> HttpResponse:
        """List the merges that stand, and what was decided on pairs of records."""
        _refuse_strangers(request)
        user = user_of(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merged and compared records"),
            "opts": self.opts,
            "merges": joining.merges(user),
            "decisions": comparing.decisions(user),
        }
        return TemplateResponse(request, "admin/incidents/record/merged.html", context)

    def take_apart(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ask why a merge shall be taken back; when that is posted, take it back."""
        _refuse_strangers(request)
        user = user_of(request)
        # Asked alike for what is hidden and what is not there.
        merge = next(iter(joining.merges(user, Record(pk=int(key)))), None)
        if merge is None:
            raise Http404
        record = merge.source.record
        audit.read(request, merge.edition)
        refusal, reason = "", request.POST.get("reason", "")
        if request.method == "POST":
            if not _works(request):
                raise PermissionDenied
            survivor = merge.edition.record
            try:
                joining.take_apart(record, by=user, reason=reason)
            except ValidationError as error:
                refusal = told(error)
            else:
                text = _("%(record)s stands for itself again.") % {"record": record}
                self._tell(request, record, text)
                return HttpResponseRedirect(compare_url(survivor, record))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take %(record)s apart") % {"record": record},
            "opts": self.opts,
            "record": record,
            "merge": merge,
            "rows": comparing.told_rows(merge.edition, merge.rows, user),
            "hindrance": joining.hindrance(record, user),
            "refusal": refusal,
            "reason": reason,
            "longest": LONGEST_NOTE,
        }
        return TemplateResponse(
            request,
            "admin/incidents/record/apart.html",
            context,
            status=400 if refusal else 200,
        )


def around(request: HttpRequest, edition: Incident) -> dict[str, Any]:
    """Return what the form of an edition says of other records that may be the same incident."""
    user = user_of(request)
    return {
        "alike": [
            (other, compare_url(edition.record, other.incident.record))
            for other in resembling.alike(edition, user)
        ],
        "taken_in": edition.takes_in
        if edition.takes_in and comparing.standing(edition.takes_in, user)
        else None,
        "compare_url": reverse(f"admin:{_named('compare')}", args=(edition.record_id,)),
    }


def compare_url(record: Record, other: Record) -> str:
    """Return the address of the page that shows two records side by side."""
    base = reverse(f"admin:{_named('compare')}", args=(record.pk,))
    return f"{base}?{urlencode({'with': other.public_id})}"


def _way(plan: likeness.Plan, user: Any) -> dict[str, Any]:
    """Return what merging one way would do, in words."""
    uids = [str(row.uid) for rows in plan.joined.values() for row in rows]
    return {"plan": plan, "rows": comparing.told_rows(plan.source, uids, user)}


def _refuse_strangers(request: HttpRequest) -> None:
    """Refuse who does not read incidents at the desk.

    Raises PermissionDenied.
    """
    if not user_of(request).has_perm("incidents.view_incident"):
        raise PermissionDenied


def _works(request: HttpRequest) -> bool:
    return user_of(request).has_perm("incidents.change_incident")


def _named(page: str) -> str:
    return f"incidents_record_{page}"


def _edition_url(edition: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=(edition.pk,))
