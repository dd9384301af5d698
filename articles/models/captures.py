"""What was found at an address, or handed in, and what it said: byte for byte, never changed."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.codebook import CaptureWay, CheckOutcome, Verdict
from articles.fields import AddressField, BodyField, EdtfField, LineField
from articles.querysets import CaptureQuerySet, CheckQuerySet

from .organisations import known
from .texts import LANGUAGE_CHOICES, Article


class Content(models.Model):
    """Bytes under their SHA-256, compressed; the same bytes are kept once."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes before compression."))
    packed = models.BinaryField(_("compressed"))

    class Meta:
        verbose_name = _("content")
        verbose_name_plural = _("contents")

    def __str__(self) -> str:
        return self.sha256


class Capture(models.Model):
    """One look at an article: the answer as it came, and what was read in it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="captures", verbose_name=_("article")
    )
    way = models.CharField(_("how it came"), max_length=12, choices=CaptureWay.choices)
    at = models.DateTimeField(_("captured at"))
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("captured by")
    )
    # The answer.
    asked = AddressField(_("asked for"), blank=True)
    address = AddressField(_("answered from"), blank=True)
    redirects = models.JSONField(_("redirects"), default=list, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    reason_phrase = LineField(_("status in words"), max_length=120, blank=True)
    headers = models.JSONField(_("headers"), default=list, blank=True)
    seconds = models.FloatField(_("seconds"), null=True, blank=True)
    content_type = LineField(_("content type"), max_length=120, blank=True)
    file_name = LineField(_("file name"), max_length=200, blank=True)
    content = models.ForeignKey(
        Content, models.PROTECT, related_name="captures", verbose_name=_("content")
    )
    # What was read in it.
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    verdict_reason = LineField(_("reason of the verdict"), max_length=300, blank=True)
    title = LineField(_("title"), max_length=300, blank=True)
    outlet = LineField(_("outlet as it calls itself"), max_length=120, blank=True)
    author = LineField(_("author"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGE_CHOICES, blank=True)
    published = EdtfField(_("published"), blank=True)
    canonical = AddressField(_("address it gives for itself"), blank=True)
    origin = LineField(
        _("source it names"),
        max_length=120,
        blank=True,
        help_text=_("The agency or outlet that the text says it was taken from."),
    )
    text = BodyField(_("text"), blank=True, max_length=500_000)
    signature = models.BinaryField(_("signature"), default=b"", blank=True)
    # What a person said of it.
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        ordering = ("-at", "-pk")
        constraints = (
            known("way", CaptureWay),
            known("verdict", Verdict),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="articles_capture_confirmed_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.at:%Y-%m-%d %H:%M}"


class Check(models.Model):
    """That somebody looked whether an article is still there, and what was found."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="checks", verbose_name=_("article")
    )
    at = models.DateTimeField(_("checked at"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=CheckOutcome.choices)
    capture = models.ForeignKey(
        Capture,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="checks",
        verbose_name=_("capture"),
        help_text=_("What was kept, where it was not what is kept already."),
    )

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        ordering = ("-at", "-pk")
        constraints = (known("outcome", CheckOutcome),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.get_outcome_display()}"
