"""The worked examples W1 to W7 of the counting rules, on records built here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from incidents.counts import Counts, count
from incidents.filters import ask
from incidents.ladders import ladders
from incidents.models import Campaign, Claim, Incident, ReportedFigure
from tests import make

pytestmark = pytest.mark.django_db


def counted(asked: str, *by: str, interval: str | None = None, assign: str = "primary") -> Counts:
    return count(ask(QueryDict(asked), AnonymousUser()), by, interval, assign)


def total(asked: str) -> int:
    return counted(asked).total


def cells(counts: Counts) -> dict[str, int]:
    return {" ".join(cell.key.values()): cell.count for cell in counts.cells if cell.count}


# -- W1: one question, seven readings -------------------------------------------------------

HINT = {"kind": "affected_government", "stance": "suggests"}
FIRM = {"kind": "company", "form": "technical_report"}
SAID = {"kind": "security_service"}
FORMAL = {"kind": "affected_government", "form": "formal_attribution"}
COURT = {"kind": "prosecutor_court", "form": "conviction"}
TOLERATED = {"kind": "affected_government", "role": "tolerated"}
OTHER = {"kind": "security_service", "state": "BY"}
DENIAL = {"kind": "accused_state", "stance": "denies", "state": "RU"}
W1: tuple[tuple[dict[str, Any], ...], ...] = (
    (HINT,),
    (HINT, HINT, DENIAL),
    (FIRM,),
    (FIRM, HINT),
    (FIRM, FIRM, FIRM),
    (SAID, FIRM),
    (SAID, SAID),
    (FORMAL, SAID, FIRM),
    (FORMAL, FORMAL, COURT),
    (COURT, FORMAL),
    (TOLERATED,),
    (OTHER,),
)


def test_w1_the_question_picks_a_reading_by_its_least_level_and_the_ladder_prints_all() -> None:
    for claims in W1:
        make.incident(claims=claims)

    ladder = ladders(ask(QueryDict("attributed_to=RU"), AnonymousUser())).attribution

    rows = Claim.objects.filter(responsible_state="RU")
    assert rows.count() == 23
    assert rows.values("incident").distinct().count() == 11
    by_level = {n: total(f"attributed_to=RU&min_level={n}") for n in range(1, 6)}
    assert by_level == {1: 10, 2: 8, 3: 5, 4: 3, 5: 2}
    assert total("attributed_to=RU") == by_level[3]
    steps = {step.step: step.count for step in ladder}
    assert {n: steps[f"min_level_{n}"] for n in range(1, 6)} == by_level
    assert steps["none"] == 0
    assert steps["contested"] == 0


def test_w1_each_step_of_the_ladder_links_to_the_list_that_it_counts() -> None:
    for claims in W1:
        make.incident(claims=claims)

    found = ladders(ask(QueryDict("attributed_to=RU"), AnonymousUser()))

    for step in (*found.attribution, *found.series):
        assert step.query is not None
        question = ask(QueryDict(step.query), AnonymousUser())
        assert question.incidents().count() == step.count, step


# -- W2: Albania 2022 ----------------------------------------------------------------------


@pytest.fixture
def albania() -> Campaign:
    """Write the two incidents of 2022 as their sources tell them."""
    campaign = make.campaign("Albania 2022")
    homeland_justice = make.actor("Homeland Justice", kind="persona")
    make.incident(
        "Wiper and ransomware at government services",
        occurred="2022-07-15",
        activity_span="2021-05/2022-07-21",
        event_type="cyber_destruction",
        country="AL",
        campaign=campaign,
        findings=[("confirmed", "2022-07-18")],
        claims=[
            {"kind": "company", "stance": "suggests", "state": "IR", "date": "2022-08-04"},
            {"kind": "perpetrator_persona", "actor": homeland_justice, "date": "2022-07-18"},
            {"kind": "affected_government", "state": "IR", "date": "2022-09-07",
             "form": "formal_attribution", "role": "organ"},
            {"kind": "other_government", "state": "IR", "date": "2022-09-07",
             "form": "formal_attribution"},
            {"kind": "intl_org", "stance": "suggests", "state": "IR", "date": "2022-09-08"},
            {"kind": "company", "state": "IR", "date": "2022-09-08", "form": "technical_report"},
            {"kind": "security_service", "state": "IR", "date": "2022-09-21",
             "form": "formal_attribution"},
        ],
    )  # fmt: skip
    make.incident(
        "Border control system shut down",
        occurred="2022-09-09",
        event_type="cyber_disruption",
        other_event_types=["hack_leak"],
        country="AL",
        campaign=campaign,
        findings=[("confirmed", "2022-09-10")],
        claims=[
            {"kind": "affected_government", "state": "IR", "date": "2022-09-10",
             "form": "formal_attribution", "role": "organ"},
        ],
    )  # fmt: skip
    return campaign


@pytest.mark.parametrize(
    ("day", "known"), [("2022-08-31", 0), ("2022-09-07", 1), ("2022-09-30", 2)]
)
def test_w2_attributions_count_from_the_day_they_were_public(
    albania: Campaign, day: str, known: int
) -> None:
    asked = f"attributed_to=IR&min_level=3&country=AL&known_on={day}"

    assert total(asked) == known
    split = counted(f"year=2022&country=AL&min_level=3&known_on={day}", "attributed_to")
    assert cells(split).get("IR", 0) == known


def test_w2_levels_follow_claimant_stance_and_form(albania: Campaign) -> None:
    claims = Incident.objects.get(occurred="2022-07-15").claims.order_by("pk")

    assert [claim.level for claim in claims] == [1, 1, 4, 4, 1, 2, 4]


def test_w2_two_incidents_are_one_campaign_and_still_two(albania: Campaign) -> None:
    assert cells(counted("", "campaign")) == {"albania-2022": 2}
    assert total("event_type=hack_leak") == 1
    assert cells(counted("", "event_type", assign="any"))["hack_leak"] == 1


def test_w2_activity_puts_a_long_intrusion_into_each_year_and_says_so(albania: Campaign) -> None:
    onset = counted("country=AL", interval="year")
    active = counted("country=AL&time_basis=active", interval="year")

    assert cells(onset) == {"2022": 2}
    assert total("country=AL&year=2021") == 0
    assert onset.additive
    assert cells(active) == {"2021": 1, "2022": 2}
    assert (active.total, active.sum_of_cells, active.additive) == (2, 3, False)


# -- W3: Baltic cables ---------------------------------------------------------------------


def cables(*later: tuple[str, str]) -> Incident:
    nature = {"about": "nature", "state": ""}
    return make.incident(
        "Two cables under the Baltic Sea cut",
        occurred="2024-11-17/2024-11-18",
        event_type="undersea_damage",
        locations=[{"country": "sea"}],
        findings=[("suspected", "2024-11-19"), ("disputed", "2025-01-19"), *later],
        claims=[
            {**nature, "kind": "affected_government", "date": "2024-11-19"},
            {**nature, "kind": "unnamed_official", "stance": "rules_out", "date": "2025-01-19"},
            {**nature, "kind": "politician", "date": "2025-01-20"},
        ],
    )


def test_w3_a_disputed_act_is_logged_but_not_core_and_nobody_is_accused_of_it() -> None:
    cables()

    assert total("series=logged") == 1
    assert total("series=core") == 0
    assert total("series=logged&attributed_to=RU") == 0
    assert total("series=logged&contested=true") == 1
    assert cells(counted("series=logged", "level")) == {"0": 1}


def test_w3_an_act_ruled_out_later_leaves_new_counts_and_stays_in_what_was_known() -> None:
    cables(("ruled_out", "2025-06-01"))

    assert total("series=logged") == 0
    assert total("series=ruled_out") == 1
    assert total("series=logged&known_on=2025-05-31") == 1
    assert total("series=core&known_on=2024-12-31") == 1


# -- W4: parcels ---------------------------------------------------------------------------


def test_w4_two_parcels_are_two_incidents_of_one_campaign() -> None:
    parcels = make.campaign("Parcels")
    for country in ("DE", "GB"):
        make.incident(
            "Parcel catches fire", occurred="2024-07", country=country, campaign=parcels,
            event_type="explosive_device",
        )  # fmt: skip

    counts = counted("", "country")

    assert cells(counts) == {"DE": 1, "GB": 1}
    assert (counts.total, counts.sum_of_cells, counts.additive) == (2, 2, True)
    assert cells(counted("", "campaign")) == {"parcels": 2}


def test_w4_one_act_felt_in_two_countries_is_one_in_each_and_one_in_all() -> None:
    make.incident(locations=[{"country": "DE"}, {"country": "GB", "role": "affected"}])

    primary, everywhere = counted("", "country"), counted("", "country", assign="any")

    assert cells(primary) == {"DE": 1}
    assert cells(everywhere) == {"DE": 1, "GB": 1}
    assert (everywhere.total, everywhere.sum_of_cells, everywhere.additive) == (1, 2, False)
    assert (total("country=GB"), total("country=GB&primary=country")) == (1, 0)


def test_w4_where_a_parcel_was_launched_is_no_place_of_the_incident() -> None:
    make.incident(locations=[{"country": "DE"}, {"country": "LT", "role": "launched"}])

    assert total("country=LT") == 0
    assert cells(counted("", "country", assign="any")) == {"DE": 1}


# -- W5: dates -----------------------------------------------------------------------------

W5 = {
    "A": "2024-03-14",
    "B": "2024-03",
    "C": "2024",
    "D": "[2023-12..2024-02]",
    "E": "2023-12/2024-02",
}


@pytest.mark.parametrize(
    ("asked", "certain", "possible"),
    [
        ("from=2024-03&to=2024-03", "AB", "ABC"),
        ("from=2024-01&to=2024-03", "AB", "ABCD"),
        ("from=2023-12&to=2023-12", "E", "DE"),
        ("year=2024", "ABC", "ABCD"),
        ("from=2024-01&to=2024-03&time_basis=active", "ABE", "ABCDE"),
    ],
)
def test_w5_imprecise_dates_are_certain_inside_and_possible_where_they_overlap(
    asked: str, certain: str, possible: str
) -> None:
    names = {make.incident(occurred=occurred).pk: name for name, occurred in W5.items()}

    counts = counted(asked)

    assert (counts.total, counts.low, counts.high) == (len(certain), len(certain), len(possible))
    for match, expected in (("certain", certain), ("possible", possible)):
        question = ask(QueryDict(f"{asked}&date_match={match}"), AnonymousUser())
        assert {names[incident.pk] for incident in question.incidents()} == set(expected)


def test_w5_cells_and_what_has_no_single_cell_add_up_to_the_total() -> None:
    for occurred in W5.values():
        make.incident(occurred=occurred)

    months, years = counted("", interval="month"), counted("", interval="year")

    assert cells(months) == {"2023-12": 1, "2024-03": 2}
    assert {row.period: row.count for row in months.undated} == {"2024": 1, "several years": 1}
    assert months.sum_of_cells + months.undated_total == months.total == 5
    assert cells(years) == {"2023": 1, "2024": 3}
    assert {row.period: row.count for row in years.undated} == {"several years": 1}
    assert {cell.key["year"]: cell.high for cell in years.cells} == {"2023": 2, "2024": 4}


# -- W6: types -----------------------------------------------------------------------------


def test_w6_an_act_of_two_types_is_one_by_its_first_and_one_in_each_by_any() -> None:
    make.incident(event_type="arson", other_event_types=["hack_leak"])

    primary, both = counted("", "event_type"), counted("", "event_type", assign="any")

    assert (cells(primary), primary.total, primary.additive) == ({"arson": 1}, 1, True)
    assert (cells(both), both.total, both.additive) == ({"arson": 1, "hack_leak": 1}, 1, False)
    assert total("event_type=hack_leak") == 1
    assert total("event_type=hack_leak&primary=event_type") == 0


# -- W7: figures of others -----------------------------------------------------------------


def test_w7_a_reported_figure_stands_beside_our_count_and_never_in_it() -> None:
    make.incident(claims=[SAID])
    question = "region=europe&series=logged&year=2024"
    whole = make.figure("all-2024", best=500, our_question=question)
    part = make.figure(
        "russian-2024", best=None, high=100, qualifier="up_to", numerator_of=whole,
        our_question=f"{question}&attributed_to=RU&min_level=3",
    )  # fmt: skip

    ours = [total(figure.our_question) for figure in (whole, part)]

    assert ours == [1, 1]
    assert ReportedFigure.objects.get(numerator_of=whole).high == 100
    assert counted("series=all").total == 1
    assert date(2024, 3, 14) == Incident.objects.get().onset_from
