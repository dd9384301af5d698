"""How tests merge two records, and what they look at afterwards."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from incidents import joining, review
from incidents.codebook import State
from incidents.content import Data, content
from incidents.models import (
    Incident,
    Record,
)
from tests import make


@pytest.fixture
def writer() -> User:
    return make.user("writer", staff=True)


@pytest.fixture
def second() -> User:
    return make.reviewer()


def merged(survivor: Incident, other: Incident, by: User, approver: User) -> Incident:
    draft = joining.join(survivor.record, other.record, by=by)
    review.submit(draft, by=by)
    return review.approve(draft, by=approver, comment="The same fire.")


def present(record: Record) -> Incident:
    return Incident.objects.get(record=record, state=State.PUBLISHED)


def said(edition: Incident) -> Data:
    """Return what an edition says, apart from why it came about."""
    found = content(Incident.objects.get(pk=edition.pk))
    return {name: found[name] for name in found if not name.startswith("change_")}


def public() -> set[int]:
    return set(
        Incident.objects.visible_to(make.user("reader"))
        .in_state(State.PUBLISHED)
        .values_list("record", flat=True)
    )
