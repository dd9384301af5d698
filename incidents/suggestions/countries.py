"""Where an event happened or was aimed, as against the countries that are only mentioned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from articles.countries import COUNTRIES

from .claimants import OFTEN
from .directory import Directory
from .kinds import ACTS, Kind
from .numerals import is_number
from .places import Place
from .reading import FIRST, Reading, Suggestion
from .texts import Evidence, Hit, Sentence, leans

# A country with less than this share of the strongest one is background.
SHARE: Final = 0.6
WEAKEST: Final = 0.5
# More countries than this in a sentence are a list of other cases.
_LIST: Final = 2
# A word so short before a name may be a preposition.
_SHORT: Final = 3
# What speaks for the country of an outlet that the text does not name.
_HOME: Final = 1.0
# What speaks for a country that the text names, so that no other needs to be guessed.
_NAMED: Final = 0.75
# What each sentence of the event that names no country speaks for the one of the outlet, so.
_UNSAID: Final = 0.35
_AND: Final = 1
_NEAR: Final = 3
_NEIGHBOURS: Final = (
    "said",
    "airspace",
    "from",
    "vessel",
    "warname",
    "against",
    "hacker",
    "person",
    "deny",
    "role",
    "order",
    "accuse",
    "service",
    "spy",
)
# What makes a sentence tell of the event, or of what came of it.
TELLING: Final = ACTS | {"arrest", "damage", "down", "fire", "violate", "drone", "migrant", "cable"}
# What comes from one country to another.
_COMING: Final = ("drone", "balloon", "airspace", "migrant")
_BLAMED: Final = 0.05
# And one that reports blame most often, where this one does not say that it did it.
_SUSPECT: Final = 0.5
_FOREIGN: Final = 0.5
# So much counts of what a court is told to hear, and of what is told of earlier cases.
_COURT: Final = 0.4
_PAST: Final = 0.4


def mentioned(
    reading: Reading, places: Collection[Place], directory: Directory | None = None
) -> list[str]:
    """Return every country that an article names, in order.

    Large towns and services of states stand for theirs.
    """
    found: dict[str, None] = {}
    for sentence in reading.sentences:
        for code, _hit in reading.countries(sentence):
            found[code] = None
        for _hit, actor in directory.named(sentence) if directory else ():
            if actor.blames and actor.state:
                found[actor.state] = None
    for place in places:
        if place.known:
            found[place.town.country] = None
    return list(found)


@dataclass(slots=True)
class _Scores:
    """What speaks for each country, and the words that say so best."""

    points: dict[str, float] = field(default_factory=dict)
    told: dict[str, tuple[float, Evidence]] = field(default_factory=dict)

    def add(self, code: str, weight: float, evidence: Evidence) -> None:
        """Take in what speaks for a country; words of the text are rather shown than a title."""
        self.points[code] = self.points.get(code, 0.0) + weight
        told = weight - (1.5 if evidence.in_title else 0.0)
        if code not in self.told or told > self.told[code][0]:
            self.told[code] = (told, evidence)


def events(
    reading: Reading, places: Collection[Place], blamed: Collection[str], kinds: Collection[Kind]
) -> list[Suggestion]:
    """Return the countries of an event, the likeliest first."""
    scores = _Scores()
    telling = {id(sentence) for kind in list(kinds)[:3] for sentence in kind.sentences}
    joined: set[tuple[str, str]] = set()
    for sentence in reading.sentences:
        joined |= _named(reading, sentence, scores, telling, blamed)
    for place in places:
        weight = place.sentence.weight * (1.2 if place.sentence.has(*ACTS) else 0.4)
        scores.add(place.town.country, weight * _aside(reading, place.sentence), place.evidence)
    _settle(reading, scores, blamed)
    unnamed = _unnamed(reading, scores, places, blamed, kinds, telling)
    points = scores.points
    if not points:
        return []
    most = max(points.values())
    for code in _beside(max(points, key=points.__getitem__), joined, blamed):
        points[code] = max(points[code], SHARE * most)
    return [
        Suggestion(code, scores.told[code][1], _why(reading, code, scores.told[code][1], unnamed))
        for code, score in sorted(points.items(), key=lambda item: -item[1])
        if score >= max(WEAKEST, SHARE * most)
    ]


def _aside(reading: Reading, sentence: Sentence) -> float:
    """Return how much of a sentence counts that tells of a court, or of earlier cases."""
    share = _COURT if sentence.has("court") else 1.0
    return share * (_PAST if reading.is_background(sentence) else 1.0)


def _named(
    reading: Reading,
    sentence: Sentence,
    scores: _Scores,
    telling: Collection[int],
    blamed: Collection[str],
) -> set[tuple[str, str]]:
    """Take in the countries that a sentence names; return those that it joins as places."""
    named = list(reading.countries(sentence))
    acts = sentence.has(*TELLING)
    if not acts and sentence.has("war", "policy", "sport"):
        return set()
    weight = sentence.weight * (1.0 if acts else 0.5 if sentence.in_title else 0.12)
    weight *= 1.5 if id(sentence) in telling else 1.0
    if len({code for code, _hit in named} - set(blamed)) > _LIST:
        weight *= 0.3
    weight *= _aside(reading, sentence)
    stands = [(code, hit, _stands(reading, sentence, hit)) for code, hit in named]
    # Named twice in a sentence, a country counts once.
    strongest: dict[str, tuple[float, Hit]] = {}
    for code, hit, much in stands:
        if code not in strongest or much > strongest[code][0]:
            strongest[code] = (much, hit)
    for code, (much, hit) in strongest.items():
        scores.add(code, weight * much, sentence.at(hit))
    if sentence.has("cable"):
        for (one, first), (other, second) in pairwise(named):
            # "Between Finland and Estonia": a cable has two ends.
            if one != other and 0 < reading.gap(first, second) <= _AND:
                scores.add(one, weight, sentence.at(first))
                scores.add(other, weight, sentence.at(second))
    return _joined(reading, sentence, stands) if acts and sentence.number < FIRST else set()


def _settle(reading: Reading, scores: _Scores, blamed: Collection[str]) -> None:
    """Weigh who is blamed and whose nationals were caught less, and the outlet's country more."""
    foreign = {code for sentence in reading.sentences for code in _foreign(reading, sentence)}
    for code in scores.points:
        if code in foreign:
            scores.points[code] *= _FOREIGN
        if code in blamed:
            scores.points[code] *= _BLAMED
        elif code in OFTEN and code not in (reading.home, reading.said_home):
            scores.points[code] *= _SUSPECT
        if code == reading.home:
            scores.points[code] = scores.points[code] * 2.0 + 1.5
        elif code == reading.said_home:
            scores.points[code] = scores.points[code] * 1.2 + 0.5


