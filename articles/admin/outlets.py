"""The desk for outlets: rated for a reason, and two entries of one outlet merged into one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import merging
from articles.codebook import Reliability
from articles.countries import LANGUAGES
from articles.desk import NamedColumns, Settled, SluggedForm
from articles.models import Article, Publisher, PublisherDomain
from articles.text import folded

MOST_MERGED = 20
_KEY = re.compile(r"[0-9]{1,18}")


class LanguagesField(forms.CharField):
    """Languages by name or code, with commas between them, kept as codes."""

    def prepare_value(self, value: Any) -> Any:
        """Return the names of codes; what was typed stays as it was."""
        if isinstance(value, list):
            return ", ".join(LANGUAGES.get(code, str(code)) for code in value)
        return value

    def clean(self, value: Any) -> list[str]:
        """Return the codes of the languages that were typed, each once."""
        typed = super().clean(value)
        if isinstance(value, list):
            return value
        named = {folded(name): code for code, name in LANGUAGES.items()}
        codes = []
        for text in filter(None, map(str.strip, typed.split(","))):
            code = text.lower() if text.lower() in LANGUAGES else named.get(folded(text))
            if code is None:
                raise ValidationError(
                    _("“%(text)s” is no language known here."),
                    code="language",
                    params={"text": text},
                )
            codes.append(code)
        return list(dict.fromkeys(codes))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other languages were typed."""
        try:
            return self.clean(data) != (initial or [])
        except ValidationError:
            return True


