"""What an edition says others say: claims of who did it, and their attribution level."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking
from articles.edtf import InvalidDate, parse
from articles.fields import CodesField, EdtfBoundField, EdtfField, LineField
from articles.models import known
from incidents.codebook import (
    ACCUSED_KINDS,
    EXPERT_KINDS,
    FORMAL_FORMS,
    WEAK_KINDS,
    About,
    Basis,
    ClaimantKind,
    ConfidenceStated,
    Form,
    LikelihoodTerm,
    Stance,
    StateRole,
)
from incidents.querysets.children import ClaimQuerySet

from .children import Child, Citation, child_marking
from .directories import STATE_CHOICES, Actor
from .editions import Incident

# The attribution level of one claim (codebook, "Attribution claim"); the first rule that fits.
CLAIM_LEVEL = Case(
    When(~Q(about=About.ACTOR) | ~Q(stance__in=(Stance.ASSERTS, Stance.SUGGESTS)), then=Value(0)),
    When(
        Q(stance=Stance.SUGGESTS)
        | Q(claimant_kind__in=WEAK_KINDS)
        | Q(form=Form.ANONYMOUS_BRIEFING),
        then=Value(1),
    ),
    When(claimant_kind__in=(ClaimantKind.ACCUSED_STATE, ClaimantKind.ACCUSED_PARTY), then=Value(0)),
    When(claimant_kind__in=EXPERT_KINDS, then=Value(2)),
    When(claimant_kind=ClaimantKind.PROSECUTOR_COURT, form=Form.CONVICTION, then=Value(5)),
    When(form__in=FORMAL_FORMS, then=Value(4)),
    default=Value(3),
)


class Claim(Child):
    """That somebody said, on a date, who did it or whether it was an act at all."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="claims")
    about = models.CharField(_("about"), max_length=8, choices=About.choices, default=About.ACTOR)
    claimant = LineField(_("claimant"), max_length=200)
    claimant_actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("claimant's entry"),
    )
    claimant_kind = models.CharField(
        _("kind of claimant"), max_length=24, choices=ClaimantKind.choices
    )
    date = EdtfField(_("date"))
    date_from = EdtfBoundField(of=("date",), bound="start_from")
    date_to = EdtfBoundField(of=("date",), bound="end_to")
    stance = models.CharField(
        _("stance"), max_length=12, choices=Stance.choices, default=Stance.ASSERTS
    )
    accused_actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accusations",
        verbose_name=_("accused actor"),
    )
    responsible_state = models.CharField(
        _("responsible state"), max_length=2, choices=STATE_CHOICES, blank=True
    )
    state_role = models.CharField(
        _("role of the state"),
        max_length=12,
        choices=StateRole.choices,
        default=StateRole.NOT_STATED,
    )
    form = models.CharField(
        _("form"), max_length=24, choices=Form.choices, default=Form.ON_RECORD_STATEMENT
    )
    marking = child_marking()
    basis = CodesField(_("basis"), vocabulary=Basis)
    confidence_stated = models.CharField(
        _("confidence stated"),
        max_length=12,
        choices=ConfidenceStated.choices,
        default=ConfidenceStated.NOT_STATED,
    )
    likelihood_term = models.CharField(
        _("likelihood stated"), max_length=24, choices=LikelihoodTerm.choices, blank=True
    )
    citations = models.ManyToManyField(
        Citation, blank=True, related_name="+", verbose_name=_("sources")
    )
    supersedes = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
        help_text=_("The earlier claim that this one replaces or withdraws."),
    )
    live_until = models.DateField(null=True, editable=False)
    level = models.GeneratedField(
        expression=CLAIM_LEVEL, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )

    objects = ClaimQuerySet.as_manager()

    class Meta(Child.Meta):
        verbose_name = _("claim")
        ordering = ["date_to", "date_from", "pk"]
        indexes = (
            models.Index(fields=("responsible_state", "level", "incident"), name="claim_by_state"),
            models.Index(fields=("accused_actor", "incident"), name="claim_by_actor"),
        )
        constraints = (
            known("about", About),
            known("claimant_kind", ClaimantKind),
            known("stance", Stance),
            known("state_role", StateRole),
            known("form", Form),
            known("marking", Marking),
            known("confidence_stated", ConfidenceStated),
            known("likelihood_term", LikelihoodTerm, blank=True),
            models.CheckConstraint(
                condition=~Q(about=About.ACTOR)
                | Q(stance=Stance.RULES_OUT)
                | Q(accused_actor__isnull=False)
                | ~Q(responsible_state=""),
                name="incidents_claim_accuses_somebody",
                violation_error_message=_(
                    "A claim about the actor names an accused actor or a responsible state."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(about=About.NATURE)
                | Q(accused_actor__isnull=True, responsible_state=""),
                name="incidents_claim_nature_accuses_nobody",
                violation_error_message=_("A claim about the nature of the act accuses nobody."),
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.DENIES) | Q(claimant_kind__in=ACCUSED_KINDS),
                name="incidents_claim_denied_by_the_accused",
                violation_error_message=_(
                    "Only an accused state, party or persona denies; others rule out."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(claimant_kind=ClaimantKind.PERPETRATOR_PERSONA, stance=Stance.ASSERTS)
                | Q(responsible_state=""),
                name="incidents_claim_persona_names_no_state",
                violation_error_message=_("A persona's own claim names no state."),
            ),
            models.CheckConstraint(
                condition=~Q(stance=Stance.WITHDRAWS) | Q(supersedes__isnull=False),
                name="incidents_claim_withdraws_one",
                violation_error_message=_("A withdrawal names the claim that it supersedes."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.claimant} ({self.date})"

    def clean(self) -> None:
        """Refuse a predecessor that is of another edition, later, or the claim itself."""
        earlier = self.supersedes
        if earlier is None:
            return
        if earlier.pk == self.pk or earlier.incident_id != self.incident_id:
            raise ValidationError(
                {"supersedes": _gettext("This is no other claim of the same incident.")}
            )
        if self.date and earlier.date_from and self._ends_before(earlier):
            raise ValidationError(
                {"supersedes": _gettext("The claim superseded is the later one.")}
            )

    def _ends_before(self, other: Claim) -> bool:
        try:
            return bool(parse(self.date).end.last < other.date_from)
        except InvalidDate:
            return False  # the field's own validator tells
