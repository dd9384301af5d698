"""What panels make themselves, beside counts: days, shares, brackets of time, and what is near."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from incidents.filters import ask, query_of
from incidents.panels import Body, Number, body
from tests import make

pytestmark = pytest.mark.django_db


def shown(name: str, interval: str = "", **asked: str) -> Body:
    """Return what everybody is shown by a panel of a question."""
    values = {name: [value] for name, value in asked.items()}
    return body(name, ask(query_of(values), AnonymousUser()), interval)


def rows(made: Body) -> dict[str, list[str]]:
    """Return the table of a panel as text, by the first cell of each row."""
    return {str(first): [str(cell) for cell in row] for first, *row in made.table.rows}


def claimed(*days: str, **said: Any) -> None:
    """Make an incident of 14 March 2024 with an official claim on each of some days."""
    said = {"occurred": "2024-03-14", **said}
    make.incident(claims=[{"date": day} for day in days], **said)


def test_days_to_a_claim_are_those_to_the_first_of_each_incident() -> None:
    claimed("2024-03-17", "2024-06-01")
    claimed("2024-03-24")
    claimed("2024-04-13")

    made = shown("lag")

    # 3, 10 and 30 days: half of them lie between the middles of the two halves, 6.5 and 20.
    assert rows(made)["Official"] == ["3", "10", "6 to 20"]
    assert rows(made)["Reported"] == ["3", "10", "6 to 20"]
    assert "half of them within 10 days" in made.says
    assert "Formal" not in rows(made)


def test_days_between_dates_not_known_to_the_day_are_at_least_and_at_most() -> None:
    claimed("2024-03-20", occurred="2024-03-10/2024-03-12")
    claimed("2024-05", occurred="[2024-03-14..2024-03-16]", event_type="vandalism")

    assert rows(shown("lag", event_type="arson"))["Official"][1:] == ["10", "10 to 10"]
    # From 16 March to 1 May, and from 14 March to 31 May.
    assert rows(shown("lag", event_type="vandalism"))["Official"][1:] == ["46 to 78", "46 to 78"]


def test_what_was_said_before_the_act_took_no_days() -> None:
    claimed("2024-03-01")

    assert rows(shown("lag"))["Official"] == ["1", "0", "0 to 0"]


def test_what_was_ruled_out_later_is_told_with_its_share_of_all_and_its_days() -> None:
    make.incident(findings=[("suspected", "2024-03-14"), ("ruled_out", "2024-03-19")])
    for _n in range(3):
        make.incident()

    made = shown("lag")

    assert rows(made)["Ruled out"] == ["1", "5", "5 to 5"]
    assert made.notes[0] == "1 of 4 logged in all (25%) were ruled out later."


def test_what_is_known_to_the_year_only_is_told_within_its_year() -> None:
    make.incident(occurred="2024-02-03")
    make.incident(occurred="2024-11-05")
    make.incident(occurred="2024")
    make.incident(occurred="2024")

    made = shown("time", "month")

    told = "2 more began in 2024, on days not known to the month."
    assert told in made.notes
    assert rows(made)["within 2024"][0] == "2"
    assert made.draw
    drawn = [part for part in made.draw(640).parts if getattr(part, "says", "") == told]
    assert len(drawn) == 1


def test_the_figure_nearest_to_a_question_is_told_first() -> None:
    for slug, question in (("far", "country=DE"), ("near", "country=PL&year=2024")):
        make.figure(slug, what=f"attacks told {slug}", our_question=question)
    make.incident()

    made = shown("figures", country="PL", year="2024")

    assert ["near" in str(row[0]) for row in made.table.rows] == [True, False]
    ours = [row[2] for row in made.table.rows]
    assert [cell.count for cell in ours if isinstance(cell, Number)] == [1, 0]
