"""The bench compares what is alike, and says of each goal whether it holds."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from tools.bench import cases
from tools.bench.cases import Goal, Group
from tools.bench.table import Line, asked, growth, shown, verdict

RATIO = Goal("1", "ours", "its SQL", at_most={"sqlite": 1.3}, granted=2.5)
FASTER = Goal("2", "ours", "stock", at_least={"postgresql": 40}, least_size=1000)
LEAN = Goal("7", "CSV", "psql", at_most={"postgresql": 1.2}, rss=32)


@pytest.fixture
def loaded(db: None) -> None:
    """Load a few."""
    with override_settings(DEBUG=True):
        call_command("generate_incidents", 300, stdout=StringIO())


def rows(statement: str) -> list[Any]:
    """Return what a statement of the bench finds, in the words of this database."""
    words = cases.SPOKEN[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(re.sub(r"\{(\w+)\}", lambda found: words[found[1]], statement))
        return list(cursor.fetchall())


@pytest.mark.parametrize("group", cases.COUNTS, ids=lambda group: group.name)
def test_sql_by_hand_counts_what_the_site_counts(loaded: None, group: Group) -> None:
    what = {task.name: task.what for task in group.tasks}

    cells = Client().get(what["ours"]).json()["cells"]

    over_http = [c["low"] for c in cells if c["low"] and "none" not in c["key"].values()]
    by_hand = [row[-1] for row in rows(what["SQL by hand"])]
    assert sorted(over_http) == sorted(by_hand)


def test_the_export_by_hand_has_a_line_for_each_incident_of_the_site(loaded: None) -> None:
    answer: Any = Client().get("/api/v1/incidents.csv?series=all")
    exported = b"".join(answer.streaming_content)

    assert len(rows(cases.WIDE)) == exported.count(b"\r\n") - 1


@pytest.mark.parametrize("group", cases.GROUPS, ids=lambda group: group.name)
def test_each_goal_names_two_tasks_of_its_group(group: Group) -> None:
    tasks = [task.name for task in group.tasks]

    assert len(set(tasks)) == len(tasks)
    assert {name for goal in group.goals for name in (goal.ours, goal.limit)} <= set(tasks)


@pytest.mark.parametrize(
    ("goal", "kind", "took", "limit", "grown", "told"),
    [
        (RATIO, "sqlite", 130, 100, 0, "holds"),
        (RATIO, "sqlite", 131, 100, 0, "misses"),
        (RATIO, "sqlite", 3.4, 1, 0, "holds"),
        (RATIO, "postgresql", 900, 100, 0, ""),
        (FASTER, "postgresql", 1, 40, 0, "holds"),
        (FASTER, "postgresql", 1, 39, 0, "misses"),
        (LEAN, "postgresql", 120, 100, 32, "holds (grew 32 MB)"),
        (LEAN, "postgresql", 100, 100, 40, "misses (grew 40 MB)"),
    ],
)
def test_a_goal_holds_or_is_missed(
    goal: Goal, kind: str, took: float, limit: float, grown: float, told: str
) -> None:
    assert verdict(goal, kind, 1000, took, limit, grown) == told


def test_a_goal_of_many_records_asks_nothing_of_fewer() -> None:
    assert asked(FASTER, "postgresql", 1000) == "40x as fast"
    assert asked(FASTER, "postgresql", 999) == ""
    assert verdict(FASTER, "postgresql", 999, 1, 1, 0) == ""


def line(size: int, took: float | None, group: str = "page of 50") -> Line:
    """Return a line of the table."""
    return Line("sqlite", size, group, "4", "page 1", "its SQL", took, 10, 7, "at most 2x", "holds")


def test_a_line_shows_both_times_and_their_ratio() -> None:
    told = shown(line(10_000, 25)).split()

    assert told[:4] == ["4", "page", "of", "50:"]
    assert {"25.0", "10.0", "2.5", "holds"} <= set(told)


def test_a_line_that_was_not_run_shows_no_ratio() -> None:
    assert "None" not in shown(line(10_000, None))


def test_pages_may_hardly_grow_and_counts_with_the_records() -> None:
    pages = [line(10_000, 10), line(1_000_000, 16)]
    counts = [line(10_000, 10, "count: country"), line(1_000_000, 1000, "count: country")]

    assert [told.rsplit(": ", 1)[1] for told in growth(pages + counts)] == ["misses", "holds"]
    assert growth(pages[:1]) == []
