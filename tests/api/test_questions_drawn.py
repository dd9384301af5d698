"""Drawn questions of three kinds of asker: every door that tells the answer tells the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from articles.models import Organisation
from incidents.facets import facet
from incidents.filters import ask
from incidents.models import Incident
from tests import make
from tests import world as events
from tests.drawn import times
from tests.incidents.test_properties import asker, query, questions, splits
from tests.naive import Params

from .doors import COUNTS, COUNTS_CSV, CSV, GEOJSON, LIST, NDJSON, content, data, get, table, walk

pytestmark = pytest.mark.django_db

EXAMPLES: Final = times(25)
PARTNER: Final = "paula"
# Marked too strictly for everybody, and shared with the organisation of the partner.
SHARED: Final = ("amber", "red-of-anna", "amber-first")
# How each file tells which incidents it holds.
READ: Final[dict[str, Callable[[str], list[str]]]] = {
    CSV: lambda text: [row["reference"] for row in csv.DictReader(io.StringIO(text, newline=""))],
    NDJSON: lambda text: [json.loads(line)["reference"] for line in text.split("\n")[:-1]],
    GEOJSON: lambda text: [feature["id"] for feature in json.loads(text)["features"]],
}
# An incident has one value of each, or none.
SINGLE: Final = ("severity", "campaign")


@dataclass(frozen=True, slots=True)
class Doors:
    """A client for each asker."""

    clients: dict[str, Client]


@pytest.fixture(scope="module")
def doors(django_db_setup: None, django_db_blocker: Any) -> Iterator[Doors]:
    """Write the world of the counting rules, and log in an analyst and a partner."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = events.build()
        house = Organisation.objects.create(name="Partners", slug="partners")
        make.join(make.user(PARTNER), house)
        for edition in Incident.objects.filter(pk__in=[built.keys[key] for key in SHARED]):
            edition.record.shared_with.add(house)
        clients = {name: Client() for name in ("", PARTNER, *events.WRITERS)}
        for name, client in clients.items():
            if name:
                client.force_login(make.user(name))
        yield Doors(clients)
        transaction.set_rollback(True)


@st.composite
def asked_by_three(draw: st.DrawFn) -> tuple[Params, str]:
    """Draw a question and who asks it: nobody, a partner, or an analyst."""
    params, viewer = draw(questions())
    return params, viewer or draw(st.sampled_from(("", PARTNER)))


def test_each_asker_is_told_of_something_that_the_others_are_not(doors: Doors) -> None:
    everything = {
        name: {row["reference"] for row in table(f"{CSV}?series=all", client)}
        for name, client in doors.clients.items()
    }

    assert everything[""] < everything[PARTNER]
    assert everything[PARTNER] != everything["anna"] != everything["boris"]
    assert all(everything[""] < everything[name] for name in events.WRITERS)


# A question is short already; to shrink one would take minutes.
@settings(max_examples=EXAMPLES, phases=(Phase.explicit, Phase.generate))
@given(drawn=st.data(), asked=asked_by_three())
def test_all_doors_agree_on_a_drawn_question(
    doors: Doors, drawn: st.DataObject, asked: tuple[Params, str]
) -> None:
    params, viewer = asked
    client = doors.clients[viewer]
    by, interval, assign = drawn.draw(splits(params))
    order = drawn.draw(st.sampled_from(("-onset", "onset", "-published", "severity", "-severity")))
    text = urlencode(params, doseq=True)
    # What has no primary value is refused where it is to be assigned by one.
    told = {"by": by, "interval": interval or "", "assign": assign if assign == "any" else ""}

    total = _total(f"{text}&{urlencode(told, doseq=True)}", client)

    ordered = f"{text}&order={order}"
    pages = walk(f"{LIST}?{ordered}&page_size={total // 2 + 1}", client)
    listed = [reference for page in pages for reference in page]
    assert len(listed) == len(set(listed)) == total
    for address, read in READ.items():
        response = get(f"{address}?{ordered}", client)
        assert response["HTI-Rows"] == str(total), address
        assert read(content(response).decode()) == listed, address
    _compare_facets(params, viewer, total)


def _total(text: str, client: Client) -> int:
    """Return the total of a split answer, which its cells add up to, as JSON and as CSV."""
    counts = data(f"{COUNTS}?{text}", client)
    rows = table(f"{COUNTS_CSV}?{text}", client)

    total: int = counts["total"]
    assert int(rows[-1]["count"]) == total
    cells = [cell["count"] for cell in counts["cells"]]
    assert [int(row["count"]) for row in rows[:-1] if row["url"]] == cells
    if counts["additive"]:
        assert counts["sum_of_cells"] == sum(cells)
        assert counts["sum_of_cells"] + counts["undated"] == total
    if counts["additive"] and cells:
        assert sum(int(row["count"]) for row in rows[:-1]) == total
    return total


def _compare_facets(params: Params, viewer: str, total: int) -> None:
    """Compare a total with the choices of the form that stand for it."""
    question = ask(query(params), asker(viewer))
    for name in SINGLE:
        choices = facet(question, name).choices
        standing = [choice for choice in choices if choice.chosen or name not in params]
        assert sum(choice.count or 0 for choice in standing) == total, name
