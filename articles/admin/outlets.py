"""The desk for outlets."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy

from articles.desk import Desk, SluggedForm
from articles.models import Publisher


@admin.register(Publisher)
class PublisherAdmin(Desk[Publisher]):
    """Outlets."""

    form = SluggedForm
    country_fields = ("country",)
    list_display = ("name", "kind", "domain", "country", "language", "reliability", "mirror")
    list_filter = ("kind", "reliability", "mirror")
    search_fields = ("name", "domain")
    fieldsets = (
        (None, {"fields": ("name", ("domain", "mirror"), "kind", ("country", "language"))}),
        (
            gettext_lazy("Reliability"),
            {"fields": ("reliability", "reliability_reason", "reliability_rated_on")},
        ),
        (gettext_lazy("Address"), {"fields": ("slug",), "classes": ("collapse",)}),
    )
