"""What tells which incident an article or a draft is about: words, countries, places, dates, types.

A plain value that anybody may fill in: the form of a draft, an edition at review, an article, or
what else reads a text. What is not known is left empty and counts neither for nor against.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from articles.countries import country_of_host
from articles.edtf import InvalidDate, parse
from incidents import gazetteer
from incidents.codebook import NO_PLACE, UNKNOWN_COUNTRY

from . import words

# The first paragraphs of a report say what it is about; the rest is background.
LEAD: Final = 1_500
MOST_WORDS: Final = 200
TITLE, ADDRESS, LEADING = 1.0, 0.8, 0.35
# Smaller towns are called like ordinary words in some language.
LEAST_PEOPLE: Final = 20_000
LONGEST_TOWN: Final = 3
# Codes of places that say nothing of where it was.
NOWHERE: Final = frozenset({NO_PLACE, UNKNOWN_COUNTRY, ""})
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point with a name; `country` is empty where it is not known or at sea."""

    name: str
    lat: float
    lon: float
    country: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of an incident that is asked for."""

    title: str
    text: str = ""
    urls: tuple[str, ...] = ()
    published: Span | None = None
    language: str = ""
    countries: frozenset[str] = frozenset()
    places: tuple[Spot, ...] = ()
    dates: Span | None = None
    event_types: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    # Whether somebody coded country, date and type, so that another one speaks against it.
    coded: bool = False
    words: dict[str, tuple[float, str]] = field(default_factory=dict)

    @property
    def hinted(self) -> set[str]:
        """The countries that the language and the addresses of what is asked for point to."""
        hosts = {country_of_host(urlsplit(url).hostname or "") for url in self.urls}
        return {*hosts, words.country_of_language(self.language)} - {""}


def signs(
    title: str,
    text: str = "",
    *,
    urls: Iterable[str] = (),
    published: str = "",
    occurred: str = "",
    language: str = "",
    countries: Iterable[str] = (),
    places: Iterable[Spot] = (),
    event_types: Iterable[str] = (),
    sectors: Iterable[str] = (),
    actors: Iterable[str] = (),
    names: Iterable[str] = (),
    coded: bool = False,
) -> Signs:
    """Return the signs of a title and what else is known, dates in EDTF.

    Countries and places that the title names are added where none are given; in a title without
    any, those of the first lines of the text.
    """
    urls, given, spots, names = tuple(urls), set(countries), tuple(places), tuple(names)
    addressed = [word for url in urls for word in words.of_address(url)]
    said = [*words.split(title), *(word for name in names for word in words.split(name))]
    lead = words.split(text[:LEAD])
    named = words.countries(said) | words.countries(addressed)
    found = () if spots else (_towns(title) or _towns(text[:LEAD]))
    if not given:
        given = named | {spot.country for spot in found if spot.country}
        given = given or words.countries(lead)
    return Signs(
        title=title,
        text=text,
        urls=urls,
        published=span(published),
        language=language,
        countries=frozenset(given),
        places=spots or found,
        dates=span(occurred),
        event_types=frozenset(filter(None, event_types)),
        sectors=frozenset(filter(None, sectors)),
        actors=frozenset(filter(None, actors)),
        names=names,
        coded=coded,
        words=_weighed((said, TITLE), (addressed, ADDRESS), (lead, LEADING)),
    )


def span(edtf: str) -> Span | None:
    """Return the first and the last day on which what a date tells may have begun."""
    try:
        start = parse(edtf).start if edtf else None
    except InvalidDate:
        return None
    return (start.first, start.last) if start else None


def _weighed(*parts: tuple[list[str], float]) -> dict[str, tuple[float, str]]:
    """Return the stems of words, each with its weight and as it was first written.

    Names of countries are told by themselves and are no words.
    """
    weighed: dict[str, tuple[float, str]] = {}
    for said, weight in parts:
        for word in said:
            stem = words.stem(word)
            if stem and stem not in weighed and not words.country(words.latin(word)):
                weighed[stem] = (weight, word)
            if len(weighed) >= MOST_WORDS:
                return weighed
    return weighed


def _towns(text: str) -> tuple[Spot, ...]:
    """Return the towns that a text names with a capital letter, the longest names first."""
    said = words.split(text)
    found: dict[str, Spot] = {}
    at = 0
    while at < len(said):
        for length in range(LONGEST_TOWN, 0, -1):
            name = " ".join(said[at : at + length])
            spot = _town(name) if at + length <= len(said) and name[:1].isupper() else None
            if spot:
                found.setdefault(spot.name, spot)
                at += length - 1
                break
        at += 1
    return tuple(found.values())


def _town(name: str) -> Spot | None:
    """Return the largest town of a name; a name of a country or a very short one is none."""
    if len(name) < 4 or words.countries(words.split(name)):
        return None
    towns = gazetteer.named(name)
    if not towns or towns[0].people < LEAST_PEOPLE:
        return None
    town = towns[0]
    return Spot(town.name, float(town.lat), float(town.lon), town.country)
