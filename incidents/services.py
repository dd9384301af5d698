"""What every write to an edition keeps: how it starts, what follows from its rows, what it lacks.

Its way to the public is in `incidents.review`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from articles.clearance import clearance
from articles.codebook import Marking

from .codebook import ACCUSED_KINDS, DEFAULT_DOMAIN, WORKED_ON, About, Stance, State
from .locks import hold_edition
from .models import (
    Citation,
    Claim,
    Clock,
    Coding,
    Incident,
    Location,
    Record,
    StatusFinding,
    Target,
)
from .models.counters import new_stamp
from .querysets.reading import row_readable_by

MIN_SUMMARY: Final = 80


class VersionMissing(ValidationError):
    """A write did not say which version of an edition it started from."""


class VersionStale(ValidationError):
    """A write started from a version of an edition that is not the present one."""


def expect_version(edition: Incident, version: int | None) -> None:
    """Lock an edition until the transaction ends, read it anew, and refuse another version.

    The locks are those that every step of the review takes as well.
    Raises VersionMissing where no version is given, VersionStale where it is not the present one.
    """
    if version is None:
        raise VersionMissing(
            _("Say which version of the edition this change started from."), code="version_missing"
        )
    hold_edition(edition)
    if edition.version != version:
        raise VersionStale(
            _("This edition was changed meanwhile; version %(read)d was read, it is now %(now)d."),
            code="version_stale",
            params={"read": version, "now": edition.version},
        )


@transaction.atomic
def start_draft(incident: Incident, *, by: User) -> Incident:
    """Save a new edition 1 of a new record, with `by` as its author.

    Where no domain is given, that of the event type is taken.
    """
    if not incident.domains and (domain := DEFAULT_DOMAIN.get(incident.event_type)):
        incident.domains = [domain]
    incident.record = Record.objects.create(
        created_by=by, organisation_id=clearance(by).organisation
    )
    incident.state = State.DRAFT
    incident.save()
    incident.authors.add(by)
    move_clocks(public=False)
    return incident


@transaction.atomic
def settle(incident: Incident) -> None:
    """Store on an edition what follows from its child rows, after those were saved.

    These are the columns of the primary location and target, the status of the last finding,
    what its claims say in all, the codings, the day on which each claim was superseded, and
    actors for those merged.
    """
    if incident.state in WORKED_ON:
        _follow_merged_actors(incident.claims.all())
    _settle_claims(incident.claims.all())
    place = incident.locations.filter(primary=True).first()
    target = incident.targets.filter(primary=True).first()
    finding = incident.findings.order_by("-date_to", "-date_from", "-pk").first()
    columns = following(incident, place, target, finding) | claimed(incident.claims.all())
    for column, value in columns.items():
        setattr(incident, column, value)
    incident.save()
    incident.codings.all().delete()
    Coding.objects.bulk_create(
        Coding(incident=incident, axis=axis, code=code, primary=primary)
        for axis, code, primary in codings(incident)
    )


def following(
    incident: Incident,
    place: Location | None,
    target: Target | None,
    finding: StatusFinding | None,
) -> dict[str, Any]:
    """Return the columns of an edition that follow from its primary rows and last finding."""
    columns = {
        "country": place.country if place else "",
        "target_country": target.country if target else "",
        "sector": target.sector if target else "",
        "target_kind": target.target_kind if target else "",
        "domain": incident.domains[0] if incident.domains else "",
    }
    return {**columns, "status": finding.status} if finding else columns


def claimed(claims: Iterable[Claim]) -> dict[str, Any]:
    """Return the columns of an edition that follow from its claims."""
    live = [claim for claim in claims if claim.live_until is None]
    clear = [claim for claim in live if claim.marking == Marking.CLEAR]
    named = {
        claim.responsible_state
        for claim in clear
        if claim.about == About.ACTOR and claim.stance == Stance.ASSERTS
    }
    ruled_out = any(
        claim.stance == Stance.RULES_OUT and claim.claimant_kind not in ACCUSED_KINDS
        for claim in clear
    )
    return {
        "clear_level": max((claim.level for claim in clear), default=0),
        "clear_contested": ruled_out or len(named - {""}) > 1,
        "beyond_clear": len(live) > len(clear),
    }


def codings(incident: Incident) -> list[tuple[str, str, bool]]:
    """Return the codings of an edition: axis, code, and whether it is the primary one."""
    types = [incident.event_type, *incident.other_event_types]
    return [
        (axis, code, position == 0)
        for axis, codes in (("event_type", types), ("domain", incident.domains))
        for position, code in enumerate(codes)
    ]


def _follow_merged_actors(claims: QuerySet[Claim]) -> None:
    """Have claims name the actors into which those they named were merged meanwhile."""
    for column in ("accused_actor", "claimant_actor"):
        for claim in claims.filter(**{f"{column}__merged_into__isnull": False}):
            setattr(claim, column, getattr(claim, column).merged_into)
            claim.save(update_fields=[column])


def ends_of(claims: Iterable[Claim]) -> dict[int, date]:
    """Return, by claim, the day on which its first successor was made at the latest.

    A successor that fewer people read ends nothing, or they would see that there is one.
    """
    ends: dict[int, date] = {}
    markings = {claim.pk: Marking(claim.marking) for claim in claims}
    for later in claims:
        earlier = later.supersedes_id
        if earlier is None or markings[later.pk].strictness > markings[earlier].strictness:
            continue
        ends[earlier] = min(later.date_to, ends.get(earlier, later.date_to))
    return ends


def _settle_claims(claims: QuerySet[Claim]) -> None:
    """Store until when each claim was live."""
    ends = ends_of(claims)
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
    if "claims" not in missing and (names := _tied_to_stricter(claims)):
        missing["claims"] = _("What takes the place of a claim may not be stricter: %(names)s.") % {
            "names": "; ".join(names)
        }
    return missing


def _tied_to_stricter(claims: QuerySet[Claim]) -> list[str]:
    """Return the claims that supersede one that more people read.

    Those people would see a claim end for a reason that they may not know of.
    """
    return [
        str(later)
        for later in claims.select_related("supersedes")
        if later.supersedes
        and Marking(later.marking).strictness > Marking(later.supersedes.marking).strictness
    ]


def reads_whole(edition: Incident, user: User | AnonymousUser) -> bool:
    """Tell whether `user` may read each claim and citation of an edition, by its marking.

    Whoever changes an edition is an author of it from then on and reads all of it.
    """
    readable = row_readable_by(user, Incident)
    kinds: tuple[Any, ...] = (Claim, Citation)
    rows = (kind.objects.filter(incident=edition) for kind in kinds)
    return not any(own.exclude(pk__in=own.filter(readable).values("pk")).exists() for own in rows)


def move_clocks(*, public: bool) -> None:
    """Tell readers, staff and, where it is so, the public, that what they see may have changed."""
    for name in ("staff", "public") if public else ("staff",):
        Clock.objects.get_or_create(name=name)
        Clock.objects.filter(name=name).update(version=F("version") + 1, stamp=new_stamp())
