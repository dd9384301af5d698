"""Which texts look as if they were taken from others, and what somebody decided on it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.codebook import Decision, DerivationSign
from articles.fields import LineField
from articles.querysets import DerivationQuerySet

from .captures import Capture
from .organisations import known
from .texts import Article


class Band(models.Model):
    """A part of the signature of a text; texts that share one are compared."""

    capture = models.ForeignKey(Capture, models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("band of a signature")

    def __str__(self) -> str:
        return str(self.value)


class Derivation(models.Model):
    """A sign that an article was taken from another one, or from a source that it names."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="derivations", verbose_name=_("article")
    )
    source = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="derivations_to",
        verbose_name=_("taken from"),
    )
    origin = LineField(_("source it names"), max_length=120, blank=True)
    sign = models.CharField(_("sign"), max_length=12, choices=DerivationSign.choices)
    resemblance = models.FloatField(
        _("resemblance"), null=True, blank=True, help_text=_("Share of passages in common, 0 to 1.")
    )
    decision = models.CharField(
        _("decision"), max_length=12, choices=Decision.choices, default=Decision.OPEN
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = DerivationQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign of a source")
        verbose_name_plural = _("signs of sources")
        ordering = ("-pk",)
        constraints = (
            known("sign", DerivationSign),
            known("decision", Decision),
            models.UniqueConstraint(
                fields=("article", "source"),
                condition=Q(source__isnull=False),
                name="articles_derivation_once",
            ),
            models.UniqueConstraint(
                fields=("article", "origin"),
                condition=Q(source__isnull=True),
                name="articles_derivation_named_once",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | ~Q(source=F("article")),
                name="articles_derivation_not_of_itself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.article} ← {self.source or self.origin}"
