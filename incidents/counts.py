"""Every number: how many incidents satisfy a question, in all and by group.

Law: this is the only place that makes a number, and it makes it from the same querysets that
list the incidents. A count is one grouped statement: the incidents of the question, joined
to one derived table of (incident, value) pairs for each dimension that is counted by child
rows. A pair stands once in such a table, so no row is counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import (
    Cast,
    ExtractYear,
    TruncMonth,
    TruncQuarter,
    TruncWeek,
    TruncYear,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from .dimensions import DIMENSIONS, Dimension, bucket_name, bucket_of, labels, next_bucket
from .filters import InvalidQuestion, ask, query_of
from .querysets import series_sets
from .questions import BESIDES, GROUPS, LEVELLED, NONE, OFFICIAL, Question
from .codebook import Outcome, Status
from .regions import REGIONS

MAX_CELLS: Final = 10_000
SEVERAL_YEARS: Final = "several years"
NO_DATE: Final = "no date"
_TRUNC: Final = {"week": TruncWeek, "month": TruncMonth, "quarter": TruncQuarter, "year": TruncYear}


@dataclass(frozen=True, slots=True)
class Cell:
    """The incidents of one group: `low` for certain, `high` also what possibly belongs.

    `count` is what the list behind `query` holds.
    """

    key: dict[str, str]
    label: str
    count: int
    low: int
    high: int
    query: str


@dataclass(frozen=True, slots=True)
class Undated:
    """Incidents of a group that lie in the period, but in no single one of its buckets."""

    key: dict[str, str]
    period: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The answer to a question, in numbers.

    `total` counts each incident once; `cells` add up to it, with `undated`, where `additive`.
    """

    question: Question
    by: tuple[str, ...]
    interval: str | None
    assign: str
    total: int
    low: int
    high: int
    cells: list[Cell]
    undated: list[Undated]
    additive: bool
    threshold: int | None = None

    @property
    def sum_of_cells(self) -> int:
        """The sum of the cells' counts."""
        return sum(cell.count for cell in self.cells)

    @property
    def unknown(self) -> int:
        """The incidents in cells without a value."""
        return sum(cell.count for cell in self.cells if NONE in cell.key.values())

    @property
    def undated_total(self) -> int:
        """The incidents in no bucket, over all groups."""
        return sum(row.count for row in self.undated)


@dataclass(slots=True)
class _Tally:
    """Low and high of a group, by bucket, and what lies in no single bucket."""

    low: dict[date | None, int] = field(default_factory=lambda: defaultdict(int))
    high: dict[date | None, int] = field(default_factory=lambda: defaultdict(int))
    undated: dict[str, int] = field(default_factory=lambda: defaultdict(int))


type_of_group = tuple[str, ...]
Tallies = dict[type_of_group, _Tally]


def count(
    question: Question,
    by: Sequence[str] = (),
    interval: str | None = None,
    assign: str = "primary",
) -> Counts:
    """Count the incidents of `question`, in all and per group of `by` and `interval`.

    Raises InvalidQuestion where the dimensions do not go together or the cells are too many.
    """
    dimensions = [DIMENSIONS[name] for name in by]
    low = question.matching(surely=True).count()
    high = question.matching(surely=False).count()
    possible = question.values["date_match"] == "possible"
    tallies = _tallies(question, dimensions, interval, assign) if dimensions or interval else {}
    buckets = _buckets(question, tallies, interval) if interval else [None]
    if len(buckets) * max(len(tallies), 1) > MAX_CELLS:
        raise InvalidQuestion(
            {
                "interval": [
                    _("%(interval)s would make %(n)d cells; at most %(most)d are answered.")
                    % {
                        "interval": interval,
                        "n": len(buckets) * len(tallies),
                        "most": MAX_CELLS,
                    }
                ]
            }
        )
    active = question.values["time_basis"] == "active"
    return Counts(
        question=question,
        by=tuple(by),
        interval=interval,
        assign=assign,
        total=high if possible else low,
        low=low,
        high=high,
        cells=_cells(question, dimensions, interval, assign, tallies, buckets),
        undated=_undated(dimensions, tallies),
        additive=not (
            any(dimension.overlaps(assign) for dimension in dimensions)
            or (interval and (active or possible))
        ),
        threshold=_threshold(question, by) if set(by) & set(LEVELLED) else None,
    )


