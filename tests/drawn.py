"""How often tests draw: as often as a daily run affords, times `DRAWN` for those who have hours."""

from __future__ import annotations

import os


def times(few: int) -> int:
    """Return how many examples are drawn where a daily run draws `few`."""
    return max(1, round(few * float(os.environ.get("DRAWN", "1"))))
