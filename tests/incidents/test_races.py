"""An article that is raised while an edition that cites it is approved is not lowered again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from articles.codebook import Marking
from articles.models import Article
from incidents import review
from incidents.codebook import State
from incidents.models import Incident
from incidents.publishing import refuse_joined
from tests import make
from tests.meanwhile import committed, meanwhile

from .reviewing import checker, state_of

__all__ = ["checker", "committed"]

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]


@pytest.fixture
def edition(committed: None) -> Incident:
    """Hand in an edition at AMBER, with an article that everybody at the desk reads."""
    return make.incident(state=State.IN_REVIEW, marking="amber", citations=[make.article()])


def raised() -> None:
    """Make the article stricter, as its desk does."""
    Article.objects.update(marking=Marking.RED)


def test_an_article_raised_while_its_edition_is_approved_stays_raised(
    edition: Incident, checker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def interrupted(edition: Incident, *, by: User, comment: str) -> None:
        threads.append(meanwhile(raised))
        threads[0].join(0.3)
        assert threads[0].is_alive()  # it waits until the edition is approved
        refuse_joined(edition, by=by, comment=comment)

    monkeypatch.setattr("incidents.review.refuse_joined", interrupted)
    review.approve(edition, by=checker)
    threads[0].join(5)

    assert state_of(edition) == State.PUBLISHED
    assert Article.objects.get().marking == Marking.RED


def test_an_edition_whose_article_is_being_raised_is_not_approved(
    edition: Incident, checker: User
) -> None:
    refusals: list[str] = []

    def approve() -> None:
        try:
            review.approve(edition, by=checker)
        except ValidationError as refused:
            refusals.extend(refused.messages)

    with transaction.atomic():
        raised()
        thread = meanwhile(approve)
        thread.join(0.3)
        assert thread.is_alive()  # it waits to see how the article is marked
    thread.join(5)

    (told,) = refusals
    assert told.startswith("It cites articles that you may not read: 1.")
    assert state_of(edition) == State.IN_REVIEW
    assert not Article.objects.get().released
