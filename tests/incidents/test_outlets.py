"""Two outlets that are one become one: every number, page and door says the one that stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.test import Client

from articles import merging
from articles.models import Article, Publisher, PublisherDomain, Watch
from incidents.answers import count_for
from incidents.filters import ask
from incidents.independence import independent
from incidents.models import Clock, Incident
from incidents.panels.reported import outlets as panel
from incidents.refusals import InvalidQuestion
from tests import make

pytestmark = pytest.mark.django_db

DESK = "/admin/articles/publisher/"
MERGE = f"{DESK}merge/"
WHY = "The same paper under its older name."


@pytest.fixture
def herald() -> Publisher:
    """Return the outlet that stays."""
    return make.publisher("Herald", domain="herald.example")


@pytest.fixture
def twin() -> Publisher:
    """Return a second entry of the same outlet."""
    return make.publisher("The Herald", domain="herald.test")


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
    herald: Publisher, twin: Publisher
) -> None:
    both = {reported(herald), reported(twin)}
    reported(make.publisher("Courier"))

    merging.merge(herald, [twin], why=WHY)

    assert cells("by=publisher") == {
        "herald": ("Herald", 2),
        "courier": ("Courier", 1),
    }
    assert set(asked("publisher=herald").incidents()) == both


def test_an_incident_that_both_reported_counts_once(herald: Publisher, twin: Publisher) -> None:
    make.incident(citations=[make.article(publisher=one) for one in (herald, twin)])

    merging.merge(herald, [twin], why=WHY)

    assert cells("by=publisher") == {"herald": ("Herald", 1)}


def test_the_merged_outlet_is_asked_for_as_the_one_that_stays(
    herald: Publisher, twin: Publisher
) -> None:
    both = {reported(herald), reported(twin)}
    merging.merge(herald, [twin], why=WHY)

    question = asked("publisher=the-herald&publisher=herald")

    assert set(question.incidents()) == both
    assert question.query() == "publisher=herald"


def test_a_merged_outlet_tells_nobody_of_one_that_they_may_not_see(
    herald: Publisher, twin: Publisher, client: Client
) -> None:
    reported(twin, marking="amber")
    merging.merge(herald, [twin], why=WHY)

    with pytest.raises(InvalidQuestion) as refused:
        asked("publisher=the-herald")

    assert "No entry “the-herald”" in str(refused.value.errors)
    assert "“herald”" not in str(refused.value.errors).lower()
    assert client.get("/outlets/the-herald/").status_code == 404


def test_every_door_says_the_one_that_stays(
    herald: Publisher, twin: Publisher, client: Client
) -> None:
    reported(twin)
    PublisherDomain.objects.create(publisher=twin, domain="herald.invalid")

    merging.merge(herald, [twin], why=WHY)

    led = client.get("/outlets/the-herald/")
    page = client.get("/outlets/herald/").content.decode()
    listed = client.get("/outlets/").content.decode()
    article = client.get("/api/v1/articles/").json()["results"][0]
    assert (led.status_code, led["Location"]) == (302, "/outlets/herald/")
    assert all(text in page for text in ("The Herald", "herald.test", "herald.invalid"))
    assert WHY not in page
    assert "The Herald" not in listed
    assert article["publisher"]["slug"] == "herald"


def test_what_was_watched_and_announced_goes_along(herald: Publisher, twin: Publisher) -> None:
    watch = Watch.objects.create(publisher=twin, url="https://herald.test/feed", language="en")
    merging.merge(herald, [twin], why=WHY)
    watch.refresh_from_db()
    assert watch.publisher == herald

    merging.take_apart(twin)

    watch.refresh_from_db()
    assert (watch.publisher, watch.came_from) == (twin, None)


# The clocks


@pytest.mark.parametrize("seen", ["survivor", "loser"])
def test_a_merge_and_its_way_back_move_the_clocks_of_all_who_see_it(
    herald: Publisher, twin: Publisher, seen: str
) -> None:
    reported(herald if seen == "survivor" else twin)
    before = clocks()

    merging.merge(herald, [twin], why=WHY)
    between = clocks()
    merging.take_apart(twin)

    assert all(before[name] < between[name] < clocks()[name] for name in ("public", "staff"))


def test_a_merge_nobody_of_the_public_sees_leaves_their_clock(
    herald: Publisher, twin: Publisher
) -> None:
    reported(twin, marking="amber")
    before = clocks()

    merging.merge(herald, [twin], why=WHY)
    merging.take_apart(twin)

    assert clocks().get("public") == before.get("public")
    assert clocks()["staff"] == before["staff"] + 2


# Chains


def test_what_was_merged_before_follows_its_survivor(herald: Publisher, twin: Publisher) -> None:
    third = make.publisher("Herald Online")
    incident = reported(third)
    merging.merge(twin, [third], why=WHY)

    merging.merge(herald, [twin], why=WHY)

    third.refresh_from_db()
    assert third.merged_into == herald
    assert set(asked("publisher=herald-online").incidents()) == {incident}
    merging.take_apart(third)
    assert cells("by=publisher") == {"herald-online": ("Herald Online", 1)}


@pytest.mark.parametrize(
    "case", ["itself", "merged survivor", "merged loser", "nobody", "twice", "no reason"]
)
def test_merging_refuses_what_would_be_a_chain_a_circle_or_without_reason(
    case: str, herald: Publisher, twin: Publisher
) -> None:
    third = make.publisher("Herald Online")
    merging.merge(herald, [third], why=WHY)
    survivor, losers = {
        "itself": (herald, [herald]),
        "merged survivor": (third, [twin]),
        "merged loser": (twin, [third]),
        "nobody": (herald, []),
        "twice": (herald, [twin, twin]),
        "no reason": (herald, [twin]),
    }[case]

    with pytest.raises(ValidationError):
        merging.merge(survivor, losers, why=" " if case == "no reason" else WHY)

    assert not Publisher.objects.filter(pk=twin.pk, merged_into__isnull=False).exists()


@pytest.mark.parametrize("case", ["itself", "into a merged one", "one with merged ones", "why"])
def test_the_database_refuses_chains_circles_and_merges_without_reason(
    case: str, herald: Publisher, twin: Publisher
) -> None:
    third = make.publisher("Herald Online")
    merging.merge(herald, [third], why=WHY)
    row, into, why = {
        "itself": (twin, twin, WHY),
        "into a merged one": (twin, third, WHY),
        "one with merged ones": (herald, twin, WHY),
        "why": (twin, herald, ""),
    }[case]

    with pytest.raises(DatabaseError), transaction.atomic():
        Publisher.objects.filter(pk=row.pk).update(merged_into=into, merged_why=why)


# Back


def test_taking_apart_gives_back_what_was_brought_and_nothing_else(
    herald: Publisher, twin: Publisher
) -> None:
    own, brought = reported(herald), reported(twin)
    merging.merge(herald, [twin], why=WHY)
    since = reported(herald)

    survivor = merging.take_apart(twin)

    twin.refresh_from_db()
    assert (survivor, twin.merged_into, twin.merged_why) == (herald, None, "")
    assert set(asked("publisher=the-herald").incidents()) == {brought}
    assert set(asked("publisher=herald").incidents()) == {own, since}
    assert not Article.objects.exclude(came_from=None).exists()
    with pytest.raises(ValidationError):
        merging.take_apart(twin)


# Independent sources


def sources(*articles: Article, **called: Publisher) -> int:
    """Count the independent sources among articles that everybody reads."""
    names = {name.replace("_", " "): outlet.pk for name, outlet in called.items()}
    return independent(articles, (), names)


def test_who_names_an_outlet_and_that_outlet_are_one_source(herald: Publisher) -> None:
    text = make.article(publisher=herald)
    copies = [make.article(publisher=make.publisher(), wire_origin=name) for name in ("HERALD", "")]

    assert sources(text, *copies, herald=herald) == 2
    assert sources(text, *copies) == 3


def test_two_texts_of_an_outlet_stay_two_whoever_names_it(herald: Publisher) -> None:
    texts = [make.article(publisher=herald, wire_origin=wire) for wire in ("", "Herald")]
    naming = make.article(publisher=make.publisher(), wire_origin="Herald")

    assert sources(*texts, herald=herald) == 2
    assert sources(*texts, naming, herald=herald) == 2
    assert sources(naming, herald=herald) == 1


def test_two_names_of_a_merged_outlet_are_one_source(herald: Publisher, twin: Publisher) -> None:
    first, second = (make.article(wire_origin=name) for name in ("Herald", "The Herald"))

    assert sources(first, second) == 2
    assert sources(first, second, herald=herald, the_herald=herald) == 1


def test_pages_count_who_names_an_outlet_with_that_outlet(
    herald: Publisher, twin: Publisher, client: Client
) -> None:
    naming = make.article(publisher=make.publisher("Courier"), wire_origin="the herald")
    shown = make.incident(citations=[make.article(publisher=herald), naming])
    before = client.get(f"/incidents/{shown.record.reference}/").content.decode()

    merging.merge(herald, [twin], why=WHY)

    after = client.get(f"/incidents/{shown.record.reference}/").content.decode()
    rows = {row[0]: row[2] for row in panel(asked("series=all")).table.rows}
    assert "2 independent sources" in " ".join(before.split())
    assert "1 independent source" in " ".join(after.split())
    assert rows == {"Herald": "1", "Courier": "0"}


# The desk


def client_of(name: str, *, reviews: bool = False) -> Client:
    """Log in somebody who may change outlets."""
    user = make.reviewer(name) if reviews else make.user(name, staff=True)
    names = ("view_publisher", "change_publisher", "view_article")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_the_desk_shows_what_a_merge_joins_and_joins_it_for_a_reason(
    herald: Publisher, twin: Publisher
) -> None:
    reported(twin)
    chief = client_of("chief", reviews=True)
    chosen = {"action": "merge_selected", "_selected_action": [herald.pk, twin.pk]}
    sent = {"outlet": [herald.pk, twin.pk], "survivor": herald.pk}

    page = chief.post(DESK, chosen, follow=True).content.decode()
    refused = chief.post(MERGE, sent).content.decode()
    untouched = Publisher.objects.filter(merged_into=None).count()
    done = chief.post(MERGE, {**sent, "why": WHY})

    assert "1 that you may read counts as its own." in page
    assert "Say why they are one outlet." in refused
    assert untouched == 2
    assert done["Location"] == f"{DESK}{herald.pk}/change/"
    shown = chief.get(done["Location"]).content.decode()
    assert f"The Herald: {WHY}" in shown
    assert f"{DESK}{twin.pk}/apart/" in shown


def test_the_desk_takes_outlets_apart_when_that_is_posted(
    herald: Publisher, twin: Publisher
) -> None:
    merging.merge(herald, [twin], why=WHY)
    desk, address = client_of("anna"), f"{DESK}{twin.pk}/apart/"

    led = desk.get(f"{DESK}{twin.pk}/change/")
    shown = desk.get(address)
    between = Publisher.objects.get(pk=twin.pk).merged_into
    desk.post(address)

    assert led["Location"] == f"{DESK}{herald.pk}/change/"
    assert WHY in shown.content.decode()
    assert between == herald
    assert Publisher.objects.get(pk=twin.pk).merged_into is None
    assert desk.get(address).status_code == 404


def test_an_outlet_that_readers_see_is_merged_and_taken_apart_by_a_reviewer(
    herald: Publisher, twin: Publisher
) -> None:
    reported(twin)
    analyst, chief = client_of("anna"), client_of("chief", reviews=True)
    sent: dict[str, Any] = {"outlet": [herald.pk, twin.pk], "survivor": herald.pk, "why": WHY}

    assert analyst.post(MERGE, sent).status_code == 403
    assert chief.post(MERGE, sent).status_code == 302
    assert analyst.post(f"{DESK}{twin.pk}/apart/").status_code == 403


@pytest.mark.parametrize("keys", [["1"], ["x", "1"], ["1", "9" * 30], ["998", "999"], ["\0", "1"]])
def test_entries_that_are_no_two_are_refused(keys: list[str]) -> None:
    assert client_of("anna").get(MERGE, {"outlet": keys}).status_code == 400


def test_one_outlet_alone_is_not_merged(herald: Publisher) -> None:
    chosen = {"action": "merge_selected", "_selected_action": [herald.pk]}

    answer = client_of("anna").post(DESK, chosen, follow=True)

    assert "Choose from two to 20 entries of one outlet." in answer.content.decode()


def test_an_outlet_is_found_at_the_desk_by_what_was_merged_into_it(
    herald: Publisher, twin: Publisher
) -> None:
    merging.merge(herald, [twin], why=WHY)

    found = client_of("anna").get(DESK, {"q": "herald.test"}).content.decode()

    assert f"{DESK}{herald.pk}/change/" in found
    assert f"{DESK}{twin.pk}/change/" not in found


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
