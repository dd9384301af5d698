"""That somebody asked for the page of an article, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField

from .captures import Capture
from .texts import Article

# Fetching takes 20 seconds at most, and reading 12; several attempts may wait for one reader.
LONGEST_ATTEMPT: Final = timedelta(seconds=90)


class Attempt(models.Model):
    """One attempt to capture an article at its address: under way, or ended by what it says."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="attempts", verbose_name=_("article")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    begun_at = models.DateTimeField(_("begun at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    capture = models.ForeignKey(
        Capture,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("capture"),
    )
    failed = LineField(_("why nothing was captured"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("attempt")
        ordering = ("-begun_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("article",),
                condition=Q(ended_at=None),
                name="articles_attempt_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, capture=None, failed="")
                | Q(ended_at__isnull=False, capture__isnull=False, failed="")
                | (Q(ended_at__isnull=False, capture=None) & ~Q(failed="")),
                name="articles_attempt_ends_with_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} {self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def seconds(self) -> int:
        """Whole seconds since it began."""
        return int((timezone.now() - self.begun_at).total_seconds())

    @property
    def under_way(self) -> bool:
        """Whether something may still come of it."""
        return self.ended_at is None and timezone.now() - self.begun_at < LONGEST_ATTEMPT

    @property
    def cut_off(self) -> bool:
        """Whether its time is over without an end: whoever worked on it is gone."""
        return self.ended_at is None and not self.under_way
