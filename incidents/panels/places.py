"""Where: countries by their primary place, and the points of what is placed well enough."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Final

from django.utils.translation import gettext as _

from incidents.atlas import VIEWS, shapes
from incidents.charts import maps
from incidents.charts.drawing import Drawing
from incidents.codebook import NO_PLACE, SEA, UNKNOWN_COUNTRY
from incidents.counts import count
from incidents.labels import LABELS
from incidents.querysets.children import WELL_PLACED
from incidents.questions import NONE, Question

from .bodies import Body, counted, first_in_words, ranked, table_of

# Points that lie in one square of so many degrees are drawn as one.
SQUARE: Final = {"world": 2.0, "europe": 0.5}
# Coordinates are kept to so many parts of a degree.
FINEST: Final = 1e-6
# Above so many incidents, points are left out.
MOST_PLACED: Final = 100_000
# No country: these are told beside the map.
BESIDES: Final = (SEA, NO_PLACE, UNKNOWN_COUNTRY, NONE)


def on_map(question: Question, view: str) -> Body:
    """Split incidents by country, and put on the map what has a point."""
    counts = count(question, ["country"])
    cells = {cell.key["country"]: cell for cell in ranked(counts.cells)}
    spots = _spots(question, view) if counts.high <= MOST_PLACED else []
    besides = [cells[code] for code in BESIDES if code in cells]
    shown = {code: cell for code, cell in cells.items() if code in shapes(view)}
    beyond = counts.total - sum(cell.count for cell in [*shown.values(), *besides])

    def draw(width: int, most: int = 0, look: str = "") -> Drawing:
        return maps.world(view, shown, besides, spots, most)

    notes = [
        _(
            "Shaded by primary place. A point is a place that is known, larger for more incidents, "
            "with a ring where it is known only about."
        )
    ]
    if beyond > 0:
        notes.append(_("%(n)s lie outside this map.") % {"n": f"{beyond:,}"})
    if counts.high > MOST_PLACED:
        notes.append(_("For so many incidents, points are left out."))
    return Body(
        says=first_in_words(list(cells.values()), counts.total),
        table=table_of(str(LABELS["country"]), cells.values()),
        draw=draw,
        most=max((cell.count for cell in shown.values()), default=0),
        fixed=True,
        notes=notes,
        counted=counted(question, "country"),
    )


def _spots(question: Question, view: str) -> list[maps.Spot]:
    """Return the points of the places that fit the question, by square, each with its list."""
    if NONE in question.values["country"] or NONE in question.values["region"]:
        return []
    size, frame = SQUARE[view], VIEWS[view]
    surely = question.values["date_match"] != "possible"
    rows = question.rows("place", surely=surely).filter(
        incident__in=question.incidents().order_by().values("pk"),
        precision__in=WELL_PLACED,
        lat__isnull=False,
    )
    squares: dict[tuple[int, int], list[tuple[int, float, float, int]]] = defaultdict(list)
    placed = rows.order_by("pk").values_list("lon", "lat", "precision", "incident")
    for lon, lat, precision, incident in placed:
        x, y = float(lon), float(lat)
        square = math.floor(x / size), math.floor(y / size)
        squares[square].append((WELL_PLACED.index(precision), x, y, incident))
    spots = []
    for (column, row), found in squares.items():
        rank, lon, lat, _incident = min(found)
        if not frame.shows(lon, lat):
            continue
        n = len({incident for _rank, _lon, _lat, incident in found})
        words = _("Near %(place)s: %(n)s") % {"place": degrees(lat, lon), "n": f"{n:,}"}
        box = _square(question, column * size, row * size, size)
        spots.append(maps.Spot(lon, lat, WELL_PLACED[rank], n, words, box))
    return spots


def degrees(lat: float, lon: float) -> str:
    """Say a place: 54.5° N, 18.5° E."""
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{abs(lat):.1f}° {north}, {abs(lon):.1f}° {east}"


def _square(question: Question, west: float, south: float, size: float) -> str | None:
    """Return the query of what lies in a square, and in the box that is asked already.

    A box across the 180th meridian may leave two parts of a square, which no box is.
    """
    bounds = [west, south, west + size - FINEST, south + size - FINEST]
    if asked := question.values["bbox"]:
        if asked[0] > asked[2]:
            return None
        bounds = [*map(max, bounds[:2], asked[:2]), *map(min, bounds[2:], asked[2:])]
    return question.query(bbox=[",".join(f"{bound:.6f}" for bound in bounds)])
