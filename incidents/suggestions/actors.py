"""Who is said to have done it: states and their services, groups, vessels, accused persons."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from .blame import Blame
from .directory import Directory
from .reading import Reading, Suggestion
from .texts import LEANINGS, Evidence, Hit, Sentence

MOST: Final = 5
_VESSEL: Final = re.compile(r"[A-Z][\w]*(?: (?:[A-Z][\w]*|[0-9]+)){0,3}")


def actors(
    reading: Reading, directory: Directory, blamed: Collection[Blame], happened: Collection[str]
) -> list[Suggestion]:
    """Return the actors of an article, services and groups before states and persons."""
    found: dict[str, Suggestion] = {}
    states = {blame.state for blame in blamed}

    def add(evidence: Evidence, why: str, entry: str = "") -> None:
        name = reading.quote(evidence)
        key = entry or name
        kept = found.get(key)
        if kept is None or (kept.evidence.in_title and not evidence.in_title):
            found[key] = Suggestion(name, evidence, why, entry)

    told: set[str] = set()
    for sentence in reading.sentences:
        for hit, actor in directory.named(sentence):
            if actor.state in happened and actor.state not in states:
                continue
            add(sentence.at(hit), f"It is known as {actor.name}.", actor.name)
            told.add(actor.state)
    for blame in blamed:
        evidence = _with_organ(reading, blame)
        if evidence is not None and blame.state not in told:
            add(evidence, blame.why.capitalize() + ".")
    for sentence in reading.sentences:
        for hit in _groups(reading, sentence):
            add(sentence.at(hit), "A group that is said to act.")
        for hit in _accused(reading, sentence):
            add(sentence.at(hit), "Somebody who is accused.")
        for hit in _vessels(reading, sentence):
            add(sentence.at(hit), "A vessel that is named.")
    return list(found.values())[:MOST]


def _with_organ(reading: Reading, blame: Blame) -> Evidence | None:
    """Return the words for a state: with its service or regime, or its name with a capital."""
    named: Evidence | None = None
    for sentence in reading.sentences:
        for hit in sentence.hits:
            if hit.label != f"country:{blame.state}":
                continue
            for other in sentence.of("service", "regime"):
                if reading.gap(hit, other) <= 1 and other.start != hit.start:
                    begun, ended = min(hit.start, other.start), max(hit.end, other.end)
                    return Evidence(begun, ended, sentence.in_title)
            capital = sentence.words[hit.first].capital or not reading.words.cased
            if capital and (named is None or named.in_title):
                named = sentence.at(hit)
    return named


def _groups(reading: Reading, sentence: Sentence) -> list[Hit]:
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
        for hit in sentence.of("name")
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
