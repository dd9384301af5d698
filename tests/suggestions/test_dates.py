"""When it happened: dates said in full, in part, and counted from the publication."""

from __future__ import annotations

import pytest

from .reports import suggested, values


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The sabotage happened on 14 March 2024.", ["2024-03-14"]),
        ("The sabotage happened on November 3.", ["2024-11-03"]),
        ("The sabotage happened in October.", ["2024-10"]),
        ("The sabotage happened on Monday.", ["2024-12-02"]),
        ("The sabotage happened yesterday.", ["2024-12-03"]),
        ("The sabotage happened last month.", ["2024-11"]),
        ("The sabotage happened last spring.", ["2024-21"]),
        ("The sabotage happened in 2022.", ["2022"]),
        ("Der Sabotageakt geschah am 8. August in Berlin.", ["2024-08-08"]),
        ("Do dywersji doszło 15 listopada koło Warszawy.", ["2024-11-15"]),
        ("La sabotage a eu lieu en octobre à Paris.", ["2024-10"]),
        ("2024 m. gegužės 9 d. įvyko padegimas Vilniuje.", ["2024-05-09"]),
        ("12月3日に破壊工作があったと警察が発表した。", ["2024-12-03"]),
        ("Sabotaasi tapahtui 31.7.2024 Helsingissä.", ["2024-07-31"]),
    ],
)
def test_a_date_is_read_as_it_is_said(text: str, dates: list[str]) -> None:
    assert values(suggested(text).occurred) == dates


def test_a_month_of_next_week_is_a_plan_and_no_date() -> None:
    assert "2023-12-20" not in values(suggested("Sabotage is feared on 20 December.").occurred)


def test_where_no_date_is_said_the_month_of_publication_is_uncertain() -> None:
    found = suggested("Sabotage was found at the depot.").occurred

    assert values(found) == ["2024-12?"]
    assert "no date" in found[0].why


def test_without_publication_nothing_is_counted_from_it() -> None:
    assert not suggested("The sabotage happened on Monday.", day="").occurred


def test_the_day_of_publication_is_read_from_the_address() -> None:
    found = suggested("Sabotage.", day="", url="https://news.example/2024/12/26/sabotage")

    assert found.published == "2024-12-26"


def test_a_dateline_is_no_date_of_the_event() -> None:
    found = suggested(
        "Oslo, 4 December 2024 - The police said that sabotage was found at the depot in October.",
        day="2024-12",
    )

    assert found.published == "2024-12-04"
    assert values(found.occurred) == ["2024-10"]


def test_a_verb_that_looks_like_a_month_is_none() -> None:
    found = suggested("Sabotage may have happened. Służby nie mają dowodów.")

    assert "2024-05" not in values(found.occurred)
