"""Towns that an article names, found in the gazetteer that the project has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from articles.text import folded
from incidents import gazetteer
from incidents.codebook import Precision
from incidents.gazetteer import Town

from .kinds import ACTS
from .numerals import is_number
from .reading import Reading
from .texts import UNSPACED, Evidence, Sentence, Word, key

# A town of a country that the article does not name has to be as large as this.
LARGE: Final = 300_000
HUGE: Final = 1_000_000
# A word that begins a sentence has a capital anyway.
_BEGINNING: Final = 100_000
_LONGEST: Final = 3
_SHORTEST: Final = 4
_ENDINGS: Final = 3
# So many words stand between an authority and the town of its seat: the embassy in The Hague.
_SEAT: Final = 2
# So far from its beginning a text says where it was written, below its title.
_HEAD: Final = 400
# What follows the town where a text was written: a date or an agency, and then a dash.
_DATELINE: Final = re.compile(
    r"[ ,(/][^.!?\n]{0,40}?(?<=[ )])[-–—]{1,2} |\s?[-–—]{1,2}\s|\s?\([^)\n]{2,30}\)\s"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A town as an article names it; `known` where its name alone says which country is meant."""

    town: Town
    evidence: Evidence
    sentence: Sentence
    known: bool


def towns(reading: Reading, named: Collection[str]) -> list[Place]:
    """Return the towns of an article; which one of several is said by the countries it names.

    Words that name a person already are no towns.
    """
    likely = {*named, reading.home, reading.said_home} - {""}
    central = _central(reading)
    found: dict[str, Place] = {}
    chosen: dict[tuple[str, bool], Town | None] = {}
    for sentence in reading.sentences:
        taken: set[int] = set()
        for hit in sentence.hits:
            taken.update(range(hit.first, hit.last))
        for first, last in _spans(reading, sentence, taken):
            if taken.intersection(range(first, last)):
                continue
            said = sentence.said(first, last, reading.text_of(sentence))
            asked = (said, first == 0)
            if asked not in chosen:
                chosen[asked] = _chosen(reading, said, likely, central, begins=first == 0)
            town = chosen[asked]
            if town and not (town.people < LARGE and _is_in_a_name(reading, sentence, first, last)):
                taken.update(range(first, last))
                evidence = Evidence(
                    sentence.words[first].start, sentence.words[last - 1].end, sentence.in_title
                )
                known = town.people >= LARGE or town.country in named
                place = Place(town, evidence, sentence, known)
                kept = found.get(str(town))
                if kept is None or _is_told_better(reading, place, kept):
                    found[str(town)] = place
    return list(found.values())


def _is_told_better(reading: Reading, place: Place, kept: Place) -> bool:
    """Tell whether a later sentence says more of a town: what happened, after a mere title."""
    if place.evidence.in_title != kept.evidence.in_title:
        return kept.evidence.in_title
    acts = place.sentence.has(*ACTS) and not reading.is_background(place.sentence)
    return acts and not kept.sentence.has(*ACTS)


@dataclass(frozen=True, slots=True)
class Located:
    """A place to suggest, with the middle of the town that it names."""

    value: str
    country: str
    region: str
    lat: str
    lon: str
    precision: str
    evidence: Evidence
    why: str


def located(reading: Reading, places: list[Place], events: Collection[str]) -> list[Located]:
    """Return the towns in the countries of the event, those first where it is told of.

    A town that says where an embassy or an authority has its seat is none of the event, and those
    of earlier cases come last.
    """
    there = [
        place for place in places if place.town.country in events and not _is_seat(reading, place)
    ]
    # Where it was written is told first, and is seldom where it happened.
    there = [place for place in there if not _is_dateline(reading, place)] or there
    now = [place for place in there if not reading.is_background(place.sentence)]
    told = [place for place in now if place.sentence.has(*ACTS)]
    rest = [place for place in there if not reading.is_in_series(place.sentence)]
    return [
        Located(
            place.town.name,
            place.town.country,
            place.town.region,
            place.town.lat,
            place.town.lon,
            Precision.PLACE,
            place.evidence,
            f"“{reading.quote(place.evidence)}” is a town of the gazetteer.",
        )
        for place in told or now or rest
    ]


