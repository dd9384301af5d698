"""Names of persons: words with capitals, or beside an office, that are no place and no country."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .reading import Reading
from .texts import UNSPACED, Hit, Sentence

_LONGEST: Final = 3
_SPEAKS: Final = 8
# How far from a word of each meaning a name may stand.
_ANCHORS: Final = {"role": 3, "agency": 2, "said": 4, "arrest": 12, "court": 8, "vessel": 2, "accuse": 3}
_PARTICLES: Final = {"de", "van", "von", "der", "den", "al", "el", "bin", "ben", "da", "di", "la"}


def mark(reading: Reading) -> None:
    """Add to each sentence the names of persons in it; ships bear names alike."""
    for sentence in reading.sentences:
        if reading.words.cased:
            sentence.hits += [hit for hit in _capitals(sentence) if _anchored(reading, sentence, hit)]
        else:
            sentence.hits += list(_beside_offices(reading, sentence))


def _anchored(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether somebody of this name holds an office, speaks, is charged, or is a ship."""
    reach = {label: gap for label, gap in _ANCHORS.items() if not reading.words.nouns or gap < 4}
    return any(
        other.label in reach and reading.gap(hit, other) <= reach[other.label]
        for other in sentence.hits
    )


def _capitals(sentence: Sentence) -> Iterator[Hit]:
    """Yield two or three words with capitals in a row that mean nothing else."""
    other: set[int] = set()
    for hit in sentence.hits:
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
        if word.start - words[place - 1].end > 1:
            return False
        if word.key in _PARTICLES or word.text.isdecimal():
            return True
        return word.capital
    return word.capital and word.text.isalpha() and len(word.text) > 1


def _beside_offices(reading: Reading, sentence: Sentence) -> Iterator[Hit]:
    """Yield the words beside an office, in scripts without capitals."""
    words = sentence.words
    meant: set[int] = set()
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
        speaks = any(
            min(abs(said.first - place) for place in run) <= _SPEAKS for said in sentence.of("said")
        ) if run else False
        if len(run) >= 2 and speaks:
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
