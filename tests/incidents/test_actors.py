"""Two entries of one actor become one, and what was published counts as the one that stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents import merging, services
from incidents.answers import count_for
from incidents.filters import InvalidQuestion, ask
from incidents.models import Actor, ActorAlias, ActorParent, Claim, Clock, Incident
from tests import make

pytestmark = pytest.mark.django_db

ACTORS = "/admin/incidents/actor/"
MERGE = f"{ACTORS}merge/"
API = "/api/v1"


@pytest.fixture
def bear() -> Actor:
    """Return the entry that stays."""
    actor = make.actor("APT28", kind="state_organ", state="RU")
    ActorAlias.objects.create(actor=actor, name="Sofacy")
    return actor


@pytest.fixture
def twin(bear: Actor) -> Actor:
    """Return a second entry of the same actor."""
    return make.actor("Fancy Bear")


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


# What a question is told


def test_what_was_published_counts_as_the_entry_that_stays(bear: Actor, twin: Actor) -> None:
    first, second = accusing(bear), accusing(twin)
    accusing(make.actor("Sandworm"))

    merging.merge(bear, [twin])

    assert cells("by=actor") == {"apt28": ("APT28", 2), "sandworm": ("Sandworm", 1)}
    assert set(asked("actor=apt28").incidents()) == {first, second}
    second.refresh_from_db()
    assert second.claims.get().accused_actor == twin


def test_every_door_says_the_entry_that_stays(bear: Actor, twin: Actor, client: Client) -> None:
    incident = make.incident(claims=[{"actor": twin, "state": "RU", "claimant_actor": twin}])
    hidden = {twin.slug, twin.name}

    merging.merge(bear, [twin])

    listed = client.get(f"{API}/incidents/?actor=apt28").json()["results"]
    assert [row["reference"] for row in listed] == [incident.record.reference]
    said = listed[0]["claims"][0]
    assert (said["accused_actor"], said["claimant_actor"]) == ("apt28", "apt28")
    entries = client.get(f"{API}/actors/").json()["results"]
    assert [entry["slug"] for entry in entries] == ["apt28"]
    assert set(entries[0]["aliases"]) == {"Sofacy", "Fancy Bear"}
    counted = client.get(f"{API}/counts/?by=actor").json()
    assert [cell["key"] for cell in counted["cells"]] == [{"actor": "apt28"}]
    assert not hidden & {cell["label"] for cell in counted["cells"]}


def test_the_merged_entry_is_asked_for_as_the_one_that_stays(bear: Actor, twin: Actor) -> None:
    accusing(bear)
    accusing(twin)
    merging.merge(bear, [twin])

    question = asked("actor=fancy-bear&actor=apt28")

    assert question.incidents().count() == 2
    assert question.query() == "actor=apt28"
    assert cells("actor=fancy-bear&by=actor") == {"apt28": ("APT28", 2)}


def test_a_merged_entry_tells_nobody_of_one_that_they_may_not_see(bear: Actor, twin: Actor) -> None:
    accusing(twin, marking="amber")
    merging.merge(bear, [twin])

    with pytest.raises(InvalidQuestion) as refused:
        asked("actor=fancy-bear")

    assert "apt28" not in str(refused.value.errors).lower()


def test_an_entry_is_public_by_what_was_merged_into_it(bear: Actor, twin: Actor) -> None:
    accusing(twin)
    public = Actor.objects.visible_to(AnonymousUser())
    assert list(public) == [twin]

    merging.merge(bear, [twin])

    assert list(public.all()) == [bear]
    assert list(Actor.objects.visible_to(make.user("staff", staff=True))) == [bear]


def test_a_merge_moves_the_clock_of_all_who_see_it(bear: Actor, twin: Actor) -> None:
    accusing(twin)
    before = dict(Clock.objects.values_list("name", "version"))

    merging.merge(bear, [twin])

    after = dict(Clock.objects.values_list("name", "version"))
    assert {name: after[name] - before[name] for name in after} == {"public": 1, "staff": 1}


def test_a_merge_nobody_of_the_public_sees_leaves_their_clock(bear: Actor, twin: Actor) -> None:
    accusing(twin, marking="amber")
    before = dict(Clock.objects.values_list("name", "version"))

    merging.merge(bear, [twin])

    after = dict(Clock.objects.values_list("name", "version"))
    assert after.get("public") == before.get("public")
    assert after["staff"] == before["staff"] + 1


# What moves


def test_names_move_and_none_is_there_twice(bear: Actor, twin: Actor) -> None:
    for name in ("sofacy", "Pawn Storm", "apt28"):
        ActorAlias.objects.create(actor=twin, name=name)

    merging.merge(bear, [twin])

    assert {alias.name for alias in bear.aliases.all()} == {"Sofacy", "Pawn Storm", "Fancy Bear"}


def test_ids_move_and_conflicts_are_told(bear: Actor, twin: Actor) -> None:
    bear.external_ids, twin.external_ids = {"mitre": "G7"}, {"mitre": "G99", "misp": "1"}
    bear.save()
    twin.save()

    plan = merging.merge(bear, [twin])

    bear.refresh_from_db()
    twin.refresh_from_db()
    assert bear.external_ids == {"mitre": "G7", "misp": "1"}
    assert twin.external_ids == {"mitre": "G99"}
    assert [(c.scheme, c.kept, c.left) for c in plan.conflicts] == [("mitre", "G7", "G99")]


def tie(actor: Actor, parent: Actor, relation: str = "part_of") -> ActorParent:
    """Tie an actor to another one."""
    return ActorParent.objects.create(actor=actor, parent=parent, relation=relation)


def ties() -> set[tuple[str, str]]:
    """Return the ties between entries that were not merged."""
    rows = ActorParent.objects.filter(actor__merged_into=None, parent__merged_into=None)
    return set(rows.values_list("actor__slug", "parent__slug"))


def test_ties_move_without_doubles_and_loops(bear: Actor, twin: Actor) -> None:
    gru, unit, front = make.actor("GRU"), make.actor("Unit"), make.actor("Front")
    tie(bear, gru)
    tie(twin, gru)
    tie(twin, unit)
    tie(front, twin)
    # The survivor is part of its twin, and the unit's parent is the survivor.
    tie(bear, twin)
    tie(unit, bear)

    plan = merging.merge(bear, [twin])

    assert ties() == {("apt28", "gru"), ("unit", "apt28"), ("front", "apt28")}
    assert len(plan.left_out) == 3
    assert not ActorParent.objects.filter(parent=twin).exists()


def test_overlapping_actors_are_no_loop(bear: Actor, twin: Actor) -> None:
    other = make.actor("Turla")
    tie(other, bear)
    tie(twin, other, "overlaps")

    merging.merge(bear, [twin])

    assert ties() == {("turla", "apt28"), ("apt28", "turla")}


def test_claims_of_open_editions_are_moved(bear: Actor, twin: Actor) -> None:
    draft = make.incident(
        state="draft", claims=[{"actor": twin, "state": "RU", "claimant_actor": twin}]
    )

    plan = merging.merge(bear, [twin])

    said = draft.claims.get()
    assert (said.accused_actor, said.claimant_actor) == (bear, bear)
    assert (plan.open_claims, plan.published_claims) == (1, 0)


def test_a_draft_that_names_a_merged_entry_is_settled_on_the_one_that_stays(
    bear: Actor, twin: Actor
) -> None:
    merging.merge(bear, [twin])
    draft = make.incident(state="draft", claims=[{"actor": twin, "state": "RU"}])

    services.settle(draft)

    assert draft.claims.get().accused_actor == bear


# Chains


def test_what_was_merged_before_follows_its_survivor(bear: Actor, twin: Actor) -> None:
    incident = accusing(twin)
    first = make.actor("Strontium")
    merging.merge(first, [twin])

    merging.merge(bear, [first])

    twin.refresh_from_db()
    assert twin.merged_into == bear
    assert set(asked("actor=fancy-bear").incidents()) == {incident}
    assert {"Fancy Bear", "Strontium"} < {alias.name for alias in bear.aliases.all()}


@pytest.mark.parametrize("case", ["itself", "merged survivor", "merged loser", "nobody", "twice"])
def test_merging_refuses_what_would_be_a_chain_or_a_circle(
    case: str, bear: Actor, twin: Actor
) -> None:
    third = make.actor("Strontium")
    merging.merge(bear, [third])
    pairs = {
        "itself": (bear, [bear]),
        "merged survivor": (third, [twin]),
        "merged loser": (twin, [third]),
        "nobody": (bear, []),
        "twice": (bear, [twin, twin]),
    }

    with pytest.raises(ValidationError):
        merging.merge(*pairs[case])

    assert not Actor.objects.filter(pk=twin.pk, merged_into__isnull=False).exists()


@pytest.mark.parametrize("case", ["itself", "into a merged one", "one with merged ones"])
def test_the_database_refuses_chains_and_circles(case: str, bear: Actor, twin: Actor) -> None:
    third = make.actor("Strontium")
    merging.merge(bear, [third])
    row, into = {
        "itself": (twin, twin),
        "into a merged one": (twin, third),
        "one with merged ones": (bear, twin),
    }[case]

    with pytest.raises(DatabaseError), transaction.atomic():
        Actor.objects.filter(pk=row.pk).update(merged_into=into)


# Back


def test_taking_apart_gives_back_names_ties_and_published_claims(bear: Actor, twin: Actor) -> None:
    incident = accusing(twin)
    ActorAlias.objects.create(actor=twin, name="Pawn Storm")
    gru = make.actor("GRU")
    tie(twin, gru)
    merging.merge(bear, [twin])

    survivor = merging.take_apart(twin)

    assert survivor == bear
    assert [alias.name for alias in bear.aliases.all()] == ["Sofacy"]
    assert [alias.name for alias in twin.aliases.all()] == ["Pawn Storm"]
    assert ties() == {("fancy-bear", "gru")}
    assert cells("by=actor") == {"fancy-bear": ("Fancy Bear", 1)}
    assert set(asked("actor=fancy-bear").incidents()) == {incident}


# The desk


def test_the_desk_shows_what_a_merge_joins_and_then_joins_it(
    desk: Client, bear: Actor, twin: Actor
) -> None:
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
    done = desk.post(MERGE, {"actor": [bear.pk, twin.pk], "survivor": bear.pk})

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
    sent: dict[str, Any] = {"actor": [bear.pk, twin.pk], "survivor": bear.pk}

    refused = client.post(MERGE, sent), client.get(MERGE, sent)

    assert [answer.status_code for answer in refused] == [403, 403]
    twin.refresh_from_db()
    assert twin.merged_into is None


@pytest.mark.parametrize("keys", [["1"], ["x", "1"], ["1", "9" * 30], ["998", "999"], ["\0", "1"]])
def test_entries_that_are_no_two_are_refused(desk: Client, bear: Actor, keys: list[str]) -> None:
    answer = desk.get(MERGE, {"actor": keys})

    assert answer.status_code == 400


def test_one_entry_alone_is_not_merged(desk: Client, bear: Actor) -> None:
    answer = desk.post(
        ACTORS, {"action": "merge_selected", "_selected_action": [bear.pk]}, follow=True
    )

    assert "Choose from two to 20 entries" in answer.content.decode()


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


def test_no_claim_of_a_published_edition_is_rewritten(bear: Actor, twin: Actor) -> None:
    accusing(twin)
    before = list(Claim.objects.values())

    merging.merge(bear, [twin])
    merging.take_apart(twin)

    assert list(Claim.objects.values()) == before