def _is_dateline(reading: Reading, place: Place) -> bool:
    """Tell whether a town begins a line as where it was written: WARSAW, 3 May (PAP) - ..."""
    text, (start, end) = reading.article.text, (place.evidence.start, place.evidence.end)
    begins = start < _HEAD and not text[:start].rpartition("\n")[2].strip()
    return not place.evidence.in_title and begins and _DATELINE.match(text, end) is not None


def _is_seat(reading: Reading, place: Place) -> bool:
    """Tell whether a town is a seat: the embassy in The Hague, Warsaw denies."""
    sentence, evidence = place.sentence, place.evidence
    at = next(n for n, word in enumerate(sentence.words) if word.start == evidence.start)
    if any(
        0 <= at - other.last <= _SEAT for other in sentence.of("embassy", "prosecutor", "court")
    ):
        return True
    text = reading.text_of(sentence)
    return any(
        text[evidence.end : other.start] == " "
        for other in sentence.of("said", "accuse", "deny", "maybe")
    )


def _central(reading: Reading) -> set[str]:
    """Return the countries of the outlet, of the title, and those named in several sentences."""
    times: dict[str, int] = {}
    for sentence in reading.sentences:
        for code in {code for code, _hit in reading.countries(sentence)}:
            times[code] = times.get(code, 0) + 1 + sentence.in_title
    often = {code for code, n in times.items() if n > 1}
    return {*often, reading.home, reading.said_home} - {""}


def _is_in_a_name(reading: Reading, sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether a word beside a town has a capital too and means nothing: Sergej Petrov."""
    if not reading.words.cased or reading.words.nouns or last >= len(sentence.words):
        return False
    after, before = sentence.words[last], sentence.words[last - 1]
    meant = any(hit.first <= last < hit.last for hit in sentence.hits)
    return after.capital and not meant and after.start - before.end == 1


def _spans(
    reading: Reading, sentence: Sentence, taken: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield from where to where a name may stand, the longer first; none begins at a taken word."""
    words = sentence.words
    telling = sentence.weight > 1 or bool(sentence.hits)
    for first, word in enumerate(words):
        if first in taken:
            continue
        if UNSPACED.match(word.text):
            if not telling or not _begins_town(words[first : first + 2]):
                continue
            yield from ((first, last) for last in range(min(first + 4, len(words)), first + 1, -1))
            continue
        if word.text.isdecimal() or (reading.words.cased and not word.capital):
            continue
        for last in range(min(first + _LONGEST, len(words)), first, -1):
            ends = words[last - 1]
            if reading.words.cased and not ends.capital:
                continue
            if last - first > 1 or len(word.key) >= _SHORTEST:
                yield first, last


def _begins_town(letters: list[Word]) -> bool:
    """Tell whether a town may begin with two letters; what is no letter tells nothing."""
    begun = "".join([one.key for one in letters])
    return len(begun) != 2 or not begun.isalpha() or begun in gazetteer.unspaced()


def _weight(town: Town, said: str, likely: Collection[str]) -> float:
    """Return how readily a town is meant: it is large, named so first, in a country named here."""
    own = 10 if town.name.casefold() == said.casefold() else 1
    return town.people * own * (5 if town.country in likely else 1)


def _chosen(
    reading: Reading,
    said: str,
    likely: Collection[str],
    central: Collection[str],
    *,
    begins: bool,
) -> Town | None:
    """Return the town that a name means here, or None.

    What is only like the name of a town is one where the article is about its country.
    """
    cased = reading.words.cased
    known = gazetteer.named(said)
    least = LARGE if cased else HUGE
    if known and is_number(reading, key(said)):
        # "Lima Tahun" is five years, unless the article is about the country of the town.
        known = [town for town in known if town.country in likely]
    fit = [
        town
        for town in known
        if (town.people > _BEGINNING if begins else town.people >= least or town.country in likely)
        and (town.country in likely or not (begins or _is_other_word(said, town)))
    ]
    if fit:
        return max(fit, key=lambda town: _weight(town, said, likely))
    if not reading.words.inflects or " " in said or len(said) <= _SHORTEST or begins:
        return None
    for town in gazetteer.inflected(said, _ENDINGS):
        if town.country in central:
            return town
    return None


def _is_other_word(said: str, town: Town) -> bool:
    """Tell whether a word differs from the name of a town by its own marks alone: tetë, Tete."""
    name = town.name.casefold()
    return folded(said) == name != said.casefold()
