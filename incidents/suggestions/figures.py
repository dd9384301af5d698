"""Totals that an article reports: so many incidents, people or millions, of when and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .claimants import behind
from .reading import Reading
from .texts import Evidence, Hit, Sentence, Word

MOST: Final = 6
_REACH: Final = 3
_LONGEST_WORD: Final = 24
# Fewer people than this are a total only where they are arrested.
_FEW: Final = 10
_THOUSANDS: Final = frozenset((" ", ".", ",", "'", "\u00a0", "\u202f"))
_GREAT: Final = 1000
_DIGITS: Final = re.compile(r"\d+")
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


def is_number(reading: Reading, word: str) -> bool:
    """Tell whether a word is a number, in digits or letters."""
    return word.isdecimal() or word in reading.words.numbers


def _numbers(reading: Reading, sentence: Sentence) -> list[_Number]:
    """Return the numbers of a sentence that are no date, no time and no measure."""
    text, words = reading.text_of(sentence), sentence.words
    dated = {
        place
        for hit in sentence.hits
        if hit.label.startswith("month:")
        for place in range(hit.first - 1, hit.last + 1)
    }
    found: list[_Number] = []
    place = 0
    while place < len(words):
        value, last = _value(reading, words, place, text)
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
        if not (is_year or times or named or _UNITS.match(after.strip()[:2])):
            ranged = bool(_RANGE.search(before[-1:] + after[:1]))
            found.append(_Number(value, place, last, money, ranged))
        place = last
    return found


def _is_name(reading: Reading, words: list[Word], place: int, before: str) -> bool:
    """Tell whether a number is the last part of a name: Estlink 2."""
    if not reading.words.cased or reading.words.nouns or place < 2:
        return False
    return words[place].text.isdecimal() and words[place - 1].capital and before.endswith(" ")


def _value(reading: Reading, words: list[Word], place: int, text: str) -> tuple[int | None, int]:
    """Return the number that begins at a word, and where it ends."""
    word = words[place]
    last = place + 1
    value: float | None = None
    digits = _DIGITS.match(word.text)
    if digits and len(word.text) - len(digits[0]) <= 4:
        said = digits[0]
        while len(digits[0]) <= 3 and _parted(words, last, text) in _THOUSANDS:
            if not re.fullmatch(r"\d{3}", words[last].text):
                break
            said, last = said + words[last].text, last + 1
        value = float(said)
        if _parted(words, last, text) in (".", ",") and re.fullmatch(r"\d{1,2}", words[last].text):
            value, last = float(f"{said}.{words[last].text}"), last + 1
    else:
        known = _worded(reading, words, place)
        if known is not None:
            value, last = known[0], known[1]
    if value is None:
        return None, last
    vague = digits is None and value >= 100 and words[place].key not in reading.words.numbers
    while last < len(words):
        times = _worded(reading, words, last)
        if times is None or times[0] < 100 or times[0] <= value:
            break
        value, last = value * times[0], times[1]
    if vague and last == place + 1:
        return None, last  # "thousands"
    return (int(value), last) if 0 < value < 10**13 else (None, last)


def _parted(words: list[Word], place: int, text: str) -> str | None:
    """Return what stands before a word, or None where there is no such word."""
    if place >= len(words):
        return None
    return text[words[place - 1].end : words[place].start]


def _worded(reading: Reading, words: list[Word], place: int) -> tuple[int, int] | None:
    """Return the number that a word, or a run of letters, means."""
    numbers = reading.words.numbers
    word = words[place].key
    if word[:1] not in reading.words.counting:
        return None
    if not reading.words.spaced:
        for length in range(min(3, len(words) - place), 0, -1):
            joined = "".join(w.key for w in words[place : place + length])
            if joined in numbers:
                return numbers[joined], place + length
    if word in numbers:
        return numbers[word], place + 1
    for length in range(min(len(word), _LONGEST_WORD), 2, -1):
        if f"{word[:length]}*" in numbers:
            return numbers[f"{word[:length]}*"], place + 1
    return None


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
    if best is None and _is_great(sentence, number):
        return at
    if best is None or number.value == 1:
        return None
    few = best[1].label == "people" and number.value < _FEW
    return None if few and not sentence.has("arrest") else best[1]


def _is_great(sentence: Sentence, number: _Number) -> bool:
    """Tell whether a number is large, and what follows it in a sentence of the event no unit."""
    if number.value < _GREAT or number.money or not sentence.has(*_EVENTFUL):
        return False
    after = number.last
    return not any(hit.first == after for hit in sentence.of("unit")) and not number.ranged


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
