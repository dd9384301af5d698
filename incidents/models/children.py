"""What an edition says: places, targets, effects, findings and citations.

Each row has a `uid` that stays when an edition is cloned, so that a row can be followed
through the editions of its record.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking
from articles.countries import BODIES, COUNTRIES
from articles.fields import BodyField, EdtfBoundField, EdtfField, LineField
from articles.models import Article, known
from incidents.codebook import (
    NO_PLACE,
    SEA,
    UNKNOWN_COUNTRY,
    CitationRole,
    Credibility,
    EffectCertainty,
    EffectKind,
    LocationRole,
    Precision,
    Sector,
    Status,
    TargetKind,
)
from incidents.querysets.children import ChildQuerySet, CitationQuerySet, LocationQuerySet

from .editions import Incident

TARGET_COUNTRY_CHOICES = [
    *COUNTRIES.items(),
    *BODIES.items(),
    (UNKNOWN_COUNTRY, _("Unknown country")),
]
PLACE_CHOICES = [*TARGET_COUNTRY_CHOICES, (SEA, _("At sea")), (NO_PLACE, _("No place"))]


class Child(models.Model):
    """A row of one edition."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]


def child_marking() -> models.CharField[str, str]:
    """Return the field for the marking of a row that may be stricter than its edition."""
    return models.CharField(
        _("marking"),
        max_length=12,
        choices=Marking.choices,
        default=Marking.CLEAR,
        help_text=_("Stricter than the incident's, it hides this row alone."),
    )


def one_primary(name: str) -> models.UniqueConstraint:
    """Return the constraint that an edition has at most one primary row of a kind."""
    return models.UniqueConstraint(fields=("incident",), condition=Q(primary=True), name=name)


class Location(Child):
    """A place where an act happened, was felt, or was launched from."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="locations")
    primary = models.BooleanField(_("primary"), default=False)
    country = models.CharField(_("country"), max_length=8, choices=PLACE_CHOICES)
    role = models.CharField(
        _("role"), max_length=12, choices=LocationRole.choices, default=LocationRole.OCCURRED
    )
    admin1 = LineField(_("region"), max_length=80, blank=True)
    place = LineField(_("place"), max_length=120, blank=True)
    zone = LineField(
        _("sea zone"),
        max_length=120,
        blank=True,
        help_text=_("For a place at sea: zone or strait."),
    )
    lat = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    lon = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=16, choices=Precision.choices, default=Precision.COUNTRY
    )

    objects = LocationQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("location")
        indexes = (models.Index(fields=("country", "incident"), name="location_by_country"),)
        constraints = (
            known("role", LocationRole),
            known("precision", Precision),
            models.CheckConstraint(
                condition=Q(country__in=[code for code, _label in PLACE_CHOICES]),
                name="incidents_location_country_known",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="incidents_location_point_whole",
                violation_error_message=_(
                    "A point has a latitude from -90 to 90 and a longitude from -180 to 180."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(country=SEA) | ~Q(zone=""),
                name="incidents_location_sea_has_zone",
                violation_error_message=_("A place at sea needs its zone or strait."),
            ),
            models.CheckConstraint(
                condition=Q(primary=False) | ~Q(role=LocationRole.LAUNCHED),
                name="incidents_location_primary_not_launched",
                violation_error_message=_("Where an act was launched is not where it happened."),
            ),
            one_primary("incidents_location_primary_once"),
        )

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.place or self.zone, self.get_country_display())))


class Target(Child):
    """What an act was aimed at."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="targets")
    primary = models.BooleanField(_("primary"), default=False)
    country = models.CharField(_("country"), max_length=4, choices=TARGET_COUNTRY_CHOICES)
    sector = models.CharField(
        _("sector"), max_length=32, choices=Sector.choices, default=Sector.UNKNOWN
    )
    target_kind = models.CharField(
        _("kind"), max_length=24, choices=TargetKind.choices, default=TargetKind.UNKNOWN
    )
    name = LineField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Persons only where they are public already and it matters."),
    )

    objects = ChildQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("target")
        indexes = (
            models.Index(fields=("country", "incident"), name="target_by_country"),
            models.Index(fields=("sector", "incident"), name="target_by_sector"),
        )
        constraints = (
            known("sector", Sector),
            known("target_kind", TargetKind),
            models.CheckConstraint(
                condition=Q(country__in=[code for code, _label in TARGET_COUNTRY_CHOICES]),
                name="incidents_target_country_known",
            ),
            one_primary("incidents_target_primary_once"),
        )

    def __str__(self) -> str:
        return self.name or f"{self.get_sector_display()}, {self.get_country_display()}"