def _unnamed(
    reading: Reading,
    scores: _Scores,
    places: Collection[Place],
    blamed: Collection[str],
    kinds: Collection[Kind],
    telling: Collection[int],
) -> str:
    """Take in the country of the outlet where the text names it nowhere; return it, or nothing.

    It is meant where no other is, and where sentences of the event say no country at all.
    """
    own = reading.home or reading.said_home
    if not (own and telling) or own in blamed or own in scores.points:
        return ""
    elsewhere = {id(place.sentence) for place in places}
    at_home = _UNSAID * sum(
        sentence.weight
        for sentence in reading.sentences
        if id(sentence) in telling
        and not reading.is_background(sentence)
        and all(code in blamed for code, _hit in reading.countries(sentence))
        and id(sentence) not in elsewhere
    )
    # A language is read in more than one country: the text has to name no other where it tells.
    least = max(_NAMED, at_home) if reading.home else WEAKEST
    others = (score for code, score in scores.points.items() if code not in blamed)
    if max(others, default=0.0) >= least:
        return ""
    bodies = [s for kind in kinds for s in kind.sentences if not s.in_title]
    bodies = bodies or [s for s in reading.sentences if not s.in_title]
    if not bodies:
        return ""
    body = max(bodies, key=lambda s: s.weight)
    scores.add(own, max(_HOME if reading.home else 0.6 * _HOME, at_home), body.evidence)
    return own


