"""Records with their rows, put together from one statement for each table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db.models import F
from django.http import Http404

from incidents.models import Claim, Incident
from incidents.querysets.editions import IncidentQuerySet
from incidents.questions import Question

from .columns import Column, Group, Table, leaves
from .nested import CITATIONS, CLAIMS, INCIDENTS, TABLES, reference
from .prepared import AmongKeys, Prepared, prepared

SOURCES: Final = "sources"
# What is made here, beside the columns of the edition itself.
URL: Final = "url"
CHUNK: Final = 1000
NAMES: Final = (URL, *(column.name for column in INCIDENTS), *(table.name for table in TABLES))
BRIEF: Final = frozenset({URL, *(column.name for column in INCIDENTS)})
Cells = Sequence[Any]
Address = Callable[[str, int | None], str]


@dataclass(frozen=True, slots=True)
class Found:
    """An edition as JSON holds it, with what its place in a list and its reader's log need."""

    key: int
    said: dict[str, Any]
    sort_key: Any
    reference: str
    number: int
    marking: str
    effective_marking: str


def stitched(
    found: IncidentQuerySet,
    question: Question,
    address: Address,
    fields: Collection[str] = NAMES,
    *,
    past: bool = False,
) -> list[Found]:
    """Return the editions of a queryset with their rows that the asker may see, as plain data.

    `address` makes the address of a record, or of an edition of it that is public no longer.
    Rows are read as today; under `known_on` claims and findings are those of that day.
    """
    past = past or question.past
    columns = [column for column in INCIDENTS if column.name in fields]
    make = _maker(columns)
    rows = list(found.values_list(*_HEAD, *_natives(columns, question)))
    keys = [row[0] for row in rows]
    beside: dict[str, Any] = {
        table.name: _rows(table, question, keys, past=past)
        for table in TABLES
        if table.name in fields and keys
    }
    if CLAIMS.name in beside:
        _add_sources(beside, question, keys, past=past)
    told = []
    for key, sort_key, name, number, ended, own, effective, *cells in rows:
        said: dict[str, Any] = {}
        if URL in fields:
            said[URL] = address(name, number if ended else None)
        said |= make(cells)
        for table_name, by_owner in beside.items():
            said[table_name] = [row for _pk, row in by_owner.get(key, ())]
        told.append(Found(key, said, sort_key, name, number, own, effective))
    return told


def shown(
    found: IncidentQuerySet, question: Question, address: Address, *, past: bool = False
) -> Found:
    """Return the one edition of a queryset with its rows; raises Http404 where it is gone."""
    told = stitched(_in_no_order(found, question), question, address, past=past)
    if not told:
        raise Http404
    return told[0]


def all_stitched(
    found: IncidentQuerySet, question: Question, address: Address, fields: Collection[str] = NAMES
) -> Iterator[dict[str, Any]]:
    """Yield each edition of an ordered queryset as plain data, some at a time."""
    keys = found.values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    while chunk := list(islice(keys, CHUNK)):
        some = _in_no_order(Incident.objects.filter(pk__in=chunk), question)
        by_key = {one.key: one.said for one in stitched(some, question, address, fields)}
        yield from (by_key[key] for key in chunk)


def _in_no_order(found: IncidentQuerySet, question: Question) -> IncidentQuerySet:
    return found.as_known_on(question.values["known_on"]).annotate(sort_key=F("pk")).order_by()


_HEAD: Final = (
    "pk",
    "sort_key",
    reference(),
    "number",
    "ended_at",
    "marking",
    "effective_marking",
)


def _natives(columns: Sequence[Column | Group], question: Question) -> list[Any]:
    return [column.native(question, path) for _name, path, column in leaves(columns)]


def _rows(
    table: Table, question: Question, keys: Sequence[int], *, past: bool
) -> dict[int, list[tuple[int, dict[str, Any]]]]:
    """Return the rows of a table by the key of their edition, each with its own key."""
    make = _maker(table.columns)
    found: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for owner, pk, *cells in _statement(table, question, past).rows(keys):
        found[owner].append((pk, make(cells)))
    return found


def _statement(table: Table, question: Question, past: bool) -> Prepared:
    """Return the statement of a table's rows; everybody asks the same one."""

    def rows() -> Any:
        natives = _natives(table.columns, question)
        of_keys = table.rows(question, past).filter(AmongKeys("incident"))
        return of_keys.values_list("incident", "pk", *natives)

    own = question.asker.is_authenticated or question.values["known_on"]
    return Prepared(rows()) if own else prepared((table.name, past), rows)


def _links() -> Any:
    through = Claim.citations.through._default_manager
    of_keys = through.filter(AmongKeys("claim__incident")).order_by("citation_id")
    return of_keys.values_list("claim_id", "citation_id")


def _add_sources(
    beside: dict[str, Any], question: Question, keys: Sequence[int], *, past: bool
) -> None:
    """Give each claim the addresses of the visible articles that it rests on."""
    cited = beside.get(CITATIONS.name)
    if cited is None:
        cited = _rows(CITATIONS, question, keys, past=past)
    urls = {pk: row["article"]["url"] for rows in cited.values() for pk, row in rows}
    sources: dict[int, list[str]] = defaultdict(list)
    for claim, citation in prepared("links", _links).rows(keys):
        if citation in urls:
            sources[claim].append(urls[citation])
    for rows in beside[CLAIMS.name].values():
        for pk, row in rows:
            row[SOURCES] = sources.get(pk, [])


def _maker(columns: Sequence[Column | Group]) -> Callable[[Cells], dict[str, Any]]:
    """Return what makes an object of cells, which stand in the order of `leaves`."""
    names = [column.name for column in columns]
    groups = [(n, column) for n, column in enumerate(columns) if isinstance(column, Group)]
    if not groups:
        return lambda cells: dict(zip(names, cells, strict=True))
    makers = []
    for n, group in groups:
        makers.append((n, sum(1 for _leaf in leaves(group.columns)), _maker(group.columns), group))

    def make(cells: Cells) -> dict[str, Any]:
        folded = list(cells)
        for position, length, inner, group in makers:
            own = folded[position : position + length]
            empty = group.null and own[0] is None
            folded[position : position + length] = [None if empty else inner(own)]
        return dict(zip(names, folded, strict=True))

    return make
