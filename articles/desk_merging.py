"""A desk at which entries of one actor, or of one outlet, become one, and are taken apart again.

Law: what readers see by one name they see by another one only where a reviewer merged the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .desk import Settled, type_of_row
from .text import KEY, is_key

MOST_MERGED: Final = 20


class Merging(Settled[type_of_row]):
    """A desk of rows that have a `name` and may be `merged_into` another one.

    What is theirs alone stands in `merge.html` and `apart.html` of their own templates.
    """

    actions = ("merge_selected",)
    readonly_fields = ("merged_entries",)
    survivor_fieldsets: ClassVar[Any] = (
        (gettext_lazy("Merged into this entry"), {"fields": ("merged_entries",)}),
    )

    def join(self, survivor: type_of_row, losers: Sequence[type_of_row], sent: QueryDict) -> None:
        """Merge entries into one, as was posted. Raises ValidationError."""
        raise NotImplementedError

    def part(self, merged: type_of_row) -> type_of_row:
        """Make a merged entry one of its own again; return the one that it was merged into."""
        raise NotImplementedError

    def gained(
        self, request: HttpRequest, survivor: type_of_row, losers: Sequence[type_of_row]
    ) -> dict[str, Any]:
        """Return what the page of a merge says that the one that stays gets."""
        raise NotImplementedError

    def told_of(self, row: type_of_row) -> str:
        """Say what an entry is where one chooses among several."""
        return str(row)

    def told_of_merged(self, row: Any) -> str:
        """Say what was merged where it is listed with the way back."""
        return str(row.name)

    # What the desk adds to that of every row

    def get_fieldsets(self, request: HttpRequest, obj: type_of_row | None = None) -> Any:
        """Add what was merged into an entry, where anything was."""
        row: Any = obj
        merged = row is not None and row.merged.exists()
        return (*super().get_fieldsets(request, obj), *(self.survivor_fieldsets if merged else ()))

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that merge entries and take them apart."""
        merge: Callable[..., HttpResponse] = self.admin_site.admin_view(self.merge)
        apart: Callable[..., HttpResponse] = self.admin_site.admin_view(self.take_apart)
        return [
            path("merge/", merge, name=self._named("merge")),
            re_path(rf"^(?P<key>{KEY})/apart/$", apart, name=self._named("apart")),
            *super().get_urls(),
        ]

    def _named(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address(self, page: str, *keys: Any) -> str:
        return reverse(f"admin:{self._named(page)}", args=keys)

    def _page(self, request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
        shown = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        name = f"admin/{self.opts.app_label}/{self.opts.model_name}/{page}.html"
        return TemplateResponse(request, name, shown)

    def _merged(self, key: str) -> Any:
        """Return the entry of this key where it was merged into another one."""
        rows: Any = self.model._default_manager.filter(pk=key, merged_into__isnull=False)
        return rows.select_related("merged_into").first()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Go on from a merged entry to the one that it was merged into."""
        # What was typed about an entry that was merged meanwhile is shown by the desk itself.
        may = request.method != "POST" and self.has_view_permission(request)
        merged = self._merged(object_id) if may and is_key(object_id) else None
        if merged is None:
            return super().change_view(request, object_id, form_url, extra_context)
        text = _("“%(name)s” was merged into this entry.") % {"name": merged.name}
        self.message_user(request, text, messages.INFO)
        return HttpResponseRedirect(self._address("change", merged.survivor.pk))

    @admin.display(description=gettext_lazy("entries"))
    def merged_entries(self, row: Any) -> str:
        """What was merged into an entry, each with the way back."""
        apart = _("Take apart…")
        rows = (
            (self.told_of_merged(merged), self._address("apart", merged.pk), apart)
            for merged in row.merged.order_by("name")
        )
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li>{} <a href="{}">{}</a></li>', rows)
        )

    # Entries become one

    @admin.action(description=gettext_lazy("Merge selected into one…"), permissions=["change"])
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[type_of_row]
    ) -> HttpResponse | None:
        """Go to the page that shows what a merge would join."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_MERGED + 1])
        if not 2 <= len(keys) <= MOST_MERGED:
            text = _("Choose from two to %(n)d entries of one %(what)s.")
            told = text % {"n": MOST_MERGED, "what": self.opts.verbose_name}
            self.message_user(request, told, messages.WARNING)
            return None
        if not self.may_change_settled(request) and sum(map(self.is_settled, queryset)) > 1:
            text = _("Readers see more than one of these entries: a reviewer merges them.")
            self.message_user(request, text, messages.WARNING)
            return None
        chosen = QueryDict(mutable=True)
        chosen.setlist("entry", map(str, keys))
        return HttpResponseRedirect(f"{self._address('merge')}?{chosen.urlencode()}")

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Show what merging would join; when that is posted, merge."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        entries = self._chosen(request, sent.getlist("entry"))
        keys = {str(entry.pk): entry for entry in entries}
        # Where nobody chose yet, one that readers see stays.
        seen = next(filter(self.is_settled, entries), entries[0])
        survivor = keys.get(sent.get("survivor", ""), seen)
        losers = [entry for entry in entries if entry != survivor]
        self._refuse_settled(request, losers)
        refused = ""
        if request.method == "POST":
            try:
                self.join(survivor, losers, sent)
            except ValidationError as error:
                refused = " ".join(error.messages)
            else:
                return self._done(request, survivor, losers)
        context = {
            "title": _("Merge %(entries)s") % {"entries": self.opts.verbose_name_plural},
            "entries": [(entry, self.told_of(entry)) for entry in entries],
            "survivor": survivor,
            "refused": refused,
            **self.gained(request, survivor, losers),
        }
        return self._page(request, "merge", context)

    def _chosen(self, request: HttpRequest, keys: list[str]) -> list[type_of_row]:
        """Return the entries chosen, two or more.

        Raises BadRequest.
        """
        if not 2 <= len(set(keys)) <= MOST_MERGED or not all(map(is_key, keys)):
            raise BadRequest("Merging takes some entries by their keys.")
        entries = list(self.get_queryset(request).filter(pk__in=keys).order_by("name"))
        if len(entries) < 2:
            raise BadRequest("These entries are gone or were merged.")
        return entries

    def _refuse_settled(self, request: HttpRequest, entries: Iterable[type_of_row]) -> None:
        """Refuse to have readers read another name where they read one of these.

        Raises PermissionDenied.
        """
        if not self.may_change_settled(request) and any(map(self.is_settled, entries)):
            raise PermissionDenied(_("Readers see this entry: a reviewer merges it."))

    def _done(self, request: HttpRequest, survivor: Any, losers: Sequence[Any]) -> HttpResponse:
        """Say what was merged, in the history of each and to whoever did it."""
        names = ", ".join(f"“{loser.name}”" for loser in losers)
        for loser in losers:
            self.log_change(request, loser, _("Merged into “%(name)s”.") % {"name": survivor.name})
        self.log_change(request, survivor, _("Merged with %(names)s.") % {"names": names})
        text = _("%(names)s merged into “%(survivor)s”.")
        told = text % {"names": names, "survivor": survivor.name}
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self._address("change", survivor.pk))

    # One becomes two again

    def take_apart(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ask whether a merged entry shall be one of its own again; when posted, make it one."""
        merged = self._merged(key)
        if merged is None:
            raise Http404
        if not self.has_change_permission(request, merged):
            raise PermissionDenied
        self._refuse_settled(request, [merged, merged.survivor])
        if request.method == "POST":
            survivor = self.part(merged)
            for entry in (merged, survivor):
                self.log_change(request, entry, _("Taken apart."))
            text = _("“%(name)s” is an entry of its own again.") % {"name": merged.name}
            self.message_user(request, text, messages.SUCCESS)
            return HttpResponseRedirect(self._address("change", merged.pk))
        title = _("Take “%(name)s” apart") % {"name": merged.name}
        return self._page(request, "apart", {"title": title, "merged": merged})
