"""Records, the permanent identities of incidents, and their editions.

An edition once published never changes (`incidents.triggers`); revising makes a new one.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking, strictest
from articles.edtf import InvalidDate, parse
from articles.fields import (
    BodyField,
    CodesField,
    EdtfBoundField,
    EdtfDoubtField,
    EdtfField,
    FoldedField,
    LineField,
)
from articles.models import Protected, known
from incidents.codebook import (
    ONCE_PUBLIC,
    WORKED_ON,
    ChangeReason,
    Domain,
    EventType,
    Means,
    Outcome,
    Sector,
    Severity,
    State,
    Status,
    TargetKind,
)
from incidents.querysets.editions import IncidentQuerySet, RecordQuerySet

PROVISIONAL_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def provisional_reference() -> str:
    """Return a random reference for a record that has not been public; it tells no order."""
    return "P-" + "".join(secrets.choice(PROVISIONAL_ALPHABET) for _position in range(12))


def validate_external_ids(value: object) -> None:
    """Refuse what is not an object of scheme to id, both short text.

    Raises ValidationError.
    """
    fine = isinstance(value, dict) and all(
        isinstance(text, str) and text.isprintable() and 0 < len(text) <= 100
        for pair in value.items()
        for text in pair
    )
    if not fine:
        raise ValidationError(
            _gettext('Ids of other systems have the form {"scheme": "id"}, both short text.'),
            code="external_ids",
        )


def _at_least_as_strict(one: str, other: str) -> Q:
    """Return the condition that a column of markings is no less strict than another one."""
    fitting = Q()
    for marking in Marking:
        looser = [m.value for m in Marking if m.strictness <= marking.strictness]
        fitting |= Q(**{one: marking.value, f"{other}__in": looser})
    return fitting


class Record(Protected):
    """The permanent identity of an incident; its marking is the present one."""

    # Null, not empty, as long as there is none: only then can the column be unique.
    reference = models.CharField(  # noqa: DJ001
        _("reference"),
        max_length=16,
        unique=True,
        null=True,
        editable=False,
        validators=[RegexValidator(r"\AHTI-[0-9]{4}-[0-9]{5,}\Z")],
        help_text=_("Given when the record first becomes public at CLEAR."),
    )
    provisional = models.CharField(
        max_length=16, unique=True, default=provisional_reference, editable=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    external_ids = models.JSONField(
        _("ids elsewhere"), default=dict, blank=True, validators=[validate_external_ids]
    )
    first_published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = LineField(_("reason of the withdrawal"), max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    purged_at = models.DateTimeField(null=True, editable=False)
    last_verified = models.DateField(
        _("last verified"),
        null=True,
        blank=True,
        help_text=_("When a reviewer last found that the sources still say so."),
    )
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        ordering = ("-pk",)
        constraints = (known("marking", Marking),)

    def __str__(self) -> str:
        return self.public_id

    @property
    def public_id(self) -> str:
        """The reference, or the provisional one as long as there is none."""
        return self.reference or self.provisional


class Incident(models.Model):
    """One edition of a record: what was said of an incident at one time."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    title = LineField(
        _("title"),
        max_length=120,
        validators=[MinLengthValidator(5)],
        help_text=_("Act, object, place; neutral, without the name of a perpetrator."),
    )
    summary = BodyField(
        _("summary"),
        max_length=1500,
        blank=True,
        help_text=_("80 to 1,500 characters of fact; who is blamed goes into claims."),
    )
    search_text = FoldedField(of=("title", "summary"))

    occurred = EdtfField(
        _("occurred"),
        help_text=_(
            "As precise as it is known: 2024-03-14, 2024-03, 2024; 2024~ about; "
            "2024-07? uncertain; 2024-03/2024-05 lasted; [2023-12..2024-02] some time between."
        ),
    )
    onset_from = EdtfBoundField(of=("occurred",), bound="start_from")
    onset_to = EdtfBoundField(of=("occurred",), bound="start_to")
    end_from = EdtfBoundField(of=("occurred",), bound="end_from")
    end_to = EdtfBoundField(of=("occurred",), bound="end_to")
    activity_span = EdtfField(
        _("activity span"),
        blank=True,
        help_text=_("The long presence behind the visible act, for example of an intrusion."),
    )
    active_from = EdtfBoundField(of=("activity_span", "occurred"), bound="start_from")
    active_to = EdtfBoundField(of=("activity_span", "occurred"), bound="start_to")
    active_end_from = EdtfBoundField(of=("activity_span", "occurred"), bound="end_from")
    active_end_to = EdtfBoundField(of=("activity_span", "occurred"), bound="end_to")
    dating_note = LineField(_("note on the date"), max_length=500, blank=True)

    event_type = models.CharField(
        _("event type"),
        max_length=32,
        choices=EventType.choices,
        help_text=_("The type that best names the act."),
    )
    other_event_types = CodesField(_("other event types"), vocabulary=EventType)
    domains = CodesField(
        _("domains"), vocabulary=Domain, help_text=_("Left empty, it follows from the event type.")
    )
    means = CodesField(_("means"), vocabulary=Means)
    status = models.CharField(
        _("status"),
        max_length=16,
        choices=Status.choices,
        default=Status.ALLEGED,
        help_text=_("Was it a hostile act? The last finding below, where there is one."),
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=16,
        choices=Outcome.choices,
        default=Outcome.UNKNOWN,
        help_text=_("How far did it get?"),
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity.choices, null=True, blank=True
    )
    campaign = models.ForeignKey(
        "Campaign",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("campaign"),
    )
    marking = models.CharField(
        _("marking"),
        max_length=12,
        choices=Marking.choices,
        default=Marking.AMBER,
        help_text=_("TLP 2.0; only CLEAR becomes public."),
    )
    # The stricter of the edition's own marking and the record's present one. Who may read an
    # edition is judged by it alone; what was raised stays raised when a later edition is not.
    effective_marking = models.CharField(
        _("present marking"),
        max_length=12,
        choices=Marking.choices,
        default=Marking.RED,
        editable=False,
    )

    # Whether its record is a part of another one, so that no list has to read the record.
    merged = models.BooleanField(default=False, db_default=False, editable=False)

    # Of the primary rows, stored by `services.settle`: a published edition never changes, so
    # counting reads these columns instead of the child tables.
    country = models.CharField(max_length=8, blank=True, editable=False)
    target_country = models.CharField(max_length=4, blank=True, editable=False)
    sector = models.CharField(max_length=32, blank=True, editable=False)
    target_kind = models.CharField(max_length=24, blank=True, editable=False)
    domain = models.CharField(max_length=24, blank=True, editable=False)
    # Of the live CLEAR claims: the highest level, and whether they contradict each other; and
    # whether there are stricter live claims, so that who reads those finds more than that.
    clear_level = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    clear_contested = models.BooleanField(default=False, db_default=False, editable=False)
    beyond_clear = models.BooleanField(default=False, db_default=False, editable=False)
    # No generated column: SQLite would read the row for it although an index holds it.
    approximate = EdtfDoubtField(of=("occurred",), default=False, db_default=False)

    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )
    change_reason = models.CharField(
        _("reason for the change"), max_length=20, choices=ChangeReason.choices, blank=True
    )
    change_note = LineField(_("note on the change"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    takes_in = models.ForeignKey(
        Record,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="taken_in_by",
        verbose_name=_("takes in"),
        help_text=_("The record that becomes a part of this one when the edition is published."),
    )
    authors = models.ManyToManyField(User, related_name="+", editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    # Mixed into the digest that the ledger keeps, so that a purged text cannot be guessed at.
    salt = models.CharField(max_length=32, blank=True, editable=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        ordering = ("-onset_from", "-pk")
        indexes = (
            # Lists walk the order that they are asked in; a country's list has one of its own.
            models.Index(
                fields=("state", "merged", "-onset_from", "-record"), name="incident_by_onset"
            ),
            models.Index(
                fields=("state", "merged", "country", "-onset_from", "-record"),
                name="incident_by_country",
            ),
            # Counts read this index and no row. What every question narrows by does not come
            # first, or SQLite would take this index for lists as well, and sort all it finds.
            models.Index(
                fields=[
                    *("state", "merged", "clear_level", "clear_contested", "approximate"),
                    *("effective_marking", "status", "outcome", "beyond_clear"),
                    *("country", "event_type", "domain", "sector", "target_kind"),
                    *("target_country", "onset_from", "onset_to", "id"),
                ],
                name="incident_counted",
            ),
        )
        constraints = (
            known("event_type", EventType),
            known("status", Status),
            known("outcome", Outcome),
            known("marking", Marking),
            known("effective_marking", Marking),
            known("state", State),
            known("sector", Sector, blank=True),
            known("target_kind", TargetKind, blank=True),
            known("change_reason", ChangeReason, blank=True),
            models.CheckConstraint(
                condition=_at_least_as_strict("effective_marking", "marking"),
                name="incident_effective_marking_holds",
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__range=(0, 4)),
                name="incidents_incident_severity_known",
            ),
            models.UniqueConstraint(fields=("record", "number"), name="incident_edition_once"),
            models.UniqueConstraint(
                fields=("record",),
                condition=Q(state=State.PUBLISHED),
                name="incident_published_once",
            ),
            models.UniqueConstraint(
                fields=("record",),
                condition=Q(state__in=WORKED_ON),
                name="incident_worked_on_once",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.PUBLISHED, published_at__isnull=False, ended_at__isnull=True)
                    | Q(
                        state__in=(State.SUPERSEDED, State.WITHDRAWN),
                        published_at__isnull=False,
                        ended_at__isnull=False,
                    )
                    | Q(
                        state__in=(*WORKED_ON, State.DISCARDED),
                        published_at__isnull=True,
                        ended_at__isnull=True,
                    )
                ),
                name="incident_state_fits_its_interval",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ONCE_PUBLIC)
                | (
                    ~Q(country="")
                    & ~Q(target_country="")
                    & ~Q(sector="")
                    & ~Q(target_kind="")
                    & ~Q(summary="")
                    & Q(approved_by__isnull=False)
                ),
                name="incident_published_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(
                    onset_from__isnull=False,
                    onset_from__lte=models.F("onset_to"),
                    end_from__lte=models.F("end_to"),
                    end_to__gte=models.F("onset_from"),
                ),
                name="incident_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save an edition; as long as it is worked on, its present marking follows."""
        if self.state in (*WORKED_ON, State.DISCARDED):
            self.effective_marking = strictest([self.marking, self.record.marking])
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a date to come and a type given twice."""
        errors: dict[str, str] = {}
        if self.occurred and _starts_after(self.occurred, timezone.now().date()):
            errors["occurred"] = _gettext("The incident would lie in the future.")
        if self.event_type in self.other_event_types:
            errors["other_event_types"] = _gettext("The event type stands here a second time.")
        if errors:
            raise ValidationError(errors)

    @property
    def reference(self) -> str:
        """The reference of its record."""
        return self.record.public_id


def _starts_after(text: str, day: date) -> bool:
    """Tell whether a date of the grammar begins more than a day after `day`."""
    try:
        return parse(text).start.first > day + timedelta(days=1)
    except InvalidDate:
        return False  # the field's own validator tells
