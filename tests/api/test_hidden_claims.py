"""A claim marked more strictly than its record hides alone: in records, files and ladders."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from incidents import services
from incidents.models import Incident
from tests import make

from .doors import COUNTS, LIST, ZIP, content, data, get, references
from .rebuilding import read_csv

pytestmark = pytest.mark.django_db


def published(claims: list[dict[str, Any]], hidden: int) -> Incident:
    """Publish a record of which one claim, by its position, is for staff and partners."""
    edition = make.incident(state="draft", country="MT", claims=claims, citations=[make.article()])
    key = list(edition.claims.order_by("pk").values_list("pk", flat=True))[hidden]
    edition.claims.filter(pk=key).update(marking="amber")
    services.settle(edition)
    make.publish(edition)
    return edition


def supersedes(client: Client | None = None) -> tuple[list[Any], list[str]]:
    """Return what each claim takes the place of, in JSON and in the table of claims."""
    (record,) = data(f"{LIST}?country=MT", client)["results"]
    with zipfile.ZipFile(io.BytesIO(content(get(f"{ZIP}?country=MT", client)))) as archive:
        rows = read_csv(archive.read("claims.csv").decode())
    return [claim["supersedes"] for claim in record["claims"]], [row["supersedes"] for row in rows]


def test_that_a_claim_took_the_place_of_a_hidden_one_is_hidden_too(staff: Client) -> None:
    edition = published([{}, {"supersedes": 0, "date": "2024-08"}], hidden=0)
    earlier = str(edition.claims.get(marking="amber").uid)

    assert supersedes() == ([None], [""])
    assert supersedes(staff) == ([None, earlier], ["", earlier])


@pytest.mark.parametrize(
    ("claims", "public", "to_staff"),
    [
        (
            [{"kind": "expert"}, {"form": "sanctions"}],
            {"min_level_2": 1, "min_level_4": 0, "contested": 0, "none": 0},
            {"min_level_2": 1, "min_level_4": 1, "contested": 0, "none": 0},
        ),
        (
            [{"kind": "expert"}, {"state": "BY"}],
            {"min_level_2": 1, "min_level_3": 0, "contested": 0, "none": 0},
            {"min_level_2": 1, "min_level_3": 1, "contested": 1, "none": 0},
        ),
    ],
)
def test_a_ladder_counts_the_claims_that_the_asker_reads(
    claims: list[dict[str, Any]],
    public: dict[str, int],
    to_staff: dict[str, int],
    staff: Client,
) -> None:
    published(claims, hidden=1)

    for client, expected in ((None, public), (staff, to_staff)):
        steps = data(f"{COUNTS}?country=MT", client)["ladder"]["attribution"]
        told = {step["step"]: step["count"] for step in steps}
        assert {name: told[name] for name in expected} == expected
        for step in steps:
            assert len(references(step["url"], client)) == step["count"], step
