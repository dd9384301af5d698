"""As what a claimant speaks: an official without a name, a service, a court, a government."""

from __future__ import annotations

from typing import Final

from incidents.codebook import ClaimantKind

from .reading import Reading, Suggestion
from .texts import Evidence, Hit, Sentence

# So many words away an office still belongs to a name.
_REACH: Final = 6
_KINDS: Final = (
    ("unnamed", ClaimantKind.UNNAMED_OFFICIAL),
    ("court", ClaimantKind.PROSECUTOR_COURT),
    ("service", ClaimantKind.SECURITY_SERVICE),
)


def kind(reading: Reading, claimant: Suggestion) -> ClaimantKind:
    """Return as what a claimant speaks; a government where nothing tells."""
    for sentence in reading.sentences:
        own = [hit for hit in sentence.hits if _within(hit, sentence, claimant.evidence)]
        if own:
            return _told(reading, sentence, own)
    return ClaimantKind.AFFECTED_GOVERNMENT


def _within(hit: Hit, sentence: Sentence, evidence: Evidence) -> bool:
    same = sentence.in_title == evidence.in_title
    return same and evidence.start <= hit.start and hit.end <= evidence.end


def _told(reading: Reading, sentence: Sentence, own: list[Hit]) -> ClaimantKind:
    if any(hit.label.startswith("actor:") for hit in own):
        return ClaimantKind.PERPETRATOR_PERSONA
    named = [hit for hit in own if hit.label == "name"]
    for label, found in _KINDS:
        if any(hit.label == label for hit in own):
            return found
        offices = sentence.of(label) if label != "unnamed" else []
        if any(reading.gap(name, office) <= _REACH for name in named for office in offices):
            return found
    return ClaimantKind.AFFECTED_GOVERNMENT
