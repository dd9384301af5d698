"""Numbers as languages write them: digits, words, words joined to one, letters without spaces.

Work is bounded for each word: a number has at most so many parts, and a word so many letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from .reading import Reading
from .texts import Word
from .vocabulary import Vocabulary

_LONGEST_WORD: Final = 24
_LONGEST_NUMBER: Final = 3
_MOST_PARTS: Final = 8
_STUB: Final = 3
_THOUSANDS: Final = frozenset((" ", ".", ",", "'", "\u00a0", "\u202f"))
_BETWEEN: Final = frozenset((" ", "-", "", "\u00a0", "\u200c"))
_DIGITS: Final = re.compile(r"\d+")
_MILLIONS: Final = 10**5
_GREATEST: Final = 10**13
_MOST_DIGITS: Final = 13
# Sixty and eighty are counted on from in French: soixante-douze.
_COUNTED_ON: Final = (0, 60, 80)
# Before a number in letters these make it vague: 数百.
_SEVERAL: Final = frozenset("数數几幾")


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number as far as it is said: whole thousands, and what is below them."""

    thousands: int = 0
    rest: int = 0

    @property
    def value(self) -> int:
        return self.thousands + self.rest

    def with_part(self, part: int, *, led: bool, times_ten: bool) -> _Sum | None:
        """Return the number with one more part, or None where that begins another number."""
        rest = self.rest
        if part >= 1000:
            if self.thousands and (self.thousands <= part or not rest):
                return None
            return _Sum(self.thousands + max(rest, 1) * part)
        if part == 100:
            unit = rest % 100
            return None if rest and not unit else self._with(rest - unit + max(unit, 1) * 100)
        if part == 10 and rest % 10 > 1 and times_ten:
            return self._with(rest - rest % 10 + rest % 10 * 10)
        if part < 10:
            return None if rest % 10 else self._with(rest + part)
        if part < 100:
            onward = rest % 100 in _COUNTED_ON and (part < 20 or not rest % 100)
            # five-and-twenty; and four twenties
            after = (led or part == 10) and 0 < rest % 100 < 10 and part % 10 == 0
            if part == 20 and rest == 4 and not led:
                return self._with(80)
            return self._with(rest + part) if onward or after else None
        return None if rest else self._with(part)

    def _with(self, rest: int) -> _Sum:
        return _Sum(self.thousands, rest)


def number_at(reading: Reading, words: list[Word], place: int, text: str) -> tuple[int | None, int]:
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
        value, last = _in_words(reading.words, words, place, text)
    if value is None:
        return None, last
    while last < len(words):
        times = _worded(reading.words, words, last)
        if times is None or len(times[0]) > 1 or times[0][0] < 100 or times[0][0] <= value:
            break
        value, last = value * times[0][0], times[1]
        joined = _parted(words, last, text) == "" and len(words[last].text) <= _MOST_DIGITS
        if joined and _DIGITS.fullmatch(words[last].text):
            # 4万5000
            more = int(words[last].text)
            if more < times[0][0]:
                value, last = value + more, last + 1
    whole = 0 < value < _GREATEST and value == int(value)
    return (int(value), last) if whole else (None, last)


def is_number(reading: Reading, word: str) -> bool:
    """Tell whether a word is a number, in digits or letters."""
    return word.isdecimal() or reading.words.numbers.get(word, 0) > 1


def _spelled(known: Vocabulary, word: Word) -> str:
    """Return a word as number words are compared: with its accents where they tell it apart."""
    return unicodedata.normalize("NFC", word.text.lower()) if known.toned else word.key


def _parted(words: list[Word], place: int, text: str) -> str | None:
    """Return what stands before a word, or None where there is no such word."""
    if place >= len(words):
        return None
    return text[words[place - 1].end : words[place].start]


