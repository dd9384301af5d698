"""Whatever two records hold, merging them and taking that back leaves both as they were."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import event, given, settings
from hypothesis import strategies as st

from articles.models import Article
from incidents import joining, review
from incidents.answers import count_for
from incidents.codebook import State
from incidents.content import Data, content
from incidents.filters import COUNTED, ask
from incidents.models import Incident, Record
from tests import make
from tests.drawn import times

pytestmark = pytest.mark.django_db

PLACES = (
    {"country": "PL"},
    {"country": "PL", "place": "Warsaw"},
    {"country": "PL", "place": "WARSAW", "precision": "place"},
    {"country": "SE", "role": "affected"},
    {"country": "sea"},
)
TARGETS = (
    {"country": "PL"},
    {"country": "PL", "sector": "energy"},
    {"country": "LT", "name": "A station"},
)
CLAIMS = (
    {"claimant": "The ministry", "date": "2024-04"},
    {"claimant": "A court", "kind": "prosecutor_court", "form": "conviction", "date": "2025"},
    {"claimant": "the Ministry", "date": "2024-04", "state": "BY"},
    {"about": "nature", "claimant": "A company", "kind": "company", "stance": "rules_out"},
)
LATER = {"claimant": "The ministry", "date": "2025-02", "stance": "withdraws", "supersedes": 0}
FINDINGS = (("suspected", "2024-03-20"), ("confirmed", "2024-06-01"), ("disputed", "2025-01-01"))
QUESTIONS = (
    "series=all&by=country&by=status",
    "series=all&by=attributed_to&country=PL",
    "series=logged&by=sector",
)


def some(of: Any, least: int = 0) -> Any:
    """Draw some of a few things, each at most once."""
    return st.lists(st.sampled_from(range(len(of))), min_size=least, unique=True).map(
        lambda chosen: [of[n] for n in sorted(chosen)]
    )


@st.composite
def records(draw: Any) -> dict[str, Any]:
    """Draw what a small record holds."""
    claims = draw(some(CLAIMS))
    if claims and claims[0] == CLAIMS[0] and draw(st.booleans()):
        claims = [*claims, LATER]
    findings = draw(some(FINDINGS))
    return {
        "locations": draw(some(PLACES, least=1)),
        "targets": draw(some(TARGETS, least=1)),
        "claims": claims,
        "findings": findings,
        "status": findings[-1][0] if findings else "alleged",
        "cites": draw(some(range(3), least=1)),
        "marking": draw(st.sampled_from(("clear", "amber", "green"))),
        "state": draw(st.sampled_from(("published", "draft", "changes_requested"))),
        "severity": draw(st.sampled_from((None, 1, 3))),
    }


def made(said: dict[str, Any], articles: list[Article]) -> Incident:
    cited = [articles[n] for n in said["cites"]]
    return make.incident(citations=cited, **{k: v for k, v in said.items() if k != "cites"})


def said_of(record: Record) -> tuple[bool, Data]:
    """Return whether a record is published, and what it says, apart from why it came about."""
    edition = Incident.objects.get(
        record=record, state__in=(State.PUBLISHED, State.DRAFT, State.CHANGES_REQUESTED)
    )
    said = content(edition)
    kept = {name: said[name] for name in said if not name.startswith("change_")}
    return edition.state == State.PUBLISHED, kept


def numbers(by: User, day: datetime | None = None) -> list[Any]:
    """Return what everybody, and somebody of the staff, is told in answer to some questions."""
    told: list[Any] = []
    for asker in (AnonymousUser(), by):
        for question in QUESTIONS:
            counts = count_for(ask(QueryDict(question), asker, COUNTED))
            cells = {tuple(cell.key.items()): cell.count for cell in counts.cells}
            told.append((counts.total, cells))
        past = Incident.objects.visible_to(asker, past=True)
        told.append(set(past.public_at(day or timezone.now()).values_list("record", flat=True)))
    return told


@settings(max_examples=times(12))
@given(records(), records(), st.booleans())
def test_merging_and_taking_that_back_leaves_both_records_and_all_numbers_as_they_were(
    one: dict[str, Any], two: dict[str, Any], earlier: bool
) -> None:
    with transaction.atomic():
        writer, second = make.user("writer", staff=True), make.reviewer()
        articles = [make.article(f"https://example.org/shared/{n}") for n in range(3)]
        make.incident("Another fire")
        survivor, other = made(one, articles), made(two, articles)
        if earlier and survivor.state == State.PUBLISHED:
            revised = review.revise(survivor, by=writer)
            revised.change_reason, revised.severity = "correction", 2
            revised.save()
            make.publish(revised)
        event(f"{survivor.state} takes in {other.state}")
        moment = timezone.now()
        before = said_of(survivor.record), said_of(other.record)
        counted, then = numbers(writer), numbers(writer, moment)

        draft = joining.join(survivor.record, other.record, by=writer)
        review.submit(draft, by=writer)
        review.approve(draft, by=second, comment="One fire.")
        public = Incident.objects.visible_to(writer).in_state(State.PUBLISHED)
        assert not public.filter(record=other.record).exists()
        assert public.filter(record=survivor.record).count() == 1

        joining.take_apart(other.record, by=second, reason="Two fires.")

        assert (said_of(survivor.record), said_of(other.record)) == before
        assert numbers(writer) == counted
        assert numbers(writer, moment) == then
        transaction.set_rollback(True)
