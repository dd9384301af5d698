"""Whoever changes the ledger or what it tells of is found, each of 500 times.

The triggers are off, as they would be for somebody who holds the database. All changes are drawn
from one seed; each is made on the same database and taken back. What the database itself refuses
is drawn anew. It stays one file: what can be changed, how, and that it is found are one draw.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import TestCase, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from articles.codebook import Marking
from incidents import ledger, markings, purging, review, triggers
from incidents.codebook import ONCE_PUBLIC, ChangeReason, LedgerAction, State
from incidents.models import (
    Citation,
    Claim,
    Coding,
    Effect,
    Incident,
    LedgerEntry,
    Location,
    Record,
    StatusFinding,
    Target,
)
from incidents.verification import verify
from tests import make
from tests.drawn import times

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_tampered_world")]

# The code is the same on both databases; what differs is what they refuse.
TIMES: Final = {"sqlite": times(500), "postgresql": times(200)}
SEED: Final = 20261125
CHILDREN: Final = (Location, Target, Coding, Citation, Effect, StatusFinding, Claim)
LINKS: Final = (Claim.citations.through, Incident.authors.through)
TOLD: Final = (
    "marking",
    "merged_into",
    "withdrawn_reason",
    "reference",
    "provisional",
    "first_published_at",
    "purged_at",
)
DATES: Final = ("2019", "2020-05", "2021-03-04", "2022-07?", "2023~")


def seeded() -> random.Random:
    """Return dice that always fall alike."""
    return random.Random(SEED)  # noqa: S311


class Refused(Exception):
    """There is nothing here that could be changed so."""


# -- what is tampered with -------------------------------------------------------------------


def rich(title: str, **said: Any) -> Incident:
    """Make an incident that has rows of every kind."""
    made = make.incident(
        title,
        locations=[
            {"country": "PL", "lat": Decimal("52.2"), "lon": Decimal("21"), "precision": "place"},
            {"country": "LT", "role": "affected", "place": "Kaunas"},
        ],
        findings=[("suspected", "2024-03-20"), ("confirmed", "2024-04-02")],
        claims=[
            {"date": "2024-04", "kind": "expert"},
            {"date": "2024-05", "kind": "expert", "supersedes": 0, "state": "BY"},
            {"actor": make.actor(), "state": "RU"},
        ],
        citations=[make.article(), make.article()],
        campaign=make.campaign(),
        other_event_types=["vandalism"],
        severity=2,
        state="draft",
        **said,
    )
    source = made.citations.first()
    Effect.objects.create(incident=made, kind="injuries", low=1, best=2, high=3, citation=source)
    made.findings.update(citation=source, note="As the court found.")
    return make.publish(made)


def revised(before: Incident, **said: Any) -> Incident:
    """Publish a revision of an edition that keeps its rows."""
    draft = review.revise(before, by=make.user("writer"))
    draft.change_reason, draft.change_note = ChangeReason.CORRECTION, "A source was misread."
    for name, value in said.items():
        setattr(draft, name, value)
    draft.save()
    return make.publish(draft)


def build() -> None:
    """Make a ledger of some sixty entries in which everything happens that can happen."""
    editions = [rich(f"Fire number {n}") if n % 2 else make.incident() for n in range(6)]
    amber = [make.incident(f"Amber fire {n}", marking="amber") for n in range(2)]
    second = [revised(edition, title=f"{edition.title}, again") for edition in editions[:3]]
    revised(amber[0], summary=f"{make.SUMMARY} And more.")
    review.withdraw(second[0], by=make.reviewer(), reason="It was a drill.")
    revised(Incident.objects.get(pk=second[0].pk))
    review.withdraw(editions[5], by=make.reviewer(), reason="It was another one.")
    for edition in (second[1], editions[3]):
        make.marked(edition, Marking.AMBER)
    asked = markings.change(
        second[1].record, Marking.CLEAR, by=make.user("writer"), reason="It is known."
    )
    markings.decide(asked, by=make.reviewer(), granted=True)
    stays = revised(second[2], takes_in=editions[4].record)
    assert stays.state == State.PUBLISHED
    gone = make.incident("Fire that is gone")
    purging.purge(Record.objects.get(pk=gone.record_id).public_id, reason="A court asked for it.")
    for n in range(4):
        make.incident(f"Fire at the end {n}")


@pytest.fixture(scope="module")
def _tampered_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[None]:
    """Build the ledger once, with its heads anchored in a file."""
    anchor = tmp_path_factory.mktemp("kept") / "ledger.anchor"
    with (
        django_db_blocker.unblock(),
        override_settings(LEDGER_ANCHOR=anchor),
        transaction.atomic(),
    ):
        with TestCase.captureOnCommitCallbacks(execute=True):
            build()
        triggers.remove()
        yield
        transaction.set_rollback(True)


# -- how it is tampered with -----------------------------------------------------------------


def another(column: Any, value: Any, dice: random.Random) -> Any:
    """Return another value that a column may hold."""
    if column.remote_field:
        keys = column.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True)
        return dice.choice([*keys.order_by("pk"), *([None] if column.null and value else [])])
    if column.choices:
        return dice.choice([code for code, _label in column.flatchoices if code != value])
    kind = type(column).__name__
    if kind == "EdtfField":
        return dice.choice([text for text in DATES if text != value])
    if kind == "CodesField":
        codes = [code for code in column.vocabulary.values if code not in value]
        return [*value, dice.choice(codes)]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, datetime):
        return value + timedelta(seconds=dice.randint(1, 10**6))
    if isinstance(value, date):
        return value + timedelta(days=dice.randint(1, 400))
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=dice.getrandbits(128))
    if isinstance(value, str) and value:
        at = dice.randrange(len(value))
        return value[:at] + dice.choice([c for c in "0a7" if c != value[at]]) + value[at + 1 :]
    return {
        "DateTimeField": timezone.now(),
        "DateField": date(2020, 1, 1),
        "EdtfBoundField": date(2020, 1, 1),
        "DecimalField": Decimal(1),
        "PositiveIntegerField": 7,
        "PositiveSmallIntegerField": 3,
    }.get(kind, "f")


def one_of(rows: Any, dice: random.Random) -> Any:
    """Return one row, always the same for the same dice."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refused
    return rows.get(pk=dice.choice(keys))


