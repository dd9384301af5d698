"""Which groups an article holds responsible: where it blames no state, or they claim the act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from incidents.codebook import ClaimantKind, Stance

from .blame import Blame, stance
from .claimants import Claimant, behind
from .directory import Directory
from .kinds import ACTS
from .reading import Reading
from .texts import Evidence

MOST: Final = 2


@dataclass(frozen=True, slots=True)
class Accusation:
    """A group of the directory that is said to have acted, by whom and how firmly."""

    entry: str
    evidence: Evidence
    why: str
    stance: Stance
    claimant: Claimant | None


def accusations(
    reading: Reading, directory: Directory, blamed: Collection[Blame], happened: Collection[str]
) -> list[Accusation]:
    """Return the groups that are said to have acted, or only claim it where a state is blamed."""
    state = any(blame.stance != Stance.DENIES for blame in blamed)
    found: dict[str, Accusation] = {}
    for sentence in reading.sentences:
        if sentence.in_title or not sentence.has("accuse", "claimed", "order", *ACTS):
            continue
        for hit, actor in directory.named(sentence):
            if actor.watches or actor.name in found or reading.is_background(sentence):
                continue
            evidence = reading.closed(sentence.at(hit))
            own = sentence.has("claimed")
            if state and not own:
                continue
            found[actor.name] = Accusation(
                actor.name,
                evidence,
                "It claims to have done it." if own else "It is said to have acted.",
                stance(sentence),
                Claimant(
                    reading.quote(evidence),
                    evidence,
                    "It claims to have done it.",
                    ClaimantKind.PERPETRATOR_PERSONA,
                )
                if own
                else behind(reading, sentence, happened),
            )
    return list(found.values())[:MOST]
