"""Abbreviations and the full names of authorities that they stand for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from .texts import key

_LEAST: Final = 2
_MOST_LETTERS: Final = 7
# Words of no more letters join others, and leave no letter in an abbreviation.
_JOINS: Final = 3


def abbreviated(found: Collection[str]) -> list[tuple[str, str]]:
    """Return abbreviations with the full names that they stand for, where both speak."""
    shorts = [value for value in found if value.isalpha() and value.isupper()]
    pairs = []
    for short in shorts:
        full = next((value for value in found if _stands_for(short, value)), None)
        if full:
            pairs.append((short, full))
    return pairs


def _stands_for(short: str, full: str) -> bool:
    """Tell whether letters abbreviate a name: of its words, or of the parts of a joined one."""
    # A mark that stands alone is no word, and leaves nothing to compare.
    letters, parts = key(short), [part for part in map(key, full.split()) if part]
    if not _LEAST <= len(letters) <= _MOST_LETTERS or full.isupper() or not parts:
        return False
    initials = "".join(part[0] for part in parts)
    if len(parts) > 1 and letters in (initials, _long_initials(parts)):
        return True
    left = iter(parts[0])
    whole = len(parts) == 1 and parts[0][0] == letters[0] and len(letters) > _LEAST
    return whole and all(letter in left for letter in letters)


def _long_initials(parts: list[str]) -> str:
    """Return the first letters of words, without those that only join."""
    return "".join(part[0] for part in parts if len(part) > _JOINS)
