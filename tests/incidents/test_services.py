"""Writes that keep a rule: starting an edition and storing what follows from its rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from incidents import services
from incidents.codebook import DEFAULT_DOMAIN, State
from incidents.models import Claim, Clock, StatusFinding
from tests import make

pytestmark = pytest.mark.django_db


def clock(name: str) -> int:
    return Clock.objects.get_or_create(name=name)[0].version


# -- drafts --------------------------------------------------------------------------------


def test_a_draft_has_its_author_and_no_public_reference() -> None:
    draft = make.incident(state="draft", author=make.user("anna"))

    assert draft.state == State.DRAFT
    assert [author.username for author in draft.authors.all()] == ["anna"]
    assert draft.record.reference is None
    assert draft.record.public_id == draft.record.provisional
    assert draft.record.provisional.startswith("P-")


@pytest.mark.parametrize("event_type", DEFAULT_DOMAIN)
def test_a_draft_without_domains_takes_that_of_its_type(event_type: str) -> None:
    draft = make.incident(state="draft", event_type=event_type)

    assert draft.domains == [DEFAULT_DOMAIN[event_type]]
    assert draft.domain == DEFAULT_DOMAIN[event_type]


def test_a_draft_keeps_the_domains_it_was_given() -> None:
    draft = make.incident(state="draft", domains=["legal", "culture"])

    assert draft.domains == ["legal", "culture"]


def test_settling_stores_the_primary_values_and_all_codes() -> None:
    draft = make.incident(
        state="draft",
        other_event_types=["hack_leak"],
        domains=["cyber", "information"],
        locations=[{"country": "DE"}, {"country": "PL", "primary": True}],
        targets=[{"country": "EU", "sector": "energy", "target_kind": "intl_body"}],
    )

    assert (draft.country, draft.target_country) == ("PL", "EU")
    assert (draft.sector, draft.target_kind, draft.domain) == ("energy", "intl_body", "cyber")
    assert list(draft.codings.order_by("pk").values_list("axis", "code", "primary")) == [
        ("event_type", "arson", True),
        ("event_type", "hack_leak", False),
        ("domain", "cyber", True),
        ("domain", "information", False),
    ]


def test_the_last_finding_makes_the_status_whatever_the_order_of_entry() -> None:
    draft = make.incident(
        state="draft",
        findings=[("confirmed", "2024-08-01"), ("suspected", "2024-03"), ("alleged", "2024")],
    )

    assert draft.status == "alleged"


def test_the_first_claim_that_supersedes_one_ends_its_life() -> None:
    draft = make.incident(
        state="draft",
        claims=[
            {"date": "2024-01-01"},
            {"date": "2024-05", "supersedes": 0},
            {"date": "2024-03-02", "supersedes": 0},
        ],
    )

    ends = list(draft.claims.order_by("pk").values_list("live_until", flat=True))
    assert ends == [date(2024, 3, 2), None, None]


@pytest.mark.parametrize(
    ("claims", "columns"),
    [
        ([], (0, False, False)),
        ([{}], (3, False, False)),
        ([{"kind": "expert"}, {}], (3, False, False)),
        # What superseded it counts alone.
        ([{}, {"kind": "expert", "supersedes": 0}], (2, False, False)),
        ([{}, {"state": "BY"}], (3, True, False)),
        ([{}, {"stance": "rules_out"}], (3, True, False)),
    ],
)
def test_an_edition_keeps_what_its_live_clear_claims_say(
    claims: list[dict[str, object]], columns: tuple[int, bool, bool]
) -> None:
    draft = make.incident(state="draft", claims=claims)

    draft.refresh_from_db()
    assert (draft.clear_level, draft.clear_contested, draft.beyond_clear) == columns


def test_a_stricter_claim_is_left_out_of_what_an_edition_keeps_and_said_to_be_there() -> None:
    draft = make.incident(state="draft", claims=[{"kind": "expert"}, {"state": "BY"}])
    draft.claims.filter(responsible_state="BY").update(marking="green")

    services.settle(draft)

    assert (draft.clear_level, draft.clear_contested, draft.beyond_clear) == (2, False, True)


@pytest.mark.parametrize("occurred", ["2024-03~", "2024?", "2024-03-01%", "2024-05/2024-06~"])
def test_a_date_marked_uncertain_or_approximate_is_known_as_such(occurred: str) -> None:
    assert make.incident(occurred=occurred).approximate
    assert not make.incident(occurred="2024-03").approximate


def test_a_claim_is_live_again_when_its_successor_is_taken_back() -> None:
    draft = make.incident(state="draft", claims=[{}, {"supersedes": 0}])

    draft.claims.filter(supersedes__isnull=False).delete()
    services.settle(draft)

    assert draft.claims.get().live_until is None


def test_a_draft_moves_only_the_clock_of_the_staff() -> None:
    public, staff = clock("public"), clock("staff")

    make.incident(state="draft")

    assert clock("public") == public
    assert clock("staff") > staff


# -- what a row refuses --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"occurred": "2200"}, "occurred"),
        ({"occurred": "soon"}, "occurred"),
        ({"title": "Fire\nsecond line"}, "title"),
        ({"title": "abc"}, "title"),
        ({"event_type": "picnic"}, "event_type"),
        ({"other_event_types": ["arson"]}, "other_event_types"),
        ({"other_event_types": ["hack_leak", "hack_leak"]}, "other_event_types"),
        ({"domains": ["cyber", "space", "legal", "social"]}, "domains"),
        ({"domains": ["weather"]}, "domains"),
        ({"severity": 5}, "severity"),
        ({"outcome": "won"}, "outcome"),
        ({"marking": "white"}, "marking"),
    ],
)
def test_an_incident_refuses_what_breaks_the_codebook(said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.incident(state="draft", **said)

    assert field in refused.value.message_dict


def test_a_claim_supersedes_only_an_earlier_one_of_the_same_incident() -> None:
    here, there = make.incident(state="draft"), make.incident(state="draft")
    foreign, late = make.claim(there), make.claim(here, date="2024-12")

    for earlier in (foreign, late):
        with pytest.raises(ValidationError) as refused:
            make.claim(here, date="2024-06-01", supersedes=earlier)
        assert "supersedes" in refused.value.message_dict


def test_dates_of_rows_follow_from_their_text() -> None:
    draft = make.incident(
        state="draft", findings=[("suspected", "2024-03/2024-05")], claims=[{"date": "2024-02"}]
    )

    finding, claim = StatusFinding.objects.get(incident=draft), Claim.objects.get(incident=draft)
    assert (finding.date_from, finding.date_to) == (date(2024, 3, 1), date(2024, 5, 31))
    assert (claim.date_from, claim.date_to) == (date(2024, 2, 1), date(2024, 2, 29))
