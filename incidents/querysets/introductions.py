"""Verbs that narrow introductions.

Law: as in `incidents.querysets.editions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models

from articles.querysets import reads_unpublished

if TYPE_CHECKING:
    from incidents.models import Introduction  # noqa: F401


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Introductions, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what was approved, for staff all; of which subjects one reads, their pages say."""
        return self.all() if reads_unpublished(user) else self.exclude(approved_at=None)

    def on(self, kind: str, subject: str) -> Self:
        """Keep those on one subject."""
        return self.filter(kind=kind, subject=subject)

    def approved(self) -> Self:
        """Keep those that were approved, the present one first."""
        return self.exclude(approved_at=None).order_by("-approved_at", "-pk")

    def waiting(self) -> Self:
        """Keep those that nobody approved, but for those that a later text took the place of."""
        later = self.model._default_manager.filter(
            kind=models.OuterRef("kind"),
            subject=models.OuterRef("subject"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(later), approved_at=None)