def _threshold(question: Question, by: Iterable[str]) -> int:
    """Return the least level of claims that count as tracing in a grouping (R6)."""
    if question.values["min_level"]:
        return int(question.values["min_level"])
    return 1 if question.values["level"] or "level" in by else int(OFFICIAL)


# -- grouping ------------------------------------------------------------------------------


def _tallies(
    question: Question, dimensions: list[Dimension], interval: str | None, assign: str
) -> Tallies:
    """Return low and high of every group.

    Where the value of a group changes who is dated when, or which places fit, the question
    is asked once for each value instead.
    """
    for position, dimension in enumerate(dimensions):
        if not _asked_one_by_one(question, dimension):
            continue
        rest = [other for other in dimensions if other is not dimension]
        tallies: Tallies = {}
        for code in _codes_to_ask(question, dimension, dimensions):
            narrowed = narrow(question, {dimension.name: [code]})
            if not rest and not interval:
                tally = _Tally()
                tally.low[None] = narrowed.matching(surely=True).count()
                tally.high[None] = narrowed.matching(surely=False).count()
                found: Tallies = {(): tally}
            else:
                found = _tallies(narrowed, rest, interval, assign)
            for group, tally in found.items():
                tallies[(*group[:position], code, *group[position:])] = tally
        return {group: tally for group, tally in tallies.items() if any(tally.high.values())}
    return _grouped(question, dimensions, interval, assign)


def narrow(question: Question, changes: dict[str, Any]) -> Question:
    """Return the question with some parameters replaced."""
    return ask(query_of(question.params(**changes)), question.asker)


def _asked_one_by_one(question: Question, dimension: Dimension) -> bool:
    """Tell whether a dimension is counted by asking the question for each of its values.

    A country is in several regions, on some dates only; and by the time basis `attributed`
    an incident has another date for each accused.
    """
    dated = question.values["time_basis"] == "attributed"
    return dimension.name == "region" or (
        dated and dimension.group == "claim" and dimension.name != "level"
    )


def _codes_to_ask(
    question: Question, dimension: Dimension, dimensions: list[Dimension]
) -> list[str]:
    asked: list[str] = question.values[dimension.name]
    if dimension.name == "region":
        return asked or [*REGIONS, NONE]
    if asked == [NONE]:
        return [NONE]
    threshold = _threshold(question, [d.name for d in dimensions])
    column = f"{dimension.name}_value"
    rows = question.valued(question.rows("claim"), dimension.name, threshold=threshold)
    codes = rows.exclude(**{f"{column}__isnull": True}).order_by().values_list(column)
    return [code for code, _n in codes.annotate(n=Count("pk"))] + [NONE]


def _grouped(
    question: Question, dimensions: list[Dimension], interval: str | None, assign: str
) -> Tallies:
    """Group by one statement."""
    base, columns = _base(question, dimensions, interval, assign)
    by_rows = [d for d in dimensions if d.by_rows(assign)]
    threshold = _threshold(question, [d.name for d in dimensions])
    joins: list[tuple[str, list[str], list[Any]]] = []  # alias, columns, (sql, params)
    sql, params = base.query.sql_with_params()
    parameters: list[Any] = list(params)
    froms = f"({sql}) b"
    places = {d.name: f"b.{d.name}_code" for d in dimensions if d not in by_rows}
    for group in dict.fromkeys(str(d.group) for d in by_rows):
        together = [d for d in by_rows if d.group == group]
        pairs, values = _pairs(question, together, threshold)
        alias = f"p{len(joins)}"
        joins.append((alias, [], []))
        froms += f" LEFT JOIN ({pairs}) {alias} ON {alias}.owner = b.owner"
        parameters += values
        for dimension in together:
            places[dimension.name] = f"{alias}.{dimension.name}_value"
    wanted = [places[d.name] for d in dimensions] + [f"b.{column}" for column in columns]
    listed = ", ".join(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {listed}, COUNT(*) FROM {froms} GROUP BY {listed}",  # noqa: S608
            parameters,
        )
        rows = cursor.fetchall()
    tallies: Tallies = defaultdict(_Tally)
    fold = _Fold(question, interval)
    for row in rows:
        split = len(dimensions)
        group = tuple(_code(d, value) for d, value in zip(dimensions, row[:split], strict=True))
        fold.add(tallies[group], dict(zip(columns, row[split:-1], strict=True)), row[-1])
    return dict(tallies)


