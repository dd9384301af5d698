"""Who says who did it: named officials, services, courts, companies, personas, unnamed sources."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from .kinds import ACTS
from .places import Place
from .reading import Reading, Suggestion
from .texts import Evidence, Hit, Sentence

MOST: Final = 3
_REACH: Final = 6


def claimants(reading: Reading, places: Collection[Place]) -> list[Suggestion]:
    """Return who says something on the event, those first that speak of it most."""
    found: dict[str, tuple[float, Suggestion]] = {}
    for sentence in reading.sentences:
        weight = 1.0 + sentence.has(*ACTS) + sentence.has("accuse", "order", "maybe")
        for hit, why, strength in _speakers(reading, sentence):
            evidence = sentence.at(hit)
            value = reading.quote(evidence)
            kept = found.get(value)
            score = strength * weight + (kept[0] if kept else 0.0)
            if kept and not kept[1].evidence.in_title:
                found[value] = (score, kept[1])
            else:
                found[value] = (score, Suggestion(value, evidence, why))
    ranked = sorted(found.values(), key=lambda item: -item[0])
    return [suggestion for score, suggestion in ranked[:MOST] if score >= 1.5]


def _speakers(reading: Reading, sentence: Sentence) -> list[tuple[Hit, str, float]]:
    said = sentence.of("said", "accuse", "deny")
    offices = sentence.of("role", "agency", "service")
    found: list[tuple[Hit, str, float]] = []
    for hit in sentence.of("name"):
        near = _nearest(reading, hit, said)
        office = _nearest(reading, hit, offices)
        if near <= _REACH and office <= 4:
            found.append((hit, "A person in office who says something.", 1.6))
        elif near <= 3 and not sentence.has("arrest"):
            found.append((hit, "A person who says something.", 0.9))
        elif office <= 2 and near <= 12:
            found.append((hit, "A person in office.", 1.0))
    named = bool(found)
    for hit in sentence.of("unnamed")[:1]:
        found.append((hit, "Somebody who is not named says something.", 1.0))
    for hit in sentence.of("agency"):
        if _nearest(reading, hit, said) <= _REACH and not named:
            found.append((hit, "An authority says something.", 0.9))
    for hit in sentence.of("claimed"):
        for other in sentence.hits:
            if other.label.startswith("actor:"):
                found.append((other, "It claims to have done it.", 2.0))
    return [(_whole(sentence, hit), why, strength) for hit, why, strength in found]


def _whole(sentence: Sentence, hit: Hit) -> Hit:
    """Return an authority with the name that follows it: Staatsanwaltschaft Flensburg."""
    if hit.label != "agency":
        return hit
    last = hit.last
    words = sentence.words
    if last < len(words) and words[last].capital and words[last].text.isalpha():
        if words[last].start - words[last - 1].end == 1:
            last += 1
    return Hit(hit.label, hit.first, last, hit.stem, hit.start, words[last - 1].end)


def _nearest(reading: Reading, hit: Hit, others: Collection[Hit]) -> float:
    return min((reading.gap(hit, other) for other in others), default=99.0)


def evidence_of(sentence: Sentence) -> Evidence:
    """Return where a sentence stands."""
    return sentence.evidence
