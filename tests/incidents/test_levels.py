"""The attribution level that the database generates for a claim, over all combinations."""

from __future__ import annotations

from itertools import product

import pytest

from incidents.codebook import About, ClaimantKind, Form, Stance
from incidents.models import Claim
from tests import make

pytestmark = pytest.mark.django_db


def level(about: str, stance: str, kind: str, form: str) -> int:
    """Return the level as the codebook puts it in words; the first rule that fits."""
    if about != "actor" or stance not in ("asserts", "suggests"):
        return 0
    if stance == "suggests" or form == "anonymous_briefing":
        return 1
    match kind:
        case "unnamed_official" | "perpetrator_persona":
            return 1
        case "accused_state" | "accused_party":
            return 0
        case "company" | "research_ngo" | "media_investigation" | "expert" | "victim":
            return 2
        case "politician":
            return 2
        case "prosecutor_court" if form == "conviction":
            return 5
    return 4 if form in ("formal_attribution", "sanctions", "charges", "conviction") else 3


def test_every_combination_has_the_level_of_the_codebook() -> None:
    draft = make.incident(state="draft")
    earlier, accused_actor = make.claim(draft), make.actor("The accused")
    accused = ("perpetrator_persona", "accused_state", "accused_party")
    combinations = [
        (about, stance, kind, form)
        for about, stance, kind, form in product(
            About.values, Stance.values, ClaimantKind.values, Form.values
        )
        if stance != "denies" or kind in accused
    ]
    Claim.objects.bulk_create(
        Claim(
            incident=draft,
            about=about,
            stance=stance,
            claimant="Somebody",
            claimant_kind=kind,
            form=form,
            date="2024",
            responsible_state="RU" if about == "actor" and kind != "perpetrator_persona" else "",
            accused_actor=None if about == "nature" else accused_actor,
            supersedes=earlier if stance == "withdraws" else None,
        )
        for about, stance, kind, form in combinations
    )

    rows = Claim.objects.exclude(pk=earlier.pk).order_by("pk")
    found = list(rows.values_list("about", "stance", "claimant_kind", "form", "level"))

    assert len(found) == len(combinations) == 2 * 9 * (4 * 15 + 3)
    assert found == [(*combination, level(*combination)) for combination in combinations]


def test_a_level_follows_when_a_draft_claim_changes() -> None:
    claim = make.claim(make.incident(state="draft"), kind="company")

    Claim.objects.filter(pk=claim.pk).update(claimant_kind="prosecutor_court", form="conviction")

    claim.refresh_from_db()
    assert claim.level == 5


@pytest.mark.parametrize(
    ("kind", "stance", "form", "expected"),
    [
        ("affected_government", "asserts", "formal_attribution", 4),
        ("affected_government", "suggests", "formal_attribution", 1),
        ("prosecutor_court", "asserts", "conviction", 5),
        ("prosecutor_court", "asserts", "charges", 4),
        ("politician", "asserts", "on_record_statement", 2),
        ("intl_org", "asserts", "on_record_statement", 3),
        ("accused_state", "asserts", "on_record_statement", 0),
        ("accused_state", "suggests", "on_record_statement", 1),
        ("security_service", "asserts", "anonymous_briefing", 1),
    ],
)
def test_a_level_is_that_of_the_first_rule_that_fits(
    kind: str, stance: str, form: str, expected: int
) -> None:
    claim = make.claim(make.incident(state="draft"), kind=kind, stance=stance, form=form)

    claim.refresh_from_db()
    assert claim.level == expected