def _base(
    question: Question, dimensions: list[Dimension], interval: str | None, assign: str
) -> tuple[QuerySet[Any, Any], list[str]]:
    """Return the incidents, certain and possible, with what they are grouped by."""
    found: Any = question.matching(surely=False).order_by()
    if interval or question.period:
        found = question.timed(found)
    if _region_is_dated(question):
        sure = Q(pk__in=question.matching(surely=True).order_by().values("pk"))
    elif question.period:
        sure = question.in_period(question.period, surely=True)
    else:
        sure = ~Q(pk__in=[])
    annotations: dict[str, Any] = {"owner": F("pk")}
    for dimension in dimensions:
        if not dimension.by_rows(assign):
            annotations[f"{dimension.name}_code"] = F(str(dimension.column))
    grouped: dict[str, Any] = {"sure": Case(When(sure, then=Value(1)), default=Value(0))}
    if interval:
        names = ["start_first", "start_last"]
        if question.values["time_basis"] == "active":
            names += ["end_first", "end_last"]
        for name in names:
            truncated = _TRUNC[interval](name) if interval in _TRUNC else F(name)
            grouped[f"{name}_day"] = Cast(truncated, DateField())
        grouped["first_year"] = ExtractYear("start_first")
        grouped["last_year"] = ExtractYear("start_last")
    found = found.annotate(**annotations, **grouped).values(*annotations, *grouped)
    return found, list(grouped)


def _region_is_dated(question: Question) -> bool:
    return bool(question.values["region"])


def _pairs(
    question: Question, dimensions: list[Dimension], threshold: int
) -> tuple[str, list[Any]]:
    """Return a statement of (owner, value[, value]) that holds each combination once.

    Two dimensions of one group speak of one row; a value is null only beside rows none of
    which has one, so that `none` means the same here as in a question.
    """
    group = str(dimensions[0].group)
    rows: Any = question.rows(group, surely=False).order_by()
    valued = [d.name for d in dimensions if d.name != "level"]
    for name in valued:
        rows = question.valued(rows, name, threshold=threshold)
    rows = rows.annotate(owner=F("incident"))
    if len(valued) < len(dimensions):
        parts = _level_parts(rows, valued)
    elif len(valued) == 1:
        parts = [rows.filter(**{f"{valued[0]}_value__isnull": False})]
    else:
        parts = _double_parts(rows, *valued)
    columns = ["owner", *(f"{d.name}_value" for d in dimensions)]
    statements, parameters = [], []
    for part in parts:
        tops = {"level_value": Max("level")} if len(valued) < len(dimensions) else {}
        grouped = [column for column in columns if column not in tops]
        once = part.values(*grouped).annotate(rows_there=Count("pk"), **tops)
        sql, params = once.values(*columns, "rows_there").query.sql_with_params()
        statements.append(sql)
        parameters += params
    return " UNION ALL ".join(statements), parameters


def _level_parts(rows: Any, valued: list[str]) -> list[Any]:
    """Split rows for the highest level by value: those with one, and those of no value at all."""
    if not valued:
        return [rows]
    column = f"{valued[0]}_value"
    having = rows.filter(**{f"{column}__isnull": False})
    return [having, rows.exclude(incident__in=having.values("incident"))]


