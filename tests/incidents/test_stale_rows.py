"""Lost updates in the rows below a form, and in editions."""

from __future__ import annotations

import pytest
from django.test import Client

from incidents import review
from incidents.codebook import State
from incidents.models import Actor, ActorAlias, Incident
from tests import make
from tests.forms import Fields, row_of

from .staleness import at, chief, opened, shown

__all__ = ["chief"]

pytestmark = pytest.mark.django_db


# -- rows below a form ----------------------------------------------------------------------


@pytest.fixture
def actor(db: None) -> Actor:
    """Return an actor of two names."""
    made = make.actor("APT28", kind="state_organ", state="RU")
    for name in ("Sofacy", "Fancy Bear"):
        ActorAlias.objects.create(actor=made, name=name)
    return made


def names(actor: Actor) -> set[str]:
    return set(actor.aliases.values_list("name", flat=True))


def alias(sent: Fields, actor: Actor, name: str) -> str:
    return row_of(sent, "aliases", actor.aliases.get(name=name).pk)


def test_two_who_change_different_rows_keep_both(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    sofacy, fancy = alias(first, actor, "Sofacy"), alias(first, actor, "Fancy Bear")
    chief.post(at(actor), first | {f"{sofacy}-name": "Sofacy group"})

    page = chief.post(at(actor), second | {f"{fancy}-name": "FANCY BEAR"})
    chief.post(at(actor), shown(page, actor))

    assert page.status_code == 409
    assert names(actor) == {"Sofacy group", "FANCY BEAR"}


def test_a_row_that_both_changed_shows_both_texts(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    row = alias(first, actor, "Sofacy")
    chief.post(at(actor), first | {f"{row}-name": "Sofacy group"})

    page = chief.post(at(actor), second | {f"{row}-name": "Sofacy team"})

    told = page.content.decode()
    assert page.status_code == 409
    assert "Alias: Sofacy group" in told or "Sofacy <mark>group</mark>" in told
    assert shown(page, actor)[f"{row}-name"] == ["Sofacy team"]
    assert names(actor) == {"Sofacy group", "Fancy Bear"}


def test_what_was_typed_into_a_row_that_another_one_removed_becomes_a_new_row(
    chief: Client, actor: Actor
) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    row = alias(first, actor, "Sofacy")
    chief.post(at(actor), first | {f"{row}-DELETE": "on"})

    page = chief.post(at(actor), second | {f"{row}-name": "Sofacy team"})
    after = names(actor)
    saved = chief.post(at(actor), shown(page, actor))

    assert page.status_code == 409
    assert "Removed meanwhile. What you typed is in your form as a new row." in (
        page.content.decode()
    )
    assert after == {"Fancy Bear"}
    assert saved.status_code == 302
    assert names(actor) == {"Fancy Bear", "Sofacy team"}


def test_a_row_that_another_one_removed_and_nobody_else_touched_stays_removed(
    chief: Client, actor: Actor
) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    chief.post(at(actor), first | {f"{alias(first, actor, 'Sofacy')}-DELETE": "on"})

    page = chief.post(at(actor), second | {"name": "APT 28"})
    chief.post(at(actor), shown(page, actor))

    actor.refresh_from_db()
    assert "Removed meanwhile. It is not in your form any more." in page.content.decode()
    assert (actor.name, names(actor)) == ("APT 28", {"Fancy Bear"})


def test_a_row_that_another_one_added_is_shown_and_stays(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    added = {"aliases-TOTAL_FORMS": "3", "aliases-2-actor": str(actor.pk)}
    chief.post(at(actor), first | added | {"aliases-2-name": "Strontium"})

    page = chief.post(at(actor), second | added | {"aliases-2-name": "Pawn Storm"})
    chief.post(at(actor), shown(page, actor))

    told = page.content.decode()
    assert "Added meanwhile." in told
    assert "Strontium" in told
    assert names(actor) == {"Sofacy", "Fancy Bear", "Strontium", "Pawn Storm"}


def test_the_same_row_added_by_both_is_there_once(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    added = {"aliases-TOTAL_FORMS": "3", "aliases-2-actor": str(actor.pk)}
    added["aliases-2-name"] = "Strontium"
    chief.post(at(actor), first | added)

    page = chief.post(at(actor), second | added)
    saved = chief.post(at(actor), shown(page, actor))

    assert saved.status_code == 302
    assert sorted(names(actor)) == ["Fancy Bear", "Sofacy", "Strontium"]
    assert actor.aliases.count() == 3


def test_a_row_ticked_to_be_removed_that_another_one_changed_is_told_and_stays_ticked(
    chief: Client, actor: Actor
) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    row = alias(first, actor, "Sofacy")
    chief.post(at(actor), first | {f"{row}-name": "Sofacy group"})

    page = chief.post(at(actor), second | {f"{row}-DELETE": "on"})

    assert page.status_code == 409
    assert "You ticked it to be removed" in page.content.decode()
    assert "Sofacy group" in names(actor)
    assert f"{row}-DELETE" in shown(page, actor)
    kept = chief.post(at(actor), shown(page, actor) | {"_take": "1", "_taken": row})
    assert f"{row}-DELETE" not in shown(kept, actor)


# -- editions -------------------------------------------------------------------------------


def test_an_edition_whose_state_moved_on_is_not_saved_over(chief: Client) -> None:
    writer = make.user("writer", staff=True)
    read = make.incident(state=State.DRAFT, author=writer)
    sent = opened(chief, read) | {"title": "Fire in a hangar"}
    review.submit(Incident.objects.get(pk=read.pk), by=writer)

    page = chief.post(at(read), sent)

    read.refresh_from_db()
    assert page.status_code == 409
    assert (read.state, read.title) == (State.IN_REVIEW, "Fire at a warehouse")
    assert shown(page, read)["title"] == ["Fire in a hangar"]


def test_what_was_typed_into_an_edition_that_was_published_meanwhile_is_shown(
    chief: Client,
) -> None:
    read = make.incident(state=State.DRAFT, claims=[{"claimant": "A minister"}])
    sent = opened(chief, read)
    row = row_of(sent, "claims", read.claims.get().pk)
    sent |= {"title": ["Fire in a hangar"], f"{row}-claimant": ["A minister of defence"]}
    make.publish(Incident.objects.get(pk=read.pk))

    page = chief.post(at(read), sent)

    read.refresh_from_db()
    told = page.content.decode()
    assert page.status_code == 409
    assert "cannot be changed any more" in told
    assert "<mark>hangar</mark>" in told
    assert "<mark> of defence</mark>" in told
    assert (read.state, read.title) == (State.PUBLISHED, "Fire at a warehouse")


def test_every_part_of_an_edition_is_joined(chief: Client) -> None:
    read = make.incident(
        state=State.DRAFT,
        claims=[{"claimant": "A minister"}],
        locations=[{"country": "PL", "place": "Łódź"}, {"country": "LT"}],
    )
    first, second = opened(chief, read), opened(chief, read)
    place = row_of(first, "locations", read.locations.get(country="PL").pk)
    other = row_of(first, "locations", read.locations.get(country="LT").pk)
    claim = row_of(first, "claims", read.claims.get().pk)
    moved = first | {f"{other}-primary": "on", f"{claim}-date": "2024-07", "domains": ["cyber"]}
    del moved[f"{place}-primary"]
    assert chief.post(at(read), moved).status_code == 302

    typed = {f"{place}-place": "Warsaw", f"{claim}-claimant": "A ministry", "severity": "2"}
    page = chief.post(at(read), second | typed)
    saved = chief.post(at(read), shown(page, read))

    assert (page.status_code, saved.status_code) == (409, 302)
    read = Incident.objects.get(pk=read.pk)
    said = read.claims.get()
    assert (said.claimant, said.date) == ("A ministry", "2024-07")
    assert read.locations.get(primary=True).country == "LT"
    assert read.locations.get(country="PL").place == "Warsaw"
    assert (read.domains, read.severity) == (["cyber"], 2)
