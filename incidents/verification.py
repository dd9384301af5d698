"""Whether the ledger is whole and the database still holds what it says: every fault is found.

Law: it is checked in both directions, from each entry to the rows and from each row that was
public to its entry, and against the heads that were anchored outside the database. It reads one
state of the database, and writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from articles.codebook import Marking
from articles.fields import EdtfBoundField, EdtfDoubtField, FoldedField

from . import anchors
from .codebook import ONCE_PUBLIC, Chain, LedgerAction
from .content import digest, rows_of_editions
from .ledger import content_digest, hash_of, tombstone_digest
from .models import Incident, LedgerEntry, Record, StatusFinding
from .services import claimed, codings, ends_of, following
from .stories import Stories, Story, Told, Wrong

CHUNK: Final = 200
FACTS: Final = (
    "action",
    "record_id",
    "edition",
    "marking",
    "content",
    "at",
    "by",
    "why",
    "why_salt",
    "why_digest",
)

T = TypeVar("T")
Progress = Callable[[Sequence[T], str], Iterable[T]]
Rows = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with the entry and the record that it was found at."""

    chain: str
    number: int | None
    record: str
    what: str

    def __str__(self) -> str:
        return f"{self.chain} {self.number or '-'} {self.record or '-'}: {self.what}"


