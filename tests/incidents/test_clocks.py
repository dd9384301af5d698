"""The clocks move with whatever is shown, and the public one with nothing that is hidden."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import models

from articles.models import Article, Organisation, Publisher, PublisherDomain
from incidents import clocks
from incidents.models import Actor, ActorAlias, ActorParent, Clock
from tests import make
from tests.canaries import ours, show

pytestmark = pytest.mark.django_db

# What belongs to a record or an edition, whose services move the clocks.
OF_RECORDS = {
    *("Record", "Incident", "Location", "Target", "Effect", "StatusFinding", "Citation", "Claim"),
    *(
        "Coding",
        "Comment",
        "Comparison",
        "Joining",
        "MarkingChange",
        "LedgerEntry",
        "IncidentDocument",
    ),
}
# What no answer of the API shows, or, of accounts, what an asker is told apart by.
UNSHOWN = {
    *("AuditEntry", "Clock", "Membership", "Notification", "ReferenceCounter", "Token"),
    *("Proposed", "SavedView", "Subscription", "Alert", "Introduction", "ArticleDocument"),
    *("Attempt", "Content", "Check", "Band", "Derivation", "Watch", "Item", "Purged"),
}

# Other entries name them, so they stay.
NAMED = (Article, Publisher, Actor)


def times() -> dict[str, int]:
    return dict(Clock.objects.values_list("name", "version"))


def moved(act: Callable[[], object]) -> set[str]:
    """Return the clocks that something moves."""
    before = times()
    act()
    return {name for name, version in times().items() if version != before.get(name, 0)}


def shown_actor() -> Actor:
    """Make an actor that everybody can read of."""
    actor = make.actor()
    make.incident(claims=[{"actor": actor}])
    return actor


def hidden() -> dict[type[models.Model], Any]:
    """Return an entry of each kind that the public cannot read."""
    outlet, actor = make.publisher(), make.actor()
    article = make.article(publisher=outlet)
    return {
        type(row): row
        for row in (
            *(article, outlet, actor, make.campaign(), make.figure(marking="amber")),
            Organisation.objects.create(name="Another", slug="another"),
            PublisherDomain.objects.create(publisher=outlet, domain="further.example"),
            ActorAlias.objects.create(actor=actor, name="Alias"),
            ActorParent.objects.create(actor=shown_actor(), parent=actor),
            make.rendition(make.figure(), article),
            make.capture(article),
        )
    }


def public() -> dict[type[models.Model], Any]:
    """Return an entry of each kind that the public reads."""
    outlet, actor, campaign = make.publisher(), shown_actor(), make.campaign()
    article = make.article(publisher=outlet, marking="clear")
    make.incident(campaign=campaign)
    return {
        type(row): row
        for row in (
            *(article, outlet, actor, campaign, make.figure()),
            PublisherDomain.objects.create(publisher=outlet, domain="further.example"),
            ActorAlias.objects.create(actor=actor, name="Alias"),
            ActorParent.objects.create(actor=actor, parent=shown_actor()),
            make.rendition(make.figure(), article),
            make.capture(article),
        )
    }


def test_every_table_is_listened_to_or_moved_by_services_or_not_shown() -> None:
    """A new model fails here until somebody says how the clocks move with it."""
    listed = {model.__name__ for model in clocks.LISTED}

    assert {model.__name__ for model in ours()} == listed | OF_RECORDS | UNSHOWN


@pytest.mark.parametrize("model", clocks.LISTED)
def test_a_hidden_entry_moves_the_clock_of_staff_alone(model: type[models.Model]) -> None:
    row = hidden()[model]

    assert moved(row.save) == {"staff"}
    if model not in NAMED:
        assert moved(row.delete) == {"staff"}


@pytest.mark.parametrize("model", [it for it in clocks.LISTED if it is not Organisation])
def test_an_entry_that_everybody_reads_moves_both_clocks(model: type[models.Model]) -> None:
    assert moved(public()[model].save) == {"staff", "public"}


def test_an_entry_that_goes_is_one_that_everybody_read() -> None:
    rows = public()

    for model in (ActorAlias, ActorParent):
        assert moved(rows[model].delete) == {"staff", "public"}


def test_what_was_clear_moves_the_public_clock_when_it_is_hidden_and_shown() -> None:
    article = make.article(marking="clear")

    article.marking = "amber"
    assert moved(article.save) == {"staff", "public"}
    assert moved(article.save) == {"staff"}
    article.marking = "clear"
    assert moved(article.save) == {"staff", "public"}


def test_a_merged_actor_is_read_as_the_one_that_stays() -> None:
    actor, merged = shown_actor(), make.actor()
    assert moved(merged.save) == {"staff"}

    merged.merged_into = actor
    assert moved(merged.save) == {"staff", "public"}


def test_with_whom_something_is_shared_is_never_told_to_the_public() -> None:
    other, reader = Organisation.objects.create(name="Another", slug="another"), make.user()

    for row in (make.article(marking="clear"), make.figure()):
        assert moved(partial(row.shared_with.add, other)) == {"staff"}
        assert moved(row.shared_with.clear) == {"staff"}
        assert moved(partial(row.readers.add, reader)) == {"staff"}


def test_what_is_done_at_once_moves_the_clocks_once() -> None:
    show("Great fire")
    before = times()

    with clocks.once():
        make.campaign()
        make.article(marking="clear")
        make.campaign()
        assert times() == before

    assert times() == {name: version + 1 for name, version in before.items()}


def test_what_is_undone_moves_no_clock() -> None:
    before = times()

    @clocks.once()
    def fail() -> None:
        make.campaign()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert times() == before
    assert moved(make.campaign) == {"staff"}