def _double_parts(rows: Any, one: str, other: str) -> list[Any]:
    """Split rows for two values: both there, or one beside rows that lack the other."""
    first, second = f"{one}_value", f"{other}_value"
    both = rows.filter(**{f"{first}__isnull": False, f"{second}__isnull": False})
    parts = [both]
    for there, lacking in ((first, second), (second, first)):
        same = {"incident": OuterRef("incident"), there: OuterRef(there)}
        parts.append(
            rows.filter(
                ~Exists(both.filter(**same)),
                **{f"{there}__isnull": False, f"{lacking}__isnull": True},
            )
        )
    return parts


def _code(dimension: Dimension, value: Any) -> str:
    """Return a database value as a code; what is null or empty is `none`, or level 0."""
    if value is None or value == "":
        return "0" if dimension.name == "level" else NONE
    return str(value)


class _Fold:
    """Puts the rows of a grouped statement into tallies."""

    def __init__(self, question: Question, interval: str | None) -> None:
        self.interval = interval
        self.period = question.period
        self.active = question.values["time_basis"] == "active"
        self.last = timezone.now().date()

    def add(self, tally: _Tally, row: dict[str, Any], n: int) -> None:
        """Add `n` incidents with the same bounds."""
        sure = bool(row["sure"])
        if self.interval is None:
            tally.high[None] += n
            tally.low[None] += n if sure else 0
            return
        first, last = _day(row["start_first_day"]), _day(row["start_last_day"])
        if first is None or last is None:
            tally.undated[NO_DATE] += n
            return
        if self.active:
            surely = (last, _day(row["end_first_day"])) if sure else None
            self._spread(tally, first, _day(row["end_last_day"]), surely, n)
            return
        within = (first, last) if sure and first == last else None
        self._spread(tally, first, last, within, n)
        if sure and first != last:
            one_year = row["first_year"] == row["last_year"]
            tally.undated[str(row["first_year"]) if one_year else SEVERAL_YEARS] += n

    def _spread(
        self,
        tally: _Tally,
        first: date,
        last: date | None,
        surely: tuple[date, date | None] | None,
        n: int,
    ) -> None:
        """Add to the high of each bucket from `first` to `last`, and to the low of those sure."""
        interval = str(self.interval)
        bucket = first
        end = min(last or first, max(self.last, first))
        if self.period:
            bucket = max(bucket, bucket_of(self.period.first, interval))
            end = min(last or first, self.period.last)
        while bucket <= end:
            tally.high[bucket] += n
            if surely and surely[1] and surely[0] <= bucket <= surely[1]:
                tally.low[bucket] += n
            if bucket.year == date.max.year:
                break
            bucket = next_bucket(bucket, interval)


def _day(value: Any) -> date | None:
    """Return a date as the drivers give it: a date, a time, or text on SQLite."""
    if isinstance(value, datetime):
        return value.date()
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


# -- cells ---------------------------------------------------------------------------------


def _buckets(question: Question, tallies: Tallies, interval: str) -> list[date]:
    """Return the buckets from the first to the last day asked, else of the incidents seen."""
    seen = [day for tally in tallies.values() for day in tally.high if day]
    period = question.period
    first = min(seen, default=None)
    last = max(seen, default=None)
    if period and period.first != date.min:
        first = bucket_of(period.first, interval)
    if period and period.last != date.max:
        last = bucket_of(period.last, interval)
    buckets: list[date] = []
    while first and last and first <= last and len(buckets) <= MAX_CELLS:
        buckets.append(first)
        first = next_bucket(first, interval)
    return buckets


