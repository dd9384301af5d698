"""Which rows of two records say the same, which the one lacks, and whether they may be merged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.codebook import Marking, strictest
from articles.text import folded

from .cloning import RELATIONS, rows_of
from .codebook import WORKED_ON, EffectKind, Sector, Stance, State, TargetKind
from .diffs import Change, diff
from .models import Citation, Claim, Incident, Record
from .publishing import marking_of

PUBLIC: Final = (State.PUBLISHED,)
GONE: Final = (State.WITHDRAWN,)
Rows = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge would do, as far as whoever asks may read."""

    survivor: Record
    other: Record
    into: Incident
    source: Incident
    joined: Rows
    known: Rows
    differences: tuple[Change, ...]
    marking: Marking
    refusals: list[str]

    @property
    def becomes_stricter(self) -> bool:
        """Whether fewer people read the edition with what is joined than without it."""
        return self.marking.strictness > marking_of(self.into).strictness


def plan(survivor: Record, other: Record, user: User) -> Plan:
    """Return what merging `other` into `survivor` would join, leave, and why it is refused.

    Raises ValidationError where `user` may not read both, or there is nothing to join.
    """
    into = _standing(survivor, user, WORKED_ON, PUBLIC, GONE)
    source = _standing(other, user, PUBLIC, WORKED_ON, GONE)
    if into is None or source is None:
        raise ValidationError(_("There are no two records here that you may read."))
    joined, known = sorted_out(into, source, user)
    return Plan(
        survivor=survivor,
        other=other,
        into=into,
        source=source,
        joined=joined,
        known=known,
        differences=tuple(change for change in diff(into, source, user).fields if change.after),
        marking=strictest([marking_of(into), marking_of(source)]),
        refusals=_refusals(survivor, other, source, user),
    )


def _standing(record: Record, user: User, *states: Collection[str]) -> Incident | None:
    """Return the edition of a record that `user` may read, of the first of `states` there is."""
    for choice in states:
        visible = Incident.objects.visible_to(user).filter(record=record, state__in=choice)
        found = visible.order_by("-number").first()
        if found:
            found.record = record
            return found
    return None


def open_edition(record: Record) -> Incident | None:
    """Return the edition of a record that is worked on."""
    return Incident.objects.filter(record=record, state__in=WORKED_ON).first()


def _refusals(survivor: Record, other: Record, source: Incident, user: User) -> list[str]:
    """Return why two records cannot be merged now."""
    if survivor.pk == other.pk:
        return [_("A record cannot become a part of itself.")]
    draft, others_draft = open_edition(survivor), open_edition(other)
    refusals = []
    public = survivor.editions.filter(state=State.PUBLISHED)
    if survivor.first_published_at and not public.exists():
        refusals.append(_("The record that would stay was withdrawn: publish it again first."))
    if draft and draft.state == State.IN_REVIEW:
        refusals.append(_("A revision of the record that would stay is in review."))
    elif draft and not Incident.objects.visible_to(user).filter(pk=draft.pk).exists():
        refusals.append(_("An edition of this record is being worked on already."))
    if draft and draft.takes_in_id not in (None, other.pk):
        refusals.append(_("A draft of the record that would stay takes in another one already."))
    if others_draft and others_draft.takes_in_id:
        refusals.append(_("A draft of the other record takes in another one itself."))
    if _widens(survivor, other, source, draft, user):
        refusals.append(
            _(
                "The record that would stay is read by people who may not read all of the other "
                "one. Share both alike first."
            )
        )
    return refusals


def _widens(
    survivor: Record, other: Record, source: Incident, draft: Incident | None, user: User
) -> bool:
    """Tell whether joining would let somebody read what they may not read in `other`."""
    marking = source.effective_marking
    if marking == Marking.AMBER_STRICT and survivor.organisation_id != other.organisation_id:
        return True
    shared = set(survivor.shared_with.all()) - set(other.shared_with.all())
    if marking == Marking.AMBER and shared:
        return True
    # Whoever wrote an edition or made its record reads all of it.
    people = {survivor.created_by, *(draft.authors.all() if draft else ())}
    if marking == Marking.RED:
        people |= set(survivor.readers.all())
    return any(
        not _reads_as_much(person, source, user)
        for person in people
        if person and person != user and person.is_active
    )


