"""An article as sentences of words, each of which knows where it stands.

Law: every step is linear in the length of the text. A sentence that does not end is cut, so that
what looks at all pairs of words of a sentence looks at few; and of a text of more sentences than
a book has, the first are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import Final, NamedTuple

from articles.text import NO_SPACES, folded

# In words; a letter of a script without spaces is half a word.
LONGEST_SENTENCE: Final = 60
MOST_SENTENCES: Final = 8_000
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
)
UNSPACED: Final = re.compile(f"[{NO_SPACES}]")
# A letter of a script without spaces is a word of its own.
_WORD: Final = re.compile(
    rf"[{NO_SPACES}]|\d+(?=[\uac00-\ud7a3])|[^\W_{NO_SPACES}][^\W_{NO_SPACES}{_MARKS}]*"
    rf"(?:[{_MARKS}]+[^\W_{NO_SPACES}{_MARKS}]*)*"
)
_ENDS: Final = frozenset(".!?…。！？؟।\n")
_COMMAS: Final = frozenset(",،、，;؛:：")
_HARD: Final = frozenset("!?…。！？؟।\n")
# One letter each for what Arabic and Persian, or Russian and its neighbours, write in two ways.
_DIGITS: Final = {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)}
_SAME: Final = str.maketrans(
    _DIGITS | {"ي": "ی", "ى": "ی", "ك": "ک", "ـ": None, "ё": "е", "ə": "e", "ʻ": "'"}
)


# How a word begins that says whose side somebody takes: pro-Russian.
LEANINGS: Final = ("pro", "anti", "про", "прарас", "анти", "filo", "φιλο", "پرو", "亲", "親", "反")
# And what says so behind the name of a state, whatever ending follows: russlandnah,
# venäjämielinen, rysslandsvänlig.
_SIDED: Final = re.compile(
    r"\w{3}(nah|freundlich|treu|gesinnt|gestutzt|mielis|mielin|meel|barat|gezind|"
    r"vanlig|venlig|vennlig|trogen|trofast|φιλ)"
)


def leans(word: str) -> bool:
    """Tell whether a word that names a state says whose side somebody takes."""
    return word.startswith(LEANINGS) or _SIDED.search(word) is not None


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says: the input of all suggestions."""

    title: str
    text: str
    url: str = ""
    metadata_date: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A range of characters of the text, or of the title where it stands only there."""

    start: int
    end: int
    in_title: bool = False


class Word(NamedTuple):
    """A word as it stands, and as it is compared."""

    text: str
    key: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


class Hit(NamedTuple):
    """That some words of a sentence mean something: from `first` to before `last`."""

    label: str
    first: int
    last: int
    stem: int = 0
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Sentence:
    """Words in order, and what they mean; `place` is its place in the article, title and text."""

    number: int
    in_title: bool
    words: list[Word]
    asks: bool = False
    place: int = 0
    hits: list[Hit] = field(default_factory=list)
    by_label: dict[str, list[Hit]] = field(default_factory=dict)

    def add(self, hits: Iterable[Hit]) -> None:
        """Take in more meanings."""
        for hit in hits:
            self.hits.append(hit)
            self.by_label.setdefault(hit.label, []).append(hit)

    def of(self, *labels: str) -> list[Hit]:
        """Return the hits of some meanings, meaning by meaning."""
        if not self.by_label:
            return []
        return [hit for label in labels for hit in self.by_label.get(label, ())]

    def has(self, *labels: str) -> bool:
        """Tell whether any of some meanings is there."""
        return bool(self.by_label) and not self.by_label.keys().isdisjoint(labels)

    @property
    def evidence(self) -> Evidence:
        """Where the sentence stands."""
        return Evidence(self.words[0].start, self.words[-1].end, self.in_title)

    def at(self, hit: Hit) -> Evidence:
        """Return where a hit stands."""
        return Evidence(hit.start, hit.end, self.in_title)

    def said(self, first: int, last: int, text: str) -> str:
        """Return words as they stand in the text they are from."""
        return text[self.words[first].start : self.words[last - 1].end]

    def is_parted(self, one: Hit, other: Hit, text: str) -> bool:
        """Tell whether a comma or the like stands between two hits in the text they are from."""
        between = text[min(one.end, other.end) : max(one.start, other.start)]
        return not _COMMAS.isdisjoint(between)

    @property
    def weight(self) -> float:
        """How much it counts: a title and the beginning of a text say what it is about."""
        if self.in_title:
            return 3.0
        return 2.0 if self.number < 2 else 1.2 if self.number < 5 else 0.9


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Return a word as it is compared."""
    if word.isascii():
        return word.lower()
    return folded(word).translate(_SAME)


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text."""
    for match in _WORD.finditer(text):
        yield Word(match[0], key(match[0]), match.start(), match.end())


def sentences(article: Article) -> list[Sentence]:
    """Return the sentences of the title and then of the text."""
    cut = chain(_cut(article.title, in_title=True), _cut(article.text, in_title=False))
    return list(islice(cut, MOST_SENTENCES))


def _cut(text: str, *, in_title: bool) -> Iterator[Sentence]:
    number = 0
    kept: list[Word] = []
    size = 0.0
    last: Word | None = None
    for word in words(text):
        if last and kept:
            between = text[last.end : word.start]
            size += 0.5 if UNSPACED.match(last.text) else 1.0
            if size >= LONGEST_SENTENCE or _ends(between, last, word):
                yield Sentence(number, in_title, kept, "?" in between or "؟" in between)
                number += 1
                kept, size = [], 0.0
        kept.append(word)
        last = word
    if kept:
        tail = text[kept[-1].end : kept[-1].end + 3]
        yield Sentence(number, in_title, kept, "?" in tail or "؟" in tail)


def _ends(between: str, before: Word, after: Word) -> bool:
    """Tell whether a sentence ends between two words."""
    if between in ("", " "):
        return False
    marks = _ENDS.intersection(between)
    if not marks:
        return False
    if marks & _HARD:
        return "\n" in marks or not after.text[0].islower()
    # A point after a number or a letter ends nothing: 8. August, 28. 5. 2025, J. Smith, U.S.
    if before.text.isdecimal() and len(before.text) < 3:
        return False
    return between[-1].isspace() and not after.text[0].islower() and len(before.text) > 1
