"""How often a row of a list of incidents finds the rows that bear the same name.

    DEBUG=1 .venv/bin/python -m tests.scratch repeated EuRepoC_Global_Database_1.1.csv

The list, which anybody can have of EuRepoC, is no part of the project: each row that has a day
becomes a record in a database of its own, with its name, countries and day; then each row that
shares its name with another one is asked for as a form would be, its own record left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import transaction

from incidents.models import Incident
from incidents.resembling import MOST, candidates, of_edition, shown_of, words
from tests import make

Row = dict[str, str]


def main(arguments: list[str]) -> int:
    """Load the list, ask for what is repeated in it, and say what was found."""
    with Path(arguments[0]).open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["start_date"]]
    with transaction.atomic():
        made = {row["ID"]: _record(row) for row in rows}
    named = Counter(map(_name, rows))
    repeated = [row for row in rows if named[_name(row)] > 1]
    ranks, points = [], []
    for row in repeated:
        own = made[row["ID"]]
        others = {made[it["ID"]].pk for it in repeated if _name(it) == _name(row)} - {own.pk}
        asked = of_edition(own, make.user("writer", staff=True))
        came = candidates(
            asked,
            make.user("writer", staff=True),
            most=len(rows),
            least=float("-inf"),
            without={own.record_id},
        )
        rank = next((n for n, one in enumerate(came) if one.incident.pk in others), None)
        ranks.append(rank)
        points.append(rank is not None and came[rank].points >= shown_of(asked))
    first = sum(rank is not None and rank < MOST for rank in ranks)
    print(  # noqa: T201
        f"{len(repeated)} rows of {len({_name(row) for row in repeated})} names, asked of "
        f"{len(rows)}: {first} find a row of their name among the first {MOST}, "
        f"{sum(points)} of them with the points that are shown"
    )
    return 0


def _name(row: Row) -> str:
    return " ".join(words.split(row["name"].casefold()))


def _record(row: Row) -> Incident:
    codes = sorted(words.countries(words.split(row["receiver_country"]))) or ["ZZ"]
    disrupts = "Disruption" in row["incident_type"]
    targets: list[dict[str, Any]] = [{"country": code, "sector": "unknown"} for code in codes]
    return make.incident(
        row["name"].ljust(5, ".")[:120],
        occurred=row["start_date"],
        event_type="cyber_disruption" if disrupts else "cyber_intrusion",
        locations=[{"country": code} for code in codes if code != "ZZ"],
        targets=targets,
        summary=row["description"][:1500],
        citations=[],
        status="alleged",
        state="in_review",
    )
