"""Low and high of every group of a question, by one grouped statement.

The statement joins the incidents of the question to one derived table of (incident, value)
pairs for each group of child rows that is counted. A pair stands once in such a table, so no
row is counted twice, and no row needs to be made distinct.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from .buckets import bucket, bucket_of, next_bucket, year
from .contradictions import ALONE
from .dimensions import Dimension
from .filters import ask, query_of
from .querysets.children import in_regions
from .questions import GROUPS, LEVELLED, NONE, Question
from .regions import REGIONS

SEVERAL_YEARS: Final = "several years"
NO_DATE: Final = "no date"


@dataclass(slots=True)
class Tally:
    """Low and high of a group, by bucket, and what lies in no single bucket."""

    low: dict[date | None, int] = field(default_factory=lambda: defaultdict(int))
    high: dict[date | None, int] = field(default_factory=lambda: defaultdict(int))
    undated: dict[str, int] = field(default_factory=lambda: defaultdict(int))


Group = tuple[str, ...]
Tallies = dict[Group, Tally]


def tallied(
    question: Question,
    dimensions: list[Dimension],
    interval: str | None,
    assign: str,
    apart: Collection[str] = (),
) -> Tallies:
    """Return low and high of every group.

    Where the value of a group changes who is dated when, or which rows fit, the question is
    asked once for each value instead; so it is for the dimensions named `apart`.
    """
    if [d.name for d in dimensions] == ["region"] and not interval and not _lacking(question):
        return _by_region(question, dimensions[0])
    for position, dimension in enumerate(dimensions):
        if dimension.name not in apart and not _asked_one_by_one(question, dimension, assign):
            continue
        rest = [other for other in dimensions if other is not dimension]
        tallies: Tallies = {}
        for code in _codes_to_ask(question, dimension):
            narrowed = narrow(question, {dimension.name: [code]})
            # In no region is a place, not an incident: each country of it is asked for itself.
            others = [d.name for d in rest if d.group == "place" and d.by_rows(assign)]
            lone = others if (dimension.name, code) == ("region", NONE) else []
            found = (
                tallied(narrowed, rest, interval, assign, lone)
                if rest or interval
                else {(): _counted(narrowed)}
            )
            for group, tally in found.items():
                tallies[(*group[:position], code, *group[position:])] = tally
        return {
            group: tally
            for group, tally in tallies.items()
            if any(tally.high.values()) or tally.undated
        }
    return _grouped(question, dimensions, interval, assign)


def _lacking(question: Question) -> bool:
    """Tell whether `none` is asked of a place, which speaks of all places of an incident."""
    return any(NONE in question.values[name] for name in ALONE if GROUPS[name] == "place")


def _by_region(question: Question, dimension: Dimension) -> Tallies:
    """Group by region: one statement holds the incidents of each, and another those of none."""
    codes = _codes_to_ask(question, dimension)
    apart = narrow(question, {"region": None})
    base, _columns = _base(apart, [], None, "any")
    sql, params = base.query.sql_with_params()
    parameters, parts = list(params), []
    rows = apart.rows("place", surely=False).order_by().annotate(owner=F("incident"))
    for code in (code for code in codes if code != NONE):
        surely = Case(When(in_regions([code], surely=True), then=Value(1)), default=Value(0))
        named = rows.in_regions([code], surely=False).annotate(code=Value(code))
        part, more = (
            named.values("owner", "code").annotate(sure=Max(surely)).query.sql_with_params()
        )
        parts.append(part)
        parameters += more
    found: Tallies = {}
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT place.code, SUM(b.sure * place.sure), COUNT(*) "  # noqa: S608
                f"FROM ({sql}) b JOIN ({' UNION ALL '.join(parts)}) place ON place.owner = b.owner "
                "GROUP BY place.code",
                parameters,
            )
            for code, low, high in cursor.fetchall():
                found[(code,)] = Tally(low={None: low}, high={None: high})
    if NONE in codes and (tally := _counted(narrow(question, {"region": [NONE]}))).high[None]:
        found[(NONE,)] = tally
    return {(code,): found[(code,)] for code in codes if (code,) in found}


def _counted(question: Question) -> Tally:
    """Return low and high of a whole question."""
    low, high = bounds(question)
    return Tally(low={None: low}, high={None: high})


def bounds(question: Question) -> tuple[int, int]:
    """Count the incidents that match for certain, and also those that possibly do."""
    low = question.matching(surely=True).count()
    # Only days and regions are ever uncertain.
    uncertain = question.period or question.values["region"]
    return low, question.matching(surely=False).count() if uncertain else low


def dated(question: Question, *, series: bool = True) -> tuple[Any, Q | None]:
    """Return the incidents that match at least possibly, and the condition that they surely do.

    Without a condition all of them do. Where a period is asked, they are `timed`.
    """
    found: Any = question.matching(surely=False, series=series).order_by()
    if question.values["region"]:
        surely = question.matching(surely=True, series=series).order_by()
        return found, Q(Exists(surely.filter(pk=OuterRef("pk"))))
    if question.period:
        return found, question.in_period(question.period, surely=True)
    return found, None


def narrow(question: Question, changes: dict[str, Any]) -> Question:
    """Return the question with some parameters replaced."""
    return ask(query_of(question.params(**changes)), question.asker)


def _asked_one_by_one(question: Question, dimension: Dimension, assign: str) -> bool:
    """Tell whether a dimension is counted by asking the question for each of its values.

    A country is in several regions, on some dates only. By the time basis `attributed` an
    incident has another date for each accused; and where a highest level is asked for, it is
    the highest one of the claims that fit, which are others for each claimant or accused. Where
    `none` is asked of another parameter of the group, no row of this very value may have one.
    """
    beside_none = dimension.by_rows(assign) and any(
        GROUPS[name] == dimension.group and name != dimension.name and NONE in question.values[name]
        for name in ALONE
    )
    claimed = question.values["time_basis"] == "attributed" or question.values["level"]
    claims_differ = dimension.group == "claim" and bool(claimed)
    return dimension.name == "region" or (
        dimension.name != "level" and (beside_none or claims_differ)
    )


def _codes_to_ask(question: Question, dimension: Dimension) -> list[str]:
    asked: list[str] = question.values[dimension.name]
    if dimension.name == "region":
        return asked or [*REGIONS, NONE]
    levels = question.values["level"]
    if asked == [NONE] or (
        dimension.name in LEVELLED and levels and max(levels) < question.threshold
    ):
        return [NONE]
    column = f"{dimension.name}_value"
    rows = question.valued(question.rows(str(dimension.group)), dimension.name)
    rows = rows.filter(incident__in=question.editions().values("pk"))
    codes = rows.exclude(**{f"{column}__isnull": True}).order_by().values_list(column)
    return [code for code, _n in codes.annotate(n=Count("pk"))] + [NONE]


def _grouped(
    question: Question, dimensions: list[Dimension], interval: str | None, assign: str
) -> Tallies:
    """Group by one statement."""
    base, columns = _base(question, dimensions, interval, assign)
    by_rows = [d for d in dimensions if d.by_rows(assign)]
    sql, parameters = base.query.sql_with_params()
    values: list[Any] = list(parameters)
    sources = f"({sql}) b"
    places = {d.name: f"b.{d.name}_code" for d in dimensions if d not in by_rows}
    for of in dict.fromkeys(str(d.group) for d in by_rows):
        together = [d for d in by_rows if d.group == of]
        pairs, more = _pairs(question, together)
        sources += f" LEFT JOIN ({pairs}) {of} ON {of}.owner = b.owner"
        values += more
        places |= {d.name: f"{of}.{d.name}_value" for d in together}
    wanted = [places[d.name] for d in dimensions] + [f"b.{column}" for column in columns]
    if any(d.group == "place" for d in by_rows):
        # A place that is only possibly in the region asked for puts nothing there for certain.
        wanted[len(dimensions)] = "CASE WHEN place.sure = 0 THEN 0 ELSE b.sure END"
    listed = grouped = ", ".join(wanted)
    if connection.vendor == "sqlite":
        # Or it would go by the index of a country's list, and read each row that this names.
        grouped = ", ".join(f"+({expression})" for expression in wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {listed}, COUNT(*) FROM {sources} GROUP BY {grouped}",  # noqa: S608
            values,
        )
        rows = cursor.fetchall()
    tallies: Tallies = defaultdict(Tally)
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
    found, sure = dated(question)
    if interval and not question.period:
        found = question.timed(found)
    annotations: dict[str, Any] = {"owner": F("pk")}
    for dimension in dimensions:
        if not dimension.by_rows(assign):
            annotations[f"{dimension.name}_code"] = F(str(dimension.column))
    grouped: dict[str, Any] = {"sure": Value(1)}
    if sure is not None:
        grouped["sure"] = Case(When(sure, then=Value(1)), default=Value(0))
    if interval:
        names = ["start_first", "start_last"]
        if question.values["time_basis"] == "active":
            names += ["end_first", "end_last"]
        for name in names:
            grouped[f"{name}_day"] = bucket(name, interval)
        grouped["first_year"], grouped["last_year"] = year("start_first"), year("start_last")
    found = found.annotate(**annotations, **grouped).values(*annotations, *grouped)
    return found, list(grouped)


def _pairs(question: Question, dimensions: list[Dimension]) -> tuple[str, list[Any]]:
    """Return a statement of (owner, value[, value]) that holds each combination once.

    Two dimensions of one group speak of one row; a value is null only beside rows none of
    which has one, so that `none` means the same here as in a question.
    """
    group = str(dimensions[0].group)
    rows: Any = question.rows(group, surely=False).order_by()
    valued = [d.name for d in dimensions if d.name != "level"]
    for name in valued:
        rows = question.valued(rows, name)
    rows = rows.annotate(owner=F("incident"))
    if len(valued) < len(dimensions):
        parts = _level_parts(rows, valued)
    elif len(valued) == 1:
        parts = [rows.filter(**{f"{valued[0]}_value__isnull": False})]
    else:
        parts = _double_parts(rows, *valued)
    columns = ["owner", *(f"{d.name}_value" for d in dimensions)]
    regions = [region for region in question.values["region"] if region != NONE]
    surely = in_regions(regions, surely=True) if regions else ~Q(pk__in=[])
    statements, parameters = [], []
    for part in parts:
        tops: dict[str, Any] = {"rows_there": Count("pk")}
        if len(valued) < len(dimensions):
            tops["level_value"] = Max("level")
        if group == "place":
            tops["sure"] = Max(Case(When(surely, then=Value(1)), default=Value(0)))
        once = part.values(*(column for column in columns if column not in tops)).annotate(**tops)
        listed = [*columns, *(name for name in tops if name not in columns)]
        sql, params = once.values(*listed).query.sql_with_params()
        statements.append(sql)
        parameters += params
    return " UNION ALL ".join(statements), parameters


def _level_parts(rows: Any, valued: list[str]) -> list[Any]:
    """Split rows for the highest level by value: those with one, and those of no value at all."""
    if not valued:
        return [rows]
    column = f"{valued[0]}_value"
    having = rows.filter(**{f"{column}__isnull": False})
    return [having, rows.filter(~Exists(having.filter(incident=OuterRef("incident"))))]


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
        self.today = timezone.now().date()

    def add(self, tally: Tally, row: dict[str, Any], n: int) -> None:
        """Add `n` incidents with the same bounds."""
        sure = bool(row["sure"])
        if self.interval is None:
            tally.high[None] += n
            tally.low[None] += n if sure else 0
            return
        first, last = _day(row["start_first_day"]), _day(row["start_last_day"])
        if first is None or last is None:
            if sure:
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
        tally: Tally,
        first: date,
        last: date | None,
        surely: tuple[date, date | None] | None,
        n: int,
    ) -> None:
        """Add to the high of each bucket from `first` to `last`, and to the low of those sure."""
        interval = str(self.interval)
        # Nothing is expected of days to come, unless a period is asked that lasts so long.
        bucket, latest = first, max(self.today, first)
        if self.period:
            bucket = max(bucket, bucket_of(self.period.first, interval))
            if self.period.last < date.max:
                latest = self.period.last
        end = min(last or first, latest)
        while bucket <= end:
            tally.high[bucket] += n
            if surely and surely[1] and surely[0] <= bucket <= surely[1]:
                tally.low[bucket] += n
            bucket = next_bucket(bucket, interval)


def _day(value: Any) -> date | None:
    """Return a date as the drivers give it: a date, a time, or text on SQLite."""
    if isinstance(value, datetime):
        return value.date()
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value
