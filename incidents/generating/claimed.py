"""What follows from the claims of an edition: until when each was live, and its columns."""

from __future__ import annotations

from functools import cache
from typing import Final

from articles.codebook import Marking
from incidents.codebook import (
    ACCUSED_KINDS,
    EXPERT_KINDS,
    FORMAL_FORMS,
    WEAK_KINDS,
    About,
    ClaimantKind,
    Form,
    Stance,
)

from .columns import COLUMNS, Column, Row

# Where a column stands in the row of a claim, which knows neither its edition nor its end yet.
_COLUMNS: Final = [
    name for name in COLUMNS["incidents.claim"] if name not in ("id", "incident_id", "live_until")
]
_MARKING, _STATE, _KIND, _ABOUT, _STANCE, _FORM = (
    _COLUMNS.index(name)
    for name in ("marking", "responsible_state", "claimant_kind", "about", "stance", "form")
)


def ends_of(claims: list[Row]) -> dict[int, Column]:
    """Return, by the place of a claim, the day on which its successor was made."""
    return {int(row[1]): row[4] for row in claims if row[1] is not None}


def claimed(claims: list[Row]) -> tuple[int, int, int]:
    """Return what live claims make of an edition: its level, contested or not, any stricter."""
    ends = ends_of(claims)
    live = [row for place, row in enumerate(claims) if place not in ends]
    clear = [row for row in live if row[_MARKING] == Marking.CLEAR]
    named = {
        row[_STATE]
        for row in clear
        if row[_ABOUT] == About.ACTOR and row[_STANCE] == Stance.ASSERTS and row[_STATE]
    }
    ruled_out = any(
        row[_STANCE] == Stance.RULES_OUT and row[_KIND] not in ACCUSED_KINDS for row in clear
    )
    highest = max((level_of(*_said(row)) for row in clear), default=0)
    return highest, int(ruled_out or len(named) > 1), int(len(live) > len(clear))


def _said(row: Row) -> tuple[Column, ...]:
    return row[_ABOUT], row[_STANCE], row[_KIND], row[_FORM]


@cache
def level_of(about: Column, stance: Column, kind: Column, form: Column) -> int:
    """Return the level that the database gives a claim."""
    if about != About.ACTOR or stance not in (Stance.ASSERTS, Stance.SUGGESTS):
        return 0
    if stance == Stance.SUGGESTS or kind in WEAK_KINDS or form == Form.ANONYMOUS_BRIEFING:
        return 1
    if kind in (ClaimantKind.ACCUSED_STATE, ClaimantKind.ACCUSED_PARTY):
        return 0
    if kind in EXPERT_KINDS:
        return 2
    if kind == ClaimantKind.PROSECUTOR_COURT and form == Form.CONVICTION:
        return 5
    return 4 if form in FORMAL_FORMS else 3
