"""A dashboard beside the period before the one asked."""

from __future__ import annotations

from datetime import date

import pytest

from incidents.dashboards import earlier
from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db


def test_the_period_before_is_told_and_linked() -> None:
    make.incident(occurred="2024-03-14")
    make.incident(occurred="2023-05-01")
    make.incident(occurred="2023-06-01")

    told = words(page("/dashboard/?year=2024"))

    assert "1 fewer (-50%) than in 2023: 2 ." in told
    assert "not over yet" not in told


@pytest.mark.parametrize(
    ("asked", "unfinished"), [("year=2024", False), ("year=2024&as_of=2024-06-30", True)]
)
def test_a_period_that_is_not_over_is_told_beside_a_whole_one(asked: str, unfinished: bool) -> None:
    make.incident(occurred="2024-03-14")

    assert ("not over yet" in words(page(f"/dashboard/?{asked}"))) is unfinished


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2024-01-01", "2024-12-31", ("2023-01-01", "2023-12-31")),
        ("2024-02-01", "2024-02-29", ("2024-01-01", "2024-01-31")),
        ("2024-04-01", "2024-06-30", ("2024-01-01", "2024-03-31")),
        ("2024-03-04", "2024-03-10", ("2024-02-26", "2024-03-03")),
        ("2022-01-01", "2024-12-31", ("2019-01-01", "2021-12-31")),
    ],
)
def test_the_period_before_is_as_long(first: str, last: str, before: tuple[str, str]) -> None:
    found = earlier(date.fromisoformat(first), date.fromisoformat(last))

    assert tuple(day.isoformat() for day in found) == before
