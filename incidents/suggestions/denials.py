"""Who denies for a state that is blamed: its embassy, an official of it, or nobody by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from incidents.codebook import ClaimantKind

from .blame import Blame
from .claimants import Claimant
from .offices import is_away
from .reading import Reading
from .texts import Hit, Sentence

# So far from a word of denial stands whose it is.
_REACH: Final = 6
# What a state speaks by: it stands right beside its name.
_VOICES: Final = ("embassy", "agency", "role", "service")


@dataclass(frozen=True, slots=True)
class Denial:
    """A state that is blamed, and who denies it."""

    state: str
    claimant: Claimant


def denials(reading: Reading, blamed: Collection[Blame]) -> list[Denial]:
    """Return for each state that is blamed who first denies it, if anybody does."""
    found: dict[str, Claimant] = {}
    states = {blame.state for blame in blamed}
    for sentence in reading.sentences:
        if sentence.in_title or not sentence.has("deny"):
            continue
        for code, country in reading.countries(sentence):
            if code in states and code not in found and _denies(reading, sentence, country):
                evidence = sentence.at(_voice(reading, sentence, country, code))
                found[code] = Claimant(
                    reading.quote(evidence),
                    evidence,
                    "The state that is blamed denies it.",
                    ClaimantKind.ACCUSED_STATE,
                )
    return [Denial(state, claimant) for state, claimant in found.items()]


def _denies(reading: Reading, sentence: Sentence, country: Hit) -> bool:
    """Tell whether a state is told of close to a word of denial, and is not who it is told to."""
    reach = _REACH * (2 if reading.words.verb_last else 1)
    return any(reading.gap(country, deny) <= reach for deny in sentence.of("deny")) and not any(
        0 <= country.first - accuse.last <= 1 for accuse in sentence.of("accuse", "order")
    )


def _voice(reading: Reading, sentence: Sentence, country: Hit, state: str) -> Hit:
    """Return the words for who denies: a person, or the state with what it speaks by."""
    for name in sentence.of("name"):
        if is_away(reading, sentence, name, (state,)):
            return name
    for other in sentence.of(*_VOICES):
        if other.start != country.start and reading.gap(country, other) < 1:
            first, last = min(country.first, other.first), max(country.last, other.last)
            words = sentence.words
            return Hit("voice", first, last, 0, words[first].start, words[last - 1].end)
    return country
