"""The words that suggestions rest on, quoted with those around them, and marked in a text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from .texts import Evidence

_CUT = "…"


def quote(text: str, evidence: Evidence, around: int) -> tuple[str, str, str]:
    """Return what stands before the words, the words, and what stands after them.

    The quote ends with the sentence or the line; where that is longer than `around` characters, at
    a word, with an ellipsis.
    """
    return (
        _before(text[: evidence.start], around),
        text[evidence.start : evidence.end],
        _after(text[evidence.end :], around),
    )


def pieces(text: str, said: Mapping[int, Evidence]) -> list[tuple[str, list[int]]]:
    """Return a text cut at the ends of evidence, each piece with the numbers that name it."""
    ends = {end for it in said.values() for end in (it.start, it.end)}
    return [
        (text[start:end], [n for n, it in said.items() if it.start <= start < it.end])
        for start, end in pairwise(sorted({0, len(text), *ends}))
    ]


def _before(text: str, around: int) -> str:
    near = text[-around:]
    said = near.rpartition("\n")[2].rpartition(". ")[2]
    if said != near or len(text) <= around:
        return said
    return _CUT + (said.partition(" ")[2] or said)


def _after(text: str, around: int) -> str:
    near = text[:around]
    said = "".join(near.partition("\n")[0].partition(". ")[:2])
    if said != near or len(text) <= around:
        return said
    return (said.rpartition(" ")[0] or said) + _CUT
