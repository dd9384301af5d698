"""Make the outlines of `incidents/atlas` from polygons of countries.

    python tools/shapes.py countries.geojson

takes a GeoJSON of Natural Earth's countries (public domain) whose features have the ISO number as
`id` or the name as `n`, cut at the antimeridian, with Crimea in Ukraine. Borders stay shared: every
point is moved to the same grid, and what then lies on a straight line is left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from babel.core import get_global

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from articles.countries import COUNTRIES
from incidents.atlas import SOURCE, VIEWS, View

Point = tuple[int, int]
# Features without a number; what no code of ours has is a part of what has one.
NAMED: Final = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
LEFT_OUT: Final = {"AQ"}
# A country smaller than this becomes a dot, so that it can be seen and pressed.
SMALL: Final = {"world": 4, "europe": 9}
DOT: Final = {"world": 2, "europe": 4}
# Of a country that has more, islands smaller than this are left out.
ISLET: Final = 3
MARGIN: Final = 20


def main() -> None:
    """Write the outlines of both maps."""
    features = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["features"]
    made = {name: outlines(features, view) for name, view in VIEWS.items()}
    SOURCE.write_text(json.dumps(made, separators=(",", ":"), sort_keys=True), encoding="utf-8")
    for name, found in made.items():
        size = sum(map(len, found.values()))
        missing = sorted(set(COUNTRIES) - set(found))
        print(f"{name}: {len(found)} countries, {size:,} characters; without: {missing}")  # noqa: T201


def outlines(features: Iterable[dict[str, Any]], view: View) -> dict[str, str]:
    """Return the outline of each country of a map."""
    rings: dict[str, list[list[Point]]] = {}
    middles: dict[str, list[tuple[float, float]]] = {}
    for feature in features:
        code = code_of(feature)
        if code is None or code in LEFT_OUT:
            continue
        for ring in rings_of(feature["geometry"]):
            placed = [view.place(lon, lat) for lon, lat in ring if near(view, lon, lat)]
            if len(placed) < 3:
                continue
            cut = clipped(placed, view)
            if len(cut) >= 3:
                middles.setdefault(code, []).extend(cut)
                rings.setdefault(code, []).append(straightened(cut))
    return {
        code: path_of(rings[code], middles[code], view)
        for code in sorted(rings)
        if code in COUNTRIES
    }


def code_of(feature: dict[str, Any]) -> str | None:
    """Return the code of a feature, as this project has it."""
    name = feature["properties"]["n"]
    if name in NAMED:
        return NAMED[name]
    found = get_global("territory_aliases").get(str(feature.get("id", "")).zfill(3))
    return found[0] if found else None


def rings_of(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    """Yield the rings of a polygon or of several."""
    several = geometry["coordinates"]
    for polygon in several if geometry["type"] == "MultiPolygon" else [several]:
        yield from polygon


def near(view: View, lon: float, lat: float) -> bool:
    """Tell whether a place is on the side of the earth that a map shows."""
    return view.name == "world" or (-70 < lon < 110 and lat > 10)


def clipped(ring: list[tuple[float, float]], view: View) -> list[tuple[float, float]]:
    """Cut a ring at the frame of a map, a little outside it."""
    low, right, bottom = -MARGIN, view.width + MARGIN, view.height + MARGIN
    for axis, bound, keeps_less in (
        (0, low, False),
        (0, right, True),
        (1, low, False),
        (1, bottom, True),
    ):
        kept: list[tuple[float, float]] = []
        for n, here in enumerate(ring):
            before = ring[n - 1]
            inside = (here[axis] <= bound) == keeps_less or here[axis] == bound
            was = (before[axis] <= bound) == keeps_less or before[axis] == bound
            if inside != was:
                share = (bound - before[axis]) / (here[axis] - before[axis])
                kept.append(
                    (
                        before[0] + share * (here[0] - before[0]),
                        before[1] + share * (here[1] - before[1]),
                    )
                )
            if inside:
                kept.append(here)
        ring = kept
        if not ring:
            break
    return ring


def straightened(ring: list[tuple[float, float]]) -> list[Point]:
    """Return a ring on the grid, without what repeats or lies on a straight line."""
    points: list[Point] = []
    for x, y in ring:
        point = (round(x), round(y))
        if points and points[-1] == point:
            continue
        while len(points) > 1 and _in_line(points[-2], points[-1], point):
            points.pop()
        points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points if len(points) > 2 else []


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (b[1] - a[1]) * (c[0] - a[0])


def path_of(rings: list[list[Point]], middles: list[tuple[float, float]], view: View) -> str:
    """Return rings as a path; what is too small to be seen becomes a dot."""
    xs, ys = [x for x, _y in middles], [y for _x, y in middles]
    small = max(max(xs) - min(xs), max(ys) - min(ys)) < SMALL[view.name]
    if small or not any(rings):
        x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        r = DOT[view.name]
        return f"M{round(x) - r} {round(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
    large = [ring for ring in rings if ring and _area(ring) >= ISLET]
    return "".join(map(_ring, large or [max(rings, key=_area)]))


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _ring(points: list[Point]) -> str:
    first = points[0]
    steps = [f"M{first[0]} {first[1]}l"]
    for n in range(1, len(points)):
        dx, dy = points[n][0] - points[n - 1][0], points[n][1] - points[n - 1][1]
        steps.append(f"{dx},{dy} " if n < len(points) - 1 else f"{dx},{dy}")
    return "".join(steps) + "Z"


if __name__ == "__main__":
    main()
