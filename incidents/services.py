"""Writes to incidents that touch several rows or keep a rule; each is whole or absent."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.codebook import Marking
from articles.services import lower_markings

from .codebook import DEFAULT_DOMAIN, About, Stance, State
from .models import Claim, Clock, Coding, Incident, Record, ReferenceCounter
from .models.editions import WORKED_ON

MIN_SUMMARY: Final = 80


@transaction.atomic
def start_draft(incident: Incident, *, by: User) -> Incident:
    """Save a new edition 1 of a new record, with `by` as its author.

    Where no domain is given, that of the event type is taken.
    """
    if not incident.domains and (domain := DEFAULT_DOMAIN.get(incident.event_type)):
        incident.domains = [domain]
    incident.record = Record.objects.create(created_by=by)
    incident.state = State.DRAFT
    incident.save()
    incident.authors.add(by)
    move_clocks(public=False)
    return incident


@transaction.atomic
def settle(incident: Incident) -> None:
    """Store on an edition what follows from its child rows, after those were saved.

    These are the columns of the primary location and target, the status of the last finding,
    the codings, the day on which each claim was superseded, and actors for those merged.
    """
    place = incident.locations.filter(primary=True).first()
    target = incident.targets.filter(primary=True).first()
    finding = incident.findings.order_by("-date_to", "-date_from", "-pk").first()
    incident.country = place.country if place else ""
    incident.target_country = target.country if target else ""
    incident.sector = target.sector if target else ""
    incident.target_kind = target.target_kind if target else ""
    incident.domain = incident.domains[0] if incident.domains else ""
    if finding:
        incident.status = finding.status
    incident.save()
    incident.codings.all().delete()
    types = [incident.event_type, *incident.other_event_types]
    Coding.objects.bulk_create(
        Coding(incident=incident, axis=axis, code=code, primary=position == 0)
        for axis, codes in (("event_type", types), ("domain", incident.domains))
        for position, code in enumerate(codes)
    )
    if incident.state in WORKED_ON:
        _follow_merged_actors(incident.claims.all())
    _settle_claims(incident.claims.all())


def _follow_merged_actors(claims: QuerySet[Claim]) -> None:
    """Have claims name the actors into which those they named were merged meanwhile."""
    for column in ("accused_actor", "claimant_actor"):
        for claim in claims.filter(**{f"{column}__merged_into__isnull": False}):
            setattr(claim, column, getattr(claim, column).merged_into)
            claim.save(update_fields=[column])


def _settle_claims(claims: QuerySet[Claim]) -> None:
    """Store until when each claim was live: the day its first successor was made at the latest."""
    ends: dict[int, date] = {}
    for later in claims:
        earlier = later.supersedes_id
        if earlier is None:
            continue
        ends[earlier] = min(later.date_to, ends.get(earlier, later.date_to))
    for claim in claims:
        if claim.live_until != ends.get(claim.pk):
            claim.live_until = ends.get(claim.pk)
            claim.save(update_fields=["live_until"])


def gaps(incident: Incident) -> dict[str, str]:
    """Return what an edition lacks to be published, by the name of its part."""
    missing: dict[str, str] = {}
    if len(incident.summary) < MIN_SUMMARY:
        missing["summary"] = _("It needs at least %(n)d characters.") % {"n": MIN_SUMMARY}
    for name, rows in (("locations", incident.locations), ("targets", incident.targets)):
        if rows.filter(primary=True).count() != 1:
            missing[name] = _("One row has to be the primary one.")
    if not incident.effects.exists():
        missing["effects"] = _("Say what it did, or that no effect was reported.")
    if not incident.citations.exists():
        missing["citations"] = _("It rests on no article.")
    findings = incident.findings.order_by("-date_to", "-date_from", "-pk")
    last = findings.first()
    if last is None and incident.status != "alleged":
        missing["findings"] = _("A status beyond alleged rests on a finding with its date.")
    claims = incident.claims.all()
    if claims.filter(citations=None).exists():
        missing["claims"] = _("Every claim names the citation it rests on.")
    unnamed = claims.filter(
        about=About.ACTOR, stance=Stance.RULES_OUT, accused_actor=None, responsible_state=""
    ).exclude(state_role="none")
    if unnamed.exists():
        missing["claims"] = _("Who rules out every state says so by the role “none”.")
    return missing


@transaction.atomic
def publish(incident: Incident, *, approver: User, comment: str = "") -> Incident:
    """Publish an edition in place of the one that is public.

    In one transaction the edition before ends, the record gets its reference where it first
    becomes public at CLEAR, and the articles cited are lowered to the edition's marking.
    Raises ValidationError where the approver is an author, the edition is not being worked
    on, or something is missing.
    """
    record = Record.objects.select_for_update().get(pk=incident.record_id)
    incident.refresh_from_db()
    if incident.state not in WORKED_ON:
        raise ValidationError(
            _("An edition that is %(state)s cannot be published."),
            params={"state": incident.get_state_display()},
        )
    if incident.authors.filter(pk=approver.pk).exists():
        raise ValidationError(_("A second person publishes: you are an author of this edition."))
    settle(incident)
    missing = gaps(incident)
    if missing:
        raise ValidationError({part: [why] for part, why in missing.items()})
    now = timezone.now()
    before = Incident.objects.filter(record=record, state=State.PUBLISHED).first()
    if before:
        if not incident.change_reason:
            raise ValidationError({"change_reason": [_("Say why the published edition changes.")]})
        before.state, before.ended_at = State.SUPERSEDED, now
        before.save(update_fields=["state", "ended_at"])
    incident.state, incident.published_at = State.PUBLISHED, now
    incident.approved_by = approver
    if comment:
        incident.change_note = comment
    incident.version += 1
    incident.save()
    _make_public(record, incident, was=before)
    cited = incident.citations.values_list("article", flat=True)
    lower_markings(list(cited), Marking(incident.marking))
    return incident


def _make_public(record: Record, incident: Incident, *, was: Incident | None) -> None:
    """Bring a record and the clocks in line with its newly published edition."""
    clear = incident.marking == Marking.CLEAR
    was_clear = bool(was and was.marking == record.marking == Marking.CLEAR)
    record.marking = incident.marking
    record.first_published_at = record.first_published_at or incident.published_at
    if clear and record.reference is None:
        record.reference = _next_reference(timezone.now().year)
    record.save()
    move_clocks(public=clear or was_clear)


def _next_reference(year: int) -> str:
    """Return the next public reference of a year; the counter's row is locked until commit."""
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return f"HTI-{year}-{counter.last:05d}"


@transaction.atomic
def withdraw(incident: Incident, *, by: User, reason: str) -> Incident:
    """End the publication of an edition and leave a tombstone with the reason.

    Raises ValidationError where the edition is not published.
    """
    record = Record.objects.select_for_update().get(pk=incident.record_id)
    incident.refresh_from_db()
    if incident.state != State.PUBLISHED:
        raise ValidationError(_("Only a published edition can be withdrawn."))
    incident.state, incident.ended_at = State.WITHDRAWN, timezone.now()
    incident.save(update_fields=["state", "ended_at"])
    record.withdrawn_reason, record.withdrawn_by = reason, by
    record.save()
    move_clocks(public=incident.marking == record.marking == Marking.CLEAR)
    return incident


def move_clocks(*, public: bool) -> None:
    """Tell readers, staff and, where it is so, the public, that what they see may have changed."""
    for name in ("public", "staff") if public else ("staff",):
        Clock.objects.get_or_create(name=name)
        Clock.objects.filter(name=name).update(version=F("version") + 1)
