"""How much speaks for it that signs are of an incident, in points, each with its reason.

Law: points come from what the asker may read, and from nothing else: how common a word is, is
counted among the records compared. The weights were fitted to the starter incidents by leaving out
each of their articles in turn (docs/method.md) and then rounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import asin, cos, log, log1p, radians, sin, sqrt
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .signs import Signs, Span, Spot
from .words import stems

# Two records are compared by what they say; of one with many sources more words are shared by
# chance, so its length counts against it.
SHARED, SHARE, RAREST, LENGTH = 0.8, 4.5, 4.2, -3.0
TITLE, ELSEWHERE = 1.0, 0.75
SAME_TITLE = 6.0
CITED, SIBLING = 20.0, 7.0
COUNTRY, HINTED, BLAMED = 4.0, 1.5, 1.3
NO_COUNTRY, OTHER_COUNTRY = -0.6, -3.0
BEFORE, RECENT, SAME_WAVE, SAME_MONTH = -6.0, 1.3, 2.1, 0.8
SAME_DAY, SAME_DAYS, NEAR_DAYS, OTHER_DAYS = 3.5, 2.0, 0.5, -4.0
TYPE, OTHER_TYPE, SECTOR, ACTOR = 2.0, -1.0, 0.7, 1.0
NEAR, AROUND, FAR = 2.5, 0.5, -1.5
# Records that many words are counted in; with fewer records, a word shared says less.
WELL_KNOWN: Final = 200
FEW: Final = 20
TEN_YEARS: Final = 3650
EARTH: Final = 12_742


@dataclass(frozen=True, slots=True)
class Known:
    """What a record says, as far as the asker may read it."""

    key: int
    title: frozenset[str]
    said: frozenset[str]
    onset: Span
    countries: frozenset[str]
    blamed: frozenset[str] = frozenset()
    event_types: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    places: tuple[Spot, ...] = ()
    reported: tuple[Span, ...] = ()
    cites: bool = False
    sibling: bool = False
    # The words of the title alone; `title` has those of places, targets and claims besides.
    called: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Points, and the sentence that tells what they are for; what speaks against has none."""

    points: float
    told: str = ""


@dataclass(slots=True)
class Common:
    """In how many of the records compared each word stands."""

    records: int
    held: Counter[str] = field(default_factory=Counter)
    length: float = 1.0

    @classmethod
    def among(cls, known: Sequence[Known]) -> Common:
        """Count the words of some records."""
        held = Counter(stem for one in known for stem in one.title | one.said)
        length = sum(len(one.title | one.said) for one in known) / max(1, len(known))
        return cls(len(known), held, max(1.0, length))

    def rarity(self, stem: str) -> float:
        """Return 1 for a word of one record among many, and 0 for one of all of them."""
        rare = log((self.records + FEW) / (self.held[stem] + 1))
        return max(0.0, rare) / log((WELL_KNOWN + FEW) / 2)


def compared(signs: Signs, known: Known, common: Common) -> list[Reason]:
    """Return what speaks for and against it that signs are of a record, the strongest first."""
    reasons = [
        *_of_sources(known),
        *_of_title(signs, known),
        *_of_words(signs, known, common),
        *_of_countries(signs, known),
        *_of_places(signs, known),
        *(_of_dates(signs.dates, known) if signs.dates else _of_publication(signs, known)),
        *_of_codes(signs, known),
    ]
    return sorted(reasons, key=lambda reason: -reason.points)


def _of_sources(known: Known) -> Iterable[Reason]:
    if known.cites:
        yield Reason(CITED, _("It cites this article."))
    elif known.sibling:
        told = _("It shares a campaign or a source with a record that cites this article.")
        yield Reason(SIBLING, told)


def _of_title(signs: Signs, known: Known) -> Iterable[Reason]:
    """Compare titles as a whole: campaigns and operations are often called alike."""
    if known.called and stems(signs.title) == known.called:
        yield Reason(SAME_TITLE, _("The same title."))


