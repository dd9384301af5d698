"""Who sees which record, row, article, entry and figure, by its state and marking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import QueryDict

from articles.codebook import Marking, strictest
from articles.models import Article, Publisher
from incidents.acts import become_part
from incidents.codebook import State
from incidents.counts import count
from incidents.filters import ask
from incidents.models import (
    Actor,
    Campaign,
    Citation,
    Claim,
    Coding,
    Incident,
    Location,
    Record,
    ReportedFigure,
    StatusFinding,
    Target,
)
from incidents.refusals import InvalidQuestion
from tests import make

pytestmark = pytest.mark.django_db

Viewer = User | AnonymousUser
STATES = ("draft", "in_review", "changes_requested", "discarded", "published", "withdrawn")


def nobody() -> Viewer:
    return AnonymousUser()


def member() -> Viewer:
    return make.user("member")


def colleague() -> Viewer:
    return make.user("colleague", staff=True)


def retired() -> Viewer:
    return make.user("retired", staff=True, is_active=False)


def author() -> Viewer:
    return make.user("writer", staff=True)


@contextmanager
def alone(viewer: Callable[[], Viewer]) -> Iterator[Viewer]:
    """Give a viewer who leaves no trace for the next."""
    with transaction.atomic():
        yield viewer()
        transaction.set_rollback(True)


PUBLIC = (nobody, member, retired)
STAFF = (colleague, author)
VIEWERS = (*PUBLIC, *STAFF)


def may(viewer: Callable[[], Viewer], state: str, marking: str) -> bool:
    """Tell whether a viewer may read an edition that `author` wrote."""
    if viewer in PUBLIC:
        return (state, marking) == ("published", "clear")
    return marking != "red" or viewer is author


def whole(**said: Any) -> Incident:
    """Make a record with rows of every kind and with entries of its own."""
    return make.incident(
        campaign=make.campaign("The campaign"),
        claims=[{"actor": make.actor("The accused"), "claimant_actor": make.actor("The quoted")}],
        citations=[make.article(publisher=make.publisher("The outlet"))],
        **said,
    )


ROWS = (Location, Target, Coding, Citation, StatusFinding, Claim)


@pytest.mark.parametrize("marking", Marking.values)
@pytest.mark.parametrize("state", STATES)
def test_a_record_and_its_rows_are_seen_by_state_and_marking(
    state: str, marking: str, subtests: pytest.Subtests
) -> None:
    whole(state=state, marking=marking)
    for viewer in VIEWERS:
        with subtests.test(viewer.__name__), alone(viewer) as user:
            seen = may(viewer, state, marking)

            assert Incident.objects.visible_to(user).exists() == seen
            for kind in ROWS:
                rows: Any = kind._default_manager
                article_seen = kind is not Citation or viewer in STAFF or marking == "clear"
                assert rows.visible_to(user).exists() == (seen and article_seen), kind


@pytest.mark.parametrize("marking", Marking.values)
@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_entries_are_public_with_a_record_that_is(
    state: str, marking: str, subtests: pytest.Subtests
) -> None:
    whole(state=state, marking=marking)
    for viewer in VIEWERS:
        with subtests.test(viewer.__name__), alone(viewer) as user:
            seen = viewer in STAFF or may(viewer, state, marking)

            assert {actor.name for actor in Actor.objects.visible_to(user)} == (
                {"The accused", "The quoted"} if seen else set()
            )
            assert Campaign.objects.visible_to(user).exists() == seen


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("marking", Marking.values)
def test_an_article_is_seen_by_its_own_marking(marking: str, viewer: Callable[[], Viewer]) -> None:
    owner = make.user("writer", staff=True)
    make.article(marking=marking, publisher=make.publisher(), added_by=owner)
    user = viewer()

    seen = marking == "clear" if viewer in PUBLIC else marking != "red" or viewer is author
    assert Article.objects.visible_to(user).exists() == seen
    assert Publisher.objects.visible_to(user).exists() == (viewer in STAFF or marking == "clear")


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("marking", Marking.values)
def test_a_figure_is_seen_by_its_marking(marking: str, viewer: Callable[[], Viewer]) -> None:
    make.figure(marking=marking)

    seen = marking == "clear" if viewer in PUBLIC else marking != "red"
    assert ReportedFigure.objects.visible_to(viewer()).exists() == seen


@pytest.mark.parametrize("present", Marking.values)
@pytest.mark.parametrize("marking", ["clear", "amber", "red"])
def test_the_stricter_of_the_marking_then_and_now_rules(
    marking: str, present: str, subtests: pytest.Subtests
) -> None:
    whole(marking=marking)
    Record.objects.update(marking=present)
    Incident.objects.update(effective_marking=strictest([marking, present]))
    stricter = max(Marking(marking), Marking(present), key=lambda m: m.strictness)

    for viewer in VIEWERS:
        with subtests.test(viewer.__name__), alone(viewer) as user:
            seen = may(viewer, "published", stricter)

            assert Incident.objects.visible_to(user).exists() == seen
            assert Claim.objects.visible_to(user).exists() == seen


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_merged_record_is_in_no_list(viewer: Callable[[], Viewer]) -> None:
    kept, merged = make.incident(), whole()
    become_part(merged.record, kept.record)
    user = viewer()

    assert list(Incident.objects.visible_to(user)) == [kept]
    assert not Claim.objects.visible_to(user).exists()
    assert count(ask(QueryDict("series=all"), user)).total == 1


def test_who_began_a_red_record_reads_the_editions_of_others() -> None:
    first = make.incident(marking="red")
    second = make.incident(after=first, state="draft", marking="red", author=make.user("other"))

    assert second in Incident.objects.visible_to(make.user("writer"))
    assert first not in Incident.objects.visible_to(make.user("other"))


def test_a_citation_hides_with_its_article() -> None:
    article = make.article()
    make.incident(citations=[article])
    Article.objects.filter(pk=article.pk).update(marking="amber")

    assert not Citation.objects.visible_to(AnonymousUser()).exists()
    assert Incident.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("viewer", PUBLIC)
@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested"])
def test_the_public_counts_nothing_of_another_state(
    state: str, viewer: Callable[[], Viewer]
) -> None:
    whole(state=state)

    assert count(ask(QueryDict(f"series=all&state={state}"), viewer())).total == 0


def test_a_record_under_revision_counts_once_in_each_state() -> None:
    make.incident(after=make.incident(), state="draft")
    staff = colleague()

    for state in ("published", "draft"):
        assert count(ask(QueryDict(f"series=all&state={state}"), staff)).total == 1
    assert State.SUPERSEDED not in Incident.objects.values_list("state", flat=True)


def test_marking_clear_gives_staff_the_number_of_the_public() -> None:
    for marking in Marking.values:
        make.incident(marking=marking)

    counts = [
        count(ask(QueryDict(asked), user)).total
        for asked, user in (
            ("", AnonymousUser()),
            ("marking=clear", colleague()),
            ("", colleague()),
            ("", author()),
        )
    ]

    assert counts == [1, 1, 4, 5]


@pytest.mark.parametrize(
    "asked", ["actor=the-accused", "campaign=the-campaign", "publisher=the-outlet"]
)
def test_an_entry_that_is_hidden_is_refused_like_one_that_is_not_there(asked: str) -> None:
    whole(state="draft")
    name, _, slug = asked.partition("=")

    with pytest.raises(InvalidQuestion) as hidden:
        ask(QueryDict(asked), AnonymousUser())
    with pytest.raises(InvalidQuestion) as absent:
        ask(QueryDict(f"{name}=no-such-entry"), AnonymousUser())

    (told,), (told_of_nothing,) = hidden.value.errors[name], absent.value.errors[name]
    assert told.replace(slug, "no-such-entry") == told_of_nothing
    assert ask(QueryDict(asked), colleague()).values[name] == [slug]
