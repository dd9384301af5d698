"""Who says who did it: named officials, services, courts, companies, personas, unnamed sources."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from incidents.codebook import ClaimantKind

from .kinds import ACTS
from .reading import Reading
from .texts import UNSPACED, Evidence, Hit, Sentence, key

MOST: Final = 3
ENOUGH: Final = 0.75
SHARE: Final = 0.3
_REACH: Final = 6
_LAST_NAME: Final = 4
# So many sentences before, somebody is still the one who speaks.
_BEFORE: Final = 2
_KINDS: Final = (
    ("court", ClaimantKind.PROSECUTOR_COURT),
    ("service", ClaimantKind.SECURITY_SERVICE),
    ("role", ClaimantKind.AFFECTED_GOVERNMENT),
)


@dataclass(frozen=True, slots=True)
class Claimant:
    """Somebody who says something on an event; `kind` is of the codebook, or nothing."""

    value: str
    evidence: Evidence
    why: str
    kind: str = ""


def claimants(reading: Reading) -> list[Claimant]:
    """Return who says something on the event, those first that speak of it most."""
    scores: dict[str, float] = {}
    found: dict[str, Claimant] = {}
    for sentence in reading.sentences:
        weight = 0.6 + sentence.has(*ACTS) + sentence.has("accuse", "order", "maybe")
        for hit, why, strength in _speakers(reading, sentence):
            evidence = sentence.at(hit)
            value = reading.quote(evidence)
            scores[value] = scores.get(value, 0.0) + strength * weight
            if value not in found or found[value].evidence.in_title:
                found[value] = Claimant(value, evidence, why, _kind(sentence, hit))
    alone = _by_last_name(reading, found)
    for value in found:
        scores[value] += alone.get(_last_name(value), 0.0)
    ranked = sorted(found, key=lambda value: -scores[value])
    least = SHARE * scores[ranked[0]] if ranked else 0.0
    return [found[value] for value in ranked[:MOST] if scores[value] >= max(ENOUGH, least)]


def behind(reading: Reading, sentence: Sentence) -> Claimant | None:
    """Return who says what a sentence says: whoever speaks in it, or shortly before it."""
    near = reading.sentences[max(0, sentence.place - _BEFORE) : sentence.place + 1]
    for before in reversed(near):
        speakers = _speakers(reading, before)
        if speakers and not before.in_title:
            hit, why, _strength = max(speakers, key=lambda speaker: speaker[2])
            evidence = before.at(hit)
            return Claimant(reading.quote(evidence), evidence, why, _kind(before, hit))
    return None


def _kind(sentence: Sentence, hit: Hit) -> str:
    """Return the kind of a claimant as far as a word beside or in its name says it."""
    if hit.label == "unnamed":
        return ClaimantKind.UNNAMED_OFFICIAL
    if hit.label.startswith("actor:"):
        return ClaimantKind.PERPETRATOR_PERSONA
    for label, kind in _KINDS:
        if any(hit.start <= other.start < hit.end for other in sentence.of(label)):
            return kind
    return ""


def _by_last_name(reading: Reading, names: Collection[str]) -> dict[str, float]:
    """Return how often each person speaks who is called by the last name alone."""
    speaks = {last: 0.0 for name in names if (last := _last_name(name))}
    if not speaks or not reading.words.cased:
        return {}
    for sentence in reading.sentences:
        heard = sentence.of("said")
        for place, word in enumerate(sentence.words if heard else ()):
            if word.key not in speaks or (place and sentence.words[place - 1].capital):
                continue
            at = Hit("name", place, place + 1)
            if any(reading.gap(at, said) <= 3 for said in heard):
                speaks[word.key] += 0.8 + 0.8 * sentence.has(*ACTS)
    return speaks


def _last_name(name: str) -> str:
    """Return the last name of a person as it is compared, or nothing where it tells too little."""
    parts = name.split()
    return key(parts[-1]) if len(parts) > 1 and len(parts[-1]) >= _LAST_NAME else ""


def _speakers(reading: Reading, sentence: Sentence) -> list[tuple[Hit, str, float]]:
    said = sentence.of("said", "accuse", "deny")
    offices = sentence.of("role", "agency", "service")
    found: list[tuple[Hit, str, float]] = []
    acting = sentence.of("arrest", "foiled", "accuse", "probe")
    reach = _REACH * 3 if reading.words.verb_last or not reading.words.spaced else _REACH
    for hit in sentence.of("name"):
        near = _nearest(reading, hit, said)
        office = _nearest(reading, hit, offices)
        if near <= reach and office <= 4:
            found.append((hit, "A person in office who says something.", 1.6))
        elif near <= 3 and not sentence.has("arrest"):
            found.append((hit, "A person who says something.", 0.9))
    named = bool(found)
    for hit in sentence.of("unnamed")[:1]:
        found.append((hit, "Somebody who is not named says something.", 0.7))
    for hit in sentence.of("agency"):
        strength = 1.3 if _is_proper(sentence, hit) else 0.6
        if _nearest(reading, hit, said) <= reach and not named:
            found.append((hit, "An authority says something.", strength))
        elif _nearest(reading, hit, acting) <= _REACH and not named:
            found.append((hit, "An authority acts on it.", strength))
    if sentence.has("claimed"):
        for other in sentence.hits:
            if other.label.startswith("actor:"):
                found.append((other, "It claims to have done it.", 2.0))
    return [(_whole(sentence, hit), why, strength) for hit, why, strength in found]


def _is_proper(sentence: Sentence, hit: Hit) -> bool:
    """Tell whether the name of an authority is its own: an abbreviation, several words, a name."""
    words = sentence.words[hit.first : hit.last]
    whole = _whole(sentence, hit)
    least = 3 if UNSPACED.match(words[0].text) else 2
    many = whole.last - whole.first >= least
    return many or (words[0].text.isupper() and len(words[0].text) > 1) or len(words[0].key) > 11


def _whole(sentence: Sentence, hit: Hit) -> Hit:
    """Return an authority with the name that follows it: Staatsanwaltschaft Flensburg."""
    if hit.label != "agency" or not sentence.words[hit.first].capital:
        return hit
    last = hit.last
    words = sentence.words
    if last + 1 < len(words) and words[last].key in ("de", "di", "van", "of", "w", "v"):
        last += words[last + 1].capital
    if last < len(words) and words[last].capital and words[last].text.isalpha():
        free = all(not other.first <= last < other.last for other in sentence.hits)
        if free and words[last].start - words[last - 1].end == 1:
            last += 1
    return Hit(hit.label, hit.first, last, hit.stem, hit.start, words[last - 1].end)


def _nearest(reading: Reading, hit: Hit, others: Collection[Hit]) -> float:
    return min(
        (reading.gap(hit, other) for other in others if other.start != hit.start), default=99.0
    )
