"""Two maps: the world and Europe, as outlines of countries and as places on them.

The outlines are made by `tools/shapes.py` and are projected already; places are projected here,
by the same formulas. What the outlines show of disputed ground is said in docs/boundaries.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("shapes.json")


@dataclass(frozen=True, slots=True)
class View:
    """A map of so many units by so many; `scale` of them are one radius of the earth."""

    name: str
    width: int
    height: int
    scale: float
    left: float
    top: float
    project: Callable[[float, float], tuple[float, float]]

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where degrees stand on the map, also outside its frame."""
        x, y = self.project(lon, lat)
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def shows(self, lon: float, lat: float) -> bool:
        """Tell whether a place lies within the frame."""
        x, y = self.place(lon, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees by Equal Earth, in radii of the earth."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2, t6 = t * t, t**6
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(t) / (3 * slope)
    return x, t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)


def equal_area(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees by Lambert's azimuthal equal-area projection around 52° N 15° E."""
    middle, turned, up = math.radians(52), math.radians(lon - 15), math.radians(lat)
    cos_c = math.sin(middle) * math.sin(up) + math.cos(middle) * math.cos(up) * math.cos(turned)
    k = math.sqrt(2 / max(1 + cos_c, 1e-9))
    x = k * math.cos(up) * math.sin(turned)
    y = k * (math.cos(middle) * math.sin(up) - math.sin(middle) * math.cos(up) * math.cos(turned))
    return x, y


VIEWS: Final[dict[str, View]] = {
    view.name: view
    for view in (
        View("world", 1000, 452, 1000 / 5.42, -2.71, 1.32, equal_earth),
        View("europe", 800, 700, 800 / 0.80, -0.40, 0.375, equal_area),
    )
}


@cache
def shapes(view: str) -> dict[str, str]:
    """Return the outline of each country that a map shows, by code, as a path of SVG."""
    outlines: dict[str, str] = json.loads(SOURCE.read_text(encoding="utf-8"))[view]
    return outlines
