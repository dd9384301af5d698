"""Two entries of one actor become one, and what was published counts as the one that stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.test import Client

from incidents import merging, services
from incidents.answers import count_for
from incidents.filters import ask
from incidents.models import Actor, ActorAlias, ActorParent, Claim, Clock, Incident
from incidents.refusals import InvalidQuestion
from tests import make

pytestmark = pytest.mark.django_db

ACTORS = "/admin/incidents/actor/"
MERGE = f"{ACTORS}merge/"
API = "/api/v1"


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

    told = merging.claims_of([twin], make.user("reader", staff=True))
    merging.merge(bear, [twin])

    said = draft.claims.get()
    assert (said.accused_actor, said.claimant_actor) == (bear, bear)
    assert told == (1, 0)


def test_a_claim_of_anothers_red_draft_is_moved_and_not_told(bear: Actor, twin: Actor) -> None:
    draft = make.incident(
        state="draft", marking="red", claims=[{"actor": twin}], author=make.user("anna", staff=True)
    )

    told = merging.claims_of([twin], make.user("bob", staff=True))
    own = merging.claims_of([twin], make.user("anna"))
    merging.merge(bear, [twin])

    assert (told, own) == ((0, 0), (1, 0))
    assert draft.claims.get().accused_actor == bear


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


def test_no_claim_of_a_published_edition_is_rewritten(bear: Actor, twin: Actor) -> None:
    accusing(twin)
    before = list(Claim.objects.values())

    merging.merge(bear, [twin])
    merging.take_apart(twin)

    assert list(Claim.objects.values()) == before
