"""Verbs that narrow what reviewers say, are told and decide.

Law: as in `incidents.querysets.editions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from articles.querysets import reads_unpublished

from .reading import behind

if TYPE_CHECKING:
    from incidents.models import (  # noqa: F401
        Comment,
        Comparison,
        MarkingChange,
        Notification,
        Record,
    )


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep, for staff alone, the comments on editions that they may read."""
        editions = behind(self.model, "edition")._default_manager
        if not reads_unpublished(user):
            return self.none()
        return self.filter(edition__in=editions.visible_to(user))


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep those for `user` about editions that they may still read."""
        editions = behind(self.model, "edition")._default_manager
        return self.filter(user=user.pk, edition__in=editions.visible_to(user))


class MarkingChangeQuerySet(models.QuerySet["MarkingChange"]):
    """Changes of markings, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep, for staff alone, those of records that they may read."""
        records = behind(self.model, "record")._default_manager
        if not reads_unpublished(user):
            return self.none()
        return self.filter(record__in=records.visible_to(user))


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    """Decisions on pairs of records, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep those on two records that `user` may read; to others only what was confirmed."""
        records = behind(self.model, "one")._default_manager.visible_to(user).values("pk")
        both = self.filter(one__in=records, other__in=records)
        return both if reads_unpublished(user) else both.filter(confirmed_by__isnull=False)

    def of(self, record: Record) -> Self:
        """Keep those of which a record is one of the two."""
        return self.filter(Q(one=record) | Q(other=record))
