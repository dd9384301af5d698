"""Drawings are as long, as dark and as far apart as the numbers that they show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest

from incidents.atlas import VIEWS
from incidents.charts import maps, scales, shapes
from incidents.charts.drawing import Circle, Drawing, Mark, Path, Rect, Text, fitted


@dataclass(frozen=True, slots=True)
class Value:
    """A number as charts take it, from so many for certain to so many at most."""

    low: int
    high: int
    label: str = "Name"
    query: str = ""

    @property
    def count(self) -> int:
        """What is counted is what is certain."""
        return self.low


def sure(*numbers: int) -> list[Value]:
    """Return numbers of which nothing is only possible."""
    return [Value(n, n) for n in numbers]


def marks(drawing: Drawing) -> list[Mark]:
    return [part for part in drawing.parts if isinstance(part, Mark)]


def rects(drawing: Drawing, look: str) -> list[Rect]:
    """Return the rectangles of a look in all marks, in their order."""
    found = [shape for mark in marks(drawing) for shape in mark.shapes]
    return [shape for shape in found if isinstance(shape, Rect) and shape.look == look]


def widths(drawing: Drawing, look: str = "bar") -> list[float]:
    return [rect.width for rect in rects(drawing, look)]


def heights(drawing: Drawing, look: str = "bar") -> list[float]:
    return [rect.height for rect in rects(drawing, look)]


def time(values: list[Value], most: int = 0, within: Any = ()) -> Drawing:
    names = [str(2000 + n) for n in range(len(values))]
    return shapes.time(values, names, within, 600, most)


@pytest.mark.parametrize("width", [340, 640])
def test_a_bar_is_as_long_as_its_number(width: int) -> None:
    one, two, five, none = widths(shapes.bars(sure(10, 20, 50, 0), width))

    assert one > 10
    assert (two, five, none) == pytest.approx((2 * one, 5 * one, 0))
    assert five < width


@pytest.mark.parametrize("width", [340, 640])
def test_what_is_only_possible_is_what_a_band_reaches_beyond_its_bar(width: int) -> None:
    drawing = shapes.bars([Value(10, 10), Value(10, 30)], width)

    one, _same = widths(drawing)
    assert widths(drawing, "band") == pytest.approx([3 * one])


def test_a_column_is_as_high_as_its_number_and_stands_on_the_axis() -> None:
    drawing = time([Value(10, 10), Value(20, 35), Value(0, 0)])

    one, two, none = heights(drawing)
    assert one > 10
    assert (two, none) == pytest.approx((2 * one, 0))
    assert heights(drawing, "band") == pytest.approx([3.5 * one])
    standing = [*rects(drawing, "bar"), *rects(drawing, "band")]
    assert {round(rect.y + rect.height, 6) for rect in standing} == {200}


def test_an_axis_names_the_height_of_its_columns() -> None:
    drawing = time(sure(20, 40))
    lines = [part for part in drawing.parts if isinstance(part, Path)]
    named = [part for part in drawing.parts if isinstance(part, Text) and part.anchor == "end"]
    at = {
        int(text.text): float(path.d.removeprefix("M40 ").partition("H")[0])
        for text, path in zip(named, lines, strict=True)
    }

    tops = [rect.y for rect in rects(drawing, "bar")]
    assert [at[20], at[40]] == pytest.approx(tops)


def test_a_bracket_spans_the_buckets_of_its_year() -> None:
    drawing = time(sure(*range(12)), within=[shapes.Within("2 more in 2003", 2, 3, 5)])

    columns, (below,) = rects(drawing, "hit")[:12], rects(drawing, "hit")[12:]
    assert below.x == pytest.approx(columns[3].x)
    assert below.x + below.width == pytest.approx(columns[5].x + columns[5].width)
    assert "+2" in [shape.text for shape in marks(drawing)[-1].shapes if isinstance(shape, Text)]


@pytest.mark.parametrize("width", [340, 640])
def test_the_steps_of_a_ladder_are_as_long_as_their_numbers(width: int) -> None:
    rungs = [shapes.Rung(level, "", n, "") for level, n in ((1, 10), (3, 40), (5, 20))]

    drawing = shapes.ladder([("Russia", rungs), ("Iran", rungs[:1])], width)

    # A step leaves one unit to the next one; the firmest comes first.
    one, two, four = (
        [rect.width + 1 for rect in rects(drawing, f"heat-{level}")] for level in (1, 5, 3)
    )
    assert one[0] > 10
    assert (one[1], two[0], four[0]) == pytest.approx((one[0], 2 * one[0], 4 * one[0]))
    assert [mark.shapes[0].look for mark in marks(drawing)[:3]] == ["heat-5", "heat-3", "heat-1"]


def test_the_middle_of_a_range_stands_where_its_days_do() -> None:
    def drawn(first: int, middle: float, last: int) -> tuple[float, float]:
        value = shapes.Range("Official", "", first, middle, last, "", "")
        (mark,) = marks(shapes.ranges([value], 640))
        (line,) = [shape for shape in mark.shapes if isinstance(shape, Path)]
        (dot,) = [shape for shape in mark.shapes if isinstance(shape, Rect) and shape.look == "dot"]
        return float(line.d[1:].partition(" ")[0]), dot.x + dot.width / 2

    named = {
        part.text: part.x
        for part in shapes.ranges([], 640).parts
        if isinstance(part, Text) and part.look == "quiet"
    }

    begun, middle = drawn(1, 30, 365)
    assert begun == pytest.approx(named["1 day"], abs=0.1)
    assert middle == pytest.approx(named["1 month"], abs=0.1)
    assert named["0"] < named["1 day"] < named["1 week"] < named["1 month"] < named["1 year"]


def test_two_questions_are_drawn_to_one_scale() -> None:
    half, whole = sure(50), sure(100)

    for one, other in (
        (widths(shapes.bars(half, 640, 100)), widths(shapes.bars(whole, 640, 100))),
        (heights(time(half, 100)), heights(time(whole, 100))),
    ):
        assert other == pytest.approx([2 * one[0]])


def test_two_ladders_are_drawn_to_one_scale() -> None:
    def drawn(n: int, most: int) -> float:
        made = shapes.ladder([("Russia", [shapes.Rung(3, "", n, "")])], 640, most)
        return widths(made, "heat-3")[0] + 1

    assert drawn(100, 100) == pytest.approx(2 * drawn(50, 100))


@pytest.mark.parametrize("most", [1, 2, 3, 5, 7, 9, 10, 11, 49, 50, 51, 207, 1_000, 123_456])
def test_an_axis_begins_at_0_goes_on_evenly_and_reaches_the_largest_number(most: int) -> None:
    named = scales.ticks(most)

    assert named[0] == 0
    assert most <= named[-1] <= max(2 * most, 4)
    assert len({after - one for one, after in pairwise(named)}) == 1
    assert len(named) <= 6


def test_more_is_never_lighter_and_the_most_is_darkest() -> None:
    shades = [scales.shade(n, 100) for n in range(101)]

    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[100]) == (0, 1, 5)
    assert set(shades) == {0, 1, 2, 3, 4, 5}


def test_squares_of_a_matrix_and_countries_are_as_dark_as_their_numbers() -> None:
    cells = {(0, 0): Value(1, 1), (0, 1): Value(100, 100)}
    drawing = shapes.matrix(["Arson"], ["Energy", "Water", "Food"], cells, 640)
    looks = [mark.shapes[0].look for mark in marks(drawing)]
    empty = [part.look for part in drawing.parts if isinstance(part, Rect)]
    assert (looks, empty) == (["heat-1", "heat-5"], ["heat-0"])

    drawing = maps.world("europe", {"PL": Value(100, 100), "DE": Value(1, 1)}, [], [])
    assert [mark.shapes[0].look for mark in marks(drawing)] == ["heat-1 country", "heat-5 country"]


@pytest.mark.parametrize("view", ["europe", "world"])
def test_a_point_stands_where_its_place_is_and_is_larger_for_more(view: str) -> None:
    def spot(lon: float, lat: float, n: int, precision: str = "exact") -> maps.Spot:
        return maps.Spot(lon, lat, precision, n, f"Near {lon}: {n}", "")

    drawing = maps.world(view, {}, [], [spot(18.5, 54.5, 1), spot(24.9, 60.2, 9), spot(0, -80, 1)])

    circles = [mark.shapes[-1] for mark in marks(drawing) if mark.says.startswith("Near")]
    assert all(isinstance(circle, Circle) for circle in circles)
    at = {(round(c.x, 6), round(c.y, 6)): c.radius for c in circles if isinstance(c, Circle)}
    large, small = (
        tuple(round(part, 6) for part in VIEWS[view].place(*place))
        for place in ((24.9, 60.2), (18.5, 54.5))
    )
    assert {large, small} <= set(at)
    assert at[large] > at[small]  # type: ignore[index]


def test_a_place_that_is_known_only_about_has_a_ring_wider_than_its_point() -> None:
    def rings(precision: str) -> list[float]:
        one = maps.Spot(18.5, 54.5, precision, 1, "Near", "")
        (mark,) = marks(maps.world("europe", {}, [], [one]))
        return [shape.radius for shape in mark.shapes if isinstance(shape, Circle)]

    assert len(rings("exact")) == 1
    around, point = rings("place")
    assert around > point
    assert rings("maritime_area")[0] > around


def test_a_long_name_is_cut_to_its_room_and_a_short_one_is_whole() -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau"

    cut = fitted(long, 120)

    assert cut.endswith("…")
    assert long.startswith(cut[:-1])
    assert 15 <= len(cut) <= 20
    assert fitted("Poland", 120) == "Poland"
    assert len(fitted(long, 240)) > len(cut) > len(fitted(long, 120, size=15))
