"""Names of groups: beside a word for a group, in quotation marks, or of the shape analysts give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .kinds import ACTS
from .reading import Reading
from .texts import UNSPACED, Hit, Sentence, Word

BAND: Final = "band"
_LONGEST: Final = 5
# Of a script in which each letter is a word.
_LETTERS: Final = 14
# An article has no more letters.
_ARTICLE: Final = 3
_OPENING: Final = frozenset("\"“„«‹»'‘「『”’")
_CLOSING: Final = frozenset("\"”“»›«'’」』")
# How analysts call what they do not know yet: APT and a number, a colour of weather, a beast.
_NUMBERED: Final = re.compile(r"(?:apt|unc|uac|ta|fin|dev|storm|cta)(?:[-_ ]?[a-z])?[-_ ]?\d{1,4}")
_SERIES: Final = frozenset(("apt", "unc", "uac", "dev", "storm"))
_BEASTS: Final = frozenset(
    (
        *("bear", "panda", "kitten", "chollima", "typhoon", "blizzard", "sandstorm", "sleet"),
        *("tempest", "spider", "jackal", "buffalo", "leopard", "wolf", "hawk"),
    )
)
# Where groups speak: the name of a channel is not that of who writes in it.
_PLATFORMS: Final = (
    *("telegram", "facebook", "whatsapp", "tiktok", "twitter", "youtube", "viber", "signal"),
    *("discord", "vkontakte", "instagram", "телеграм", "телеграмм", "фейсбук", "тикток"),
)
_TELLING: Final = (*ACTS, "accuse", "claimed", "order", "hacker", "arrest", "ddos", "cyb")


def mark(reading: Reading) -> None:
    """Add to each sentence the names of groups in it that no directory knows."""
    online = reading.anywhere("hacker", "cyber", "cyb", "malware", "breach")
    for sentence in reading.sentences:
        known = [hit for hit in sentence.hits if hit.label.startswith("actor:")]
        found: list[Hit] = []
        for hit in (*_coded(sentence, online=online), *_called(reading, sentence)):
            if all(hit.last <= other.first or other.last <= hit.first for other in known + found):
                found.append(hit)
        sentence.add(found)


def _hit(words: list[Word], first: int, last: int) -> Hit:
    return Hit(BAND, first, last, 0, words[first].start, words[last - 1].end)


def _coded(sentence: Sentence, *, online: bool) -> Iterator[Hit]:
    """Yield names of the shape that analysts give."""
    words = sentence.words
    for place, word in enumerate(words):
        if not word.text.isascii() or not word.capital:
            continue
        if _NUMBERED.fullmatch(word.key) and any(letter.isdigit() for letter in word.key):
            yield _hit(words, place, place + 1)
        elif place + 1 < len(words) and words[place + 1].start - word.end == 1:
            after = words[place + 1]
            numbered = word.key in _SERIES and after.text.isdecimal()
            if numbered or (online and after.capital and after.key in _BEASTS):
                yield _hit(words, place, place + 2)


def _called(reading: Reading, sentence: Sentence) -> Iterator[Hit]:
    """Yield names that stand beside a word for a group."""
    heads = sentence.of("group", "hacker")
    if not heads or not sentence.has(*_TELLING):
        return
    against = sentence.of("against")
    for head in heads:
        if any(0 <= head.first - other.last <= 1 for other in against):
            continue
        named = quoted(reading, sentence, head.last)
        if named:
            yield named
        elif reading.words.cased and head.label == "group":
            after = _capitals(reading, sentence, head.last)
            found = after or _before(reading, sentence, head.first)
            if found:
                yield found


def quoted(reading: Reading, sentence: Sentence, place: int) -> Hit | None:
    """Return what stands in quotation marks right after a word, or one word later."""
    words, text = sentence.words, reading.text_of(sentence)
    for first in (place, place + 1):
        if not 0 < first < len(words):
            return None
        between = text[words[first - 1].end : words[first].start]
        if not _OPENING.intersection(between) or "," in between or "." in between:
            continue
        most = _LETTERS if UNSPACED.match(words[first].text) else _LONGEST
        for last in range(first + 1, min(first + most, len(words)) + 1):
            ended = words[last - 1].end
            until = words[last].start if last < len(words) else ended + 2
            if _CLOSING.intersection(text[ended:until]):
                proper = words[first].capital or not reading.words.cased
                return _hit(words, first, last) if proper or last - first == 1 else None
        return None
    return None


def quoted_before(reading: Reading, sentence: Sentence, place: int) -> Hit | None:
    """Return what stands in quotation marks right before a word."""
    words, text = sentence.words, reading.text_of(sentence)
    if not 0 < place < len(words):
        return None
    if not _CLOSING.intersection(text[words[place - 1].end : words[place].start]):
        return None
    most = _LETTERS if UNSPACED.match(words[place - 1].text) else _LONGEST
    for first in range(place - 1, max(-1, place - 1 - most), -1):
        start = words[first].start
        begun = text[words[first - 1].end : start] if first else text[max(0, start - 1) : start]
        if _OPENING.intersection(begun):
            return _hit(words, first, place)
    return None


def _capitals(reading: Reading, sentence: Sentence, place: int) -> Hit | None:
    """Return words with capitals right after a word, past an article."""
    words = sentence.words
    first = place
    if first < len(words) and not words[first].capital and len(words[first].text) <= _ARTICLE:
        first += 1
    last = first
    while last < len(words) and last - first < _LONGEST and words[last].capital:
        if last and words[last].start - words[last - 1].end > 1:
            break
        last += 1
    if reading.words.nouns:
        last = min(last, first + 1)
    return _proper(sentence, first, last)


def _before(reading: Reading, sentence: Sentence, place: int) -> Hit | None:
    """Return words with capitals right before a word: the Night Owl group."""
    words = sentence.words
    if reading.words.nouns or not place or words[place].start - words[place - 1].end > 1:
        return None
    first = place
    while first > 1 and place - first < _LONGEST and words[first - 1].capital:
        if first < place and words[first].start - words[first - 1].end > 1:
            break
        first -= 1
    return _proper(sentence, first, place)


def _proper(sentence: Sentence, first: int, last: int) -> Hit | None:
    """Return words as a name, unless they name a country, an office or where groups speak."""
    if last <= first:
        return None
    words = sentence.words
    plain = set(range(first, last))
    for hit in sentence.hits:
        if hit.label.startswith("country:") or hit.label in ("role", "agency", "service", "regime"):
            plain.difference_update(range(hit.first, hit.last))
    if not plain or any(words[at].key.startswith(_PLATFORMS) for at in plain):
        return None
    return _hit(words, first, last)
