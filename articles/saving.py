"""Saving at a desk: a form says what it started from, and never overwrites what it did not show.

Law: the check and the save are one transaction under a lock of the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import models, router, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .sent import Read, read_from, read_of
from .stale import Comparison, Forms, Part, compare, left

type_of_row = TypeVar("type_of_row", bound=models.Model)

# What a form sends beside its fields: what it started from; that, and of what, the stored text
# shall be taken.
READ: Final = "_read"
TAKE: Final = "_take"
TAKEN: Final = "_taken"
_FOUND: Final = "_stale"


class Saving(admin.ModelAdmin[type_of_row]):
    """A desk whose forms are refused where another one saved meanwhile; both texts are shown."""

    # -- for desks that keep versions --------------------------------------------------------

    def version_of(self, row: type_of_row) -> str:
        """Return the version of a row, or nothing where it has none."""
        return str(getattr(row, "version", ""))

    def is_present(self, row: type_of_row, version: str) -> bool:
        """Lock a row until the transaction ends; tell whether it is still of a version."""
        rows: Any = self.model._base_manager.select_for_update().filter(pk=row.pk)
        return any(self.version_of(locked) == version for locked in rows)

    # -- the form ----------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Refuse to save over what another one saved meanwhile; then answer as ever."""
        if request.method == "POST" and object_id is not None:
            with transaction.atomic(using=router.db_for_write(self.model)):
                refused = self._refused(request, unquote(object_id))
                return refused or super().changeform_view(
                    request, object_id, form_url, extra_context
                )
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _refused(self, request: HttpRequest, key: str) -> HttpResponse | None:
        """Return the page that refuses a form; where the form can be mended, it is prepared."""
        if not self.has_change_permission(request):
            return None
        read = read_from(request.POST.get(READ, ""))
        row = self.get_object(request, key)
        fresh = row is not None and self.is_present(row, read.version if read else "")
        row = self.get_object(request, key)
        if row is None:
            return self._gone(request)
        if not self.has_change_permission(request, row):
            return self._closed(request, row, read) if read else None
        present = self._forms(request, row, sent=False)
        now = self._read_of(row, *present)
        if fresh and read == now and TAKE not in request.POST:
            return None
        # Cleaning a form that was sent writes into its row, so each form has its own.
        sent = self._forms(request, self.get_object(request, key) or row)
        known = read if read and read.of == now.of else None
        taken = request.POST.getlist(TAKEN) if TAKE in request.POST else ()
        found = compare(known, now, sent, present, taken)
        setattr(request, _FOUND, found)
        request.POST = found.data
        return None

    def get_form(
        self,
        request: HttpRequest,
        obj: type_of_row | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Return the form; one that is refused counts as invalid, so that it is shown again."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (_Refused, form), {}) if _found(request) else form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: type_of_row | None = None,
    ) -> HttpResponse:
        """Add what the form starts from and, where it is refused, what differs."""
        found = _found(request)
        if found:
            context["read"] = found.now.signed()
            context["stale"] = found
            context["refused"] = TAKE not in request.POST
            context["title"] = _("Not saved yet")
            context["saved_last"] = self._saved_last(obj)
        elif request.method == "POST":
            context["read"] = request.POST.get(READ, "")
        elif obj is not None and self.has_change_permission(request, obj):
            formsets = [one.formset for one in _open(context["inline_admin_formsets"])]
            read = self._read_of(obj, context["adminform"].form, formsets)
            context["read"] = read.signed()
        answer = super().render_change_form(request, context, add, change, form_url, obj)
        if found and context["refused"]:
            answer.status_code = (
                HTTPStatus.PRECONDITION_REQUIRED if found.missing else HTTPStatus.CONFLICT
            )
        return answer

    # -- what cannot be saved any more -------------------------------------------------------

    def _gone(self, request: HttpRequest) -> HttpResponse:
        """Show what was typed about a row that is not there, or not for the reader any more."""
        text = _(
            "What you were changing is not here any more: it was deleted, became a part of "
            "another one, or is for other readers now. Nothing was saved."
        )
        parts = left(self._forms(request, self.model(), closed=True))
        return self._alone(request, text, parts, HTTPStatus.CONFLICT)

    def _closed(self, request: HttpRequest, row: type_of_row, read: Read) -> HttpResponse | None:
        """Show what was typed against what stands, where that can be changed no more."""
        form, formsets = self._forms(request, row, closed=True)
        if read.of != self._of(row):
            return None
        text = _(
            "This cannot be changed any more: somebody else decided on it meanwhile. Nothing was "
            "saved. What you typed stands here, so that you can use it elsewhere."
        )
        sent = form, [one for one in formsets if one.prefix in read.rows]
        form, formsets = self._forms(request, row, closed=True, sent=False)
        present = form, [one for one in formsets if one.prefix in read.rows]
        parts = compare(read, read, sent, present).parts
        return self._alone(request, text, parts, HTTPStatus.CONFLICT, row)

    def _alone(
        self,
        request: HttpRequest,
        text: str,
        parts: Sequence[Part],
        status: HTTPStatus,
        row: type_of_row | None = None,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Not saved"),
            "opts": self.opts,
            "text": text,
            "parts": parts,
            "original": row,
            "saved_last": self._saved_last(row),
        }
        return TemplateResponse(request, "admin/not_saved.html", context, status=status)

    # -- what is compared --------------------------------------------------------------------

    def _forms(
        self, request: HttpRequest, row: type_of_row, *, sent: bool = True, closed: bool = False
    ) -> Forms:
        """Return the form of a row and the formsets below it that write, sent or as it stands.

        Of a row that is `closed` they are those of the fields that were sent.
        """
        form: Any = (
            self.get_form(request, None, change=True, fields=self._fields_sent(request))
            if closed
            else self.get_form(request, row, change=True)
        )
        below = None if closed else row
        formsets: list[Any] = []
        inlines: list[Any] = []
        for made, inline in self.get_formsets_with_inlines(request, below):
            prefix = made.get_default_prefix()
            same = sum(one.get_default_prefix() == prefix for one in formsets)
            prefix = f"{prefix}-{same + 1}" if same else prefix
            options = self.get_formset_kwargs(request, row, inline, prefix)
            if not sent:
                options = {key: options[key] for key in ("instance", "prefix", "queryset")}
            formsets.append(made(**options))
            inlines.append(inline)
        data = (request.POST, request.FILES) if sent else ()
        shown = self.get_inline_formsets(request, formsets, inlines, below)
        return form(*data, instance=row), [one.formset for one in _open(shown)]

    def _fields_sent(self, request: HttpRequest) -> list[str]:
        """Return the fields of the table of which something was sent."""
        meta = self.model._meta
        fields = [*meta.concrete_fields, *meta.many_to_many]
        return [one.name for one in fields if one.editable and one.name in request.POST]

    def _of(self, row: type_of_row) -> str:
        return f"{self.opts.label_lower}:{row.pk}"

    def _read_of(self, row: type_of_row, form: Any, formsets: Sequence[Any]) -> Read:
        return read_of(self._of(row), self.version_of(row), form, formsets)

    def _saved_last(self, row: type_of_row | None) -> LogEntry | None:
        """Return the last entry of the desk's own log about a row."""
        if row is None:
            return None
        kind = ContentType.objects.get_for_model(row, for_concrete_model=False)
        entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
        return entries.select_related("user").order_by("-action_time", "-pk").first()


class _Refused:
    """A form that is shown again whatever it holds."""

    def is_valid(self) -> bool:
        """Look for errors, and say no."""
        super().is_valid()  # type: ignore[misc]
        return False


def _found(request: HttpRequest) -> Comparison | None:
    found: Comparison | None = getattr(request, _FOUND, None)
    return found


def _open(inlines: Sequence[Any]) -> list[Any]:
    """Return the rows below a form that the reader may change."""
    return [one for one in inlines if one.has_change_permission]
