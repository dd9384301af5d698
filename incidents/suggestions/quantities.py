"""Numbers of a sentence that are no date, no time, no measure and no part of a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from . import solar
from .matching import COUNTED
from .numerals import is_number, number_at
from .reading import Reading
from .texts import Hit, Sentence, Word
from .which_year import YEAR

# How many letters a word between a number and its unit has at most, and one after a hyphen
# that is nothing but an ending.
_PARTICLE: Final = 2
_ENDING: Final = 3
# So many words at most join two ends of a range.
_JOINT: Final = 2
# And so many words at most stand between where the two begin.
_FARTHEST: Final = 12
_HYPHENS: Final = frozenset("-‑")
_DASHES: Final = frozenset("-–—~～∼‑")
_RANGE: Final = re.compile(r"[-–—]")
# A number of these words is of a name or of a date.
_NAMES: Final = ("actor:", "country:")
_DAYS: Final = frozenset(
    ("name", *(f"date:{day}" for day in ("lastyear", "thisyear", "twodays", "yesterday", "today")))
)
_CLOSING: Final = tuple("\"'”“’»«」』》")
_OPENING: Final = re.compile(r"[\"'“„‚‘«»「『《](\w)[^\"'“„”‚‘’«»「『《」』》]*$")
_LONGEST_NAME: Final = 30
# A minute: 7時10分, 5시 50분.
_HOUR: Final = re.compile(r"\d\s?[時时点點시]\s?$")
_UNITS: Final = re.compile(r"[%‰°]|\b(?:km|kg|cm|mm|m|h)\b")
_MONEY: Final = re.compile(r"[€$£¥₴₽]|\b(?:EUR|USD|GBP|PLN|CZK|SEK|NOK|DKK)\b")
_SMALL_RANGE: Final = 100
REACH: Final = 3


@dataclass(frozen=True, slots=True)
class Number:
    """A number, and from where to where its words stand in a sentence."""

    value: int
    first: int
    last: int
    money: bool = False
    ranged: bool = False


def numbers_of(reading: Reading, sentence: Sentence) -> list[Number]:
    """Return the numbers of a sentence that are no date, no time and no measure."""
    text, words = reading.text_of(sentence), sentence.words
    dated = {
        place
        for hit in sentence.hits
        if hit.label.startswith(("month:", "solar:"))
        for place in range(
            hit.first - _before_month(words, hit.first), hit.last + _after_month(words, hit.last)
        )
    }
    # The first day of several: in the night from the 13th to the 14th of May.
    joints = sentence.of("date:through")
    dated |= {
        hit.first - 1
        for hit in joints
        if {hit.last, hit.last + 1} & dated and len(words[hit.first - 1].text) <= len("13")
    }
    known = _in_names(sentence)
    found: list[Number] = []
    measured: list[Number] = []
    listed = -_LONGEST_NAME
    place = 0
    while place < len(words):
        value, last = number_at(reading, words, place, text)
        if value is None or (place in dated and value < 2101) or place in known:
            place = last if value is None else place + 1
            continue
        word = words[place]
        before = text[max(0, word.start - 2) : word.start]
        after = text[words[last - 1].end : words[last - 1].end + 6]
        money = bool(_MONEY.search(before) or _MONEY.match(after.strip()[:3])) or any(
            _follows(words, last, hit) for hit in sentence.of("money")
        )
        times = (
            re.match(r"[:./]\d|\.\s?[-–]", after)
            or re.search(r"\d[:./]$", before)
            or _HOUR.search(text[max(0, word.start - 4) : word.start])
        )
        is_year = _is_year(reading, sentence, place, last)
        named = (
            _is_name(reading, sentence, place, before)
            or _is_quoted_name(text, words[last - 1])
            or _is_part(reading, sentence, place, last)
            or _is_listed(sentence, listed, place, text)
        )
        listed = last if named else listed
        ranged = bool(_RANGE.search(before[-1:] + after[:1]))
        number = Number(value, place, last, money, ranged)
        if _UNITS.match(after.strip()[:2]) or _is_measure(sentence, last):
            measured.append(number)
        elif not (is_year or times or named):
            found.append(number)
        place = last
    return [one for one in found if not _is_end_of_range(sentence, one, found, measured, text)]


def _in_names(sentence: Sentence) -> set[int]:
    """Return the words of names and of dates in words: Storm 1516, Five Eyes, two days ago."""
    return {
        place
        for hit in sentence.hits
        if hit.label.startswith(_NAMES) or hit.label in _DAYS
        for place in range(hit.first, hit.last)
    }


def _is_year(reading: Reading, sentence: Sentence, place: int, last: int) -> bool:
    """Tell whether a number is a year, and no round or vague number of what can be counted."""
    number = sentence.words[place].key
    if last - place == 1 and reading.words.solar and solar.YEAR.fullmatch(number):
        return True
    if last - place > 1 or not re.fullmatch(r"(19|20)\d\d", number):
        return False
    at = Hit("number", place, last)
    near = any(
        0 <= hit.first - last < REACH and hit.first - last == reading.gap(at, hit)
        for hit in sentence.of(*COUNTED)
    )
    vague = any(reading.gap(hit, at) <= 1 for hit in sentence.of("over", "about", "upto"))
    unit = any(_follows(sentence.words, last, hit) for hit in sentence.of("unit"))
    return not near or unit or not (vague or number == "2000")


def _before_month(words: list[Word], place: int) -> int:
    """Return how many words before a month are of a date: 21 May, 21 de mayo."""
    return (
        2 if place and len(words[place - 1].text) <= 3 and not words[place - 1].key.isdigit() else 1
    )


def _after_month(words: list[Word], last: int) -> int:
    """Return how many words after a month are of a date: May 2024, mayo de 2024."""
    if last + 1 >= len(words) or not YEAR.fullmatch(words[last + 1].key):
        return 1
    return 2 if words[last].text.isalpha() and len(words[last].text) <= _PARTICLE else 1


def _follows(words: list[Word], last: int, hit: Hit) -> bool:
    """Tell whether what is meant stands behind a number: 5 euros, 5 de euros."""
    return hit.first == last or (hit.first == last + 1 and len(words[last].text) <= _PARTICLE)


def _is_measure(sentence: Sentence, last: int) -> bool:
    """Tell whether a unit follows a number, and no longer word for what can be counted."""
    stems = [hit.stem for hit in sentence.of(*COUNTED) if hit.first == last]
    most = max(stems, default=0)
    return any(
        _follows(sentence.words, last, hit) and hit.stem >= most for hit in sentence.of("unit")
    )


def _is_part(reading: Reading, sentence: Sentence, place: int, last: int) -> bool:
    """Tell whether a number belongs to a word or a heading: 27-летний, MiG-31, 15th, unit 29155."""
    words, text = sentence.words, reading.text_of(sentence)
    first, ends = words[place], words[last - 1]
    after = words[last] if last < len(words) else None
    before = words[place - 1] if place else None
    if first.text[0].isdecimal() and not first.text.isdecimal() and last - place == 1:
        return True
    if before and text[before.end : first.start] == "" and before.text[-1].isdecimal():
        return True
    hyphen = before and text[before.end : first.start] in _HYPHENS
    if before and hyphen and len(before.text) > 1 and not is_number(reading, before.key):
        return True
    if after and text[ends.end : after.start] in _HYPHENS and len(after.text) > _ENDING:
        return not after.text[0].isdecimal()
    return any(hit.last == place for hit in sentence.of("numbered"))


def _is_listed(sentence: Sentence, before: int, place: int, text: str) -> bool:
    """Tell whether a number goes on with a list of what are no totals: aged 23, 31 and 44."""
    words = sentence.words
    if place - before > 1 or place < before:
        return False
    between = text[words[before - 1].end : words[place].start].strip()
    return between in (",", *_HYPHENS) or (place > before and len(words[before].text) <= _ENDING)


def _is_end_of_range(
    sentence: Sentence,
    one: Number,
    found: list[Number],
    measured: list[Number],
    text: str,
) -> bool:
    """Tell whether a number is one end of a range of measures, or of a small range."""
    words = sentence.words
    joints = {hit.first: hit.last for hit in sentence.of("date:through")}
    for other in (*found, *measured):
        if other is one or abs(other.first - one.first) > _FARTHEST:
            continue
        low, high = (one, other) if one.first < other.first else (other, one)
        if not 0 <= high.first - low.last <= _JOINT:
            continue
        between = text[words[low.last - 1].end : words[high.first].start].strip()
        dashed = between in _DASHES or joints.get(low.last) == high.first
        if other in measured and one is low and (dashed or " " not in between):
            return True
        if dashed and max(one.value, other.value) < _SMALL_RANGE:
            return True
    return False


def _is_name(reading: Reading, sentence: Sentence, place: int, before: str) -> bool:
    """Tell whether a number is the last part of a name: Estlink 2."""
    words = sentence.words
    if not reading.words.cased or reading.words.nouns or place < 2:
        return False
    return words[place].text.isdecimal() and words[place - 1].capital and before.endswith(" ")


def _is_quoted_name(text: str, last: Word) -> bool:
    """Tell whether a number ends a name in quotation marks: „Storm 1516“, 「順興39」."""
    if text[last.end : last.end + 1] not in _CLOSING:
        return False
    opened = _OPENING.search(text[max(0, last.start - _LONGEST_NAME) : last.start])
    return opened is not None and not opened[1].islower()
