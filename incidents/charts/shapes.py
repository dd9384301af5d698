"""The kinds of charts: bars, time, matrix, ladder, ranges. Each is drawn for a width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from .drawing import Drawing, Mark, Path, Rect, Shape, Text, fitted
from .scales import days_along, shade, ticks

ROW: Final = 26
# Below this width names stand above their bars.
NARROW: Final = 480


class Valued(Protocol):
    """A number with its bounds, its name and the query of its list."""

    @property
    def label(self) -> str:
        """What it counts."""

    @property
    def count(self) -> int:
        """How many there are."""

    @property
    def low(self) -> int:
        """How many there are for certain."""

    @property
    def high(self) -> int:
        """How many there may be."""

    @property
    def query(self) -> str:
        """The query that lists them."""


def said(value: Valued) -> str:
    """Say a number: Poland: 27, up to 30."""
    more = f", up to {value.high:,}" if value.high > value.count else ""
    return f"{value.label}: {value.count:,}{more}"


def bars(values: Sequence[Valued], width: int, most: int = 0, look: str = "") -> Drawing:
    """Draw a bar for each number, one below the other; what is only possible is paler."""
    narrow = width < NARROW
    row = 40 if narrow else ROW
    left = 0 if narrow else min(210, int(width * 0.36))
    room = width - left - 64
    most = max([most, *(value.high for value in values)], default=1) or 1
    drawing = Drawing(width, max(row * len(values), row) + 4)
    for n, value in enumerate(values):
        y = n * row + (18 if narrow else 4)
        low, high = room * value.low / most, room * value.high / most
        shapes: list[Shape] = [Rect(0, n * row, width, row, "hit")]
        if high > low:
            shapes.append(Rect(left, y, high, 18, f"{look}band"))
        shapes.append(Rect(left, y, low, 18, f"{look}bar"))
        name = fitted(value.label, width if narrow else left - 12)
        if narrow:
            shapes.append(Text(0, y - 5, name))
        else:
            shapes.append(Text(left - 8, y + 13, name, anchor="end"))
        up_to = f"–{value.high:,}" if value.high > value.count else ""
        shapes.append(Text(left + max(high, low) + 6, y + 13, f"{value.count:,}{up_to}"))
        drawing.add(Mark(said(value), value.query, tuple(shapes)))
    return drawing


@dataclass(frozen=True, slots=True)
class Within:
    """Incidents of which only the year is known; they stand in none of its buckets."""

    label: str
    count: int
    first: int
    last: int


def time(
    values: Sequence[Valued],
    names: Sequence[str],
    within: Sequence[Within],
    width: int,
    most: int = 0,
    look: str = "",
) -> Drawing:
    """Draw a column for each bucket of time, and below the axis what lies somewhere in a year.

    `names` are the codes of the buckets, by which a range can be brushed.
    """
    left, base = 40, 200
    drawing = Drawing(width, base + (54 if within else 24))
    marks = ticks(max([most, *(value.high for value in values)], default=1))
    top = marks[-1]
    room, rise = width - left - 8, base - 12
    for tick in marks:
        y = base - rise * tick / top
        drawing.add(
            Path(f"M{left} {y:.1f}H{width - 8}", "axis" if tick == 0 else "grid"),
            Text(left - 6, y + 4, f"{tick:,}", "quiet", "end", 11),
        )
    step = room / max(len(values), 1)
    gap = 0.0 if step < 3 else min(step * 0.2, 6)
    for n, (value, name) in enumerate(zip(values, names, strict=True)):
        x = left + n * step + gap / 2
        low, high = rise * value.low / top, rise * value.high / top
        shapes: list[Shape] = [Rect(left + n * step, 12, step, rise, "hit")]
        if high > low:
            shapes.append(Rect(x, base - high, step - gap, high, f"{look}band"))
        shapes.append(Rect(x, base - low, step - gap, low, f"{look}bar"))
        drawing.add(Mark(said(value), value.query, tuple(shapes), key=name))
    drawing.add(*_names_of_time(names, left, step, base))
    for part in within:
        x1, x2 = left + part.first * step, left + (part.last + 1) * step
        y = base + 32
        words = f"+{part.count:,}"
        drawing.add(
            Mark(
                part.label,
                None,
                (
                    Rect(x1, y - 6, max(x2 - x1, 1), 24, "hit"),
                    Path(f"M{x1 + 1:.1f} {y - 5}v6H{x2 - 1:.1f}v-6", "bracket"),
                    Text((x1 + x2) / 2, y + 16, words, "doubt", "middle", 11),
                ),
            )
        )
    return drawing


def _names_of_time(names: Sequence[str], left: float, step: float, base: float) -> list[Shape]:
    """Return the names below an axis of time: of years where there are several, else of buckets."""
    starts = [n for n, name in enumerate(names) if n == 0 or name[:4] != names[n - 1][:4]]
    by_year = len(starts) > 2 or (names and len(names[0]) == 4)
    places = starts if by_year else list(range(len(names)))
    wide = 34 if by_year else 64
    every = max(1, -(-int(wide * len(places)) // max(int(step * len(names)), 1)))
    return [
        Text(
            left + (n + (0.5 if len(names[n]) == 4 else 0)) * step,
            base + 16,
            names[n][:4] if by_year else names[n],
            "quiet",
            "middle" if len(names[n]) == 4 else "start",
            11,
        )
        for n in places[::every]
    ]


def matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], Valued],
    width: int,
    most: int = 0,
) -> Drawing:
    """Draw a square for each pair of a row and a column, darker for more, `most` the darkest."""
    left = min(170, int(width * 0.34))
    head = 92
    step = (width - left - 30) / max(len(columns), 1)
    row = 26
    most = max([most, *(value.count for value in cells.values())])
    drawing = Drawing(width, head + row * len(rows) + 6)
    for n, name in enumerate(columns):
        x = left + (n + 0.6) * step
        drawing.add(Text(x, head - 8, fitted(name, 96, 11), "quiet", size=11, turned=True))
    for r, name in enumerate(rows):
        y = head + r * row
        drawing.add(Text(left - 8, y + 17, fitted(name, left - 12), anchor="end"))
        for c, column in enumerate(columns):
            x = left + c * step
            value = cells.get((r, c))
            n = value.count if value else 0
            dark = shade(n, most)
            square = Rect(x + 1, y + 1, step - 2, row - 2, f"heat-{dark}")
            if value is None or not (n or value.high):
                drawing.add(square)
                continue
            look = "on-dark" if dark >= 4 else "label"
            words = f"{n:,}" if step >= 14 + 6 * len(f"{n:,}") - 6 else ""
            number = Text(x + step / 2, y + 17, words, look, "middle", 11)
            told = f"{name}, {column}: {n:,}"
            told += f", up to {value.high:,}" if value.high > n else ""
            drawing.add(Mark(told, value.query, (square, *((number,) if words else ()))))
    return drawing


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: how many have just this level, from 1 to 5, or 0 beside the ladder."""

    level: int
    says: str
    count: int
    query: str | None


