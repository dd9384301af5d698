"""The desk for records, which are read here and changed by what happens to their editions."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from articles.desk import Desk
from incidents.models import Incident, Record

from .joining import Joined
from .markings import Marked


@admin.register(Record)
class RecordAdmin(Joined, Marked, Desk[Record]):
    """Permanent identities of incidents."""

    list_display = ("public_id", "marking", "first_published_at", "last_verified", "created_at")
    list_filter = ("marking",)
    search_fields = ("reference", "provisional")
    fields = (
        ("reference", "provisional"),
        "marking",
        "editions_of",
        ("first_published_at", "last_verified"),
        "external_ids",
        ("withdrawn_reason", "withdrawn_by"),
        ("created_by", "created_at"),
    )
    readonly_fields = ("editions_of",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Record]:
        """Return the records of which the reader may see an edition."""
        editions = Incident.objects.visible_to(request.user).values("record")
        visible = Incident.objects.visible_to(request.user).order_by("number")
        records = Record.objects.filter(pk__in=editions).order_by("-pk")
        return records.prefetch_related(Prefetch("editions", visible))

    @admin.display(description=_("reference"), ordering="reference")
    def public_id(self, record: Record) -> str:
        """The public reference, or the provisional one."""
        return record.public_id

    @admin.display(description=_("editions"))
    def editions_of(self, record: Record) -> str:
        """The editions, each a link."""
        return format_html_join(
            "; ",
            '<a href="{}">{}. {} ({})</a>',
            (
                (
                    reverse("admin:incidents_incident_change", args=(edition.pk,)),
                    edition.number,
                    edition.title,
                    edition.get_state_display(),
                )
                for edition in record.editions.all()
            ),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A record comes with its first edition."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        """A record is changed by what happens to its editions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        """A record stays."""
        return False
