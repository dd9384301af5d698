"""Texts that introduce a country, an actor, a campaign, an outlet or a sector."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.fields import BodyField
from articles.models import known
from incidents.codebook import Subject
from incidents.querysets.introductions import IntroductionQuerySet


class Introduction(models.Model):
    """A text on a subject as one person wrote it; it is public once a second one approved it.

    Nothing is overwritten: each text is a row, and the one approved last is the present one.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=Subject.choices)
    # The code of a country or a sector, the address name of anything else.
    subject = models.CharField(_("subject"), max_length=80)
    text = BodyField(_("text"), max_length=3000)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        ordering = ("pk",)
        indexes = (models.Index(fields=("kind", "subject"), name="introduction_of"),)
        constraints = (
            known("kind", Subject),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="introduction_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")),
                name="introduction_approved_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"