def public() -> Any:
    return Incident.objects.filter(state__in=ONCE_PUBLIC)


def child(dice: random.Random, kinds: Any = (*CHILDREN, *LINKS)) -> Any:
    """Return a row of an edition that was published once."""
    kind = dice.choice(kinds)
    path = "claim__incident" if kind is Claim.citations.through else "incident"
    return one_of(kind._base_manager.filter(**{f"{path}__in": public().values("pk")}), dice)


def edit(row: Any, dice: random.Random, names: Any = ()) -> str:
    """Change one column of a row."""
    columns = [
        column
        for column in row._meta.local_concrete_fields
        if not (column.primary_key or column.generated) and (not names or column.name in names)
    ]
    column = dice.choice(columns)
    value = another(column, getattr(row, column.attname), dice)
    type(row)._base_manager.filter(pk=row.pk).update(**{column.attname: value})
    return f"{type(row).__name__}.{column.name} of {row.pk} = {value!r}"


def edit_entry(dice: random.Random) -> str:
    return edit(one_of(LedgerEntry.objects, dice), dice)


def edit_edition(dice: random.Random) -> str:
    return edit(one_of(public(), dice), dice)


def edit_row(dice: random.Random) -> str:
    return edit(child(dice), dice)


def edit_record(dice: random.Random) -> str:
    told = Record.objects.filter(pk__in=LedgerEntry.objects.values("record"))
    return edit(one_of(told, dice), dice, TOLD)


def erase(row: Any) -> None:
    """Delete an edition or another row with everything that hangs on it."""
    type(row)._base_manager.filter(pk=row.pk).delete()


def delete_entry(dice: random.Random) -> str:
    entry = one_of(LedgerEntry.objects, dice)
    erase(entry)
    return f"{entry} is gone"


def delete_edition(dice: random.Random) -> str:
    edition = one_of(public(), dice)
    erase(edition)
    return f"{edition} is gone"


def delete_row(dice: random.Random) -> str:
    row = child(dice)
    erase(row)
    return f"{type(row).__name__} {row.pk} is gone"


def insert_row(dice: random.Random) -> str:
    """Add a copy of a row, changed in a column or not, to a published edition."""
    row = child(dice, (*CHILDREN, Incident.authors.through))
    row.pk = None
    if hasattr(row, "uid") and dice.random() < 0.5:
        row.uid = uuid.UUID(int=dice.getrandbits(128))
    if dice.random() < 0.5:
        row.incident_id = one_of(public(), dice).pk
    row.save(force_insert=True)
    return f"{type(row).__name__} {row.pk} was added"


