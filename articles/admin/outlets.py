"""The desk for outlets: rated for a reason, and two entries of one outlet merged into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import merging
from articles.codebook import Reliability
from articles.countries import LANGUAGES
from articles.desk import NamedColumns, SluggedForm
from articles.desk_merging import Merging
from articles.models import Article, Publisher, PublisherDomain
from articles.text import folded


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
class PublisherAdmin(Merging[Publisher]):
    """Outlets."""

    form = OutletForm
    inlines = (DomainInline,)
    country_fields = ("country",)
    list_display = ("name", "kind", "domain", "country", "language", "reliability", "mirror")
    list_filter = ("kind", "reliability", "mirror")
    search_fields = ("name", "domain", "domains__domain", "merged__name", "merged__domain")
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

    def is_settled(self, row: Publisher) -> bool:
        """Tell whether readers see an outlet, or a text that they read names it as its wire."""
        named = Publisher.objects.filter(pk=row.pk).named_as_wire(AnonymousUser())
        return super().is_settled(row) or named.exists()

    # Two entries of one outlet

    def told_of(self, row: Publisher) -> str:
        """Say by which address an outlet is known."""
        return f"{row.name} ({row.domain})" if row.domain else row.name

    def told_of_merged(self, row: Publisher) -> str:
        """Say why an outlet was merged."""
        return f"{row.name}: {row.merged_why}"

    def join(self, survivor: Publisher, losers: Sequence[Publisher], sent: QueryDict) -> None:
        """Merge outlets for the reason that was given."""
        merging.merge(survivor, losers, why=sent.get("why", ""))

    def part(self, merged: Publisher) -> Publisher:
        """Give back what a merged outlet brought."""
        return merging.take_apart(merged)

    def gained(
        self, request: HttpRequest, survivor: Publisher, losers: Sequence[Publisher]
    ) -> dict[str, Any]:
        """Return names, domains and how many articles come to the outlet that stays."""
        articles = Article.objects.visible_to(request.user).filter(publisher__in=losers)
        return {
            "losers": losers,
            "articles": articles.count(),
            "domains": _domains(losers),
            "why": request.POST.get("why", ""),
        }


def _domains(outlets: Sequence[Publisher]) -> list[str]:
    """Return the domains of outlets, and their further ones."""
    further = PublisherDomain.objects.filter(publisher__in=outlets)
    main = {outlet.domain for outlet in outlets if outlet.domain}
    return sorted(main.union(further.values_list("domain", flat=True)))
