"""The desk for what is watched."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy

from articles.desk import Guarded
from articles.models import Watch


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
    list_filter = ("kind", "active", "language")
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