class Coding(models.Model):
    """One event type or domain of an edition; written by `services.settle` for counting.

    The edition's own columns are what analysts enter; these rows let "any of its types" be
    asked and grouped like every other child row.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="codings")
    axis = models.CharField(max_length=12)
    code = models.CharField(max_length=32)
    primary = models.BooleanField()

    objects = ChildQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("axis", "code", "incident"), name="coding_by_code"),)
        constraints = (
            models.UniqueConstraint(fields=("incident", "axis", "code"), name="coding_once"),
            models.CheckConstraint(
                condition=Q(axis__in=("event_type", "domain")), name="incidents_coding_axis_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.axis}: {self.code}"


class Citation(Child):
    """The use of an article in an edition."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="citations")
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="+", verbose_name=_("article")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=CitationRole.choices, default=CitationRole.DETAIL
    )
    credibility = models.PositiveSmallIntegerField(
        _("credibility"),
        choices=Credibility.choices,
        default=Credibility.CANNOT_JUDGE,
        help_text=_("Admiralty digit; it rates the report."),
    )
    marking = child_marking()
    locator = LineField(
        _("locator"), max_length=200, blank=True, help_text=_("Page, paragraph or time.")
    )
    note = LineField(_("note"), max_length=500, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("citation")
        indexes = (models.Index(fields=("article", "incident"), name="citation_by_article"),)
        constraints = (
            known("role", CitationRole),
            known("marking", Marking),
            models.CheckConstraint(
                condition=Q(credibility__range=(1, 6)), name="incidents_citation_credibility_known"
            ),
            models.UniqueConstraint(
                fields=("incident", "article"),
                name="citation_once",
                violation_error_message=_("This article is cited already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.article)


class Effect(Child):
    """What an act did."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="effects")
    kind = models.CharField(_("kind"), max_length=24, choices=EffectKind.choices)
    low = models.DecimalField(_("low"), max_digits=18, decimal_places=2, null=True, blank=True)
    best = models.DecimalField(_("best"), max_digits=18, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=18, decimal_places=2, null=True, blank=True)
    unit = LineField(_("unit"), max_length=24, blank=True)
    certainty = models.CharField(
        _("certainty"),
        max_length=12,
        choices=EffectCertainty.choices,
        default=EffectCertainty.REPORTED,
    )
    note = LineField(_("note"), max_length=500, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )

    objects = ChildQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("effect")
        constraints = (
            known("kind", EffectKind),
            known("certainty", EffectCertainty),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="incidents_effect_range_in_order",
                violation_error_message=_("The low value is above the high one."),
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class StatusFinding(Child):
    """That somebody found, on a date, whether it was a hostile act."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="findings")
    status = models.CharField(_("status"), max_length=16, choices=Status.choices)
    date = EdtfField(_("date"))
    date_from = EdtfBoundField(of=("date",), bound="start_from")
    date_to = EdtfBoundField(of=("date",), bound="end_to")
    citation = models.ForeignKey(
        Citation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    note = BodyField(_("note"), max_length=500, blank=True)

    objects = ChildQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("finding")
        ordering = ["date_to", "date_from", "pk"]
        constraints = (known("status", Status),)

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.date})"
