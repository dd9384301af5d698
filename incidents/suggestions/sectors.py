"""What was hit: sectors of targets, from words close to the act."""

from __future__ import annotations

from typing import Final

from incidents.codebook import Sector

from .kinds import ACTS
from .reading import Reading, Suggestion

MOST: Final = 2
_PREFIX: Final = "sector:"
# Meanings that name a sector by themselves.
_IMPLIED: Final = {
    "rail": Sector.TRANSPORT,
    "election": Sector.POLITICS_ELECTIONS,
    "dissident": Sector.CIVIL_SOCIETY_DIASPORA,
    "undersea": Sector.DIGITAL_INFRASTRUCTURE,
}


def sectors(reading: Reading) -> list[Suggestion]:
    """Return the sectors of what was hit, the most often named first."""
    scores: dict[str, float] = {}
    best: dict[str, Suggestion] = {}
    for sentence in reading.sentences:
        # What is denied, or was hit in an earlier case, is no target.
        if not sentence.has(*ACTS) or sentence.has("deny") or reading.is_background(sentence):
            continue
        services = sentence.of("service")
        for hit in sentence.hits:
            if hit.label.startswith(_PREFIX):
                value: str = hit.label.removeprefix(_PREFIX)
            elif hit.label in _IMPLIED:
                value = _IMPLIED[hit.label]
            else:
                continue
            if any(hit.start < one.end and one.start < hit.end for one in services):
                continue
            scores[value] = scores.get(value, 0.0) + sentence.weight
            evidence = sentence.at(hit)
            if value not in best or best[value].evidence.in_title:
                best[value] = Suggestion(
                    value, evidence, f"“{reading.quote(evidence)}” beside the act."
                )
    ranked = sorted(scores, key=lambda value: -scores[value])
    return [best[value] for value in ranked[:MOST]]
