"""How long a stranger may take and how much they may send."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final, Self

from articles.sizes import LARGEST_FILE, MB

KB: Final = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one page: seconds, bytes, bytes per second, and how often it may send us on.

    `total` covers look-ups, TLS and every redirect. `page` and `pdf` are sizes after decoding.
    After `grace` seconds at least `rate` bytes must come each second.
    """

    total: float = 20
    look_up: float = 5
    connect: float = 5
    headers: int = 64 * KB
    page: int = 5 * MB
    pdf: int = LARGEST_FILE
    grace: float = 10
    rate: int = 5 * KB
    redirects: int = 5


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the clock that is never set, after which nothing is waited for."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """Return the deadline that is `seconds` away."""
        return cls(time.monotonic() + seconds)

    def left(self, *, most: float | None = None) -> float:
        """Return the seconds that are left, `most` at most; raise TimeoutError where none are."""
        seconds = self.moment - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("the deadline has passed")
        return seconds if most is None else min(seconds, most)
