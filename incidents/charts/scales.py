"""Where a number stands between the ends of an axis, and which numbers an axis names."""

from __future__ import annotations

import math
from typing import Final

_STEPS: Final = (1, 2, 5, 10)
SHADES: Final = 5


def ticks(most: int, about: int = 4) -> list[int]:
    """Return about so many round numbers from 0 to one that is not below `most`."""
    if most <= 0:
        return [0, 1]
    power = 10 ** max(math.floor(math.log10(most / about)), 0)
    step = next(
        (step * power for step in _STEPS if step * power * about >= most), _STEPS[-1] * power
    )
    return list(range(0, math.ceil(most / step) * step + 1, step))


def shade(value: int, most: int) -> int:
    """Return how dark a number is, from 0 for none to 5 for the largest; by square roots."""
    if value <= 0:
        return 0
    return max(1, math.ceil(SHADES * math.sqrt(value) / math.sqrt(max(most, value))))


def days_along(days: float, most: float) -> float:
    """Return where a number of days stands between 0 and `most`, from 0 to 1; by logarithms."""
    return math.log1p(max(days, 0)) / math.log1p(max(most, 1))
