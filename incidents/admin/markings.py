"""The pages of a record's present marking: raise it, ask to lower it, decide, say who reads it.

Law: whether a marking changes is decided by `incidents.markings`; a record that the reader may
not read is not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.clearance import clearance
from articles.codebook import Marking
from articles.models import Organisation
from incidents import audit, markings
from incidents.codebook import Deed
from incidents.models import MarkingChange, Record

from .fields import KeysField
from .review import KEYED, told, user_of

CHANGED, SHARED, GRANTED, REFUSED = "change", "share", "grant", "refuse"


class MarkingForm(forms.Form):
    """Another marking, and why."""

    marking = forms.ChoiceField(label=gettext_lazy("Marking"), choices=Marking.choices)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Kept with the record and in the ledger; not shown to the public."),
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )


class SharingForm(forms.Form):
    """Who reads a record beside the people of its organisation."""

    organisations = KeysField(
        Organisation.objects.order_by("name"),
        label=gettext_lazy("Shared with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their people read it at TLP:AMBER once it is published."),
    )
    readers = KeysField(
        User.objects.filter(is_active=True).order_by("username"),
        label=gettext_lazy("Named readers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They read it at TLP:RED, beside its authors and nobody else."),
    )

    def __init__(self, record: Record, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Its own organisation reads it without being named.
        others: Any = self.fields["organisations"]
        others.queryset = others.queryset.exclude(pk=record.organisation_id)


class Marked(admin.ModelAdmin[Record]):
    """A desk at which the present marking of a record changes, and who its readers are."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page of a record's marking, and the list of what was asked for."""
        return [
            path("markings/", self._guarded(self.markings), name="incidents_record_markings"),
            re_path(
                rf"^{KEYED}/marking/$", self._guarded(self.marking), name="incidents_record_marking"
            ),
            *super().get_urls(),
        ]

    def _guarded(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return self.admin_site.admin_view(view)

    def markings(self, request: HttpRequest) -> HttpResponse:
        """Show which less strict markings wait for a second person."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        user = user_of(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Markings asked for"),
            "opts": self.opts,
            "waiting": [(asked, _decides(asked, user)) for asked in markings.waiting_for(user)],
        }
        return TemplateResponse(request, "admin/incidents/record/markings.html", context)

    def marking(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show how a record is marked and who reads it; when something is posted, do it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        user = user_of(request)
        record = get_object_or_404(Record.objects.visible_to(user), pk=key)
        if request.method != "POST":
            return self._marking_page(request, record)
        act = request.POST.get("act", "")
        try:
            done = _steps(record, user, request.POST).get(act, _refuse)()
        except ValidationError as error:
            return self._marking_page(request, record, act, error)
        self.log_change(request, record, done)
        self.message_user(request, done, messages.SUCCESS)
        if not Record.objects.visible_to(user).filter(pk=record.pk).exists():
            return HttpResponseRedirect(reverse("admin:incidents_record_changelist"))
        return HttpResponseRedirect(reverse("admin:incidents_record_marking", args=(record.pk,)))

    def _marking_page(
        self,
        request: HttpRequest,
        record: Record,
        act: str = "",
        error: ValidationError | None = None,
    ) -> HttpResponse:
        user = user_of(request)
        changes = MarkingChange.objects.visible_to(user).filter(record=record)
        waiting = changes.filter(granted=None).first()
        now = {"organisations": record.shared_with.all(), "readers": record.readers.all()}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Marking and readers of %(record)s") % {"record": record},
            "opts": self.opts,
            "record": record,
            "changes": changes.select_related("asked_by", "decided_by").order_by("-pk"),
            "waiting": waiting,
            "decides": waiting is not None and _decides(waiting, user),
            "may_change": markings.may_change(record, user),
            "may_share": markings.may_share(record, user),
            "change": MarkingForm(
                request.POST if act == CHANGED else None, initial={"marking": record.marking}
            ),
            "share": SharingForm(record, request.POST if act == SHARED else None, initial=now),
            "seen": markings.shared_as(record),
            "organisations": record.shared_with.order_by("name"),
            "readers": record.readers.order_by("username"),
            "refusal": told(error) if error else "",
        }
        return TemplateResponse(
            request,
            "admin/incidents/record/marking.html",
            context,
            status=400 if error else 200,
        )


def _steps(record: Record, user: User, sent: Any) -> dict[str, Callable[[], str]]:
    """Return by its name what may be posted; each step says what it did."""
    return {
        CHANGED: lambda: _change(record, user, MarkingForm(sent)),
        SHARED: lambda: _share(record, user, SharingForm(record, sent), sent.get("seen", "")),
        GRANTED: lambda: _decide(record, user, sent, granted=True),
        REFUSED: lambda: _decide(record, user, sent, granted=False),
    }


def _refuse() -> str:
    raise ValidationError(_("There is no such step."))


def _change(record: Record, user: User, form: MarkingForm) -> str:
    if not markings.may_change(record, user):
        raise PermissionDenied
    said = _cleaned(form)
    to = Marking(said["marking"])
    made = markings.change(record, to, by=user, reason=said["reason"])
    if made.granted:
        return _("The record is %(marking)s from now on.") % {"marking": to.label}
    return _("You asked for %(marking)s; a second person decides.") % {"marking": to.label}


def _share(record: Record, user: User, form: SharingForm, seen: str) -> str:
    if not markings.may_share(record, user):
        raise PermissionDenied
    said = _cleaned(form)
    organisations, readers = said["organisations"], said["readers"]
    markings.share_with(record, organisations=organisations, readers=readers, seen=seen)
    names = ", ".join(str(one) for one in (*organisations, *readers))
    audit.note(Deed.PERMISSION, user, f"{record}: read by {names or 'its own house alone'}")
    return _("The readers of the record were set.")


def _decide(record: Record, user: User, sent: Any, *, granted: bool) -> str:
    """Decide on what was read; what was asked for since is not decided unseen."""
    asked = record.marking_changes.filter(granted=None).first()
    if asked is None or sent.get("asked") != str(asked.pk):
        raise ValidationError(_("This was decided already. Look at what is asked for now."))
    markings.decide(asked, by=user, granted=granted)
    if granted:
        return _("Granted: the record is %(marking)s.") % {"marking": asked.get_after_display()}
    return _("Refused: the marking stays as it is.")


def _cleaned(form: forms.Form) -> dict[str, Any]:
    """Return what was typed; raises ValidationError where it is no answer."""
    if not form.is_valid():
        wrong = form.errors.get_json_data().items()
        raise ValidationError(
            [f"{form.fields[name].label}: {one['message']}" for name, them in wrong for one in them]
        )
    return form.cleaned_data


def _decides(asked: MarkingChange, user: User) -> bool:
    """Tell whether somebody may decide on what another one asked for."""
    return clearance(user).reviews and asked.asked_by_id != user.pk