def _in_words(
    known: Vocabulary, words: list[Word], place: int, text: str
) -> tuple[int | None, int]:
    """Return the number that words from a place on mean; "thousands" and "one" mean none."""
    said = _Sum()
    last, count, sure = place, 0, False
    if known.following and _spelled(known, words[place]) in known.following:
        return None, place + 1
    while last < len(words) and count < _MOST_PARTS:
        at, led = last, False
        if count and _parted(words, at, text) not in _BETWEEN:
            break
        if count and words[at].key in known.joints:
            at, led = at + 1, True
            if _parted(words, at, text) not in _BETWEEN:
                break
        found = _worded(known, words, at)
        if found is None:
            break
        parts, end, prefixed, exact = found
        longer = _joined(said, parts, led=led or prefixed, times_ten=not known.joints)
        if longer is None or longer.value >= _GREATEST:
            break
        said, last, count, sure = longer, end, count + len(parts), sure or exact
    if count == 0:
        return None, place + 1
    several = place and not known.spaced and words[place - 1].key in _SEVERAL
    vague = count == 1 and said.value >= (_MILLIONS if sure else 100)
    return (None if vague or several or said.value == 1 else said.value), last


def _joined(said: _Sum, parts: tuple[int, ...], *, led: bool, times_ten: bool) -> _Sum | None:
    """Return a number with the parts of one more word."""
    longer: _Sum | None = said
    for place, part in enumerate(parts):
        if longer is None:
            return None
        longer = longer.with_part(part, led=led or place > 0, times_ten=times_ten)
    return longer


def _worded(
    known: Vocabulary, words: list[Word], place: int
) -> tuple[tuple[int, ...], int, bool, bool] | None:
    """Return what parts a word means, where it ends, if led by "and", if known as it stands."""
    numbers, word, after = known.numbers, _spelled(known, words[place]), place + 1
    bare = _without_clitic(known, word)
    if word[:1] not in known.counting and bare not in numbers:
        return None
    if after < len(words) and words[after].start == words[place].end + 1 and len(word) <= _STUB:
        whole = f"{word}'{words[after].key}"  # п'ять is two words
        if any(whole in numbers or f"{whole[:length]}*" in numbers for length in range(4, 16)):
            word, after = whole, after + 1
    if not known.spaced:
        for length in range(min(_LONGEST_NUMBER, len(words) - place), 0, -1):
            joined = "".join(_spelled(known, w) for w in words[place : place + length])
            if joined in numbers:
                return (numbers[joined],), place + length, False, True
    for form in (word, bare):
        if form in numbers:
            return (numbers[form],), after, False, True
    if len(word) <= _LONGEST_WORD:
        for joint in known.joints:
            if word.startswith(joint) and word[len(joint) :] in numbers:
                return (numbers[word[len(joint) :]],), after, True, True
        if known.spaced and (parts := _split(known, word)):
            return parts, after, False, True
    for length in range(min(len(word), _LONGEST_WORD), 2, -1):
        if f"{word[:length]}*" in numbers:
            return (numbers[f"{word[:length]}*"],), after, False, False
    return None


def _without_clitic(known: Vocabulary, word: str) -> str:
    """Return a number without what is written together with it: about three, in Hebrew."""
    for clitic in known.matcher.proclitics:
        if clitic not in known.joints and word.removeprefix(clitic) in known.numbers:
            return word.removeprefix(clitic)
    return word


def _split(known: Vocabulary, word: str) -> tuple[int, ...]:
    """Return the parts of a word that is nothing but numbers joined: siebenundzwanzig."""
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for start in range(len(word) - 1):
        if start not in ways:
            continue
        begins = [start]
        if start:
            begins += [start + len(one) for one in known.joints if word.startswith(one, start)]
        for begin in begins:
            for end in range(begin + 2, len(word) + 1):
                if end not in ways and (value := known.numbers.get(word[begin:end])):
                    ways[end] = (*ways[start], value)
    parts = ways.get(len(word), ())
    return parts if len(parts) > 1 else ()
