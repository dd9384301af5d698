"""Changes: who keeps a copy is told what became of what they could read, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.codebook import Marking
from articles.models import Organisation
from incidents import joining, markings, purging, review
from incidents.models import Incident, Record
from tests import make
from tests.copies import Copy, present

from .doors import CHANGES, data, get, problem

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
READERS: Final = ("anonymous", "partner", "analyst")
FIELDS: Final = {"reference", "formerly", "change", "at", "edition", "merged_into", "url"}
Told = dict[str, str]


@pytest.fixture
def clients() -> dict[str, Client]:
    """Return a client for each kind of reader; none of them wrote anything."""
    partner = make.user("partner")
    make.join(partner, Organisation.objects.create(name="Partners", slug="partners"))
    made = {"anonymous": Client(), "partner": Client(), "analyst": Client()}
    made["partner"].force_login(partner)
    made["analyst"].force_login(make.user("analyst", staff=True))
    return made


def end(client: Client) -> str:
    """Return the address of what will change from now on."""
    url: str = data(f"{CHANGES}?since=now", client)["next"]
    return url


def told(url: str, client: Client) -> Told:
    """Return what an address tells of each record, by the reference it has now."""
    page = data(url, client)
    assert not page["more"]
    for row in page["results"]:
        assert row.keys() == FIELDS
        assert (row["url"] is None) == (row["edition"] is None)
    return {row["reference"]: row["change"] for row in page["results"]}


# -- what is done ---------------------------------------------------------------------------


def publish(marking: str) -> Callable[[], Any]:
    """Return what publishes a new record."""
    return lambda: make.incident(marking=marking)


def marked(of: Incident, to: str) -> Incident:
    """Give a record a present marking as two people do."""
    asked = markings.change(of.record, Marking(to), by=make.user("writer"), reason="Found out.")
    if asked.granted is None:
        markings.decide(asked, by=make.reviewer(), granted=True)
    return Incident.objects.select_related("record").get(pk=of.pk)


def withdrawn(of: Incident) -> Incident:
    """Withdraw an edition."""
    return review.withdraw(of, by=make.reviewer(), reason="It was a drill.")


def joined(stays: Incident, other: Incident) -> None:
    """Merge a record into another one."""
    make.publish(joining.join(stays.record, other.record, by=make.user("writer")))


def purged(of: Incident) -> None:
    """Remove a record for good."""
    purging.purge(of.record.public_id, reason="By law.", by=make.reviewer())


@pytest.mark.parametrize(
    ("before", "act", "expected"),
    [
        pytest.param((), publish("clear"), ("created",) * 3, id="published"),
        pytest.param((), publish("green"), (None, "created", "created"), id="published-green"),
        pytest.param((), publish("amber"), (None, None, "created"), id="published-amber"),
        pytest.param((), publish("red"), (None,) * 3, id="published-red"),
        pytest.param((), lambda: make.incident(state="in_review"), (None,) * 3, id="handed-in"),
        pytest.param(
            ("clear",), lambda it: make.incident(after=it), ("superseded",) * 3, id="revised"
        ),
        pytest.param(
            ("clear",),
            lambda it: make.incident(after=it, marking="red"),
            ("hidden",) * 3,
            id="revised-to-red",
        ),
        pytest.param(
            ("clear",),
            lambda it: make.incident(after=it, marking="green"),
            ("hidden", "superseded", "superseded"),
            id="revised-to-green",
        ),
        pytest.param(
            ("green",),
            lambda it: make.incident(after=it),
            ("created", "superseded", "superseded"),
            id="revised-to-clear",
        ),
        pytest.param(
            ("red",), lambda it: make.incident(after=it, marking="red"), (None,) * 3, id="red-again"
        ),
        pytest.param(("clear",), withdrawn, ("withdrawn",) * 3, id="withdrawn"),
        pytest.param(("amber",), withdrawn, (None, None, "withdrawn"), id="withdrawn-amber"),
        pytest.param(("red",), withdrawn, (None,) * 3, id="withdrawn-red"),
        pytest.param(
            ("withdrawn",), lambda it: make.incident(after=it), ("superseded",) * 3, id="back"
        ),
        pytest.param(
            ("withdrawn",),
            lambda it: make.incident(after=it, marking="red"),
            (None,) * 3,
            id="back-as-red",
        ),
        pytest.param(("clear",), lambda it: marked(it, "red"), ("hidden",) * 3, id="raised"),
        pytest.param(
            ("clear",),
            lambda it: marked(it, "green"),
            ("hidden", "shown", "shown"),
            id="raised-to-green",
        ),
        pytest.param(("withdrawn",), lambda it: marked(it, "red"), (None,) * 3, id="raised-late"),
        pytest.param(("raised",), lambda it: marked(it, "clear"), ("shown",) * 3, id="lowered"),
        pytest.param(
            ("raised",),
            lambda it: marked(it, "amber"),
            (None, None, "shown"),
            id="lowered-to-amber",
        ),
        pytest.param(("raised",), withdrawn, (None,) * 3, id="raised-then-withdrawn"),
        pytest.param(
            ("raised",),
            lambda it: make.incident(after=it, marking="red"),
            (None,) * 3,
            id="raised-then-revised",
        ),
        pytest.param(("raised",), purged, (None,) * 3, id="raised-then-purged"),
        pytest.param(("clear",), purged, ("hidden",) * 3, id="purged"),
        pytest.param(("red",), purged, (None,) * 3, id="purged-red"),
        pytest.param(("withdrawn",), purged, (None,) * 3, id="withdrawn-then-purged"),
    ],
)
def test_each_reader_is_told_what_became_of_what_they_could_read(
    before: tuple[str, ...],
    act: Callable[..., Any],
    expected: tuple[str | None, ...],
    clients: dict[str, Client],
) -> None:
    make.incident()
    records = [_brought_to(kind) for kind in before]
    ends = {name: end(client) for name, client in clients.items()}

    act(*records)

    record = Record.objects.latest("pk")
    for name, change in zip(READERS, expected, strict=True):
        found = told(ends[name], clients[name])
        assert found == ({record.public_id: change} if change else {}), name


def _brought_to(kind: str) -> Incident:
    if kind == "raised":
        return marked(make.incident(), "red")
    if kind == "withdrawn":
        return withdrawn(make.incident())
    return make.incident(marking=kind)


def test_a_merge_and_its_end_are_told_of_both_records(clients: dict[str, Client]) -> None:
    stays, other = make.incident(), make.incident()
    ends = {name: end(client) for name, client in clients.items()}
    names = stays.record.public_id, other.record.public_id

    joined(stays, other)

    for name, client in clients.items():
        assert told(ends[name], client) == dict(zip(names, ("superseded", "merged"), strict=True))
        rows = data(ends[name], client)["results"]
        assert [row["merged_into"] for row in rows if row["reference"] == names[1]] == [names[0]]
        ends[name] = end(client)
    other.record.refresh_from_db()
    joining.take_apart(other.record, by=make.reviewer(), reason="They are two.")
    for name, client in clients.items():
        assert told(ends[name], client) == dict.fromkeys(names, "superseded")


def test_nobody_is_told_into_which_record_they_cannot_read_one_was_merged(
    clients: dict[str, Client],
) -> None:
    stays, other = make.incident(marking="red"), make.incident()
    ends = {name: end(client) for name, client in clients.items()}

    joined(stays, other)

    for name, client in clients.items():
        assert told(ends[name], client) == {other.record.public_id: "hidden"}
        assert stays.record.provisional not in str(data(ends[name], client))


def test_a_hidden_record_is_told_by_its_reference_and_nothing_else(
    clients: dict[str, Client],
) -> None:
    made = make.incident("Secret plot", change_note="A note of the desk.")
    url = end(clients["anonymous"])

    marked(made, "red")

    (row,) = data(url)["results"]
    at = row.pop("at")
    assert at
    assert row == {
        "reference": made.record.public_id,
        "formerly": None,
        "change": "hidden",
        "edition": None,
        "merged_into": None,
        "url": None,
    }


def test_who_may_read_a_red_record_is_told_of_it(clients: dict[str, Client]) -> None:
    made = make.incident(marking="red")
    made.record.readers.add(make.user("partner"))
    ends = {name: end(client) for name, client in clients.items()}

    make.incident(after=made, marking="red")

    found = {name: list(told(ends[name], clients[name]).values()) for name in READERS}
    assert found == {"anonymous": [], "partner": ["superseded"], "analyst": []}


def test_the_public_is_told_no_provisional_reference(clients: dict[str, Client]) -> None:
    made = make.incident(marking="green")
    before = made.record.provisional
    copies = {name: Copy(client) for name, client in clients.items()}
    for copy in copies.values():
        copy.make()

    make.incident(after=made)

    assert before not in str(data(copies["anonymous"].next))
    for name, copy in copies.items():
        copy.follow()
        assert copy.kept == present(clients[name]), name


# -- pages and cursors ----------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 50])
def test_from_the_beginning_page_by_page_all_is_told(size: int, clients: dict[str, Client]) -> None:
    for marking in ("clear", "green", "amber", "red", "clear"):
        withdrawn(make.incident(marking=marking))
        make.incident(after=make.incident(marking=marking), marking=marking)
    for client in clients.values():
        copy = Copy(client)
        copy.next = f"{CHANGES}?page_size={size}"

        copy.follow()

        assert copy.kept == present(client) != {}


def test_a_record_is_told_once_a_page_where_its_last_change_stands() -> None:
    first, second = make.incident(), make.incident()
    make.incident(after=first)

    rows = data(CHANGES)["results"]

    assert [(row["reference"], row["edition"]) for row in rows] == [
        (second.record.public_id, 1),
        (first.record.public_id, 2),
    ]


def test_where_nothing_changed_the_next_address_goes_on(clients: dict[str, Client]) -> None:
    make.incident()
    for client in clients.values():
        url = end(client)
        page = data(url, client)
        assert (page["results"], page["more"]) == ([], False)
        url = page["next"]
        made = make.incident()
        assert told(url, client) == {made.record.public_id: "created"}


def test_a_cursor_of_staff_does_not_tell_that_something_hidden_happened(
    clients: dict[str, Client],
) -> None:
    client = clients["analyst"]
    make.incident()
    one, other = end(client), end(client)
    assert one != other

    make.incident(marking="red")

    page = data(one, client)
    assert (page["results"], page["more"]) == ([], False)
    assert len(page["next"]) - len(one) in range(-4, 5)


@pytest.mark.parametrize(
    "query",
    [
        "since=x",
        "since=WyJwdWJsaWMiLDFd",
        "since=",
        "page_size=201",
        "page_size=0",
        "page_size=many",
        "sinse=now",
        "since=now&since=now",
        "cursor=x",
    ],
)
def test_what_is_wrong_is_refused_by_name(query: str) -> None:
    response = get(f"{CHANGES}?{query}")

    if query == "since=":
        assert response.status_code == 200
        return
    assert response.status_code == 400
    assert query.split("=")[0] in problem(response)["errors"]


def test_a_cursor_of_the_public_is_none_of_staff(clients: dict[str, Client]) -> None:
    public, analyst, partner = (end(clients[name]) for name in ("anonymous", "analyst", "partner"))

    for url, name in (
        (public, "analyst"),
        (analyst, "anonymous"),
        (analyst, "partner"),
        (partner, "analyst"),
    ):
        response = get(url, clients[name])
        assert response.status_code == 410
        problem(response)


def test_what_is_shared_since_asks_for_a_new_copy(clients: dict[str, Client]) -> None:
    made = make.incident(marking="amber")
    ends = {name: end(client) for name, client in clients.items()}
    partners = Organisation.objects.get(slug="partners")

    markings.share_with(made.record, organisations=[partners])

    codes = {name: get(ends[name], clients[name]).status_code for name in READERS}
    assert codes == {"anonymous": 200, "partner": 410, "analyst": 200}
    url = end(clients["partner"])
    markings.share_with(made.record)
    assert get(url, clients["partner"]).status_code == 410


@pytest.mark.parametrize("name", READERS)
def test_a_page_costs_the_same_number_of_queries_whatever_is_on_it(
    name: str, clients: dict[str, Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stays = make.incident()
    for _n in range(3):
        make.incident(after=withdrawn(make.incident()))
        marked(make.incident(), "red")
        joined(Incident.objects.get(record=stays.record, state="published"), make.incident())

    with django_assert_max_num_queries(18):
        data(f"{CHANGES}?page_size=200", clients[name])
