"""Where invented incidents lie: 60 per cent in 15 countries, the rest everywhere, some at sea."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

from articles.countries import COUNTRIES
from incidents import gazetteer
from incidents.codebook import NO_PLACE, SEA

from .dice import zipf_weights
from .words import Phrase, phrase

COMMON: Final = (
    "PL",
    "DE",
    "LT",
    "UA",
    "EE",
    "LV",
    "FI",
    "FR",
    "GB",
    "SE",
    "CZ",
    "RO",
    "NO",
    "DK",
    "MD",
)
SHARE: Final = {"common": 60.0, "rest": 37.0, SEA: 2.0, NO_PLACE: 1.0}
_ZONES: Final = ("Gulf of Finland", "Baltic Sea", "Danish straits", "North Sea", "Black Sea")
# In parts of a country's share: to a town, to a region, to the country.
_PRECISION: Final = {"place": 6, "admin1": 1, "country": 3}


class Place(NamedTuple):
    """A place: the columns of a location after its role, and how a title names it."""

    country: str
    columns: tuple[str | None, ...]  # admin1, place, zone, lat, lon, precision
    named: Phrase


def places() -> dict[Place, float]:
    """Return the places that incidents may have, with the weight of each."""
    others = [code for code in COUNTRIES if code not in COMMON]
    Random(0).shuffle(others)  # alphabet is no reason to be common  # noqa: S311
    weights = {SEA: SHARE[SEA], NO_PLACE: SHARE[NO_PLACE]}
    for codes, share, exponent in ((COMMON, "common", 0.7), (others, "rest", 0.7)):
        ranks = zipf_weights(len(codes), exponent)
        weights |= {c: SHARE[share] * w / sum(ranks) for c, w in zip(codes, ranks, strict=True)}
    found: dict[Place, float] = {}
    for country, weight in weights.items():
        parts = list(_of(country))
        whole = sum(part for _place, part in parts)
        found |= {place: weight * part / whole for place, part in parts}
    return found


def _of(country: str) -> Iterator[tuple[Place, float]]:
    """Yield the places of a country with their parts of its share."""
    if country == NO_PLACE:
        yield Place(country, ("", "", "", None, None, "none"), Phrase("", "")), 1
        return
    if country == SEA:
        for zone in _ZONES:
            where = phrase(f" in the {zone}")
            yield Place(country, ("", "", zone, None, None, "maritime_area"), where), 1
        return
    where = phrase(f" in {COUNTRIES[country]}")
    yield Place(country, ("", "", "", None, None, "country"), where), _PRECISION["country"]
    letters = "bklm" if country in COMMON else "b"
    towns = [town for letter in letters for town in gazetteer.find(letter, country)]
    for town in towns:
        place = ("", town.name, "", town.lat, town.lon, "place")
        yield Place(country, place, phrase(f" in {town.name}")), _PRECISION["place"] / len(towns)
    for region in sorted({town.region for town in towns if town.region}):
        columns = (region[:80], "", "", None, None, "admin1")
        yield Place(country, columns, phrase(f" in {region}")), _PRECISION["admin1"] / len(towns)
