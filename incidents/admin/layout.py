"""How the form of an edition is laid out: the two minutes' part first, the rest folded."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

LOGGED: Any = (
    (
        None,
        {
            "fields": (
                "article_url",
                "more_articles",
                "title",
                ("occurred", "country_name"),
                "event_type",
                ("status", "outcome"),
                ("severity", "marking"),
            )
        },
    ),
    (
        gettext_lazy("Summary and dating"),
        {"fields": ("summary", "activity_span", "dating_note"), "classes": ("collapse",)},
    ),
)
WORKED: Any = (
    (None, {"fields": (("reference", "state", "written_by"),), "classes": ("facts",)}),
    (
        gettext_lazy("Incident"),
        {
            "fields": (
                "title",
                "summary",
                "occurred",
                "event_type",
                ("status", "outcome"),
                ("severity", "marking"),
            )
        },
    ),
    (
        gettext_lazy("More on the date"),
        {"fields": ("activity_span", "dating_note"), "classes": ("collapse",)},
    ),
)
CODED: Any = (
    (
        gettext_lazy("More coding"),
        {
            "fields": ("other_event_types", "domains", "means", "campaign"),
            "classes": ("collapse",),
        },
    ),
)
SAID: Any = ((gettext_lazy("Comment"), {"fields": ("comment",)}),)
CHANGED: Any = (
    (
        gettext_lazy("Why the published edition changes"),
        {"fields": ("change_reason", "change_note")},
    ),
)