def insert_edition(dice: random.Random) -> str:
    """Add an edition that was never reviewed, to a record of its own or as a past one."""
    edition = one_of(public(), dice)
    edition.pk = None
    if dice.random() < 0.5:
        edition.record = Record.objects.create(marking=edition.marking)
    edition.number += 20
    edition.state, edition.ended_at = State.SUPERSEDED, edition.ended_at or timezone.now()
    edition.save(force_insert=True)
    return f"edition {edition.pk} was added"


def insert_entry(dice: random.Random) -> str:
    """Add an entry at the end, in the form of an honest one."""
    entry = one_of(LedgerEntry.objects, dice)
    last = ledger.head(entry.chain)
    entry.pk, entry.number, entry.previous = None, last.number + 1, last.hash
    entry.action = dice.choice([entry.action, *LedgerAction.values])
    entry.hash = ledger.hash_of(entry)
    entry.save(force_insert=True)
    return f"{entry} was added"


def swap_entries(dice: random.Random) -> str:
    """Give two entries of a chain each other's place."""
    one = one_of(LedgerEntry.objects, dice)
    two = one_of(LedgerEntry.objects.filter(chain=one.chain).exclude(pk=one.pk), dice)
    for pk, number in ((one.pk, 10**6), (two.pk, one.number), (one.pk, two.number)):
        LedgerEntry.objects.filter(pk=pk).update(number=number)
    return f"{one} and {two} have changed places"


def swap_texts(dice: random.Random) -> str:
    """Give two editions each other's words."""
    one = one_of(public(), dice)
    two = one_of(public().exclude(title=one.title), dice)
    for pk, of in ((one.pk, two), (two.pk, one)):
        public().filter(pk=pk).update(
            title=of.title, summary=of.summary, search_text=of.search_text
        )
    return f"{one.pk} and {two.pk} have changed words"


def swap_references(dice: random.Random) -> str:
    """Give two records each other's reference."""
    records = Record.objects.filter(reference__isnull=False)
    one = one_of(records, dice)
    two = one_of(records.exclude(pk=one.pk), dice)
    for pk, reference in ((one.pk, None), (two.pk, one.reference), (one.pk, two.reference)):
        Record.objects.filter(pk=pk).update(reference=reference)
    return f"{one} and {two} have changed references"


def swap_rows(dice: random.Random) -> str:
    """Give two editions of different records each other's rows of a kind."""
    kind: Any = dice.choice([Location, Target, Effect, StatusFinding])
    one = one_of(public(), dice)
    two = one_of(public().exclude(record=one.record), dice)
    keys = {
        edition.pk: list(kind.objects.filter(incident=edition).values_list("pk", flat=True))
        for edition in (one, two)
    }
    kind.objects.filter(pk__in=keys[one.pk]).update(incident=two)
    kind.objects.filter(pk__in=keys[two.pk]).update(incident=one)
    return f"{kind.__name__} of {one.pk} and {two.pk} have changed places"


def cut_tail(dice: random.Random) -> str:
    """Cut the last entries off one chain or both."""
    chains = dice.choice([["staff"], ["public"], ["staff", "public"]])
    many = dice.randint(1, 5)
    for chain in chains:
        last = ledger.head(chain).number
        LedgerEntry.objects.filter(chain=chain, number__gt=last - many).delete()
    return f"the last {many} of {chains} were cut off"


def cut_all(dice: random.Random) -> str:
    """Cut off the last entries with all that they tell of: what is left is whole in itself."""
    newest = list(Record.objects.order_by("-pk")[: dice.randint(1, 4)])
    LedgerEntry.objects.filter(record__in=newest).delete()
    Incident.objects.filter(record__in=newest).delete()
    Record.objects.filter(pk__in=[record.pk for record in newest]).delete()
    return f"{newest} never were"


def hash_anew() -> None:
    """Make all digests and hashes anew, as somebody would who knows how."""
    for chain in ("staff", "public"):
        previous = ""
        rows = LedgerEntry.objects.filter(chain=chain).order_by("number").select_related("record")
        for number, entry in enumerate(rows, 1):
            editions = Incident.objects.filter(record=entry.record, number=entry.edition or 0)
            if edition := editions.first():
                entry.content = ledger.content_digest(edition)
            entry.number, entry.previous = number, previous
            entry.hash = previous = ledger.hash_of(entry)
            entry.save()


