"""Who is said to have done it: states and their services, groups, vessels, accused persons."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from .blame import Blame
from .directory import Directory, KnownActor
from .groups import BAND
from .kinds import ACTS
from .persons import INITIALS
from .reading import Reading, Suggestion
from .texts import LEANINGS, Evidence, Hit, Sentence, key

MOST: Final = 6
# So many names of one entry are shown, where they are written in different ways.
_NAMES: Final = 2
_ALIKE: Final = 4


def actors(
    reading: Reading, directory: Directory, blamed: Collection[Blame], happened: Collection[str]
) -> list[Suggestion]:
    """Return the actors of an article, services and groups before states and persons."""
    found: dict[str, Suggestion] = {}
    states = {blame.state for blame in blamed}

    def add(evidence: Evidence, why: str, entry: str = "") -> None:
        name = reading.quote(evidence)
        kept = found.get(name)
        if kept is None or (kept.evidence.in_title and not evidence.in_title):
            found[name] = Suggestion(name, evidence, why, entry)

    told: set[str] = set()
    for evidence, actor in _known(reading, directory, states, happened):
        add(evidence, f"It is known as {actor.name}.", actor.name)
        told.add(actor.state)
    for sentence in reading.sentences:
        for hit in sentence.of(BAND):
            add(sentence.at(hit), "A group that is named.")
    groups = bool(found)
    for blame in blamed:
        organ = _organ(reading, blame)
        words = organ or (None if blame.state in told else _name(reading, blame))
        if words is not None:
            add(words, blame.why.capitalize() + ".")
    for sentence in reading.sentences:
        for hit in () if groups else _leaning(sentence):
            add(sentence.at(hit), "A group that is said to act.")
        for hit in _accused(reading, sentence):
            add(sentence.at(hit), "Somebody who is accused.")
        for hit in _vessels(reading, sentence):
            add(sentence.at(hit), "A vessel that is named.")
    return _distinct(found.values())[:MOST]


def _known(
    reading: Reading,
    directory: Directory,
    states: Collection[str],
    happened: Collection[str],
) -> Iterator[tuple[Evidence, KnownActor]]:
    """Yield the actors of the directory that may have acted, with the words that name them."""
    for sentence in reading.sentences:
        for hit, actor in directory.named(sentence):
            own = actor.state in happened or actor.watches or actor.state == reading.home
            if actor.state and own and actor.state not in states:
                continue
            if not actor.watches or (actor.state and sentence.has(*ACTS, "accuse", "order")):
                yield sentence.at(hit), actor


def _distinct(found: Collection[Suggestion]) -> list[Suggestion]:
    """Leave out further names of an entry, unless few, and written in another way."""
    kept: list[Suggestion] = []
    for one in found:
        same = [other for other in kept if one.entry and other.entry == one.entry]
        begun = {key(other.value)[:_ALIKE] for other in same}
        if len(same) < _NAMES and key(one.value)[:_ALIKE] not in begun:
            kept.append(one)
    return kept


def _organ(reading: Reading, blame: Blame) -> Evidence | None:
    """Return the words for a service or the regime of a state, with those for the state."""
    for sentence in reading.sentences:
        known = [hit for hit in sentence.hits if hit.label.startswith("actor:")]
        for hit in sentence.of(f"country:{blame.state}"):
            for other in sentence.of("service", "regime"):
                if any(o.start <= other.start < o.end for o in known):
                    continue
                if reading.gap(hit, other) <= 1 and other.start != hit.start:
                    begun, ended = min(hit.start, other.start), max(hit.end, other.end)
                    return Evidence(begun, ended, sentence.in_title)
    return None


def _name(reading: Reading, blame: Blame) -> Evidence | None:
    """Return the name of a state: where it is blamed, or where it has a capital."""
    named: Evidence | None = None
    for sentence in reading.sentences:
        for hit in sentence.of(f"country:{blame.state}"):
            capital = sentence.words[hit.first].capital or not reading.words.cased
            evidence = sentence.at(hit)
            if capital and evidence == blame.evidence and not sentence.in_title:
                return evidence
            if capital and (named is None or named.in_title):
                named = evidence
    return named


def _leaning(sentence: Sentence) -> list[Hit]:
    """Return groups of hackers with what says whose side they take."""
    found = []
    words = sentence.words
    for hit in sentence.of("hacker"):
        first = hit.first
        before = [o for o in sentence.hits if o.last == first and o.label.startswith("country:")]
        if before:
            first = before[0].first
        elif first and words[first - 1].key.startswith(LEANINGS):
            first -= 1
        else:
            continue
        if first and words[first - 1].key in LEANINGS:
            first -= 1
        found.append(Hit("group", first, hit.last, 0, words[first].start, hit.end))
    return found


def _accused(reading: Reading, sentence: Sentence) -> list[Hit]:
    """Return persons who are arrested, charged or sentenced."""
    legal = sentence.of("arrest", "court")
    offices = sentence.of("role", "agency")
    return [
        hit
        for hit in sentence.of("name", INITIALS)
        if any(reading.gap(hit, other) <= 12 for other in legal)
        and all(reading.gap(hit, other) > 2 for other in offices)
        and all(reading.gap(hit, other) > 4 for other in sentence.of("said"))
    ]


def _vessels(reading: Reading, sentence: Sentence) -> list[Hit]:
    """Return names beside a word for a ship."""
    if not reading.anywhere("cable", "shadow"):
        return []
    found = []
    for hit in sentence.of("name"):
        if any(reading.gap(hit, other) <= 2 for other in sentence.of("vessel")):
            found.append(hit)
    return found