def _foreign(reading: Reading, sentence: Sentence) -> set[str]:
    """Return the states whose nationals were caught: they are named so where they are strangers."""
    if not sentence.has("arrest", "court", "accuse"):
        return set()
    return {
        code
        for code, hit in reading.countries(sentence)
        if not _is_own(reading, hit)
        and any(reading.gap(hit, person) < 1 for person in sentence.of("person"))
    }


def _beside(country: str, joined: Collection[tuple[str, str]], blamed: Collection[str]) -> set[str]:
    """Return the countries that are joined to one, in a list of any length; none that is blamed."""
    found, waiting = {country} - set(blamed), [country]
    while waiting:
        at = waiting.pop()
        near = {code for pair in joined if at in pair for code in pair} - found - set(blamed)
        found |= near
        waiting += near
    return found - {country}


def _joined(
    reading: Reading, sentence: Sentence, stands: list[tuple[str, Hit, float]]
) -> set[tuple[str, str]]:
    """Return the countries that a sentence joins as places: in Poland, France and Germany."""
    text = reading.text_of(sentence)
    return {
        (one, other)
        for (one, first, much), (other, second, more) in pairwise(stands)
        if one != other
        and min(much, more) >= 1
        and reading.gap(first, second) <= _AND
        and (reading.gap(first, second) or sentence.is_parted(first, second, text))
    }


def _stands(reading: Reading, sentence: Sentence, hit: Hit) -> float:
    """Return how far a name speaks for a place: less where it says who somebody is."""
    if hit.first and is_number(reading, sentence.words[hit.first - 1].key):
        return 0.1
    if leans(sentence.words[hit.first].key):
        return 0.1
    if _is_nationality(reading, sentence, hit):
        return 0.3
    for other in sentence.of(*_NEIGHBOURS):
        if other is hit or reading.gap(hit, other) > _NEAR:
            continue
        if other.label == "warname":
            return 0.2
        if other.label == "against" and other.last == hit.first:
            return 1.8
        near = reading.gap(hit, other)
        if other.label == "airspace" and not near:
            return 1.8
        if other.label == "from" and other.last == hit.first and sentence.has(*_COMING):
            return 0.3
        speaks = other.label == "said" and near <= 1 and sentence.in_title
        if speaks and not sentence.is_parted(hit, other, reading.text_of(sentence)):
            return 0.5
        if other.label in ("hacker", "person", "deny") and near <= 1:
            return 0.1
        if other.label in ("service", "spy") and near <= 1 and not _is_own(reading, hit):
            return 0.05
        if other.label == "role" and near <= 1:
            return 0.3
        if other.label == "vessel" and near <= 1:
            return 0.4
        if other.label in ("order", "accuse") and near <= 1:
            return 0.4
    return 1.0


def _is_nationality(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a name says who was arrested or charged: no preposition, and right before."""
    if not reading.words.cased or (hit.first and len(sentence.words[hit.first - 1].text) <= _SHORT):
        return False
    return any(0 <= other.first - hit.last <= _NEAR for other in sentence.of("arrest", "court"))


def _is_own(reading: Reading, hit: Hit) -> bool:
    return hit.label[8:] in (reading.home, reading.said_home)


def _why(reading: Reading, code: str, evidence: Evidence, unnamed: str) -> str:
    if code == unnamed:
        return f"The article does not name it, but comes from {COUNTRIES[code]}."
    return f"“{reading.quote(evidence)}” stands for {COUNTRIES[code]} where the event is told."
