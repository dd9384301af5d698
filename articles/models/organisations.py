"""Organisations, who belongs to them, and what a row says of its readers."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking, Vocabulary
from articles.fields import LineField

validate_slug = RegexValidator(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("Only a-z, 0-9 and hyphens."))


def known(
    field: str, vocabulary: type[Vocabulary], *, blank: bool = False
) -> models.CheckConstraint:
    """Return the constraint that a column holds a code of `vocabulary`."""
    values = [*vocabulary.values, ""] if blank else list(vocabulary.values)
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"%(app_label)s_%(class)s_{field}_known"
    )


class Organisation(models.Model):
    """A newsroom, institute, ministry or partner whose people read and write here."""

    name = LineField(_("name"), max_length=120, unique=True)
    slug = models.CharField(
        _("address name"), max_length=80, unique=True, validators=[validate_slug]
    )

    class Meta:
        verbose_name = _("organisation")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That somebody belongs to an organisation; nobody belongs to two."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="membership", verbose_name=_("account")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("membership")
        ordering = ("organisation", "user")

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"


class Protected(models.Model):
    """A row with a marking, the organisation it belongs to, and whom it was shared with."""

    marking = models.CharField(
        _("marking"), max_length=12, choices=Marking.choices, default=Marking.AMBER
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("organisation"),
    )
    shared_with = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("shared with")
    )
    readers = models.ManyToManyField(
        User,
        blank=True,
        related_name="+",
        verbose_name=_("named readers"),
        help_text=_("Who reads it at TLP:RED beside those who wrote it."),
    )

    class Meta:
        abstract = True
