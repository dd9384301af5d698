"""Names of persons: words with capitals, or beside an office, that are no place and no country."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .reading import Reading
from .texts import UNSPACED, Hit, Sentence

_LONGEST: Final = 3
_REACH: Final = 6
_PARTICLES: Final = {"de", "van", "von", "der", "den", "al", "el", "bin", "ben", "da", "di", "la"}
_NOT_NAMES: Final = ("country:", "actor:", "month:", "weekday:")
_TITLES: Final = ("role", "agency", "service", "unnamed")


def persons(reading: Reading, sentence: Sentence, taken: set[int]) -> Iterator[Hit]:
    """Yield names of persons in a sentence; `taken` are words that name a place."""
    if reading.words.cased:
        yield from _capitals(sentence, taken)
    else:
        yield from _beside_offices(reading, sentence, taken)


def _capitals(sentence: Sentence, taken: set[int]) -> Iterator[Hit]:
    """Yield two or three words with capitals in a row that mean nothing else."""
    other = set(taken)
    for hit in sentence.hits:
        if hit.label.startswith(_NOT_NAMES) or hit.label in (
            *_TITLES,
            "site",
            "europe",
            "undersea",
        ):
            other.update(range(hit.first, hit.last))
    words = sentence.words
    place = 0
    while place < len(words):
        last = place
        while (
            last < len(words)
            and last - place < _LONGEST + 1
            and _is_name(words, last, place, other)
        ):
            last += 1
        while last > place and words[last - 1].key in _PARTICLES:
            last -= 1
        if last - place >= 2 and not all(word.text.isupper() for word in words[place:last]):
            yield Hit("name", place, last, 0, words[place].start, words[last - 1].end)
        place = max(last, place + 1)


def _is_name(words: list, place: int, first: int, other: set[int]) -> bool:  # type: ignore[type-arg]
    word = words[place]
    if place in other:
        return False
    if place > first:
        # Names are not parted by a point or a comma.
        if word.start - words[place - 1].end > 2:
            return False
        if word.key in _PARTICLES:
            return True
    return word.capital and word.text.isalpha() and len(word.text) > 1


def _beside_offices(reading: Reading, sentence: Sentence, taken: set[int]) -> Iterator[Hit]:
    """Yield the words beside an office, in scripts without capitals."""
    words = sentence.words
    meant = set(taken)
    for hit in sentence.hits:
        meant.update(range(hit.first, hit.last))
    most = 4 if not reading.words.spaced else 2
    for hit in sentence.of("role"):
        places = (
            range(hit.first - most, hit.first)
            if reading.words.name_last
            else range(hit.last, hit.last + most)
        )
        run = [p for p in places if 0 <= p < len(words)]
        if reading.words.name_last:
            run = _unbroken(run[::-1], meant, words)[::-1]
        else:
            run = _unbroken(run, meant, words)
        if len(run) >= 2:
            first, last = run[0], run[-1] + 1
            yield Hit("name", first, last, 0, words[first].start, words[last - 1].end)


def _unbroken(run: list[int], meant: set[int], words: list) -> list[int]:  # type: ignore[type-arg]
    kept: list[int] = []
    for place in run:
        word = words[place]
        if place in meant or word.text.isdecimal():
            break
        if kept and not UNSPACED.match(word.text) and abs(word.start - words[kept[-1]].end) > 2:
            if words[kept[-1]].start - word.end > 2 or word.start > words[kept[-1]].end + 2:
                break
        kept.append(place)
    return kept