def rewrite(dice: random.Random) -> str:
    """Change an edition and make the whole ledger anew, so that it is whole in itself."""
    edition = one_of(public().filter(state=State.PUBLISHED), dice)
    edition.dating_note = "It was never so."
    edition.save(update_fields=["dating_note"])
    hash_anew()
    return f"{edition} was rewritten with all hashes"


def unmake(dice: random.Random) -> str:
    """Remove a record as if it had never been, and make the whole ledger anew."""
    alone = Record.objects.filter(editions__state=State.PUBLISHED, editions__number=1)
    record = one_of(alone.exclude(editions__number=2), dice)
    LedgerEntry.objects.filter(record=record).delete()
    Incident.objects.filter(record=record).delete()
    Record.objects.filter(pk=record.pk).delete()
    hash_anew()
    return f"{record} was unmade with all hashes"


WAYS: Final[tuple[Callable[[random.Random], str], ...]] = (
    *(edit_entry,) * 4,
    *(edit_edition,) * 4,
    *(edit_row,) * 6,
    edit_record,
    delete_entry,
    delete_edition,
    *(delete_row,) * 2,
    *(insert_row,) * 2,
    insert_edition,
    insert_entry,
    swap_entries,
    swap_texts,
    swap_references,
    swap_rows,
    cut_tail,
    cut_all,
    rewrite,
    unmake,
)


def tampered(way: Callable[[random.Random], str], dice: random.Random) -> tuple[str, bool] | None:
    """Tamper in a way, and take it back; return what was done and whether it was found.

    What the database refuses, and what changes nothing, is nothing.
    """
    done = None
    with transaction.atomic():
        try:
            with transaction.atomic():
                did = way(dice)
                connection.check_constraints()
            done = did, bool(verify().faults)
        except (DatabaseError, Refused):
            pass
        transaction.set_rollback(True)
    return done


def test_an_honest_ledger_raises_no_alarm() -> None:
    report = verify()

    assert (report.faults, report.warnings) == ([], [])
    assert sum(report.entries.values()) >= 45
    dice = seeded()
    assert set(LedgerEntry.objects.values_list("action", flat=True)) == {*LedgerAction.values} - {
        LedgerAction.UNMERGED
    }
    assert {row._meta.model for row in (child(dice) for _n in range(80))} == {
        *CHILDREN,
        *LINKS,
    }


def test_each_of_many_tamperings_is_found() -> None:
    dice = seeded()
    done: Counter[str] = Counter()
    missed = []
    while done.total() < TIMES[connection.vendor]:
        way = dice.choice(WAYS)
        result = tampered(way, dice)
        if result is None:
            continue
        done[way.__name__] += 1
        what, found = result
        if not found:
            missed.append(what)

    assert missed == []
    assert set(done) == {way.__name__ for way in WAYS}
    assert verify().faults == []


@pytest.mark.parametrize("way", [cut_all, rewrite, unmake])
def test_only_the_anchor_tells_of_a_ledger_that_is_whole_in_itself(
    way: Callable[[random.Random], str],
) -> None:
    dice = seeded()
    assert tampered(way, dice) is not None

    with override_settings(LEDGER_ANCHOR=None):
        result = tampered(way, dice)

    assert result
    assert not result[1], result[0]


def test_every_column_of_what_was_published_is_watched() -> None:
    """Drawing alone might never draw some column."""
    dice = seeded()
    rows: list[tuple[Any, tuple[str, ...]]] = [
        (one_of(LedgerEntry.objects.filter(chain=chain), dice), ()) for chain in ("staff", "public")
    ]
    whole = Incident.objects.filter(state=State.PUBLISHED, number=2).first()
    assert whole
    rows.append((whole, ()))
    for kind in CHILDREN:
        rows += [(row, ()) for row in kind.objects.filter(incident=whole)[:2]]
    rows.append((whole.record, TOLD))
    missed = []
    for row, names in rows:
        for column in row._meta.local_concrete_fields:
            if column.primary_key or column.generated or (names and column.name not in names):
                continue
            for _attempt in range(6):
                result = tampered(partial(edit, row, names=(column.name,)), dice)
                if result:
                    break
            if result and not result[1]:
                missed.append(result[0])

    assert missed == []