def _reads_as_much(person: User, source: Incident, user: User) -> bool:
    """Tell whether `person` may read of an edition what `user` may, and would join."""
    if not Incident.objects.visible_to(person).filter(pk=source.pk).exists():
        return False
    return all(
        read_of(model, source, user) <= read_of(model, source, person)
        for model in (Claim, Citation)
    )


# -- rows ------------------------------------------------------------------------------------


def sorted_out(into: Incident, source: Incident, user: User) -> tuple[Rows, Rows]:
    """Return the rows of `source` that `into` lacks, and those that it has, by what they mean.

    Rows that `user` may not read are in neither; they stay with the edition that they are in.
    """
    own, theirs = rows_of(into), rows_of(source)
    for name, model in (("claims", Claim), ("citations", Citation)):
        read = read_of(model, source, user)
        theirs[name] = [row for row in theirs[name] if row.pk in read]
    read = read_of(Claim, into, user)
    own["claims"] = [row for row in own["claims"] if row.pk in read]
    joined: Rows = {name: [] for name in RELATIONS}
    known: Rows = {name: [] for name in RELATIONS}
    for name in RELATIONS:
        there = {row.uid for row in own[name]}
        for row in theirs[name]:
            same = row.uid in there or any(same_row(name, row, mine) for mine in own[name])
            (known if same else joined)[name].append(row)
    joined["claims"] = _standing_alone(joined["claims"], known["claims"])
    return joined, known


def _standing_alone(joined: list[Claim], known: Iterable[Claim]) -> list[Claim]:
    """Leave out withdrawals of claims that do not come along."""
    there = {row.pk for row in (*joined, *known)}
    return [row for row in joined if row.stance != Stance.WITHDRAWS or row.supersedes_id in there]


def same_row(relation: str, theirs: Any, own: Any) -> bool:
    """Tell whether a row says what another one of the same kind says already."""
    return bool(_SAYS_AS_MUCH[relation](theirs, own))


def _same_place(theirs: Any, own: Any) -> bool:
    if (theirs.country, theirs.role) != (own.country, own.role):
        return False
    if not any((theirs.admin1, theirs.place, theirs.zone, theirs.lat is not None)):
        return True  # only the country, which is told more closely
    names = ("admin1", "place", "zone")
    return all(folded(getattr(theirs, name)) == folded(getattr(own, name)) for name in names)


def _same_target(theirs: Any, own: Any) -> bool:
    if theirs.country != own.country:
        return False
    vague = theirs.sector == Sector.UNKNOWN and theirs.target_kind == TargetKind.UNKNOWN
    if vague and not theirs.name:
        return True
    return (theirs.sector, theirs.target_kind, folded(theirs.name)) == (
        own.sector,
        own.target_kind,
        folded(own.name),
    )


def _same_citation(theirs: Citation, own: Citation) -> bool:
    return theirs.article_id == own.article_id


_CLAIMED: Final = (
    "about",
    "claimant_kind",
    "date",
    "stance",
    "responsible_state",
    "state_role",
    "form",
)


def _same_claim(theirs: Claim, own: Claim) -> bool:
    """Tell whether two claims are one; a claim that fewer people read does not stand for one."""
    return (
        folded(theirs.claimant) == folded(own.claimant)
        and all(getattr(theirs, name) == getattr(own, name) for name in _CLAIMED)
        and _actor(theirs) == _actor(own)
        and Marking(own.marking).strictness <= Marking(theirs.marking).strictness
    )


def _actor(claim: Claim) -> int | None:
    actor = claim.accused_actor
    return (actor.merged_into_id or actor.pk) if actor else None


def _same_finding(theirs: Any, own: Any) -> bool:
    return bool((theirs.status, theirs.date) == (own.status, own.date))


def _same_effect(theirs: Any, own: Any) -> bool:
    if theirs.kind == EffectKind.NONE_REPORTED:
        return True  # whatever the other one reports
    measures = ("kind", "low", "best", "high", "unit")
    return all(getattr(theirs, name) == getattr(own, name) for name in measures)


_SAYS_AS_MUCH: Final[dict[str, Any]] = {
    "locations": _same_place,
    "targets": _same_target,
    "citations": _same_citation,
    "claims": _same_claim,
    "findings": _same_finding,
    "effects": _same_effect,
}


def read_of(model: type[Claim | Citation], edition: Incident, user: User) -> set[int]:
    """Return the keys of the claims or citations of an edition that `user` may read."""
    rows: Any = model.objects.visible_to(user)
    return set(rows.filter(incident=edition).values_list("pk", flat=True))