def _cells(
    question: Question,
    dimensions: list[Dimension],
    interval: str | None,
    assign: str,
    tallies: Tallies,
    buckets: Sequence[date | None],
) -> list[Cell]:
    names = [d.name for d in dimensions]
    called = {
        d.name: labels(d.name, {group[n] for group in tallies}) for n, d in enumerate(dimensions)
    }
    possible = question.values["date_match"] == "possible"
    if not dimensions and interval and not tallies:
        tallies = {(): _Tally()}
    groups = sorted(
        tallies, key=lambda group: (-sum(tallies[group].low.values()), _sortable(group))
    )
    cells = []
    for bucket in buckets:
        for group in groups:
            tally = tallies[group]
            low, high = tally.low.get(bucket, 0), tally.high.get(bucket, 0)
            key = dict(zip(names, group, strict=True))
            words = [called[name][code] for name, code in key.items()]
            changes = _link(question, dimensions, group, assign)
            if bucket:
                key[str(interval)] = bucket_name(bucket, str(interval))
                words.append(key[str(interval)])
                changes |= _bucket_link(question, bucket, str(interval))
            cells.append(
                Cell(
                    key=key,
                    label=", ".join(words),
                    count=high if possible else low,
                    low=low,
                    high=high,
                    query=question.query(**changes),
                )
            )
    return cells


def _sortable(group: type_of_group) -> tuple[tuple[bool, str], ...]:
    return tuple((code == NONE, code) for code in group)


def _undated(dimensions: list[Dimension], tallies: Tallies) -> list[Undated]:
    names = [d.name for d in dimensions]
    return [
        Undated(dict(zip(names, group, strict=True)), period, n)
        for group, tally in sorted(tallies.items())
        for period, n in sorted(tally.undated.items())
    ]


def _bucket_link(question: Question, bucket: date, interval: str) -> dict[str, Any]:
    """Return the parameters of a bucket, cut to the period asked."""
    first = bucket
    following = next_bucket(bucket, interval)
    last = date.fromordinal(following.toordinal() - 1)
    if question.period:
        first, last = max(first, question.period.first), min(last, question.period.last)
    return {"year": None, "from": first.isoformat(), "to": last.isoformat()}


def _link(
    question: Question, dimensions: list[Dimension], group: type_of_group, assign: str
) -> dict[str, Any]:
    """Return the parameters that list the incidents of a group."""
    changes: dict[str, Any] = {}
    primary = list(question.asked.get("primary", ()))
    for dimension, code in zip(dimensions, group, strict=True):
        name = dimension.name
        if name in ("status", "outcome"):
            continue
        if dimension.group is None or dimension.by_rows(assign):
            changes[name] = [code]
        elif _group_is_asked(question, dimension.group, dimensions):
            primary.append(f"{name}:{code}")
        else:
            changes[name] = [code]
            primary.append(name)
    if primary:
        changes["primary"] = sorted(set(primary))
    codes = dict(zip([d.name for d in dimensions], group, strict=True))
    if codes.keys() & {"status", "outcome"}:
        parts = {name: [codes[name]] for name in _SERIES_PARTS if name in codes}
        changes |= series_link(question, **parts) or {}
    return changes


_SERIES_PARTS: Final = ("status", "outcome")


def series_link(
    question: Question, status: Sequence[str] = (), outcome: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Return the statuses and outcomes that narrow a question within its series.

    None where nothing can be both what is asked and what is wanted.
    """
    made_of = series_sets(question.values["series"])
    changes: dict[str, Any] = {"series": None}
    for name, series, wanted, all_codes in zip(
        _SERIES_PARTS, made_of, (status, outcome), (Status, Outcome), strict=True
    ):
        codes = [
            str(code)
            for code in series
            if code in (question.values[name] or series) and code in (wanted or series)
        ]
        if not codes:
            return None
        changes[name] = None if len(codes) == len(all_codes) else codes
    return changes


def _group_is_asked(question: Question, group: str, dimensions: list[Dimension]) -> bool:
    """Tell whether something else is asked of a group, so that its row is spoken for."""
    asked = set(question.asked)
    names = [name for name, of in GROUPS.items() if of == group]
    by_rows = any(d.group == group and d.column is None for d in dimensions)
    return by_rows or any(name in asked for name in [*names, *BESIDES.get(group, ())])


__all__ = ["Cell", "Counts", "Undated", "count", "narrow", "series_link"]
