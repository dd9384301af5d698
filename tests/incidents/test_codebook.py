"""The words of a record, and the regions of the day."""

import re
from datetime import date

import pytest

from articles.countries import COUNTRIES
from incidents.codebook import (
    DEFAULT_DOMAIN,
    VOCABULARIES,
    AttributionLevel,
    Credibility,
    Domain,
    EventType,
    Series,
    Severity,
    State,
)
from incidents.regions import REGIONS

TOTALS = {
    "event_type": 27,
    "domain": 13,
    "means": 16,
    "status": 5,
    "outcome": 4,
    "severity": 5,
    "series": 6,
    "state": 7,
    "marking": 5,
    "sector": 27,
    "target_kind": 12,
    "about": 2,
    "claimant_kind": 15,
    "stance": 5,
    "state_role": 7,
    "form": 9,
    "basis": 9,
    "confidence_stated": 5,
    "likelihood_term": 7,
    "level": 6,
    "actor_kind": 11,
    "actor_relation": 4,
    "location_role": 3,
    "precision": 6,
    "effect_kind": 12,
    "effect_certainty": 2,
    "citation_role": 7,
    "credibility": 6,
    "publisher_kind": 10,
    "reliability": 6,
    "change_reason": 8,
    "qualifier": 5,
    "figure_kind": 6,
    "verdict": 2,
    "relation": 4,
    "ledger_action": 7,
    "capture_way": 3,
    "capture_verdict": 6,
    "check_outcome": 4,
    "derivation_sign": 2,
    "derivation_decision": 3,
    "watch_kind": 2,
    "triage": 5,
}


def test_every_vocabulary_is_published_with_all_its_codes() -> None:
    assert {name: len(choices) for name, choices in VOCABULARIES.items()} == TOTALS


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_code_has_a_label_and_a_definition_of_one_line(name: str) -> None:
    for member in VOCABULARIES[name]:
        for text in (str(member.label), str(member.definition)):  # type: ignore[attr-defined]
            assert text.strip(), member
            assert "\n" not in text, member


@pytest.mark.parametrize("name", [name for name in VOCABULARIES if name != "reliability"])
def test_every_code_is_safe_in_an_address(name: str) -> None:
    codes = [str(code) for code in VOCABULARIES[name].values]

    assert [code for code in codes if not re.fullmatch(r"[a-z0-9_]+", code)] == []


@pytest.mark.parametrize("name", VOCABULARIES)
def test_no_label_of_a_vocabulary_stands_for_two_codes(name: str) -> None:
    labels = [str(label) for label in VOCABULARIES[name].labels]

    assert len(set(labels)) == len(labels)


def test_every_event_type_but_the_untyped_has_a_default_domain() -> None:
    assert set(EventType.values) - set(DEFAULT_DOMAIN) == {"suspicious_event"}
    assert set(DEFAULT_DOMAIN) <= set(EventType.values)
    assert set(DEFAULT_DOMAIN.values()) <= set(Domain.values)
    assert DEFAULT_DOMAIN["hack_leak"] == "information"
    assert DEFAULT_DOMAIN["gnss_interference"] == "space"


def test_scales_are_numbers_in_order() -> None:
    assert Severity.values == [0, 1, 2, 3, 4]
    assert AttributionLevel.values == [0, 1, 2, 3, 4, 5]
    assert Credibility.values == [1, 2, 3, 4, 5, 6]


def test_merged_is_a_fact_of_a_record_and_no_state() -> None:
    assert "merged" not in State.values


def test_series_are_those_of_the_counting_rules() -> None:
    assert set(Series.values) == {"core", "logged", "confirmed", "foiled", "ruled_out", "all"}


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_has_known_countries_and_each_of_them_once(region: str) -> None:
    members = [member.country for member in REGIONS[region].members]

    assert REGIONS[region].code == region
    assert str(REGIONS[region].definition).strip()
    assert set(members) <= set(COUNTRIES)
    assert len(set(members)) == len(members)


@pytest.mark.parametrize(
    ("region", "day", "size"),
    [
        ("eu", date(1957, 12, 31), 0),
        ("eu", date(1958, 1, 1), 6),
        ("eu", date(2013, 6, 30), 27),
        ("eu", date(2019, 6, 1), 28),
        ("eu", date(2020, 1, 31), 28),
        ("eu", date(2020, 2, 1), 27),
        ("eu", date(2021, 1, 1), 27),
        ("nato", date(1949, 8, 24), 12),
        ("nato", date(2022, 1, 1), 30),
        ("nato", date(2023, 4, 3), 30),
        ("nato", date(2023, 4, 4), 31),
        ("nato", date(2024, 3, 7), 32),
        ("europe", date(1900, 1, 1), 53),
        ("europe", date(2024, 1, 1), 53),
    ],
)
def test_a_region_has_the_members_of_the_day(region: str, day: date, size: int) -> None:
    assert len(REGIONS[region].at(day)) == size


def test_europe_is_that_of_the_un_with_kosovo_and_cyprus() -> None:
    europe = REGIONS["europe"].at(date(2024, 1, 1))

    assert {"RU", "BY", "XK", "CY", "AX", "FO", "GG", "GI", "IM", "JE", "SJ", "VA"} <= europe
    assert not {"TR", "GE", "AM", "AZ", "GL", "KZ"} & europe


@pytest.mark.parametrize(
    ("region", "members"),
    [
        ("baltic", "EE LV LT"),
        ("nordic", "DK FI IS NO SE"),
        ("western_balkans", "AL BA ME MK RS XK"),
        ("five_eyes", "AU CA GB NZ US"),
    ],
)
def test_an_undated_region_has_its_members_on_any_day(region: str, members: str) -> None:
    assert REGIONS[region].at(date.min) == set(members.split())
    assert REGIONS[region].at(date.max) == set(members.split())
