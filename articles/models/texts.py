"""The texts that records rest on: outlets and their articles.

They know nothing of what is said to have happened; that they are cited is told elsewhere.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking, PublisherKind, Reliability
from articles.countries import COUNTRIES, LANGUAGES
from articles.fields import (
    AddressDigestField,
    AddressField,
    BodyField,
    EdtfBoundField,
    EdtfField,
    FoldedField,
    LineField,
)
from articles.querysets import ArticleQuerySet, PublisherQuerySet

from .organisations import Protected, known, validate_slug

LANGUAGE_CHOICES = list(LANGUAGES.items())
COUNTRY_CHOICES = list(COUNTRIES.items())


class Publisher(models.Model):
    """An outlet: a newspaper, a wire, a ministry, a court, an account."""

    name = LineField(_("name"), max_length=120, unique=True)
    name_key = FoldedField(of=("name",))
    slug = models.CharField(
        _("address name"),
        max_length=80,
        unique=True,
        validators=[validate_slug],
        help_text=_("The name in addresses; it stays when the outlet is renamed."),
    )
    domain = models.CharField(_("domain"), max_length=253, blank=True, db_index=True)
    kind = models.CharField(
        _("kind"), max_length=24, choices=PublisherKind.choices, default=PublisherKind.NEWSPAPER
    )
    country = models.CharField(_("country"), max_length=2, choices=COUNTRY_CHOICES, blank=True)
    language = models.CharField(
        _("main language"), max_length=3, choices=LANGUAGE_CHOICES, blank=True
    )
    mirror = models.BooleanField(
        _("mirror"), default=False, help_text=_("A copy site known only by its address.")
    )
    reliability = models.CharField(
        _("reliability"),
        max_length=1,
        choices=Reliability.choices,
        default=Reliability.CANNOT_JUDGE,
        help_text=_("Admiralty letter; it rates the outlet."),
    )
    reliability_reason = LineField(_("reason for the rating"), max_length=300, blank=True)
    reliability_rated_on = models.DateField(_("rated on"), null=True, blank=True)

    objects = PublisherQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        ordering = ("name",)
        constraints = (known("kind", PublisherKind), known("reliability", Reliability))

    def __str__(self) -> str:
        return self.name

    @property
    def rated(self) -> bool:
        """Whether somebody has judged the outlet; the lowest letter is also what nobody gave."""
        return self.reliability != Reliability.CANNOT_JUDGE or self.reliability_rated_on is not None

    @property
    def rating(self) -> str:
        """The reliability with its word, or that nobody rated the outlet."""
        return str(self.get_reliability_display()) if self.rated else _gettext("Not rated")


class Article(Protected):
    """A text that reports something, at an address."""

    url = AddressField(_("address"))
    address_digest = AddressDigestField(of=("url",), db_index=True)
    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("outlet"),
    )
    title = LineField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGE_CHOICES, blank=True)
    published = EdtfField(_("published"), blank=True)
    published_from = EdtfBoundField(of=("published",), bound="start_from")
    published_to = EdtfBoundField(of=("published",), bound="start_to")
    text = BodyField(_("text"), blank=True, max_length=500_000)
    derived_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken from"),
        help_text=_("The article that this one copies, translates or quotes."),
    )
    wire_origin = LineField(
        _("wire origin"),
        max_length=120,
        blank=True,
        help_text=_("The agency or outlet that the text says it was taken from."),
    )
    wire_key = FoldedField(of=("wire_origin",))
    dead_since = models.DateField(
        _("no longer answers since"),
        null=True,
        blank=True,
        help_text=_("The day on which the address was found to lead to the article no more."),
    )
    released = models.BooleanField(
        _("released"),
        default=False,
        editable=False,
        help_text=_("Whether something published rests on it, at whatever marking."),
    )
    added_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        ordering = ("-published_to", "-pk")
        constraints = (
            known("marking", Marking),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True) | ~Q(derived_from=models.F("id")),
                name="articles_article_not_its_own_source",
                violation_error_message=_("An article is not taken from itself."),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.url