class OutletForm(SluggedForm):
    """An outlet, which nobody rates without a reason."""

    other_languages = LanguagesField(
        required=False,
        max_length=300,
        widget=AdminTextInputWidget,
        label=gettext_lazy("Other languages"),
        help_text=gettext_lazy("By name, with commas between them."),
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask for the reason of a new letter, and date it today where no day was given."""
        cleaned = super().clean()
        if cleaned and "reliability" in self.changed_data:
            if cleaned.get("reliability") != Reliability.CANNOT_JUDGE and not cleaned.get(
                "reliability_reason"
            ):
                self.add_error("reliability_reason", _("Say why it is rated so."))
            if "reliability_rated_on" not in self.changed_data:
                cleaned["reliability_rated_on"] = timezone.localdate()
        return cleaned


class DomainInline(NamedColumns):
    """Further domains, which whoever may change an outlet changes with it."""

    model = PublisherDomain
    extra = 0
    fields = ("domain",)

    def has_add_permission(self, request: HttpRequest, obj: Publisher | None = None) -> bool:
        """Tell whether domains may be added."""
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Publisher | None = None) -> bool:
        """Tell whether an outlet may be changed, or a new one made."""
        may = "change" if obj is not None and obj.pk else "add"
        return request.user.has_perm(f"articles.{may}_publisher")

    def has_delete_permission(self, request: HttpRequest, obj: Publisher | None = None) -> bool:
        """Tell whether domains may be removed."""
        return self.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Publisher | None = None) -> bool:
        """Domains are read with their outlet."""
        return request.user.has_perm("articles.view_publisher") or self.has_change_permission(
            request, obj
        )


@admin.register(Publisher)
class PublisherAdmin(Settled[Publisher]):
    """Outlets."""

    form = OutletForm
    inlines = (DomainInline,)
    country_fields = ("country",)
    list_display = ("name", "kind", "domain", "country", "language", "reliability", "mirror")
    list_filter = ("kind", "reliability", "mirror")
    search_fields = ("name", "domain", "domains__domain", "merged__name", "merged__domain")
    readonly_fields = ("merged_entries",)
    actions = ("merge_selected",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("domain", "mirror"),
                    "kind",
                    ("country", "language"),
                    "other_languages",
                )
            },
        ),
        (
            gettext_lazy("Reliability"),
            {"fields": ("reliability", "reliability_reason", "reliability_rated_on")},
        ),
        (gettext_lazy("Address"), {"fields": ("slug",), "classes": ("collapse",)}),
    )
    survivor_fieldsets = (
        (gettext_lazy("Merged into this outlet"), {"fields": ("merged_entries",)}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Publisher | None = None) -> Any:
        """Add what was merged into an outlet, where anything was."""
        merged = obj is not None and obj.merged.exists()
        return self.fieldsets + (self.survivor_fieldsets if merged else ())

    def is_settled(self, row: Publisher) -> bool:
        """Tell whether readers see an outlet, or a text that they read names it as its wire."""
        named = Publisher.objects.filter(pk=row.pk).named_as_wire(AnonymousUser())
        return super().is_settled(row) or named.exists()

    # Two entries of one outlet

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that merge outlets and take them apart."""
        merge: Callable[..., HttpResponse] = self.admin_site.admin_view(self.merge)
        apart: Callable[..., HttpResponse] = self.admin_site.admin_view(self.take_apart)
        return [
            path("merge/", merge, name="articles_publisher_merge"),
            re_path(r"^(?P<key>[0-9]{1,18})/apart/$", apart, name="articles_publisher_apart"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Go on from a merged outlet to the one that it was merged into."""
        # What was typed about an outlet that was merged meanwhile is shown by the desk itself.
        may = request.method != "POST" and self.has_view_permission(request)
        merged = _merged(object_id) if may and _KEY.fullmatch(object_id) else None
        if merged is None:
            return super().change_view(request, object_id, form_url, extra_context)
        text = _("“%(name)s” was merged into this outlet.") % {"name": merged.name}
        self.message_user(request, text, messages.INFO)
        return HttpResponseRedirect(_change_url(merged.survivor))

    @admin.display(description=gettext_lazy("outlets"))
    def merged_entries(self, outlet: Publisher) -> str:
        """What was merged into an outlet and why, each with the way back."""
        apart = _("Take apart…")
        rows = (
            (
                merged.name,
                merged.merged_why,
                reverse("admin:articles_publisher_apart", args=(merged.pk,)),
                apart,
            )
            for merged in outlet.merged.order_by("name")
        )
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li>{}: {} <a href="{}">{}</a></li>', rows)
        )

    @admin.action(description=gettext_lazy("Merge selected into one…"), permissions=["change"])
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[Publisher]
    ) -> HttpResponse | None:
        """Go to the page that shows what a merge would join."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_MERGED + 1])
        if not 2 <= len(keys) <= MOST_MERGED:
            text = _("Choose from two to %(n)d entries of one outlet.") % {"n": MOST_MERGED}
            self.message_user(request, text, messages.WARNING)
            return None
        if not self.may_change_settled(request) and sum(map(self.is_settled, queryset)) > 1:
            text = _("Readers see more than one of these outlets: a reviewer merges them.")
            self.message_user(request, text, messages.WARNING)
            return None
        chosen = QueryDict(mutable=True)
        chosen.setlist("outlet", map(str, keys))
        address = reverse("admin:articles_publisher_merge")
        return HttpResponseRedirect(f"{address}?{chosen.urlencode()}")

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Show what merging would join; when that is posted with a reason, merge."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        outlets = self._chosen(request, sent.getlist("outlet"))
        keys = {str(outlet.pk): outlet for outlet in outlets}
        # Where nobody chose yet, one that readers see stays.
        seen = next(filter(self.is_settled, outlets), outlets[0])
        survivor = keys.get(sent.get("survivor", ""), seen)
        losers = [outlet for outlet in outlets if outlet != survivor]
        self._refuse_settled(request, losers)
        refused = ""
        if request.method == "POST":
            try:
                merging.merge(survivor, losers, why=sent.get("why", ""))
            except ValidationError as error:
                refused = " ".join(error.messages)
            else:
                return self._done(request, survivor, losers)
        articles = Article.objects.visible_to(request.user).filter(publisher__in=losers)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge outlets"),
            "opts": self.opts,
            "outlets": outlets,
            "survivor": survivor,
            "losers": losers,
            "articles": articles.count(),
            "domains": _domains(losers),
            "refused": refused,
            "why": sent.get("why", ""),
        }
        return TemplateResponse(request, "admin/articles/publisher/merge.html", context)

    def _chosen(self, request: HttpRequest, keys: list[str]) -> list[Publisher]:
        """Return the outlets chosen, two or more.

        Raises BadRequest.
        """
        if not 2 <= len(set(keys)) <= MOST_MERGED or not all(map(_KEY.fullmatch, keys)):
            raise BadRequest("Merging takes some outlets by their keys.")
        outlets = list(self.get_queryset(request).filter(pk__in=keys).order_by("name"))
        if len(outlets) < 2:
            raise BadRequest("These outlets are gone or were merged.")
        return outlets

    def _refuse_settled(self, request: HttpRequest, outlets: Iterable[Publisher]) -> None:
        """Refuse to have readers read another name where they read one of these.

        Raises PermissionDenied.
        """
        if not self.may_change_settled(request) and any(map(self.is_settled, outlets)):
            raise PermissionDenied(_("Readers see this outlet: a reviewer merges it."))

    def _done(
        self, request: HttpRequest, survivor: Publisher, losers: list[Publisher]
    ) -> HttpResponse:
        """Say what was merged, in the history of each and to whoever did it."""
        names = ", ".join(f"“{loser.name}”" for loser in losers)
        for loser in losers:
            self.log_change(request, loser, _("Merged into “%(name)s”.") % {"name": survivor.name})
        self.log_change(request, survivor, _("Merged with %(names)s.") % {"names": names})
        text = _("%(names)s merged into “%(survivor)s”.")
        self.message_user(
            request, text % {"names": names, "survivor": survivor.name}, messages.SUCCESS
        )
        return HttpResponseRedirect(_change_url(survivor))

    def take_apart(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ask whether a merged outlet shall be one of its own again; when posted, make it one."""
        merged = _merged(key)
        if merged is None:
            raise Http404
        if not self.has_change_permission(request, merged):
            raise PermissionDenied
        self._refuse_settled(request, [merged, merged.survivor])
        if request.method == "POST":
            survivor = merging.take_apart(merged)
            for outlet in (merged, survivor):
                self.log_change(request, outlet, _("Taken apart."))
            text = _("“%(name)s” is an outlet of its own again.") % {"name": merged.name}
            self.message_user(request, text, messages.SUCCESS)
            return HttpResponseRedirect(_change_url(merged))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take “%(name)s” apart") % {"name": merged.name},
            "opts": self.opts,
            "merged": merged,
        }
        return TemplateResponse(request, "admin/articles/publisher/apart.html", context)


def _merged(key: str) -> Publisher | None:
    """Return the outlet of this key where it was merged into another one."""
    merged = Publisher.objects.filter(pk=key, merged_into__isnull=False)
    return merged.select_related("merged_into").first()


def _domains(outlets: list[Publisher]) -> list[str]:
    """Return the domains of outlets, and their further ones."""
    further = PublisherDomain.objects.filter(publisher__in=outlets)
    main = {outlet.domain for outlet in outlets if outlet.domain}
    return sorted(main.union(further.values_list("domain", flat=True)))


def _change_url(outlet: Publisher) -> str:
    return reverse("admin:articles_publisher_change", args=(outlet.pk,))
