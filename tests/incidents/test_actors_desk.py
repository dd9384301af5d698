"""The desk where entries of one actor are merged, taken apart and found."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents import merging
from incidents.answers import count_for
from incidents.filters import ask
from incidents.models import Actor, ActorAlias, Incident
from tests import make

pytestmark = pytest.mark.django_db

ACTORS = "/admin/incidents/actor/"
MERGE = f"{ACTORS}merge/"
API = "/api/v1"


@pytest.fixture
def desk() -> Client:
    """Return a client of somebody who may change actors."""
    user = make.user("editor", staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=("view_actor", "change_actor", "view_claim"))
    )
    client = Client()
    client.force_login(user)
    return client


def accusing(actor: Actor, **said: Any) -> Incident:
    """Make an incident of which the government accuses an actor."""
    return make.incident(claims=[{"actor": actor, "state": "RU"}], **said)


def asked(text: str, user: User | AnonymousUser | None = None) -> Any:
    """Ask a question."""
    return ask(QueryDict(text), user or AnonymousUser(), {"by"})


def cells(text: str) -> dict[str, tuple[str, int]]:
    """Return the labels and counts of the groups of a question."""
    counted = count_for(asked(text))
    return {cell.key["actor"]: (cell.label, cell.count) for cell in counted.cells}


# The desk


def test_the_desk_shows_what_a_merge_joins_and_then_joins_it(
    desk: Client, bear: Actor, twin: Actor
) -> None:
    make.reviewer("editor")
    twin.external_ids, bear.external_ids = {"misp": "two"}, {"misp": "one"}
    bear.save()
    twin.save()
    accusing(twin)
    chosen = {"action": "merge_selected", "_selected_action": [bear.pk, twin.pk]}

    page = desk.post(ACTORS, chosen, follow=True)
    kept = desk.get(
        f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}&survivor={bear.pk}"
    )
    told = kept.content.decode()
    untouched = Actor.objects.filter(merged_into=None).count()
    done = desk.post(MERGE, {"entry": [bear.pk, twin.pk], "survivor": bear.pk})

    assert "misp: one is kept; two of “Fancy Bear” is not." in told
    assert "1 of a published edition stays" in told
    assert untouched == 2
    assert done["Location"] == f"{ACTORS}{bear.pk}/change/"
    twin.refresh_from_db()
    assert twin.merged_into == bear


def test_the_address_of_a_merged_entry_leads_to_the_one_that_stays(
    desk: Client, bear: Actor, twin: Actor
) -> None:
    merging.merge(bear, [twin])

    led = desk.get(f"{ACTORS}{twin.pk}/change/")
    listed = desk.get(ACTORS).content.decode()
    page = desk.get(f"{ACTORS}{bear.pk}/change/").content.decode()

    assert led["Location"] == f"{ACTORS}{bear.pk}/change/"
    assert f"{ACTORS}{twin.pk}/change/" not in listed
    assert f"{ACTORS}{twin.pk}/apart/" in page


def test_the_desk_takes_entries_apart_when_that_is_posted(
    desk: Client, bear: Actor, twin: Actor
) -> None:
    merging.merge(bear, [twin])
    address = f"{ACTORS}{twin.pk}/apart/"

    shown = desk.get(address)
    between = Actor.objects.get(pk=twin.pk).merged_into
    desk.post(address)

    assert shown.status_code == 200
    assert between == bear
    assert Actor.objects.get(pk=twin.pk).merged_into is None
    assert desk.get(address).status_code == 404


def test_only_who_may_change_actors_merges_them(bear: Actor, twin: Actor) -> None:
    reader = make.user("reader", staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_actor"))
    client = Client()
    client.force_login(reader)
    sent: dict[str, Any] = {"entry": [bear.pk, twin.pk], "survivor": bear.pk}

    refused = client.post(MERGE, sent), client.get(MERGE, sent)

    assert [answer.status_code for answer in refused] == [403, 403]
    twin.refresh_from_db()
    assert twin.merged_into is None


@pytest.mark.parametrize("keys", [["1"], ["x", "1"], ["1", "9" * 30], ["998", "999"], ["\0", "1"]])
def test_entries_that_are_no_two_are_refused(desk: Client, bear: Actor, keys: list[str]) -> None:
    answer = desk.get(MERGE, {"entry": keys})

    assert answer.status_code == 400


def test_one_entry_alone_is_not_merged(desk: Client, bear: Actor) -> None:
    answer = desk.post(
        ACTORS, {"action": "merge_selected", "_selected_action": [bear.pk]}, follow=True
    )

    assert "Choose from two to 20 entries" in answer.content.decode()


def test_the_actor_that_readers_see_stays_where_nobody_chose_another(
    desk: Client, bear: Actor, twin: Actor
) -> None:
    accusing(twin)

    page = desk.get(MERGE, {"entry": [bear.pk, twin.pk]}).content.decode()

    assert f'name="survivor" value="{twin.pk}"' in page


def test_a_refused_merge_says_why_on_its_page(desk: Client, bear: Actor, twin: Actor) -> None:
    with patch.object(merging, "merge", side_effect=ValidationError("It was merged meanwhile.")):
        page = desk.post(MERGE, {"entry": [bear.pk, twin.pk], "survivor": bear.pk})

    assert "It was merged meanwhile." in page.content.decode()


def test_an_actor_is_found_with_what_tells_it_from_others(
    desk: Client, bear: Actor, twin: Actor
) -> None:
    merging.merge(bear, [twin])
    where = {"app_label": "incidents", "model_name": "claim", "field_name": "accused_actor"}

    found = desk.get("/admin/autocomplete/", {**where, "term": "fancy"}).json()["results"]

    assert found == [
        {
            "id": str(bear.pk),
            "text": "APT28",
            "told": "APT28 — state organ, Russia; also Fancy Bear, Sofacy",
        }
    ]


def test_more_actors_are_found_with_no_more_queries(desk: Client) -> None:
    where = {"app_label": "incidents", "model_name": "claim", "field_name": "accused_actor"}
    asked_of = []

    for more in range(2):
        for n in range(6):
            actor = make.actor(f"Wolf {more} {n}")
            ActorAlias.objects.create(actor=actor, name=f"Lupus {more} {n}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get("/admin/autocomplete/", {**where, "term": "lupus"})
        asked_of.append(len(queries))

    assert asked_of[0] == asked_of[1]