@dataclass(slots=True)
class Report:
    """What a verification found, and how much it went through."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    entries: dict[str, int] = field(default_factory=dict)
    editions: int = 0
    # The last entries of the chains that the anchor file does not hold.
    lagging: list[anchors.Head] = field(default_factory=list)

    def at(self, entry: LedgerEntry, what: str) -> None:
        """Note what is wrong with an entry."""
        self.faults.append(Fault(entry.chain, entry.number, entry.record.public_id, what))

    def of(self, record: Record, what: str, told: Told | None = None) -> None:
        """Note what is wrong with a record or with an edition that the ledger tells of."""
        number = told.entry.number if told else None
        self.faults.append(Fault(Chain.STAFF, number, record.public_id, what))


def _plainly(rows: Sequence[T], _what: str) -> Iterable[T]:
    return rows


def verify(progress: Progress[Any] = _plainly) -> Report:
    """Return what is wrong with the ledger, and with what was published, against each other."""
    report = Report()
    # Read first: what is anchored was committed, so the state read next has to hold it.
    anchored = _anchored(report)
    with _one_state():
        chains = {chain: _entries(chain) for chain in (Chain.STAFF, Chain.PUBLIC)}
        staff, public = chains[Chain.STAFF], chains[Chain.PUBLIC]
        purged = {e.record_id for e in staff if e.action == LedgerAction.PURGED}
        for chain, entries in chains.items():
            report.entries[chain] = len(entries)
            _check_chain(report, progress(entries, f"{chain.label} entries"), purged)
            _check_anchor(report, chain, entries, anchored)
        stories, clear = _told(report, staff)
        _check_twins(report, staff, public, clear)
        _check_editions(report, stories, staff, progress)
        _check_records(report, stories)
    return report


@contextmanager
def _one_state() -> Iterator[None]:
    """Read one state of the database, without keeping others from writing."""
    if connection.in_atomic_block:
        yield
        return
    sqlite = connection.vendor == "sqlite"
    mode: Any = getattr(connection, "transaction_mode", None)
    if sqlite:
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if not sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if sqlite:
            connection.transaction_mode = mode  # type: ignore[attr-defined]


def _entries(chain: str) -> list[LedgerEntry]:
    rows = LedgerEntry.objects.filter(chain=chain).select_related("record")
    return list(rows.order_by("number"))


# -- the chains -----------------------------------------------------------------------------


def _check_chain(report: Report, entries: Iterable[LedgerEntry], purged: set[int]) -> None:
    """Check that a chain has no gap, and that each entry says what its hash was made of."""
    number, previous = 0, ""
    for entry in entries:
        if entry.number != number + 1:
            report.at(entry, f"it comes after number {number}")
        if entry.previous != previous:
            report.at(entry, "it does not follow the hash of the entry before")
        if entry.hash != hash_of(entry):
            report.at(entry, "its hash is not that of what it says")
        blanked = entry.record_id in purged and not (entry.why or entry.why_salt)
        if not blanked and entry.why_digest != digest(entry.why_salt, entry.why.encode()):
            report.at(entry, "its reason is not the one that was given")
        number, previous = entry.number, entry.hash


def _anchored(report: Report) -> anchors.Anchored | None:
    """Return what the anchor file holds; where that cannot be told, say so."""
    path = settings.LEDGER_ANCHOR
    if trouble := anchors.trouble():
        report.warnings.append(
            f"{trouble}: a ledger that is cut short or made anew from now on is not noticed."
        )
    if path is None:
        return None
    try:
        anchored = anchors.read()
    except FileNotFoundError:
        report.warnings.append(
            f"The anchor file {path} is not there: whether the ledger was cut short or made anew "
            "cannot be told."
        )
        return None
    except OSError as error:
        report.warnings.append(f"The anchor file {path} cannot be read: {error.strerror}.")
        return None
    for line in anchored.unreadable:
        report.warnings.append(f"Line {line} of the anchor file {path} cannot be read.")
    return anchored


def _check_anchor(
    report: Report,
    chain: str,
    entries: Sequence[LedgerEntry],
    anchored: anchors.Anchored | None,
) -> None:
    """Check that a chain still holds every head of it that was anchored."""
    heads = {entry.number: entry for entry in entries}
    for head in sorted(anchored.heads) if anchored else ():
        if head.chain != chain:
            continue
        entry = heads.get(head.number)
        if entry is None:
            what = "the anchor file holds this entry, the database does not"
            report.faults.append(Fault(chain, head.number, "", what))
        elif entry.hash != head.hash:
            report.at(entry, "the anchor file holds another hash of this entry")
    if entries and settings.LEDGER_ANCHOR is not None:
        last = anchors.Head(chain, entries[-1].number, entries[-1].hash)
        if anchored is None or last not in anchored.heads:
            report.lagging.append(last)
            report.warnings.append(
                f"The anchor file does not hold entry {last.number} of the {chain} chain, the "
                "last one: it was not written then. `verify_ledger --anchor` writes it."
            )


def _told(report: Report, staff: Sequence[LedgerEntry]) -> tuple[Stories, set[int]]:
    """Return what the staff chain says of records, and which entries changed something CLEAR."""
    own = Incident.objects.values_list("record", "number", "marking")
    stories = Stories({(record, number): marking for record, number, marking in own})
    for entry in stories.begin(staff):
        report.at(entry, f"edition {entry.edition} was published by an earlier entry")
    clear = set()
    for entry in staff:
        try:
            if stories.tell(entry):
                clear.add(entry.number)
        except Wrong as wrong:
            report.at(entry, f"it cannot have happened: {wrong}")
    return stories, clear


def _check_twins(
    report: Report, staff: Sequence[LedgerEntry], public: Sequence[LedgerEntry], clear: set[int]
) -> None:
    """Check that the public chain holds what concerns CLEAR, as the staff chain says it."""
    known = {_facts(entry): entry.number for entry in staff}
    last = 0
    for entry in public:
        number = known.get(_facts(entry))
        if number is None:
            report.at(entry, "no entry of the staff chain says the same")
        elif number <= last:
            report.at(entry, "the staff chain has it in another order")
        last = number or last
    told = {_facts(entry) for entry in public}
    for entry in staff:
        if entry.number in clear and _facts(entry) not in told:
            report.at(entry, "it changed something CLEAR, and no entry of the public chain says so")


def _facts(entry: LedgerEntry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in FACTS)


# -- the rows -------------------------------------------------------------------------------


def _check_editions(
    report: Report, stories: Stories, staff: Sequence[LedgerEntry], progress: Progress[Any]
) -> None:
    """Check that every edition once public is there, is told of, and is what it was."""
    naming = defaultdict(list)
    for entry in staff:
        if entry.edition is not None:
            naming[entry.record_id, entry.edition].append(entry)
    keys = list(Incident.objects.filter(state__in=ONCE_PUBLIC).order_by("pk").values_list("pk"))
    chunks = [[key for (key,) in keys[n : n + CHUNK]] for n in range(0, len(keys), CHUNK)]
    seen = set()
    for chunk in progress(chunks, "Editions, by the two hundred"):
        rows = rows_of_editions(chunk)
        editions = Incident.objects.filter(pk__in=chunk).select_related("record", "takes_in")
        for edition in editions.prefetch_related("authors", "codings"):
            place = (edition.record_id, edition.number)
            seen.add(place)
            report.editions += 1
            _check_edition(report, edition, rows[edition.pk], stories, naming[place])
    for record, story in stories.records.items():
        for number, told in story.editions.items():
            if (record, number) not in seen and not story.purged_at:
                report.at(told.entry, f"edition {number} is gone, or public no more")


def _check_edition(
    report: Report,
    edition: Incident,
    rows: Rows,
    stories: Stories,
    naming: Sequence[LedgerEntry],
) -> None:
    """Check an edition that was published once against the entries that name it."""
    story = stories.records.get(edition.record_id, Story())
    told = story.editions.get(edition.number)
    name = f"edition {edition.number}"
    if story.purged_at:
        report.of(edition.record, f"{name} was purged, and is there", told)
    elif told is None:
        report.of(edition.record, f"{name} was published, and no entry says so")
    content = content_digest(edition, rows)
    for entry in naming:
        if entry.content != content:
            report.at(entry, f"{name} is not what was published")
    for what in _unlike(edition, rows):
        report.of(edition.record, f"{name}: {what}", told)
    if told is None or story.purged_at:
        return
    if edition.published_at != told.entry.at:
        report.at(told.entry, f"{name} was published at another time")
    if edition.effective_marking != told.effective:
        report.at(told.entry, f"{name} is marked {edition.effective_marking}, not {told.effective}")
    state, ended_at = story.ending(edition.number)
    if (edition.state, edition.ended_at) != (state, ended_at):
        when = f" since {ended_at:%Y-%m-%d %H:%M:%S}" if ended_at else ""
        report.at(told.entry, f"{name} is {edition.state}; by the ledger it is {state}{when}")


def _unlike(edition: Incident, rows: Rows) -> Iterator[str]:
    """Yield the columns that do not follow from what an edition says, and rows of another one."""
    for row in (edition, *(row for relation in rows.values() for row in relation)):
        for column in row._meta.local_concrete_fields:
            derived = isinstance(column, EdtfBoundField | EdtfDoubtField | FoldedField)
            if derived and getattr(row, column.attname) != column.clean(None, row):
                yield f"the column {column.name} of {row._meta.model_name} does not follow"
    place, target = (
        next((row for row in rows[name] if row.primary), None) for name in ("locations", "targets")
    )
    finding = max(rows["findings"], key=_dated, default=None)
    columns = following(edition, place, target, finding) | claimed(rows["claims"])
    for name, value in columns.items():
        if getattr(edition, name) != value:
            yield f"the column {name} does not follow"
    coded = [(row.axis, row.code, row.primary) for row in edition.codings.all()]
    if sorted(coded) != sorted(codings(edition)):
        yield "its codings do not follow"
    named = [row.citation for name in ("findings", "effects") for row in rows[name] if row.citation]
    for claim in rows["claims"]:
        named += [*claim.citations.all(), *filter(None, [claim.supersedes])]
    if any(row.incident_id != edition.pk for row in named):
        yield "a row rests on one of another edition"
        return
    ends = ends_of(rows["claims"])
    if any(claim.live_until != ends.get(claim.pk) for claim in rows["claims"]):
        yield "until when a claim was live does not follow"


def _dated(finding: StatusFinding) -> tuple[date, date, int]:
    return finding.date_to or date.min, finding.date_from or date.min, finding.pk


def _check_records(report: Report, stories: Stories) -> None:
    """Check that each record is marked, merged, withdrawn and purged as the ledger says."""
    parts = Q(record__merged_into__isnull=False)
    told_otherwise = Incident.objects.filter(Q(merged=True) & ~parts | Q(merged=False) & parts)
    misfits = set(told_otherwise.values_list("record", flat=True))
    for record in Record.objects.select_related("merged_into").iterator(chunk_size=2000):
        story = stories.records.get(record.pk, Story())
        merged_into = record.merged_into and record.merged_into.provisional
        if record.marking != story.marking and story.marking:
            report.of(record, f"it is marked {record.marking}; by the ledger it is {story.marking}")
        if merged_into != story.merged_into:
            report.of(record, "it is merged into another record than the ledger says, or not")
        if record.pk in misfits:
            report.of(record, "an edition says otherwise whether the record is merged")
        if record.withdrawn_reason != story.withdrawn_reason:
            report.of(record, "the reason of its withdrawal is not the one in the ledger")
        if record.purged_at != story.purged_at:
            report.of(record, "it was purged at another time than the ledger says, or not")
        if story.tombstone and story.tombstone != tombstone_digest(record):
            report.of(record, "its reference is not the one that it had when it was purged")
        first = min((told.entry.at for told in story.editions.values()), default=None)
        if record.first_published_at != first:
            report.of(record, "it was first published at another time than the ledger says")
        clear = any(Marking.CLEAR in (t.marking, t.entry.marking) for t in story.editions.values())
        if not story.purged_at and clear != (record.reference is not None):
            report.of(record, "it has a reference and was never CLEAR, or the other way round")
