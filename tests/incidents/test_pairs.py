"""Two people who save the same row at the same time: neither overwrites the other in silence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from threading import Barrier
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client

from articles.models import Publisher
from incidents.codebook import State
from incidents.models import Actor, ActorAlias, Incident
from tests import make
from tests.forms import Fields, fields, row_of
from tests.meanwhile import committed

__all__ = ["committed"]

# SQLite has one writer at a time, so there the two save in turn, in one transaction of the test,
# and fewer pairs tell as much.
AT_ONCE: Final = connection.vendor == "postgresql"
PAIRS: Final = 200

pytestmark = [pytest.mark.django_db(transaction=AT_ONCE), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _seen_by_both(request: pytest.FixtureRequest) -> None:
    """Commit what is written where the two save over connections of their own."""
    request.getfixturevalue("committed" if AT_ONCE else "db")


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody changes in a form, and how to tell that it stands."""

    of: str  # two edits of the same part exclude each other
    sent: dict[str, Any]
    stands: Callable[[], bool]


def people() -> tuple[Client, Client]:
    """Log two people in who may change everything."""
    clients = Client(), Client()
    for name, client in zip(("one", "other"), clients, strict=True):
        client.force_login(make.user(name, staff=True, is_superuser=True))
    return clients


def shown(client: Client, row: Any, page: Any = None) -> Fields:
    answer = page or client.get(at(row))
    return fields(answer.content.decode(), f"{row._meta.model_name}_form")


def at(row: Any) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def at_once(clients: tuple[Client, Client], row: Any, forms: tuple[Fields, Fields]) -> list[Any]:
    """Send two forms, where the database can at the same moment; return the answers."""
    if not AT_ONCE:
        return [client.post(at(row), form) for client, form in zip(clients, forms, strict=True)]
    ready = Barrier(2)

    def send(client: Client, form: Fields) -> Any:
        try:
            ready.wait(timeout=30)
            return client.post(at(row), form)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(send, clients, forms))


def edit_of_outlet(draw: Random, outlet: Publisher, _sent: Fields, number: int) -> Edit:
    """Return an edit of an outlet: one of its fields."""
    outlets = Publisher.objects.filter(pk=outlet.pk)
    name = draw.choice(("name", "slug", "domain", "reliability_reason"))
    text = f"text-{number}.example" if name == "domain" else f"text-{number}"
    return Edit(name, {name: text}, outlets.filter(**{name: text}).exists)


def edit_of_actor(draw: Random, actor: Actor, sent: Fields, number: int) -> Edit:
    """Return an edit of an actor: its name, its kind, or one of its other names."""
    rows = sorted(actor.aliases.values_list("pk", flat=True))
    pk = draw.choice(rows)
    row = row_of(sent, "aliases", pk)
    aliases = ActorAlias.objects.filter(actor=actor)
    actors = Actor.objects.filter(pk=actor.pk)
    name = f"Name {number}"
    new = f"aliases-{len(rows)}"
    edits = (
        Edit("name", {"name": name}, actors.filter(name=name).exists),
        Edit("slug", {"slug": f"name-{number}"}, actors.filter(slug=f"name-{number}").exists),
        Edit(
            f"alias {pk}",
            {f"{row}-name": name},
            aliases.filter(name=name).exists,
        ),
        Edit(
            f"alias {pk}",
            {f"{row}-DELETE": "on"},
            lambda: not aliases.filter(pk=pk).exists(),
        ),
        Edit(
            f"new {number}",
            {"aliases-TOTAL_FORMS": str(len(rows) + 1), f"{new}-name": name},
            aliases.filter(name=name).exists,
        ),
    )
    return draw.choice(edits)


def edit_of_incident(draw: Random, incident: Incident, sent: Fields, number: int) -> Edit:
    """Return an edit of an edition: its title, its severity, or one of its rows."""
    claim, place = incident.claims.get(), incident.locations.get()
    editions = Incident.objects.filter(pk=incident.pk)
    text = f"Text no. {number}"
    row, spot = row_of(sent, "claims", claim.pk), row_of(sent, "locations", place.pk)
    said, places = incident.claims.filter(claimant=text), incident.locations.filter(place=text)
    noted = editions.filter(dating_note=text)
    edits = (
        Edit("title", {"title": text}, editions.filter(title=text).exists),
        Edit("note", {"dating_note": text}, noted.exists),
        Edit("claimant", {f"{row}-claimant": text}, said.exists),
        Edit("place", {f"{spot}-place": text}, places.exists),
    )
    return draw.choice(edits)


def fresh_actor() -> Actor:
    actor = make.actor()
    for name in ("First alias", "Second alias"):
        ActorAlias.objects.create(actor=actor, name=name)
    return actor


def fresh_incident() -> Incident:
    return make.incident(state=State.DRAFT, claims=[{"claimant": "A minister"}])


KINDS: Final[tuple[tuple[Callable[[], Any], Callable[..., Edit], int], ...]] = (
    (make.publisher, edit_of_outlet, 115),
    (fresh_actor, edit_of_actor, 70),
    (fresh_incident, edit_of_incident, 15),
)


@pytest.mark.parametrize(("fresh", "edit", "pairs"), KINDS)
def test_of_pairs_of_edits_at_the_same_time_none_is_overwritten_in_silence(
    fresh: Callable[[], Any], edit: Callable[..., Edit], pairs: int
) -> None:
    clients = people()
    for n in range(pairs if AT_ONCE else pairs // 5):
        draw = Random(n)  # noqa: S311
        row = fresh()
        read = shown(clients[0], row)
        one, other = (edit(draw, row, read, 2 * n + i) for i in (1, 2))
        typed = read | one.sent, read | other.sent

        answers = at_once(clients, row, typed)

        statuses = [int(answer.status_code) for answer in answers]
        assert sorted(statuses) == [302, 409], (n, one, other, statuses)
        won, lost = (one, other) if statuses[0] == 302 else (other, one)
        loser = statuses.index(409)
        assert won.stands(), (n, won)
        # The loser has read both texts now, and saves knowingly.
        again = clients[loser].post(at(row), shown(clients[loser], row, answers[loser]))
        assert again.status_code == 302, (n, one, other)
        assert lost.stands() or won.of == lost.of, (n, lost)
        assert won.stands() or won.of == lost.of, (n, won)


def test_there_are_as_many_pairs_as_promised() -> None:
    """All of them where two can save at once, which is on PostgreSQL."""
    assert sum(pairs for _fresh, _edit, pairs in KINDS) == PAIRS
