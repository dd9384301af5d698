"""Two outlets that are one become one: every number, page and door says the one that stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.test import Client

from articles import merging
from articles.models import Article, Publisher, PublisherDomain, Watch
from incidents.answers import count_for
from incidents.filters import ask
from incidents.models import Clock, Incident
from incidents.refusals import InvalidQuestion
from tests import make

pytestmark = pytest.mark.django_db

WHY = "The same paper under its older name."


def reported(by: Publisher, **said: Any) -> Incident:
    """Make an incident that rests on an article of an outlet."""
    article = make.article(publisher=by, wire_origin=said.pop("wire_origin", ""))
    return make.incident(citations=[article], **said)


def asked(text: str) -> Any:
    """Ask a question as everybody."""
    return ask(QueryDict(text), AnonymousUser(), {"by"})


def cells(text: str) -> dict[str, tuple[str, int]]:
    """Return the labels and counts of the groups of a question."""
    return {c.key["publisher"]: (c.label, c.count) for c in count_for(asked(text)).cells}


def clocks() -> dict[str, int]:
    return dict(Clock.objects.values_list("name", "version"))


# What a question is told


def test_the_articles_of_both_count_as_those_of_the_one_that_stays(
    herald: Publisher, older: Publisher
) -> None:
    both = {reported(herald), reported(older)}
    reported(make.publisher("Courier"))

    merging.merge(herald, [older], why=WHY)

    assert cells("by=publisher") == {
        "herald": ("Herald", 2),
        "courier": ("Courier", 1),
    }
    assert set(asked("publisher=herald").incidents()) == both


def test_an_incident_that_both_reported_counts_once(herald: Publisher, older: Publisher) -> None:
    make.incident(citations=[make.article(publisher=one) for one in (herald, older)])

    merging.merge(herald, [older], why=WHY)

    assert cells("by=publisher") == {"herald": ("Herald", 1)}


def test_the_merged_outlet_is_asked_for_as_the_one_that_stays(
    herald: Publisher, older: Publisher
) -> None:
    both = {reported(herald), reported(older)}
    merging.merge(herald, [older], why=WHY)

    question = asked("publisher=the-herald&publisher=herald")

    assert set(question.incidents()) == both
    assert question.query() == "publisher=herald"


def test_a_merged_outlet_tells_nobody_of_one_that_they_may_not_see(
    herald: Publisher, older: Publisher, client: Client
) -> None:
    reported(older, marking="amber")
    merging.merge(herald, [older], why=WHY)

    with pytest.raises(InvalidQuestion) as refused:
        asked("publisher=the-herald")

    assert "No entry “the-herald”" in str(refused.value.errors)
    assert "“herald”" not in str(refused.value.errors).lower()
    assert client.get("/outlets/the-herald/").status_code == 404


def test_what_brought_nothing_that_one_may_read_is_not_told_by_its_name(
    herald: Publisher, older: Publisher, client: Client
) -> None:
    reported(herald)
    reported(older, marking="amber")
    PublisherDomain.objects.create(publisher=older, domain="herald.invalid")

    merging.merge(herald, [older], why=WHY)

    page = client.get("/outlets/herald/").content.decode()
    assert not any(text in page for text in ("The Herald", "herald.test", "herald.invalid"))
    assert client.get("/outlets/the-herald/").status_code == 404
    with pytest.raises(InvalidQuestion):
        asked("publisher=the-herald")
    client.force_login(make.user("analyst", staff=True))
    assert "The Herald" in client.get("/outlets/herald/").content.decode()
    assert client.get("/outlets/the-herald/").status_code == 302


def test_every_door_says_the_one_that_stays(
    herald: Publisher, older: Publisher, client: Client
) -> None:
    reported(older)
    PublisherDomain.objects.create(publisher=older, domain="herald.invalid")

    merging.merge(herald, [older], why=WHY)

    led = client.get("/outlets/the-herald/")
    page = client.get("/outlets/herald/").content.decode()
    listed = client.get("/outlets/").content.decode()
    article = client.get("/api/v1/articles/").json()["results"][0]
    assert (led.status_code, led["Location"]) == (302, "/outlets/herald/")
    assert all(text in page for text in ("The Herald", "herald.test", "herald.invalid"))
    assert WHY not in page
    assert "The Herald" not in listed
    assert article["publisher"]["slug"] == "herald"


def test_what_was_watched_and_announced_goes_along(herald: Publisher, older: Publisher) -> None:
    watch = Watch.objects.create(publisher=older, url="https://herald.test/feed", language="en")
    merging.merge(herald, [older], why=WHY)
    watch.refresh_from_db()
    assert watch.publisher == herald

    merging.take_apart(older)

    watch.refresh_from_db()
    assert (watch.publisher, watch.came_from) == (older, None)


# The clocks


@pytest.mark.parametrize("seen", ["survivor", "loser"])
def test_a_merge_and_its_way_back_move_the_clocks_of_all_who_see_it(
    herald: Publisher, older: Publisher, seen: str
) -> None:
    reported(herald if seen == "survivor" else older)
    before = clocks()

    merging.merge(herald, [older], why=WHY)
    between = clocks()
    merging.take_apart(older)

    assert all(before[name] < between[name] < clocks()[name] for name in ("public", "staff"))


def test_a_merge_by_which_two_wires_that_readers_see_become_one_moves_the_public_clock(
    herald: Publisher, older: Publisher
) -> None:
    make.incident(citations=[make.article(wire_origin=name) for name in ("herald", "The Herald")])
    before = clocks()

    merging.merge(herald, [older], why=WHY)
    between = clocks()
    Publisher.objects.get(pk=herald.pk).save()
    renamed = clocks()
    merging.take_apart(older)

    assert before["public"] < between["public"] < renamed["public"] < clocks()["public"]


def test_a_merge_nobody_of_the_public_sees_leaves_their_clock(
    herald: Publisher, older: Publisher
) -> None:
    reported(older, marking="amber")
    before = clocks()

    merging.merge(herald, [older], why=WHY)
    merging.take_apart(older)

    assert clocks().get("public") == before.get("public")
    assert clocks()["staff"] == before["staff"] + 2


# Chains


def test_what_was_merged_before_follows_its_survivor(herald: Publisher, older: Publisher) -> None:
    third = make.publisher("Herald Online")
    incident = reported(third)
    merging.merge(older, [third], why=WHY)

    merging.merge(herald, [older], why=WHY)

    third.refresh_from_db()
    assert third.merged_into == herald
    assert set(asked("publisher=herald-online").incidents()) == {incident}
    merging.take_apart(third)
    assert cells("by=publisher") == {"herald-online": ("Herald Online", 1)}


@pytest.mark.parametrize(
    "case", ["itself", "merged survivor", "merged loser", "nobody", "twice", "no reason"]
)
def test_merging_refuses_what_would_be_a_chain_a_circle_or_without_reason(
    case: str, herald: Publisher, older: Publisher
) -> None:
    third = make.publisher("Herald Online")
    merging.merge(herald, [third], why=WHY)
    survivor, losers = {
        "itself": (herald, [herald]),
        "merged survivor": (third, [older]),
        "merged loser": (older, [third]),
        "nobody": (herald, []),
        "twice": (herald, [older, older]),
        "no reason": (herald, [older]),
    }[case]

    with pytest.raises(ValidationError):
        merging.merge(survivor, losers, why=" " if case == "no reason" else WHY)

    assert not Publisher.objects.filter(pk=older.pk, merged_into__isnull=False).exists()


@pytest.mark.parametrize("case", ["itself", "into a merged one", "one with merged ones", "why"])
def test_the_database_refuses_chains_circles_and_merges_without_reason(
    case: str, herald: Publisher, older: Publisher
) -> None:
    third = make.publisher("Herald Online")
    merging.merge(herald, [third], why=WHY)
    row, into, why = {
        "itself": (older, older, WHY),
        "into a merged one": (older, third, WHY),
        "one with merged ones": (herald, older, WHY),
        "why": (older, herald, ""),
    }[case]

    with pytest.raises(DatabaseError), transaction.atomic():
        Publisher.objects.filter(pk=row.pk).update(merged_into=into, merged_why=why)


# Back


def test_taking_apart_gives_back_what_was_brought_and_nothing_else(
    herald: Publisher, older: Publisher
) -> None:
    own, brought = reported(herald), reported(older)
    merging.merge(herald, [older], why=WHY)
    since = reported(herald)

    survivor = merging.take_apart(older)

    older.refresh_from_db()
    assert (survivor, older.merged_into, older.merged_why) == (herald, None, "")
    assert set(asked("publisher=the-herald").incidents()) == {brought}
    assert set(asked("publisher=herald").incidents()) == {own, since}
    assert not Article.objects.exclude(came_from=None).exists()
    with pytest.raises(ValidationError):
        merging.take_apart(older)


# Independent sources


def test_an_article_given_to_a_third_outlet_since_stays_there(
    herald: Publisher, older: Publisher
) -> None:
    article, courier = make.article(publisher=older), make.publisher("Courier")
    merging.merge(herald, [older], why=WHY)
    Article.objects.filter(pk=article.pk).update(publisher=courier)

    merging.take_apart(older)

    article.refresh_from_db()
    assert article.publisher == courier


def test_two_names_of_a_merged_outlet_are_one_source(
    herald: Publisher, older: Publisher, client: Client
) -> None:
    texts = [make.article(wire_origin=name) for name in ("herald", "The Herald")]
    shown = make.incident(citations=texts)
    address = f"/incidents/{shown.record.reference}/"
    before = client.get(address).content.decode()

    merging.merge(herald, [older], why=WHY)

    after = client.get(address).content.decode()
    assert "2 independent sources" in " ".join(before.split())
    assert "1 independent source" in " ".join(after.split())
    assert not asked("independent_min=2").incidents()


# Addresses


def test_an_article_is_found_by_the_digest_that_it_had(client: Client) -> None:
    shown = reported(make.publisher())
    article = shown.citations.get().article
    Article.objects.filter(pk=article.pk).update(former_digest="a" * 64)

    led = client.get(f"/articles/{'a' * 64}/")

    assert (led.status_code, led["Location"]) == (302, f"/articles/{article.address_digest}/")
    question = asked(f"article={'a' * 64}")
    assert question.query() == f"article={article.address_digest}"
    assert list(question.incidents()) == [shown]


def test_an_article_that_one_may_not_read_is_found_by_no_digest(client: Client) -> None:
    article = make.article(marking="amber")
    Article.objects.filter(pk=article.pk).update(former_digest="a" * 64)

    assert client.get(f"/articles/{'a' * 64}/").status_code == 404
    with pytest.raises(InvalidQuestion):
        asked(f"article={'a' * 64}")
