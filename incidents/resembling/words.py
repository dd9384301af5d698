"""Words in any language as they are compared: their beginnings in Latin letters.

Law: two spellings of a name that people take for one give one stem, and no list of words of one
language is needed: what is common is told by how many records hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final
from urllib.parse import unquote, urlsplit

from anyascii import anyascii
from babel import Locale
from babel.core import get_global

from articles.countries import COUNTRIES, names
from articles.text import folded

# Beginnings of five letters found most of the starter incidents; four and seven found fewer.
STEM: Final = 5
SHORTEST: Final = 3
LONGEST: Final = 40
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LATIN: Final = re.compile(r"[a-z0-9]+")
# What transliterations of one name write in different ways.
_ALIKE: Final = str.maketrans("cyqzwj", "kiksvi")
_PAIRS: Final = (("ph", "f"), ("th", "t"), ("sh", "s"), ("ch", "k"), ("x", "ks"))
_TWICE: Final = re.compile(r"(.)\1")
# An adjective of a country is its name or the name of its language with one of these endings.
_ENDINGS: Final = ("", "n", "an", "ian", "ese", "i", "ish", "ns", "ans", "ians", "is", "s")
_MOST_ENDING: Final = 4
# Names of Serbia, Iceland and Grenada in some language that begin ordinary words in many.
_ORDINARY: Final = frozenset({"servi", "island", "islands", "grenade", "grenades", "pero"})
_VOWELS: Final = "aeiouy"

# The main languages of countries where incidents lie or that are blamed for them.
_NATIONAL: Final = (
    *("bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "ga", "hr", "hu", "is", "it", "lt"),
    *("lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk"),
    *("az", "be", "fa", "he", "hy", "ja", "ka", "kk", "ko", "zh"),
)


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> str:
    """Return a word in small Latin letters and digits, whatever script it is in."""
    return "".join(_LATIN.findall(anyascii(folded(word)).lower()))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the beginning of a word as it is compared, or nothing of one too short to tell."""
    plain = latin(word)
    if plain.isdigit():
        return plain if len(plain) > 1 else ""
    if len(plain) < SHORTEST:
        return ""
    for written, said in _PAIRS:
        plain = plain.replace(written, said)
    return _TWICE.sub(r"\1", plain.translate(_ALIKE))[:STEM]


def split(text: str) -> list[str]:
    """Return the words of a text as they stand, without an English genitive."""
    return [
        match[0].removesuffix("'s").removesuffix("’s")[:LONGEST] for match in _WORD.finditer(text)
    ]


@lru_cache(maxsize=1 << 13)
def stems(text: str) -> frozenset[str]:
    """Return the stems of all words of a text."""
    return frozenset(found for word in split(text) if (found := stem(word)))


def of_address(url: str) -> list[str]:
    """Return the words that stand in the path of an address; of its numbers, what may be a year."""
    path = unquote(urlsplit(url).path).lower().removesuffix(".html")
    return [word for word in split(path.replace("_", " ")) if not word.isdigit() or len(word) == 4]


def country_of_language(code: str) -> str:
    """Return the country where a language is spoken most, or nothing."""
    return _homes().get({"no": "nb"}.get(code, code), "")


def countries(words: Iterable[str]) -> set[str]:
    """Return the countries that some words name, or are adjectives of, in any common language."""
    plain = [latin(word) for word in words]
    found = {code for word in plain if (code := country(word))}
    for length in (2, 3):
        runs = (" ".join(plain[at : at + length]) for at in range(len(plain) - length + 1))
        found |= {_names()[run] for run in runs if run in _names()}
    return found


@lru_cache(maxsize=1 << 15)
def country(word: str) -> str:
    """Return the country that one word in Latin letters names, or nothing."""
    if word == "uk":
        return "GB"
    if (found := _exact().get(word)) and word not in _ORDINARY:
        return found
    for length in range(min(len(word), 12), 3, -1):
        code = _begun().get(word[:length])
        if code and len(word) - length <= _MOST_ENDING:
            return code
    return ""


@cache
def _names() -> dict[str, str]:
    """Return the countries by their names in many languages, in Latin letters."""
    plain = ((" ".join(map(latin, split(name))), code) for name, code in names().items())
    return {name: code for name, code in plain if code in COUNTRIES}


@cache
def _exact() -> dict[str, str]:
    """Return the countries by names of one word, with the endings of adjectives."""
    known: dict[str, str] = {}
    for name, code in _names().items():
        if " " not in name and len(name) > 3:
            for ending in _ENDINGS:
                known.setdefault(name + ending, code)
    return known


@cache
def _begun() -> dict[str, str]:
    """Return the countries by how their names and those of their languages begin."""
    english = {latin(word) for name in COUNTRIES.values() for word in split(name)}
    known: dict[str, set[str]] = {}
    for name, code, of_language in _named():
        begun = name[:-1] if name[-1] in _VOWELS else name
        # Of four letters only what begins no English name: words begin as Malta and China do.
        short = len(begun) == 4 and not of_language
        if len(begun) > 4 or (short and not any(one.startswith(begun) for one in english)):
            known.setdefault(begun, set()).add(code)
    return {
        begun: next(iter(codes))
        for begun, codes in known.items()
        if len(codes) == 1 and begun not in _ORDINARY
    }


def _named() -> Iterator[tuple[str, str, bool]]:
    """Yield names of one word and five letters or more, of countries and of their languages."""
    for name, code in _names().items():
        if " " not in name and len(name) > 4:
            yield name, code, False
    yield "british", "GB", True
    for language in ("en", *_homes()):
        for spoken, name in Locale(language).languages.items():
            plain = latin(name)
            if spoken in _homes() and len(plain) > 4 and " " not in name:
                yield plain, _homes()[spoken], True


@cache
def _homes() -> dict[str, str]:
    """Return the country of each language that is the main one of a country, from CLDR."""
    likely = get_global("likely_subtags")
    return {code: likely[code].rsplit("_", 1)[-1] for code in _NATIONAL}
