"""What office somebody holds who speaks: of which kind, and of which state."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from incidents.codebook import ClaimantKind

from .groups import BAND
from .reading import Reading
from .texts import Hit, Sentence

# So many words at most stand between a person and the office that is theirs.
NEAR: Final = 4
_VERBS: Final = ("said", "accuse", "deny", "order")
# So far from an office stands the state that it is of.
_OF: Final = 1
# Where what is said ends, and who says it follows.
_QUOTED: Final = re.compile(r"[,.!?…][\"”“»«’]|[\"”“»«’]\s?[,–—-]")
# Of what kind somebody is by a word that their office is told with, the plainest first.
_KINDS: Final = (
    (("firm",), ClaimantKind.COMPANY),
    (("prosecutor", "court"), ClaimantKind.PROSECUTOR_COURT),
    (("expert",), ClaimantKind.EXPERT),
    (("service", "probe", "actor"), ClaimantKind.SECURITY_SERVICE),
    (("europe",), ClaimantKind.INTL_ORG),
    (("role", "agency"), ClaimantKind.AFFECTED_GOVERNMENT),
)


def kind(
    reading: Reading, sentence: Sentence, hit: Hit, happened: Collection[str] = ()
) -> ClaimantKind | None:
    """Return the kind of a claimant as far as the office that its name is told with says it.

    An office of a state other than those where it `happened` is of another government.
    """
    if hit.label == "unnamed":
        return ClaimantKind.UNNAMED_OFFICIAL
    if hit.label == BAND or hit.label.startswith("actor:"):
        return ClaimantKind.PERPETRATOR_PERSONA
    office = _office(reading, sentence, hit)
    if office is None:
        return None
    told = {
        other.label.partition(":")[0]
        for other in sentence.hits
        if other.first < office.last and office.first < other.last
    }
    found = next((value for labels, value in _KINDS if not told.isdisjoint(labels)), None)
    if found != ClaimantKind.AFFECTED_GOVERNMENT or not happened:
        return found
    states = {
        code
        for code, country in reading.countries(sentence)
        if reading.gap(country, office) < _OF and country.start != hit.start
    }
    own = not states or not states.isdisjoint(happened)
    return found if own else ClaimantKind.OTHER_GOVERNMENT


def _office(reading: Reading, sentence: Sentence, hit: Hit) -> Hit | None:
    """Return the words for the office of somebody: their own name, or what stands beside it."""
    if hit.label != "name":
        return hit
    offices = sentence.of("role", "agency", "service", "expert")
    near = [office for office in offices if reading.gap(hit, office) <= NEAR]
    return min(near, key=lambda office: reading.gap(hit, office), default=None)


def is_away(reading: Reading, sentence: Sentence, hit: Hit, away: Collection[str]) -> bool:
    """Tell whether somebody holds an office of one of the states that are blamed."""
    blamed = [country for code, country in reading.countries(sentence) if code in away]
    if not blamed:
        return False
    offices = [o for o in sentence.of("role", "agency") if reading.gap(hit, o) <= NEAR]
    verbs = sentence.of(*_VERBS)
    here = [country for code, country in reading.countries(sentence) if code not in away]
    for country in blamed:
        reach = 1 if any(reading.gap(hit, other) <= NEAR for other in here) else 3
        if country.last <= hit.first and reading.gap(country, hit) <= 1:
            spans = [hit, *offices]
        else:
            spans = offices if hit.label == "name" else []
        for span in spans:
            begun, ended = sorted((country.first, span.first))
            parted = any(begun < verb.first < ended for verb in verbs) or _is_quoted_apart(
                reading.text_of(sentence), country, span
            )
            if reading.gap(country, span) <= reach and not parted:
                return True
    return False


def _is_quoted_apart(text: str, country: Hit, office: Hit) -> bool:
    """Tell whether a quotation ends between two: "… by Russian agents," said the prime minister."""
    return _QUOTED.search(text, country.end, office.start) is not None
