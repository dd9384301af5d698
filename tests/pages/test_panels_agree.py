"""Drawn questions: every number of a dashboard is the API's, and its link lists just so many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from incidents.charts.drawing import Mark
from incidents.counts import count
from incidents.dashboards import head
from incidents.filters import INTERVALS, ask
from incidents.panels import PANELS, Body, Number, body
from incidents.questions import Question
from tests import make
from tests import world as events
from tests.api.doors import COUNTS, data
from tests.drawn import times
from tests.incidents.test_properties import asker, query, questions
from tests.naive import Params

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# That counts are the same on both databases is drawn in tests/incidents/test_properties.py; what
# panels make of counts needs fewer examples on the second.
EXAMPLES: Final = times(6 if connection.vendor == "sqlite" else 2)
# Of each panel so many numbers are asked again.
ASKED_AGAIN: Final = 4
_NUMBER: Final = re.compile(r": ([\d,]+)(?:, up to [\d,]+|, half of them .*)?$")


@pytest.fixture(scope="module")
def clients(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Client]]:
    """Write the world of the counting rules, and log in each who asks there."""
    with django_db_blocker.unblock(), transaction.atomic():
        events.build()
        made = {name: Client() for name in ("", *events.WRITERS)}
        for name, client in made.items():
            if name:
                client.force_login(make.user(name))
        yield made
        transaction.set_rollback(True)


def numbers(shown: Body) -> list[tuple[int, str]]:
    """Return the numbers of a table and of the marks of both pictures, each with its query."""
    told = [
        (cell.count, cell.query)
        for row in shown.table.rows
        for cell in row
        if isinstance(cell, Number) and cell.query is not None
    ]
    for width in (340, 640) if shown.draw else ():
        assert shown.draw
        for mark in shown.draw(width).parts:
            if isinstance(mark, Mark) and mark.query is not None:
                said = _NUMBER.search(mark.says)
                assert said, mark.says
                told.append((int(said[1].replace(",", "")), mark.query))
    return told


def listed(question: Question, text: str) -> int:
    """Return how many incidents the question of a query lists."""
    return count(ask(QueryDict(text), question.asker)).total


@settings(max_examples=EXAMPLES, phases=(Phase.explicit, Phase.generate))
@given(drawn=st.data(), asked=questions())
def test_every_number_of_a_dashboard_is_that_of_its_list(
    clients: dict[str, Client], drawn: st.DataObject, asked: tuple[Params, str]
) -> None:
    params, viewer = asked
    question = ask(query(params), asker(viewer))
    first = head(question)

    total = data(f"{COUNTS}?{question.query()}", clients[viewer])["total"]
    assert first.counts.total == total
    if first.before:
        assert listed(question, first.before.query) == first.before.count
        assert first.before.count + first.before.difference == total

    interval = drawn.draw(st.sampled_from(("", *INTERVALS[1:])))
    for name in PANELS:
        told = numbers(body(name, question, interval))
        for n, text in Random(7).sample(told, min(ASKED_AGAIN, len(told))):  # noqa: S311
            assert listed(question, text) == n, (name, text)
            assert data(f"{COUNTS}?{text}", clients[viewer])["total"] == n, (name, text)
