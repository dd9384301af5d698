"""Totals that an article reports: so many incidents, people or millions, of when and where."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from .claimants import behind
from .kinds import ACTS
from .matching import COUNTED
from .quantities import REACH, Number, numbers_of
from .reading import Reading
from .texts import Evidence, Hit, Sentence, Word

MOST: Final = 6
# Fewer people than this are a total only where they are arrested, expelled or killed.
_FEW: Final = 10
# Of number words alone, fewer may be a pronoun, and more may be "hundreds".
_LEAST: Final = 3
_VAGUE: Final = 100
# So many sentences after one of the event, numbers are still of it.
_BEFORE: Final = 2
_GREAT: Final = 1000
_ROUNDING: Final = 0.05
_EVENTFUL: Final = (
    *("cyber", "ddos", "breach", "leak", "disinfo", "votebuying", "sabotage", "arson", "attack"),
    *("drone", "bombthreat", "migrant"),
)
# What money is lost by, or spent on; the price of a deed is no total.
_COSTLY: Final = ("damage", "votebuying", "meddle", "disinfo")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that an article reports, what it counts, and how exact it is said to be."""

    number: int
    text: str
    qualifier: str
    period: str
    area: str
    claimant: str
    evidence: Evidence
    why: str


def figures(reading: Reading, period: str, area: str) -> list[Figure]:
    """Return the reported totals; where a sentence says no period, `period` of the event."""
    found: dict[int, Figure] = {}
    for sentence in reading.sentences:
        if sentence.has("exercise"):
            continue
        numbers = numbers_of(reading, sentence)
        for number in numbers:
            counted = _counted(reading, sentence, number, numbers)
            if counted is None or (
                number.value in found and not found[number.value].evidence.in_title
            ):
                continue
            words = sentence.words
            first, last = min(number.first, counted.first), max(number.last, counted.last)
            evidence = Evidence(words[first].start, words[last - 1].end, sentence.in_title)
            found[number.value] = Figure(
                number.value,
                reading.quote(evidence),
                _qualifier(reading, sentence, number),
                _period(sentence) or period,
                "Europe" if sentence.has("europe") else area,
                who.value if (who := behind(reading, sentence)) else "",
                evidence,
                "A number beside a word for what can be counted.",
            )
    return [one for one in found.values() if not _is_rounded(one, found)][:MOST]


def _is_rounded(figure: Figure, found: Collection[int]) -> bool:
    """Tell whether a title rounds a number that the text gives exactly."""
    if not figure.evidence.in_title or figure.number < _GREAT:
        return False
    return any(0 < abs(one - figure.number) < _ROUNDING * figure.number for one in found)


def _counted(
    reading: Reading, sentence: Sentence, number: Number, numbers: list[Number]
) -> Hit | None:
    """Return the word for what a number counts: close by, and with no other number between."""
    at = Hit("number", number.first, number.last)
    if number.money and number.value >= 1000:
        return at if sentence.has(*_COSTLY) else None
    best: tuple[float, Hit] | None = None
    for hit in sentence.of(*COUNTED):
        gap = reading.gap(at, hit)
        behind = hit.first >= number.last
        ends = number.last == len(sentence.words) or not _runs_on(reading, sentence, number)
        reach = REACH if behind or ends else (0 if reading.words.spaced else 1)
        if gap > reach or any(
            number.last <= other.first < hit.first or hit.last <= other.first < number.first
            for other in numbers
            if other is not number
        ):
            continue
        if best is None or gap < best[0]:
            best = (gap, hit)
    exact = _is_exact(sentence.words[number.first : number.last], number.value)
    vague = not exact and number.value >= _VAGUE and number.last - number.first == 1
    if vague and not sentence.words[number.first].text[0].isdecimal():
        # Thousands of migrants, and no thousand of them.
        return None
    if best is not None:
        return None if _is_too_few(reading, sentence, number, best[1]) else best[1]
    great = exact and _is_great(sentence, number)
    return at if great or (exact and _is_of_the_event(reading, sentence, number)) else None


def _is_too_few(reading: Reading, sentence: Sentence, number: Number, counted: Hit) -> bool:
    """Tell whether a number is too small to be a total of what it counts."""
    if number.value == 1 or (number.value < _FEW and _is_of_those(sentence, number)):
        return True
    if counted.label == "people":
        return number.value < _FEW and not sentence.has("arrest", "court", "expel", "kill")
    if counted.label == "incidents" and number.value < _LEAST:
        return True
    if counted.label == "things":
        told = _qualifier(reading, sentence, number) != "exactly"
        return number.value < _LEAST or not (told or _is_near_event(reading, sentence))
    return False


def _is_of_those(sentence: Sentence, number: Number) -> bool:
    """Tell whether somebody is meant who was told of already: the three men, five of them."""
    return any(hit.last == number.first for hit in sentence.of("those")) or any(
        hit.first == number.last or hit.last == number.first for hit in sentence.of("part")
    )


def _is_near_event(reading: Reading, sentence: Sentence) -> bool:
    near = reading.sentences[max(0, sentence.place - _BEFORE) : sentence.place + 1]
    return any(one.has(*ACTS, *_EVENTFUL) for one in near)


def _is_great(sentence: Sentence, number: Number) -> bool:
    """Tell whether a number is large, and stands in a sentence of the event."""
    if number.value < _GREAT or number.money or not sentence.has(*_EVENTFUL):
        return False
    return not number.ranged


def _is_of_the_event(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Tell whether a number counts anything at all, in a sentence of the event or soon after."""
    words, after, text = sentence.words, number.last, reading.text_of(sentence)
    if number.money or number.ranged:
        return False
    told = _qualifier(reading, sentence, number) != "exactly"
    if not (told or _is_near_event(reading, sentence)):
        return False
    if number.value < _FEW:
        return False
    if after >= len(words) or not _runs_on(reading, sentence, number):
        return False
    if any(after <= hit.first <= after + 1 for hit in sentence.of("unit", "money")):
        return False
    thing = words[after]
    named = reading.words.cased and thing.capital and not reading.words.nouns
    joined = "-" in text[max(0, words[number.first].start - 1) : words[number.first].start]
    return not (named or joined or thing.text.isdecimal())


def _is_exact(words: list[Word], value: int) -> bool:
    """Tell whether a number can only be one: no ordinal, no article and no "hundreds"."""
    first = words[0].text
    if first[0].isdecimal():
        return value >= _FEW and (first.isdecimal() or len(words) > 1)
    return len(words) > 1 or _LEAST <= value < _VAGUE


def _runs_on(reading: Reading, sentence: Sentence, number: Number) -> bool:
    """Tell whether the words after a number belong to it: nothing but a space parts them."""
    words, text = sentence.words, reading.text_of(sentence)
    return not text[words[number.last - 1].end : words[number.last].start].strip()


def _qualifier(reading: Reading, sentence: Sentence, number: Number) -> str:
    """Return how exact a number is said to be, in codes of the codebook."""
    at = Hit("number", number.first, number.last)
    for label, code in (("upto", "up_to"), ("over", "more_than"), ("about", "about")):
        if any(reading.gap(hit, at) <= 1 for hit in sentence.of(label)):
            return code
    return "exactly"


def _period(sentence: Sentence) -> str:
    for word in sentence.words:
        # A digit of any other script makes no date.
        if re.fullmatch(r"(19[89]|20[0-3])[0-9]", word.key):
            return word.key
    return ""