def ladder(
    rows: Sequence[tuple[str, Sequence[Rung]]], width: int, most: int = 0, look: str = ""
) -> Drawing:
    """Draw a bar for each name, made of steps that are darker for firmer claims; 0 is none."""
    narrow = width < NARROW
    row = 42 if narrow else 30
    left = 0 if narrow else min(150, int(width * 0.28))
    room = width - left - 52
    sums = [sum(rung.count for rung in rungs) for _name, rungs in rows]
    most = max([most, *sums], default=1) or 1
    drawing = Drawing(width, max(row * len(rows), row) + 4)
    for n, (name, rungs) in enumerate(rows):
        y = n * row + (18 if narrow else 4)
        words = fitted(name, width if narrow else left - 12)
        if narrow:
            drawing.add(Text(0, y - 5, words))
        else:
            drawing.add(Text(left - 8, y + 15, words, anchor="end"))
        x = float(left)
        for rung in sorted(rungs, key=lambda rung: -rung.level):
            long = room * rung.count / most
            look = f"heat-{rung.level}" if rung.level else "none"
            shapes: list[Shape] = [Rect(x, y, max(long - 1, 0.5), 20, look)]
            told = f"{rung.count:,}"
            if long >= 8 + 7 * len(told):
                light = "on-dark" if rung.level >= 4 else "label"
                shapes.append(Text(x + long / 2, y + 15, told, light, "middle", 11))
            drawing.add(Mark(rung.says, rung.query, tuple(shapes)))
            x += long
        drawing.add(Text(x + 6, y + 15, f"{sums[n]:,}"))
    return drawing


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of days: the middle one, and between which two the middle half lies."""

    label: str
    says: str
    first: int
    middle: float
    last: int
    told: str
    query: str | None


_NAMED_DAYS: Final = ((0, "0"), (1, "1 day"), (7, "1 week"), (30, "1 month"), (365, "1 year"))


def ranges(values: Sequence[Range], width: int, most: int = 0) -> Drawing:
    """Draw the middle half of some numbers of days as a line, and the middle one as a dot."""
    narrow = width < NARROW
    row = 44 if narrow else 32
    left = 6 if narrow else min(170, int(width * 0.3))
    room = width - left - (96 if narrow else 110)
    most = max([365, most, *(value.last for value in values)])
    drawing = Drawing(width, row * len(values) + 30)
    bottom = row * len(values) + 6
    for days, named in _NAMED_DAYS:
        x = left + room * days_along(days, most)
        drawing.add(
            Path(f"M{x:.1f} 0V{bottom}", "grid"),
            Text(x, bottom + 16, named, "quiet", "middle", 11),
        )
    for n, value in enumerate(values):
        y = n * row + (30 if narrow else 16)
        first, middle, last = (
            left + room * days_along(days, most) for days in (value.first, value.middle, value.last)
        )
        name = (
            Text(left, y - 14, value.label)
            if narrow
            else Text(left - 14, y + 4, fitted(value.label, left - 16), anchor="end")
        )
        shapes: tuple[Shape, ...] = (
            Rect(0, n * row, width, row, "hit"),
            name,
            Path(f"M{first:.1f} {y}H{max(last, first + 0.1):.1f}", "range"),
            Rect(middle - 3, y - 8, 6, 16, "dot"),
            Text(last + 10, y + 4, value.told),
        )
        drawing.add(Mark(value.says, value.query, shapes))
    return drawing
