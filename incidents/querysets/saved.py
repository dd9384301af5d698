"""Verbs that narrow saved views.

Law: as in `incidents.querysets.editions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from articles.querysets import reads_unpublished
from incidents.codebook import Audience, News

from .reading import behind

if TYPE_CHECKING:
    from incidents.models import Alert, SavedView  # noqa: F401


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep those that are public, for staff those of the team, and one's own."""
        kept = Q(audience=Audience.PUBLIC) | Q(owner=user.pk or 0)
        if reads_unpublished(user):
            kept |= Q(audience=Audience.TEAM)
        return self.filter(kept)

    def of(self, user: User | AnonymousUser) -> Self:
        """Keep one's own."""
        return self.filter(owner=user.pk or 0)


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep those of `user`, in views that they see; of what is hidden, what they knew of it."""
        views = behind(self.model, "view")._default_manager.visible_to(user)
        records = behind(self.model, "record")._default_manager.visible_to(user)
        told = self.filter(user=user.pk or 0, view__in=views)
        return told.filter(~Q(news=News.NEW) | Q(record__in=records))

    def unread(self) -> Self:
        """Keep those that their reader has not read."""
        return self.filter(read_at=None)
