"""Which records may be the same incident as a draft or an article, the best first, with reasons."""

from __future__ import annotations

from .candidates import MOST, MOST_CITING, Candidate, candidates, shown_of
from .editions import alike, of_edition
from .signs import Signs, Spot, signs

__all__ = [
    "MOST",
    "MOST_CITING",
    "Candidate",
    "Signs",
    "Spot",
    "alike",
    "candidates",
    "of_edition",
    "shown_of",
    "signs",
]
