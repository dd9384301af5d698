"""The texts that records rest on: outlets and their articles.

They know nothing of what is said to have happened; that they are cited is told elsewhere.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking, PublisherKind, Reliability
from articles.countries import COUNTRIES, LANGUAGES
from articles.fields import (
    AddressDigestField,
    AddressField,
    BodyField,
    CodesField,
    DomainField,
    EdtfBoundField,
    EdtfField,
    FoldedField,
    LineField,
)
from articles.querysets import ArticleQuerySet, PublisherQuerySet

from .organisations import Protected, known, validate_slug

LANGUAGE_CHOICES = list(LANGUAGES.items())
COUNTRY_CHOICES = list(COUNTRIES.items())


def validate_languages(codes: list[str]) -> None:
    """Refuse what is not a list of codes of languages.

    Raises ValidationError.
    """
    for code in codes:
        if code not in LANGUAGES:
            raise ValidationError(
                _("“%(code)s” is no language here."), code="language", params={"code": code}
            )


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
    domain = DomainField(_("domain"), blank=True, db_index=True)
    kind = models.CharField(
        _("kind"), max_length=24, choices=PublisherKind.choices, default=PublisherKind.NEWSPAPER
    )
    country = models.CharField(_("country"), max_length=2, choices=COUNTRY_CHOICES, blank=True)
    language = models.CharField(
        _("main language"), max_length=3, choices=LANGUAGE_CHOICES, blank=True
    )
    other_languages = CodesField(
        _("other languages"), most=12, validators=[validate_languages], help_text=_("As codes.")
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
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    merged_why = LineField(_("why it was merged"), max_length=300, blank=True, editable=False)

    objects = PublisherQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        ordering = ("name",)
        indexes = (
            # By which name a merged outlet was known: few, and asked for each text that names one.
            models.Index(
                fields=["name_key"],
                condition=Q(merged_into__isnull=False),
                name="articles_publisher_merged_name",
            ),
        )
        constraints = (
            known("kind", PublisherKind),
            known("reliability", Reliability),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="articles_publisher_not_merged_into_itself",
                violation_error_message=_("An outlet is not merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_why=""),
                name="articles_publisher_merged_for_a_reason",
                violation_error_message=_("An outlet is merged for a reason."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse state media of no state, and a main language that is another one as well."""
        errors = {}
        if self.kind == PublisherKind.STATE_MEDIA_OF_ACCUSED and not self.country:
            errors["country"] = _("Say of which state it is a medium.")
        if isinstance(self.other_languages, list) and self.language in self.other_languages:
            errors["other_languages"] = _("The main language is no other one.")
        if errors:
            raise ValidationError(errors)

    @property
    def survivor(self) -> Publisher:
        """The outlet that this one was merged into, or itself."""
        return self.merged_into or self

    @property
    def rated(self) -> bool:
        """Whether somebody has judged the outlet; the lowest letter is also what nobody gave."""
        return self.reliability != Reliability.CANNOT_JUDGE or self.reliability_rated_on is not None

    @property
    def rating(self) -> str:
        """The reliability with its word, or that nobody rated the outlet."""
        return str(self.get_reliability_display()) if self.rated else _gettext("Not rated")


class PublisherDomain(models.Model):
    """A further domain of an outlet."""

    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="domains")
    domain = DomainField(_("domain"), unique=True)

    class Meta:
        verbose_name = _("further domain")
        verbose_name_plural = _("further domains")
        ordering = ("domain",)

    def __str__(self) -> str:
        return self.domain

    def clean(self) -> None:
        """Refuse a domain that is the main one of an outlet."""
        if Publisher.objects.filter(domain=self.domain, merged_into=None).exists():
            raise ValidationError({"domain": _("This is the domain of an outlet already.")})


class Article(Protected):
    """A text that reports something, at an address."""

    url = AddressField(_("address"))
    address_digest = AddressDigestField(of=("url",), db_index=True)
    former_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("The digest that it had while addresses were told apart by another rule."),
    )
    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("outlet"),
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
        indexes = (models.Index(fields=("former_digest",), name="articles_article_former"),)
        constraints = (
            known("marking", Marking),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True) | ~Q(derived_from=F("id")),
                name="articles_article_not_its_own_source",
                violation_error_message=_("An article is not taken from itself."),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.url
