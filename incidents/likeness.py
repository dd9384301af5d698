"""Which rows of two records say the same, and which the one lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import User

from articles.codebook import Marking
from articles.text import folded

from .cloning import RELATIONS, rows_of
from .codebook import EffectKind, Sector, Stance, TargetKind
from .models import Citation, Claim, Incident

Rows = dict[str, list[Any]]


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
