"""Words of a text as they are looked for: in an index, in a question, and in what is shown of both.

Law: a word is cut and folded in one way at all three places, so that what is found can be marked.
Where a script sets no space between words, each pair of its characters stands for a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from .text import NO_SPACES, folded

LONGEST: Final = 60
# Of so many bytes of different words the index of one text is made; tsvector takes 1 MB at most.
MOST_BYTES: Final = 400_000
_APOSTROPHES: Final = "'’‘ʼʻʽʹʾʿˈ′`´"
# Soft hyphen, joiners and what stretches an Arabic word: they stand within a word and say nothing.
_JOINERS: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0640"
# What folding leaves apart and people type alike: ё, Persian and Arabic letters, digits.
_ALIKE: Final = str.maketrans(
    {"ё": "е", "ک": "ك", "ی": "ي", "ى": "ي", "ة": "ه"}
    | {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for n in range(10)}
)
_DROPPED: Final = dict.fromkeys(map(ord, _APOSTROPHES + _JOINERS))
_RUNS: Final = re.compile(f"([{NO_SPACES}]+)|[^{NO_SPACES}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that is shown, and whether it is what was looked for."""

    text: str
    found: bool


def indexed(*texts: str) -> str:
    """Return the different words of texts with a space between them, in order, up to a bound."""
    kept: dict[str, None] = {}
    size = 0
    for text in texts:
        for word in _words(text):
            for token in _read(word[0])[0]:
                if token not in kept:
                    size += len(token.encode()) + 1
                    if size > MOST_BYTES:
                        return " ".join(kept)
                    kept[token] = None
    return " ".join(kept)


def sought(text: str) -> list[tuple[str, ...]]:
    """Return for each word that was typed the words that an index has to hold for it."""
    found = (_read(word[0])[1] for word in _words(text))
    return [tokens for tokens in dict.fromkeys(found) if tokens]


def marked(text: str, words: list[tuple[str, ...]]) -> list[Piece]:
    """Return a text in pieces, of which those that begin with what was sought are found."""
    return _pieces(text, list(_spans(text, words)), 0, len(text))


def snippet(text: str, words: list[tuple[str, ...]], length: int = 240) -> list[Piece]:
    """Return in pieces what stands around the first word that was sought, or the beginning."""
    text = " ".join(text.split())
    first = next(_spans(text, words), None)
    # A third of what is shown stands before the word.
    begin = max(0, first[0] - length // 3) if first else 0
    if begin and (space := text.find(" ", begin, first[0] if first else None)) > 0:
        begin = space + 1
    end = min(len(text), begin + length)
    if end < len(text) and (space := text.rfind(" ", first[1] if first else begin, end)) > 0:
        end = space
    inside = [first] if first else []
    if first:
        rest = _spans(text[first[1] : end], words)
        inside += [(first[1] + begun, first[1] + ended) for begun, ended in rest]
    shown = _pieces(text, inside, begin, end)
    before = [Piece("… ", found=False)] if begin else []
    after = [Piece(" …", found=False)] if end < len(text) else []
    return [*before, *shown, *after]


def _pieces(text: str, spans: list[tuple[int, int]], begin: int, end: int) -> list[Piece]:
    pieces, at = [], begin
    for first, last in spans:
        if first > at:
            pieces.append(Piece(text[at:first], found=False))
        pieces.append(Piece(text[max(first, at) : min(last, end)], found=True))
        at = min(last, end)
    if at < end:
        pieces.append(Piece(text[at:end], found=False))
    return pieces


def _spans(text: str, words: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where what was sought stands in a text."""
    wanted = tuple({token for tokens in words for token in tokens})
    spaced = tuple(token for token in wanted if not _RUNS.fullmatch(token[0])[1])  # type: ignore[index]
    pairs = tuple(token for token in wanted if token not in spaced)
    known = frozenset(pairs)
    for word in _words(text):
        for token in _read(word[0])[0]:
            if spaced and token.startswith(spaced):
                yield word.span()
                break
            if pairs and token.startswith(pairs):
                yield from (
                    (word.start() + a, word.start() + b) for a, b in _within(word[0], known)
                )
                break


def _within(word: str, pairs: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where pairs of characters stand in a word of a script without spaces."""
    plain, origin = "", []
    for position, char in enumerate(word):
        said = _plain(char)
        plain += said
        origin += [position] * len(said)
    inside: set[int] = set()
    for at in range(len(plain)):
        for length in (1, 2):
            if plain[at : at + length] in pairs:
                inside.update(origin[at : at + length])
    begin = None
    for position in range(len(word) + 1):
        if position in inside and begin is None:
            begin = position
        elif position not in inside and begin is not None:
            yield begin, position
            begin = None


def _plain(text: str) -> str:
    return folded(text.translate(_DROPPED)).translate(_ALIKE)


def _read(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tokens of a word; those of a short one are kept, as most words come again."""
    return _known(word) if len(word) <= LONGEST else _tokens(word)


@lru_cache(maxsize=1 << 15)
def _known(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _tokens(word)


def _tokens(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what an index holds of a word, and what it is asked for to find the word."""
    kept: list[str] = []
    asked: list[str] = []
    for part in _words(_plain(word)):
        for run in _RUNS.finditer(part[0]):
            text = run[0]
            if not run[1]:
                kept.append(text[:LONGEST])
                asked.append(text[:LONGEST])
                continue
            pairs = [one + other for one, other in pairwise(text)]
            # The last character begins no pair, and is found alone.
            kept += [*pairs, text[-1]]
            asked += pairs or [text]
    return tuple(kept), tuple(dict.fromkeys(asked))


def _words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text: letters, digits and marks, and what stands between these."""
    # A low line is a letter to the pattern; taken out here, it leaves every place as it is.
    return _word().finditer(text.replace("_", " "))


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word; one class of characters, as a choice of two takes longer."""
    marks = "".join(
        chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code))[0] == "M"
    )
    letter = rf"[\w{re.escape(marks)}{_JOINERS}]"
    return re.compile(rf"{letter}+(?:[{_APOSTROPHES}]{letter}+)*")
