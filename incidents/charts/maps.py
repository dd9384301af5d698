"""Maps: countries shaded by their numbers, places as points, and what lies at sea or nowhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from incidents.atlas import VIEWS, shapes

from .drawing import Circle, Drawing, Mark, Path, Rect, Shape, Text
from .scales import shade
from .shapes import Valued, said

# How far around a point it may have been, in units of the map, by how well it is placed.
AROUND: Final = {"exact": 0, "place": 3, "maritime_area": 14}


@dataclass(frozen=True, slots=True)
class Spot:
    """Incidents at about one place, and how well the best known of them is placed."""

    lon: float
    lat: float
    precision: str
    count: int
    says: str
    query: str | None


def world(
    view: str,
    countries: Mapping[str, Valued],
    besides: Sequence[Valued],
    spots: Sequence[Spot],
    most: int = 0,
) -> Drawing:
    """Draw a map, `most` the darkest; `besides` are numbers of no country, told in a corner."""
    frame = VIEWS[view]
    drawing = Drawing(frame.width, frame.height)
    drawing.add(Rect(0, 0, frame.width, frame.height, "sea"))
    outlines = shapes(view)
    most = max([most, *(value.count for value in countries.values())])
    bare = "".join(d for code, d in outlines.items() if code not in countries)
    drawing.add(Path(bare, "land"))
    for code, value in sorted(countries.items(), key=lambda pair: pair[1].count):
        if code in outlines:
            look = f"heat-{shade(value.count, most)} country"
            drawing.add(Mark(said(value), value.query, (Path(outlines[code], look),)))
    for spot in sorted(spots, key=lambda spot: -spot.count):
        if frame.shows(spot.lon, spot.lat):
            drawing.add(_spot(spot, *frame.place(spot.lon, spot.lat)))
    for n, value in enumerate(besides):
        y = frame.height - 38 - 36 * n
        words = said(value)
        shapes_of: tuple[Shape, ...] = (
            Rect(10, y, 22 + 9.4 * len(words), 30, "plate"),
            Text(20, y + 21, words, size=17),
        )
        drawing.add(Mark(words, value.query, shapes_of))
    return drawing


def _spot(spot: Spot, x: float, y: float) -> Mark:
    radius = 2.2 + 1.5 * math.sqrt(spot.count)
    around = AROUND.get(spot.precision, 0)
    shapes_of: list[Shape] = []
    if around:
        shapes_of.append(Circle(x, y, radius + around, "area"))
    shapes_of.append(Circle(x, y, radius, "point"))
    return Mark(spot.says, spot.query, tuple(shapes_of))
