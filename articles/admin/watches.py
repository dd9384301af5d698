"""The desk for what is watched."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.countries import LANGUAGES
from articles.desk import Guarded
from articles.models import Watch


class Languages(admin.SimpleListFilter):
    """The languages in which something is watched."""

    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the languages of the sources, by name."""
        used = set(Watch.objects.values_list("language", flat=True))
        return sorted(((code, LANGUAGES[code]) for code in used), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Watch]) -> QuerySet[Watch]:
        """Keep the sources in the language chosen."""
        return queryset.filter(language=self.value()) if self.value() else queryset


@admin.register(Watch)
class WatchAdmin(Guarded[Watch]):
    """Feeds and pages that are looked at again and again; all staff see them."""

    list_display = (
        "publisher",
        "url",
        "kind",
        "language",
        "hours",
        "active",
        "looked_at",
        "failed",
    )
    list_filter = ("kind", "active", Languages)
    list_select_related = ("publisher",)
    search_fields = ("url", "publisher__name")
    autocomplete_fields = ("publisher",)
    readonly_fields = ("looked_at", "failed", "failures")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "publisher",
                    "url",
                    ("kind", "language"),
                    ("hours", "active"),
                    "why",
                    "told",
                )
            },
        ),
        (gettext_lazy("Last look"), {"fields": (("looked_at", "failures"), "failed")}),
    )