def _of_words(signs: Signs, known: Known, common: Common) -> Iterable[Reason]:
    shared: list[tuple[float, str]] = []
    asked = 0.0
    for stem, (weight, word) in signs.words.items():
        worth = weight * common.rarity(stem)
        asked += worth
        if stem in known.title:
            shared.append((worth * TITLE, word))
        elif stem in known.said:
            shared.append((worth * ELSEWHERE, word))
    length = log(max(1, len(known.title | known.said)) / common.length)
    yield Reason(LENGTH * max(-1.0, min(1.5, length)))
    if not shared:
        return
    shared.sort(reverse=True)
    total = sum(worth for worth, _word in shared)
    points = SHARED * total + SHARE * total / sqrt(4 * asked) + RAREST * shared[0][0]
    names = [word for worth, word in shared[:4] if worth > 0.3 and not word.isdigit()]
    told = ngettext("Both say: %(words)s.", "Both say: %(words)s.", len(names))
    yield Reason(points, told % {"words": ", ".join(names)} if names else "")


def _of_countries(signs: Signs, known: Known) -> Iterable[Reason]:
    if signs.countries & known.countries:
        yield Reason(COUNTRY, _("The same country."))
    elif signs.countries & known.blamed:
        yield Reason(BLAMED, _("It names the state that is blamed."))
    elif signs.countries and known.countries:
        yield Reason(OTHER_COUNTRY if signs.coded else NO_COUNTRY)
    if not signs.coded and signs.hinted & known.countries:
        yield Reason(HINTED, _("The article comes from that country."))


def _of_places(signs: Signs, known: Known) -> Iterable[Reason]:
    if not signs.places or not known.places:
        return
    away = min(distance(one, other) for one in signs.places for other in known.places)
    if away <= 30:
        told = _("Within %(km)d km.") % {"km": max(1, round(away))}
        yield Reason(NEAR if signs.coded else AROUND, told)
    elif away <= 150 and signs.coded:
        yield Reason(AROUND, _("Within %(km)d km.") % {"km": round(away)})
    elif away > 300 and signs.coded:
        yield Reason(FAR)


def _of_dates(dates: Span, known: Known) -> Iterable[Reason]:
    """Compare when something began, as both say it."""
    apart = _days_apart(dates, known.onset)
    wide = max((last - first).days for first, last in (dates, known.onset))
    if apart == 0 and wide == 0:
        yield Reason(SAME_DAY, _("The same day."))
    elif apart <= 1 and wide <= 31:
        yield Reason(SAME_DAYS, _("The same days, as far as they are known."))
    elif apart <= 7 or (apart == 0 and wide <= 366):
        told = ngettext("%(n)d day apart.", "%(n)d days apart.", apart) % {"n": apart}
        yield Reason(NEAR_DAYS, told if apart else _("Their dates overlap."))
    elif apart > 0:
        yield Reason(OTHER_DAYS * min(1.0, log1p(apart) / log1p(60)))


def _of_publication(signs: Signs, known: Known) -> Iterable[Reason]:
    """Compare when an article was published: after something began, and with others on it."""
    if signs.published is None:
        return
    first, last = signs.published
    if last + timedelta(days=1) < known.onset[0]:
        yield Reason(BEFORE)
        return
    late = max(0, (first - known.onset[1]).days)
    points = RECENT * max(0.0, 1 - log1p(late) / log1p(TEN_YEARS))
    told = _("It began shortly before the article was published.") if late <= 7 else ""
    yield Reason(points, told)
    apart = min((_days_apart(signs.published, span) for span in known.reported), default=None)
    if apart is not None and apart <= 31:
        close = apart <= 3
        told = _("It cites articles of the same days.") if close else ""
        yield Reason(SAME_MONTH + (SAME_WAVE if close else 0.0), told)


def _of_codes(signs: Signs, known: Known) -> Iterable[Reason]:
    if signs.event_types & known.event_types:
        yield Reason(TYPE, _("The same type of event."))
    elif signs.event_types and known.event_types:
        yield Reason(OTHER_TYPE)
    if signs.sectors & known.sectors:
        yield Reason(SECTOR, _("The same sector."))
    if signs.actors & known.actors:
        yield Reason(ACTOR, _("The same actor is accused."))


def _days_apart(one: Span, other: Span) -> int:
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def distance(one: Spot, other: Spot) -> float:
    """Return how many kilometres lie between two points."""
    north, south = radians(one.lat), radians(other.lat)
    half = sin((south - north) / 2) ** 2
    half += cos(north) * cos(south) * sin(radians(other.lon - one.lon) / 2) ** 2
    return EARTH * asin(min(1.0, sqrt(half)))
