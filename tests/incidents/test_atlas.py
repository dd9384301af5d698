"""The maps show each country where it is, and places within their countries."""

from __future__ import annotations

import re
from typing import Final

import pytest

from articles.countries import COUNTRIES
from incidents.atlas import VIEWS, shapes
from incidents.regions import REGIONS

Ring = list[tuple[float, float]]
_PIECE: Final = re.compile(r"M(-?\d+) (-?\d+)(?:l([^Za]*)|a[^Z]*)Z")
# What is too small for the polygons at hand, or an overseas part drawn with its state.
NOT_DRAWN: Final = {
    *("AQ", "BQ", "BV", "CC", "CX", "GF", "GI", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "YT"),
}
# What a map says of disputed ground is written down in docs/boundaries.md.
PLACES: Final = {
    "Simferopol": ("UA", 34.1, 44.95),
    "Sevastopol": ("UA", 33.6, 44.62),
    "Donetsk": ("UA", 37.8, 48.0),
    "Pristina": ("XK", 21.17, 42.67),
    "Nicosia, north": ("CY", 33.36, 35.2),
    "Taipei": ("TW", 121.4, 24.95),
    "Tifariti": ("EH", -10.57, 26.1),
    "Hargeisa": ("SO", 44.07, 9.56),
    "Warsaw": ("PL", 21.0, 52.23),
    "Kaliningrad": ("RU", 20.9, 54.7),
    "Tirana": ("AL", 19.82, 41.33),
    "Oslo": ("NO", 10.75, 60.1),
    "Tbilisi": ("GE", 44.5, 41.9),
    "Ankara": ("TR", 32.85, 39.93),
}


def rings(path: str) -> list[Ring]:
    """Return the rings of an outline; a dot has none."""
    found = []
    for x, y, steps in _PIECE.findall(path):
        ring = [(float(x), float(y))]
        for step in filter(None, steps.split(" ")):
            dx, dy = step.split(",")
            ring.append((ring[-1][0] + float(dx), ring[-1][1] + float(dy)))
        if len(ring) > 2:
            found.append(ring)
    return found


def holds(path: str, x: float, y: float) -> bool:
    """Tell whether an outline holds a point, by how often a line from it is crossed."""
    inside = False
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", PLACES)
def test_a_place_lies_in_its_country_and_in_no_other(view: str, name: str) -> None:
    code, lon, lat = PLACES[name]
    if not VIEWS[view].shows(lon, lat):
        pytest.skip("outside this map")
    x, y = VIEWS[view].place(lon, lat)

    assert [c for c, path in shapes(view).items() if holds(path, x, y)] == [code]


def test_every_country_is_on_the_map_of_the_world_or_named_as_missing() -> None:
    assert set(COUNTRIES) - set(shapes("world")) == NOT_DRAWN
    assert set(shapes("world")) <= set(COUNTRIES)


def test_europe_shows_all_of_europe() -> None:
    europe = {member.country for member in REGIONS["europe"].members}

    # Two dots that no polygon stands for.
    assert europe - set(shapes("europe")) <= {"GI", "SJ"}
    assert {"TR", "GE", "UA", "BY"} <= set(shapes("europe"))


@pytest.mark.parametrize(("view", "most"), [("world", 75_000), ("europe", 40_000)])
def test_outlines_are_small_enough_to_be_part_of_a_page(view: str, most: int) -> None:
    assert sum(map(len, shapes(view).values())) < most


def test_no_outline_crosses_the_whole_map() -> None:
    long = [
        (code, ring)
        for code, path in shapes("world").items()
        for ring in rings(path)
        for (x1, _y1), (x2, _y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if abs(x2 - x1) > VIEWS["world"].width / 5
    ]

    assert long == []
