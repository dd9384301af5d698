"""Countries and languages by code and by any common name, from CLDR.

Codes are ISO 3166-1 alpha-2 with XK for Kosovo, and ISO 639-1.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import Final

from babel import Locale

from .text import folded

BODIES: Final = {"EU": "European Union", "NATO": "NATO", "UN": "United Nations"}
_ENGLISH: Final = Locale("en")
# CLDR holds codes that are no countries: reserved, historic, regions, private use but XK.
_NOT_COUNTRIES: Final = {"EU", "EZ", "UN", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "QO", "ZZ"}
_SHORT: Final = {"BA": "Bosnia and Herzegovina", "TR": "Türkiye"}
COUNTRIES: Final[dict[str, str]] = dict(
    sorted(
        (
            (code, _SHORT.get(code, name.replace(" & ", " and ")))
            for code, name in _ENGLISH.territories.items()
            if re.fullmatch(r"[A-Z]{2}", code)
            and code not in _NOT_COUNTRIES
            and (code == "XK" or not code.startswith("X"))
        ),
        key=lambda item: item[1],
    )
)
LANGUAGES: Final[dict[str, str]] = dict(
    sorted(
        (
            (code, name)
            for code, name in _ENGLISH.languages.items()
            if re.fullmatch(r"[a-z]{2}", code) and code != "sh"  # withdrawn from ISO 639-1
        ),
        key=lambda item: item[1],
    )
)
_ALIASES: Final = {
    "AE": "UAE",
    "BA": "Bosnia",
    "BY": "Belorussia",
    "CD": "DR Congo, DRC",
    "CI": "Ivory Coast",
    "CZ": "Czech Republic",
    "FM": "Micronesia",
    "GB": "UK, Great Britain, Britain, England, Scotland, Wales, Northern Ireland",
    "IE": "Eire",
    "IR": "Islamic Republic of Iran",
    "KP": "DPRK",
    "KR": "Republic of Korea, Korea",
    "LA": "Laos",
    "MD": "Republic of Moldova",
    "MK": "Macedonia, FYROM",
    "MM": "Burma",
    "NL": "Holland, The Netherlands",
    "PS": "Palestine",
    "RU": "Russian Federation",
    "SZ": "Swaziland",
    "SY": "Syrian Arab Republic",
    "TR": "Turkey",
    "TW": "Republic of China",
    "US": "USA, U.S., U.S.A., America, United States of America",
    "VA": "Vatican, Holy See",
    "XK": "Kosova",
    "HK": "Hong Kong",
    "MO": "Macau",
    "CV": "Cape Verde",
    "TL": "East Timor",
}
# The languages of the countries where most incidents lie, so that "Polska" is understood.
_NATIVE: Final = (
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "et",
    "fi",
    "fr",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sq",
    "sr",
    "sv",
    "tr",
    "uk",
)

# Endings of addresses that are sold to everybody, for their sound.
_SOLD: Final = frozenset(
    ("AI", "CC", "CO", "FM", "GG", "IO", "LA", "LY", "ME", "SO", "ST", "TO", "TV", "WS")
)


@cache
def names() -> dict[str, str]:
    """Return the code of every name that is understood, by the folded name."""
    known: dict[str, str] = {}
    for language in reversed(_NATIVE):
        for code, name in Locale(language).territories.items():
            if code in COUNTRIES:
                known[folded(name)] = code
    for code, aliases in _ALIASES.items():
        known |= {folded(alias.strip()): code for alias in aliases.split(",")}
    for code, name in COUNTRIES.items():
        known[folded(name)] = code
        known[folded(_ENGLISH.territories[code])] = code
    known |= {folded(name): code for code, name in BODIES.items()}
    # Two countries are called so; which one is meant has to be said.
    return {name: code for name, code in known.items() if name not in ("congo", "kongo")}


def country_code(text: str) -> str | None:
    """Return the code of a country given by code or by any known name, or None.

    UK is no code, but everybody's word for GB.
    """
    text = text.strip()
    if text.isascii() and text.upper() in COUNTRIES | BODIES:
        return text.upper()
    return names().get(folded(text))


def close_names(text: str) -> list[str]:
    """Return up to three English country names close to `text`."""
    english = {folded(name): name for name in COUNTRIES.values()}
    return [english[name] for name in get_close_matches(folded(text), english, n=3, cutoff=0.6)]


def country_of_host(host: str) -> str:
    """Return the country that the ending of a host stands for, or nothing."""
    ending = host.rpartition(".")[2].upper()
    code = {"UK": "GB"}.get(ending, ending)
    return code if code in COUNTRIES and code not in _SOLD else ""
