"""Which words mean what: phrases of stems, found by looking each beginning of a word up.

A phrase is made of words: `cable` is exactly that word, `cable*` any word that begins so, `*cable*`
any word that holds it (for languages that join words). In scripts without spaces a phrase is found
wherever it stands. Work is linear: a bounded number of look-ups for each word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from .texts import UNSPACED, Hit, Word, key, words

# What may be meant beside something else: what can be counted, and what was hit.
COUNTED: Final = frozenset(("incidents", "people", "things"))
# And of what kind an office is.
OFFICES: Final = frozenset(("prosecutor", "expert", "embassy"))
# What is done in answer may be something else as well: diplomats who are expelled.
ANSWER: Final = "date:aside"
# Phrases of these may hold the name of a state, which stays: "in the service of Russia".
_OPEN: Final = frozenset(("order", "service", "spy", "accuse", "regime"))
LONGEST_STEM: Final = 24
_SHORTEST_INSIDE: Final = 4
_LONGEST_RUN: Final = 14


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a phrase."""

    stem: str
    open: bool = False
    tail: int = LONGEST_STEM

    def fits(self, word: str) -> bool:
        """Tell whether a word of a text is this one."""
        if not self.open:
            return word == self.stem
        return word.startswith(self.stem) and len(word) - len(self.stem) <= self.tail


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase means; `capital` where it means that only with a capital letter.

    Where it is `spelled`, its first word has those accents and no other.
    """

    label: str
    rest: tuple[Piece, ...] = ()
    tail: int = LONGEST_STEM
    capital: bool = False
    upper: bool = False
    spelled: str = ""


@dataclass(slots=True)
class Matcher:
    """All phrases of a language."""

    proclitics: tuple[str, ...] = ()
    exact: dict[str, list[Phrase]] = field(default_factory=dict)
    opening: dict[str, list[Phrase]] = field(default_factory=dict)
    inside: dict[str, list[Phrase]] = field(default_factory=dict)
    unspaced: dict[str, list[Phrase]] = field(default_factory=dict)
    # By its first letter, how long the longest phrase is.
    _reach: dict[str, int] = field(default_factory=dict)
    _inside_lengths: list[int] = field(default_factory=list)

    def add(
        self, label: str, phrase: str, *, tail: int = LONGEST_STEM, capital: bool = False
    ) -> None:
        """Learn a phrase; of what holds no word nothing is learnt."""
        capital = capital or phrase.startswith("^")
        exact = phrase.startswith("=")
        # An entry of the directory may be called "A & B", or nothing but a sign.
        parts = [part for part in phrase.lstrip("^=").split() if any(words(part.strip("*")))]
        if not parts:
            return
        if UNSPACED.match(phrase):
            joined = key("".join(parts).strip("*"))
            self.unspaced.setdefault(joined, []).append(Phrase(label))
            self._reach[joined[:1]] = max(len(joined), self._reach.get(joined[:1], 0))
            return
        pieces: list[Piece] = []
        for part in parts:
            found = [word.key for word in words(part.strip("*"))]
            pieces += [Piece(one) for one in found[:-1]]
            pieces.append(Piece(found[-1], part.endswith("*"), tail))
        first, rest = pieces[0], tuple(pieces[1:])
        upper = parts[0].isupper() and len(parts[0]) < 5
        made = Phrase(label, rest, tail, capital, upper, parts[0].casefold() if exact else "")
        if parts[0].startswith("*"):
            self.inside.setdefault(first.stem, []).append(made)
            self._inside_lengths = sorted({*self._inside_lengths, len(first.stem)})
        (self.opening if first.open else self.exact).setdefault(first.stem, []).append(made)

    def hits(self, said: Sequence[Word]) -> list[Hit]:
        """Return what the words of a sentence mean; longer phrases hide those within them."""
        found: list[Hit] = []
        for place, word in enumerate(said):
            if word.key[:1] in self._reach:
                found += self._run(place, said)
            elif word.text.isascii() or not UNSPACED.search(word.text):
                found += self._word(place, said)
        return list(_outer(found))

    def _word(self, place: int, said: Sequence[Word]) -> Iterator[Hit]:
        word = said[place]
        for form in self._forms(word.key):
            best: list[tuple[int, Hit]] = []
            for phrase in self.exact.get(form, ()):
                best += self._follow(phrase, len(form), place, said)
            for length in range(min(len(form), LONGEST_STEM), 0, -1):
                for phrase in self.opening.get(form[:length], ()):
                    if len(form) - length <= phrase.tail:
                        best += self._follow(phrase, length, place, said)
            if best:
                yield from _longest(best)
                break
        if self.inside and len(word.key) > _SHORTEST_INSIDE + 1:
            yield from self._inner(place, said)

    def _forms(self, form: str) -> Iterator[str]:
        yield form
        for clitic in self.proclitics:
            if form.startswith(clitic) and len(form) - len(clitic) > 2:
                yield form[len(clitic) :]

    def _follow(
        self, phrase: Phrase, length: int, place: int, said: Sequence[Word]
    ) -> Iterator[tuple[int, Hit]]:
        if phrase.capital and not said[place].capital:
            return
        if phrase.upper and not said[place].text.isupper():
            return
        if phrase.spelled and said[place].text.casefold() != phrase.spelled:
            return
        last = place + 1 + len(phrase.rest)
        if last > len(said):
            return
        for piece, word in zip(phrase.rest, said[place + 1 : last], strict=True):
            if not piece.fits(word.key):
                return
            length += len(piece.stem)
        yield length, Hit(phrase.label, place, last, length, said[place].start, said[last - 1].end)

    def _inner(self, place: int, said: Sequence[Word]) -> Iterator[Hit]:
        word = said[place]
        for start in range(1, min(len(word.key), 40) - _SHORTEST_INSIDE + 1):
            for length in self._inside_lengths:
                for phrase in self.inside.get(word.key[start : start + length], ()):
                    if start + length <= len(word.key):
                        for _length, hit in self._follow(phrase, length, place, said):
                            yield hit

    def _run(self, place: int, said: Sequence[Word]) -> list[Hit]:
        """Return the longest phrases that begin at a letter of a script without spaces."""
        joined = ""
        longest: Sequence[Phrase] = ()
        stem, end = 0, place
        reach = self._reach[said[place].key[:1]]
        for last in range(place, min(place + _LONGEST_RUN, len(said))):
            joined += said[last].key
            if len(joined) > reach:
                break
            if phrases := self.unspaced.get(joined):
                longest, stem, end = phrases, len(joined), last
        begun, ended = said[place].start, said[end].end
        return [Hit(phrase.label, place, end + 1, stem, begun, ended) for phrase in longest]


def _longest(found: list[tuple[int, Hit]]) -> Iterator[Hit]:
    """Yield the hits of the longest phrase; what may be meant beside another is by itself."""
    groups: dict[str, list[tuple[int, Hit]]] = {}
    for size, hit in found:
        groups.setdefault(_beside(hit), []).append((size, hit))
    for _beside_what, alike in sorted(groups.items()):
        most = max((size for size, _hit in alike), default=0)
        kept = [hit for size, hit in alike if size == most]
        yield from kept
        around = [hit.last for hit in kept if hit.label in _OPEN]
        yield from (
            hit
            for size, hit in alike
            if size < most and _is_state(hit) and any(hit.last < last for last in around)
        )


def _beside(hit: Hit) -> str:
    """Return beside what else a hit may be meant, or nothing."""
    if hit.label in COUNTED:
        return "counted"
    if hit.label in OFFICES:
        return "office"
    if hit.label == ANSWER:
        return "answer"
    return "sector" if hit.label.startswith("sector:") else ""


def _outer(found: Iterable[Hit]) -> Iterator[Hit]:
    """Leave out hits that stand within the words of a longer one."""
    hits = sorted(set(found), key=lambda hit: (hit.start, -hit.end, hit.label))
    reach, size, is_open = -1, 0, False
    for hit in hits:
        within = hit.end <= reach and hit.last - hit.first < size and not _beside(hit)
        if within and not (is_open and _is_state(hit)):
            continue
        if hit.end > reach and not _beside(hit):
            reach, size, is_open = hit.end, hit.last - hit.first, hit.label in _OPEN
        yield hit


def _is_state(hit: Hit) -> bool:
    return hit.label.startswith("country:")
