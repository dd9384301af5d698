"""Invented names and sentences, each with its folded words as `q` searches them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, NamedTuple

from articles.text import tokens
from incidents.codebook import EventType, Sector

from .dice import evenly, zipf

NAMES, SENTENCES = 4000, 6000
_STARTS: Final = (
    "Bar Bel Dor Fal Gor Hal Jar Kal Kor Lam Lun Mar Mel Nor Or Pel Ras Sel Tar Ul Vel Zar"
)
_MIDDLES: Final = "a an ar e el en i in is o on or u um ur ya"
_ENDS: Final = (
    "berg bo burg da dal din ga grad holm ka la land mir na nica now ra sk stad ta ten ton vo"
)
_THINGS: Final = (
    "depot",
    "plant",
    "port",
    "substation",
    "warehouse",
    "terminal",
    "embassy",
    "office",
    "ministry",
    "hospital",
    "school",
    "archive",
    "data centre",
    "railway line",
    "pumping station",
    "airfield",
    "base",
    "barracks",
    "newsroom",
    "memorial",
    "shopping centre",
    "refinery",
    "shipyard",
    "laboratory",
    "parliament",
    "network",
)
_SENTENCES: Final = (
    "Staff of {name} noticed it in the early hours and called the {service}.",
    "The {service} opened an inquiry and secured {evidence} at the {thing}.",
    "Operations at the {thing} of {name} were interrupted for {time}.",
    "According to {name}, {evidence} pointed to preparation over {time}.",
    "A spokesperson of the {service} declined to speak about {evidence}.",
    "Neighbours reported {evidence} near the {thing} {time} before.",
    "The damage to the {thing} was repaired within {time}.",
    "Similar {evidence} had been found at {name} before.",
    "Two people were questioned by the {service} and released after {time}.",
    "The operator of the {thing} informed {name} and the {service}.",
)
_SERVICES: Final = (
    "police",
    "fire brigade",
    "security service",
    "coast guard",
    "prosecutor",
    "computer emergency team",
    "border guard",
    "ministry of the interior",
    "military police",
    "harbour master",
)
_EVIDENCE: Final = (
    "traces of accelerant",
    "cut cables",
    "log files",
    "forged letters",
    "a drone",
    "malware samples",
    "phone records",
    "camera footage",
    "payments",
    "radio signals",
    "a vessel",
    "leaflets",
    "account names",
)
_TIMES: Final = (
    "an hour",
    "six hours",
    "two days",
    "a week",
    "ten days",
    "a month",
    "half a year",
)


class Phrase(NamedTuple):
    """A text, and its folded words as they are stored for searching."""

    text: str
    folded: str


def phrase(text: str) -> Phrase:
    """Return a text with its folded words, each with a space before it."""
    return Phrase(text, "".join(f" {token}" for token in tokens(text)))


def invented(rng: Random, count: int) -> list[str]:
    """Return `count` different names that nobody has."""
    pieces = [text.split() for text in (_STARTS, _MIDDLES, _ENDS)]
    names: dict[str, None] = {}
    while len(names) < count:
        first, second, third = (rng.choice(part) for part in pieces)
        middle = rng.choice(pieces[1]) + rng.choice("lmnrst") if len(names) % 2 else ""
        names[f"{first}{second}{middle}{third}".replace("aa", "a")] = None
    return list(names)


class Writer:
    """Draws of titles and summaries; some words stand in many of them and most in few."""

    def __init__(self, rng: Random) -> None:
        names = invented(rng, NAMES)
        called = zipf(rng, names, 0.8)
        thing, service, evidence, time = (
            evenly(rng, words) for words in (_THINGS, _SERVICES, _EVIDENCE, _TIMES)
        )
        pattern = evenly(rng, _SENTENCES)
        self._acts = {kind.value: phrase(f"{kind.label} at") for kind in EventType}
        self._object: Callable[[], Phrase] = zipf(
            rng, [phrase(f"the {called()} {thing()}") for _each in range(NAMES)], 0.6
        )
        self._sentence: Callable[[], Phrase] = zipf(
            rng,
            [
                phrase(
                    pattern().format(
                        name=called(),
                        thing=thing(),
                        service=service(),
                        evidence=evidence(),
                        time=time(),
                    )
                )
                for _each in range(SENTENCES)
            ],
            0.5,
        )
        self._sentences = evenly(rng, (2, 3, 3, 4, 5))
        self.object_of = {
            sector.value: evenly(rng, [f"{name} {sector.label}" for name in names[:200]])
            for sector in Sector
        }

    def title(self, event_type: str, where: Phrase) -> Phrase:
        """Return the title of an act at a place."""
        act, what = self._acts[event_type], self._object()
        return Phrase(
            f"{act.text} {what.text}{where.text}", f"{act.folded}{what.folded}{where.folded}"
        )

    def summary(self) -> Phrase:
        """Return a few sentences, at least 80 characters."""
        drawn = [self._sentence() for _each in range(self._sentences())]
        return Phrase(" ".join(s.text for s in drawn), "".join(s.folded for s in drawn))
