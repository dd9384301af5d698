"""Totals that an article reports: so many incidents, people or millions, of when and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .claimants import behind
from .kinds import ACTS
from .numerals import number_at
from .reading import Reading
from .texts import Evidence, Hit, Sentence, Word

MOST: Final = 6
_REACH: Final = 3
# Fewer people than this are a total only where they are arrested.
_FEW: Final = 10
# Of number words alone, fewer may be a pronoun, and more may be "hundreds".
_LEAST: Final = 3
_VAGUE: Final = 100
# So many sentences after one of the event, numbers are still of it.
_BEFORE: Final = 2
_GREAT: Final = 1000
_RANGE: Final = re.compile(r"[-–—]")
_EVENTFUL: Final = (
    *("cyber", "ddos", "breach", "leak", "disinfo", "votebuying", "sabotage", "arson", "attack"),
    *("drone", "bombthreat", "migrant"),
)
_UNITS: Final = re.compile(r"[%‰°]|\b(?:km|kg|cm|mm|m|h)\b")
_MONEY: Final = re.compile(r"[€$£¥₴₽]|\b(?:EUR|USD|GBP|PLN|CZK|SEK|NOK|DKK)\b")


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


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    first: int
    last: int
    money: bool = False
    ranged: bool = False


def figures(reading: Reading, period: str, area: str) -> list[Figure]:
    """Return the reported totals; where a sentence says no period, `period` of the event."""
    found: dict[int, Figure] = {}
    for sentence in reading.sentences:
        numbers = _numbers(reading, sentence)
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
    return list(found.values())[:MOST]


def _numbers(reading: Reading, sentence: Sentence) -> list[_Number]:
    """Return the numbers of a sentence that are no date, no time and no measure."""
    text, words = reading.text_of(sentence), sentence.words
    dated = {
        place
        for hit in sentence.hits
        if hit.label.startswith("month:")
        for place in range(hit.first - 1, hit.last + 1)
    }
    units = sentence.of("unit")
    found: list[_Number] = []
    place = 0
    while place < len(words):
        value, last = number_at(reading, words, place, text)
        if value is None or (place in dated and value < 2101):
            place = last if value is None else place + 1
            continue
        word = words[place]
        before = text[max(0, word.start - 2) : word.start]
        after = text[words[last - 1].end : words[last - 1].end + 6]
        money = bool(_MONEY.search(before) or _MONEY.match(after.strip()[:3])) or any(
            hit.first == last for hit in sentence.of("money")
        )
        times = re.match(r"[:.]\d|\.\s?[-–]", after) or re.search(r"\d[:.]$", before)
        is_year = last - place == 1 and re.fullmatch(r"(19|20)\d\d", word.key)
        named = _is_name(reading, words, place, before)
        measure = _UNITS.match(after.strip()[:2]) or any(hit.first == last for hit in units)
        if not (is_year or times or named or measure):
            ranged = bool(_RANGE.search(before[-1:] + after[:1]))
            found.append(_Number(value, place, last, money, ranged))
        place = last
    return found


def _is_name(reading: Reading, words: list[Word], place: int, before: str) -> bool:
    """Tell whether a number is the last part of a name: Estlink 2."""
    if not reading.words.cased or reading.words.nouns or place < 2:
        return False
    return words[place].text.isdecimal() and words[place - 1].capital and before.endswith(" ")


def _counted(
    reading: Reading, sentence: Sentence, number: _Number, numbers: list[_Number]
) -> Hit | None:
    """Return the word for what a number counts: close by, and with no other number between."""
    at = Hit("number", number.first, number.last)
    if number.money and number.value >= 1000:
        return (
            at
            if sentence.has("damage", "attack", "order", "votebuying") or number.value >= 10**5
            else None
        )
    best: tuple[float, Hit] | None = None
    for hit in sentence.of("incidents", "people"):
        gap = reading.gap(at, hit)
        behind = hit.first >= number.last
        ends = number.last == len(sentence.words) or not _runs_on(reading, sentence, number)
        reach = _REACH if behind or ends else (0 if reading.words.spaced else 1)
        if gap > reach or any(
            number.last <= other.first < hit.first or hit.last <= other.first < number.first
            for other in numbers
            if other is not number
        ):
            continue
        if best is None or gap < best[0]:
            best = (gap, hit)
    exact = _is_exact(sentence.words[number.first : number.last], number.value)
    if best is not None:
        few = best[1].label == "people" and number.value < _FEW
        wanting = number.value == 1 or (few and not sentence.has("arrest"))
        return None if wanting else best[1]
    great = exact and _is_great(sentence, number)
    return at if great or (exact and _is_of_the_event(reading, sentence, number)) else None


def _is_great(sentence: Sentence, number: _Number) -> bool:
    """Tell whether a number is large, and stands in a sentence of the event."""
    if number.value < _GREAT or number.money or not sentence.has(*_EVENTFUL):
        return False
    return not number.ranged


def _is_of_the_event(reading: Reading, sentence: Sentence, number: _Number) -> bool:
    """Tell whether a number counts anything at all, in a sentence of the event or soon after."""
    words, after, text = sentence.words, number.last, reading.text_of(sentence)
    if number.money or number.ranged:
        return False
    near = reading.sentences[max(0, sentence.place - _BEFORE) : sentence.place + 1]
    told = _qualifier(reading, sentence, number) != "exactly"
    if not (told or any(one.has(*ACTS, *_EVENTFUL) for one in near)):
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


def _runs_on(reading: Reading, sentence: Sentence, number: _Number) -> bool:
    """Tell whether the words after a number belong to it: nothing but a space parts them."""
    words, text = sentence.words, reading.text_of(sentence)
    return not text[words[number.last - 1].end : words[number.last].start].strip()


def _qualifier(reading: Reading, sentence: Sentence, number: _Number) -> str:
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
