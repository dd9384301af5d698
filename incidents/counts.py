"""Every number: how many incidents satisfy a question, in all and by group.

Law: a number is made here, in `incidents.tallies` or in `incidents.profiles`, from the querysets
that list the incidents, and by no door; each carries the question whose list it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from .buckets import bucket_name, bucket_of, next_bucket
from .codebook import Outcome, Status
from .dimensions import DIMENSIONS, Dimension, labels
from .profiles import Profile
from .querysets.editions import series_sets
from .questions import BESIDES, GROUPS, LEVELLED, NONE, Question, encoded, joined
from .refusals import InvalidQuestion
from .tallies import Group, Tallies, Tally, bounds, tallied

MAX_CELLS: Final = 10_000


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
    profile: Profile | None = None

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


def count(
    question: Question,
    by: Sequence[str] = (),
    interval: str | None = None,
    assign: str = "primary",
    seen: Profile | None = None,
) -> Counts:
    """Count the incidents of `question`, in all and per group of `by` and `interval`.

    Where its profile was `seen` already, that tells how many there are in all.
    Raises InvalidQuestion where the dimensions do not go together or the cells are too many.
    """
    dimensions = [DIMENSIONS[name] for name in by]
    low, high = (seen.low, seen.high) if seen else bounds(question)
    possible = question.values["date_match"] == "possible"
    tallies = tallied(question, dimensions, interval, assign) if dimensions or interval else {}
    buckets = _buckets(question, tallies, interval) if interval else [None]
    made = len(buckets) * max(len(tallies), 1)
    if made > MAX_CELLS:
        raise InvalidQuestion(
            {
                "interval": [
                    _("%(interval)s would make %(n)d cells or more; at most %(most)d are answered.")
                    % {
                        "interval": interval,
                        "n": made,
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
        additive=bool(dimensions or interval)
        and not any(dimension.overlaps(assign) for dimension in dimensions)
        and not (interval and (active or possible)),
        threshold=question.threshold if set(by) & set(LEVELLED) else None,
        profile=seen,
    )


def grouped(question: Question, by: str, assign: str = "primary") -> dict[str, int]:
    """Count the incidents of each group of one dimension, or of each year, and nothing else."""
    low = question.values["date_match"] != "possible"
    if by == "year":
        years = tallied(question, [], "year", assign).get((), Tally())
        return {
            bucket_name(bucket, by): n
            for bucket, n in (years.low if low else years.high).items()
            if bucket
        }
    tallies = tallied(question, [DIMENSIONS[by]], None, assign)
    return {
        code: sum((tally.low if low else tally.high).values()) for (code,), tally in tallies.items()
    }


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
        tallies = {(): Tally()}
    groups = sorted(
        tallies, key=lambda group: (-sum(tallies[group].low.values()), _sortable(group))
    )
    asked = {
        group: encoded(question.params(**_link(question, dimensions, group, assign)))
        for group in groups
    }
    cells = []
    for bucket in buckets:
        within = encoded(_bucket_link(question, bucket, str(interval))) if bucket else {}
        for group in groups:
            tally = tallies[group]
            low, high = tally.low.get(bucket, 0), tally.high.get(bucket, 0)
            key = dict(zip(names, group, strict=True))
            words = [called[name][code] for name, code in key.items()]
            parts = asked[group] | within
            if bucket:
                key[str(interval)] = bucket_name(bucket, str(interval))
                words.append(key[str(interval)])
                parts.pop("year", None)
            cells.append(
                Cell(
                    key=key,
                    label=", ".join(words),
                    count=high if possible else low,
                    low=low,
                    high=high,
                    query=joined(parts),
                )
            )
    return cells


def _sortable(group: Group) -> tuple[tuple[bool, str], ...]:
    return tuple((code == NONE, code) for code in group)


def _undated(dimensions: list[Dimension], tallies: Tallies) -> list[Undated]:
    names = [d.name for d in dimensions]
    return [
        Undated(dict(zip(names, group, strict=True)), period, n)
        for group, tally in sorted(tallies.items())
        for period, n in sorted(tally.undated.items())
    ]


def _bucket_link(question: Question, bucket: date, interval: str) -> dict[str, list[str]]:
    """Return the parameters of a bucket, cut to the period asked; no year stands beside them."""
    first = bucket
    following = next_bucket(bucket, interval)
    last = date.fromordinal(following.toordinal() - 1)
    if question.period:
        first, last = max(first, question.period.first), min(last, question.period.last)
    return {"from": [first.isoformat()], "to": [last.isoformat()]}


def _link(
    question: Question, dimensions: list[Dimension], group: Group, assign: str
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
