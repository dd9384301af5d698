"""What is watched for news, and what came in and waits for somebody to look at it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.codebook import Triage, WatchKind
from articles.fields import AddressDigestField, AddressField, BodyField, EdtfField, LineField

from .organisations import known
from .texts import LANGUAGE_CHOICES, Article, Publisher


class Watch(models.Model):
    """A feed or page of an outlet that is looked at again and again."""

    publisher = models.ForeignKey(
        Publisher, models.PROTECT, related_name="watches", verbose_name=_("outlet")
    )
    came_from = models.ForeignKey(
        Publisher,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("outlet before it was merged"),
    )
    url = AddressField(_("address"), unique=True)
    kind = models.CharField(
        _("kind"), max_length=8, choices=WatchKind.choices, default=WatchKind.FEED
    )
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGE_CHOICES)
    hours = models.PositiveSmallIntegerField(
        _("every so many hours"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 31)],
    )
    why = LineField(
        _("why it is watched"),
        max_length=300,
        blank=True,
        help_text=_("The page on what is watched says it."),
    )
    told = models.BooleanField(
        _("told to everybody"),
        default=False,
        help_text=_("Whether the public page on what is watched lists it; staff see all there."),
    )
    active = models.BooleanField(_("active"), default=True)
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True, editable=False)
    failed = LineField(_("what failed last"), max_length=300, blank=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)

    class Meta:
        verbose_name = _("watched source")
        ordering = ("publisher__name", "url")
        constraints = (known("kind", WatchKind),)

    def __str__(self) -> str:
        return f"{self.publisher}: {self.url}"


class Item(models.Model):
    """Something that a watched source announced, and what somebody made of it."""

    watch = models.ForeignKey(
        Watch, models.PROTECT, related_name="items", verbose_name=_("watched source")
    )
    url = AddressField(_("address"))
    address_digest = AddressDigestField(of=("url",), unique=True)
    title = LineField(_("title"), max_length=300, blank=True)
    summary = BodyField(_("summary"), max_length=2000, blank=True)
    published = EdtfField(_("published"), blank=True)
    found_at = models.DateTimeField(_("found at"))
    state = models.CharField(
        _("state"), max_length=12, choices=Triage.choices, default=Triage.NEW, db_index=True
    )
    reason = LineField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    article = models.ForeignKey(
        Article,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("article"),
    )

    class Meta:
        verbose_name = _("item of the inbox")
        verbose_name_plural = _("items of the inbox")
        ordering = ("-found_at", "-pk")
        constraints = (
            known("state", Triage),
            models.CheckConstraint(
                condition=Q(state=Triage.NEW) | Q(decided_by__isnull=False),
                name="articles_item_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.title or self.url


class Purged(models.Model):
    """An address that nothing is taken in from any more, as what stood there was purged.

    It is kept as a digest under the secret key of the site, so that the database alone cannot be
    asked whether an address was purged.
    """

    digest = models.CharField("SHA-256", max_length=64, primary_key=True)

    class Meta:
        verbose_name = _("purged address")
        verbose_name_plural = _("purged addresses")

    def __str__(self) -> str:
        return self.digest
