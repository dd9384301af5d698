"""What articles proposed for drafts, and whether it was kept: the measure of the suggestions."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.texts import LANGUAGE_CHOICES

from .editions import Record


class Proposed(models.Model):
    """A value that was proposed for a new draft; codes only, no words of an article."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="proposed")
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGE_CHOICES, blank=True)
    part = models.CharField(_("part of the form"), max_length=24)
    value = models.CharField(_("code"), max_length=80, blank=True)
    kept = models.BooleanField(_("kept"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("proposed value")
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("language", "part"), name="incidents_proposed_by_language"),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.value}"
