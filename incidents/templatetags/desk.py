"""What the first page of the desk shows of incidents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django import template
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from articles.codebook import Triage
from incidents import announced, saved
from incidents.models import Incident
from incidents.needs import Need, drafts_of, in_review, needs
from incidents.notices import unread
from incidents.review import objections

register = template.Library()

MOST: Final = 8
RECENT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition that is worked on, with what publishing will still need."""

    incident: Incident
    needs: list[Need]


@dataclass(frozen=True, slots=True)
class Change:
    """An edition, and who touched it last, as far as it is known."""

    incident: Incident
    by: str


@register.simple_tag
def my_drafts(user: User) -> Mapping[str, Any]:
    """Return how many editions `user` is at work on, and those changed last."""
    own = drafts_of(user)
    shown = own.select_related("record").order_by("-changed_at", "-pk")[:MOST]
    return {"count": own.count(), "rows": [Draft(row, needs(row)) for row in shown]}


@register.simple_tag
def desk_counts(user: User) -> Mapping[str, int]:
    """Return how much waits in the review queue, the inbox and elsewhere, for `user`."""
    return {
        "waiting": in_review(user).count(),
        "inbox": announced.in_state(Triage.NEW, user).count(),
        "drafts": drafts_of(user).count(),
        "unread": unread(user).count(),
        "news": saved.unread(user),
    }


@register.simple_tag
def review_queue(user: User) -> Mapping[str, Any]:
    """Return how many editions are in review, and those that came first."""
    waiting = in_review(user)
    shown = list(waiting.select_related("record").prefetch_related("authors")[:MOST])
    why = objections(shown, user)
    return {"count": waiting.count(), "rows": [(row, why.get(row.pk, "")) for row in shown]}


@register.simple_tag
def recently_changed(user: User) -> Mapping[str, Any]:
    """Return how many editions that `user` may read changed within days, and the last ones."""
    seen = Incident.objects.visible_to(user)
    since = seen.filter(changed_at__gte=timezone.now() - RECENT)
    shown = seen.select_related("record", "approved_by").order_by("-changed_at", "-pk")[:MOST]
    changed = list(shown)
    hands = _last_hands([row.pk for row in changed])
    rows = [Change(row, hands.get(str(row.pk)) or str(row.approved_by or "")) for row in changed]
    return {"count": since.count(), "days": RECENT.days, "rows": rows}


def _last_hands(keys: list[int]) -> dict[str, str]:
    """Return who last saved each of these editions at the desk, as far as its log tells."""
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Incident),
        object_id__in=[str(key) for key in keys],
    )
    ordered = logged.order_by("action_time", "pk").values_list("object_id", "user__username")
    return {str(key): name for key, name in ordered}
