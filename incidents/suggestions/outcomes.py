"""What an article hints at on status and outcome: foiled, arrested, ruled out as an accident."""

from __future__ import annotations

from typing import Final

from incidents.codebook import Outcome, Status

from .kinds import ACTS, Kind
from .reading import Reading, Suggestion

_STATUS: Final = (
    ("accident", Status.RULED_OUT, "an accident or a fault is named"),
    ("court", Status.CONFIRMED, "a court or a charge"),
    ("probe", Status.SUSPECTED, "an authority investigates"),
    ("arrest", Status.SUSPECTED, "somebody was arrested"),
)


def status(reading: Reading) -> Suggestion | None:
    """Return the status that the words hint at, or None."""
    for label, value, why in _STATUS:
        for sentence in reading.sentences:
            hits = sentence.of(label)
            if label == "court" and sentence.has("deny"):
                # Charges that are denied are often no charges, but what was said.
                continue
            if hits and (label != "accident" or not sentence.has("arrest", "court")):
                evidence = sentence.at(hits[0])
                return Suggestion(value, evidence, f"“{reading.quote(evidence)}”: {why}.")
    return None


def outcome(reading: Reading, kinds: list[Kind]) -> Suggestion | None:
    """Return whether the act was foiled or carried through, as far as words hint at it."""
    for sentence in reading.sentences:
        foiled = sentence.of("foiled")
        if foiled and sentence.has(*ACTS) and not sentence.has("drone", "balloon"):
            evidence = sentence.at(foiled[0])
            return Suggestion(
                Outcome.FOILED, evidence, f"“{reading.quote(evidence)}” beside the act."
            )
    for kind in kinds[:1]:
        done = kind.sentence.of("damage", "down", "violate", "arson", "leak")
        if done:
            evidence = kind.sentence.at(done[0])
            return Suggestion(
                Outcome.EXECUTED, evidence, f"“{reading.quote(evidence)}” says what was done."
            )
    return None
