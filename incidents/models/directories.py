"""Directories: actors, campaigns and the figures that others have published."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking
from articles.countries import COUNTRIES
from articles.fields import BodyField, EdtfField, LineField
from articles.models import LANGUAGE_CHOICES, Article, Protected, known, validate_slug
from incidents.codebook import ActorKind, ActorRelation, ClaimantKind, FigureKind, Qualifier
from incidents.querysets.directories import ActorQuerySet, CampaignQuerySet, ReportedFigureQuerySet

from .editions import validate_external_ids

STATE_CHOICES = list(COUNTRIES.items())


class Actor(models.Model):
    """A state, service, group, company, persona or person that is accused or quoted."""

    name = LineField(_("name"), max_length=120, unique=True)
    slug = models.CharField(
        _("address name"), max_length=80, unique=True, validators=[validate_slug]
    )
    kind = models.CharField(_("kind"), max_length=16, choices=ActorKind.choices)
    state = models.CharField(_("state"), max_length=2, choices=STATE_CHOICES, blank=True)
    external_ids = models.JSONField(
        _("ids elsewhere"), default=dict, blank=True, validators=[validate_external_ids]
    )

    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        verbose_name = _("actor")
        ordering = ("name",)
        constraints = (
            known("kind", ActorKind),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="actor_not_merged_into_itself",
                violation_error_message=_("An entry is not merged into itself."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def survivor(self) -> Actor:
        """The entry that this one was merged into, or itself."""
        return self.merged_into or self


class ActorAlias(models.Model):
    """Another name of an actor."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="aliases")
    name = LineField(_("name"), max_length=120)
    used_by = LineField(_("used by"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGE_CHOICES, blank=True)
    came_from = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("actor", "name"), name="actor_alias_once"),)

    def __str__(self) -> str:
        return self.name


class ActorParent(models.Model):
    """That an actor belongs to, works for or fronts another one."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Actor, models.PROTECT, related_name="children")
    relation = models.CharField(
        _("relation"), max_length=12, choices=ActorRelation.choices, default=ActorRelation.PART_OF
    )
    source = models.ForeignKey(Article, models.PROTECT, null=True, blank=True, related_name="+")
    came_from = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("parent")
        ordering = ("pk",)
        constraints = (
            known("relation", ActorRelation),
            models.UniqueConstraint(
                fields=("actor", "parent", "relation"), name="actor_parent_once"
            ),
            models.CheckConstraint(condition=~Q(actor=F("parent")), name="actor_not_its_parent"),
        )

    def __str__(self) -> str:
        return f"{self.actor} {self.get_relation_display()} {self.parent}"


class Campaign(models.Model):
    """A name for incidents that belong together; it is never counted as one."""

    name = LineField(_("name"), max_length=160, unique=True)
    slug = models.CharField(
        _("address name"), max_length=80, unique=True, validators=[validate_slug]
    )
    description = BodyField(_("description"), max_length=1500, blank=True)
    external_ids = models.JSONField(
        _("ids elsewhere"), default=dict, blank=True, validators=[validate_external_ids]
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ReportedFigure(Protected):
    """A number that somebody published; it is kept beside our own counts, never in them."""

    slug = models.CharField(
        _("address name"), max_length=80, unique=True, validators=[validate_slug]
    )
    low = models.DecimalField(_("low"), max_digits=14, decimal_places=2, null=True, blank=True)
    best = models.DecimalField(_("best"), max_digits=14, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=14, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=12, choices=Qualifier.choices)
    figure_kind = models.CharField(
        _("kind"), max_length=16, choices=FigureKind.choices, default=FigureKind.COUNT
    )
    what = LineField(_("what is counted"), max_length=200)
    area = LineField(_("area"), max_length=80)
    period = EdtfField(_("period"))
    claimant = LineField(_("claimant"), max_length=200)
    claimant_role = LineField(_("role of the claimant"), max_length=200, blank=True)
    claimant_kind = models.CharField(
        _("kind of claimant"), max_length=24, choices=ClaimantKind.choices
    )
    date_said = EdtfField(_("date said"), blank=True)
    attributed_to = models.CharField(
        _("attributed to"), max_length=2, choices=STATE_CHOICES, blank=True
    )
    numerator_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("part of"),
        help_text=_("The wider figure of which this one is a part."),
    )
    our_question = LineField(
        _("our nearest question"),
        max_length=500,
        blank=True,
        help_text=_("The question whose count is shown beside the figure, as in an address."),
    )
    note = BodyField(_("note"), max_length=1500, blank=True)
    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported figure")
        ordering = ("slug",)
        constraints = (
            known("qualifier", Qualifier),
            known("figure_kind", FigureKind),
            known("claimant_kind", ClaimantKind),
            known("marking", Marking),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                name="incidents_reportedfigure_has_a_value",
                violation_error_message=_("A figure has a low, best or high value."),
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="incidents_reportedfigure_in_order",
                violation_error_message=_("The low value is above the high one."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.what}, {self.area}, {self.period} ({self.claimant})"


class Rendition(models.Model):
    """What one article made of a reported figure."""

    figure = models.ForeignKey(ReportedFigure, models.CASCADE, related_name="renditions")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=12, choices=Qualifier.choices)
    what = LineField(_("what is counted"), max_length=200)
    area = LineField(_("area"), max_length=80)
    period = EdtfField(_("period"))
    attributed_to = models.CharField(
        _("attributed to"), max_length=2, choices=STATE_CHOICES, blank=True
    )
    note = LineField(_("note on the difference"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("rendition")
        ordering = ("pk",)
        constraints = (known("qualifier", Qualifier),)

    def __str__(self) -> str:
        return f"{self.value} ({self.article})"
