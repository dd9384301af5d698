"""The words of a language: read from words/<language>.toml, completed from CLDR.

docs/languages.md says what stands in such a file. Names of countries come from CLDR too, and are
found inflected: their endings are cut as the file says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel import Locale, localedata
from babel.numbers import format_currency
from babel.units import format_unit

from articles.countries import COUNTRIES

from .matching import Matcher
from .texts import UNSPACED, key, words

FOLDER: Final = Path(__file__).parent / "words"
_SHARED: Final = {"latin", "cyrillic"}
# What a file gets that says nothing else: abbreviations are in Latin letters everywhere.
_EVERY: Final = ("latin",)
# What a language without a file gets: words of its script, and English names.
_FALLBACK: Final = ("latin", "cyrillic", "en")
# CLDR names a language differently.
_LOCALES: Final = {"no": "nb"}
_SHORTEST_STEM: Final = 5
# A stem of so many letters is no other word, so that adjectives in small letters are found by it.
_PLAIN: Final = 8
_MOST_CUT: Final = 2
_MOST_TAIL: Final = 5
_TIME_OF_DAY: Final = 12
_MEASURES: Final = (
    *(f"duration-{name}" for name in ("year", "month", "week", "day", "hour", "minute", "second")),
    *(f"length-{name}" for name in ("kilometer", "meter", "centimeter", "mile", "nautical-mile")),
    *("mass-kilogram", "mass-gram", "volume-liter", "concentr-percent"),
    *("digital-megabyte", "digital-gigabyte", "digital-terabyte"),
)
# Of these at least one is said in each form that a noun has after a number.
_AMOUNTS: Final = (1, 2, 5, 11, 100, 1.5)
_CURRENCIES: Final = ("EUR", "USD", "GBP", "RUB", "UAH", "PLN", "CZK", "SEK", "NOK", "DKK", "CHF")
_LONGEST_MEASURE: Final = 4
_FLEETING: Final = re.compile(r"(?:[ea]r|[еа]р|[ეა]რ)\*?$")
_VOWELS: Final = "aeiouyаеиоуыэюяіїєьйαεηιουωაეიოუ"
# Names that are common words or first names somewhere: the files say them where they are safe.
_UNSAFE: Final = {"JO", "GE", "CG", "CD", "TD", "TG", "ML", "GN", "IM", "JE", "GG", "NE", "OM"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words of a language mean, and how it writes (docs/languages.md).

    `counting` are the letters with which its numbers begin, `following` the parts of numbers that
    begin none. Where it is `toned`, accents tell numbers from other words; where it is `solar`,
    years are those of the Iranian calendar too.
    """

    language: str
    matcher: Matcher
    numbers: dict[str, int]
    counting: frozenset[str]
    joints: tuple[str, ...]
    following: frozenset[str]
    toned: bool
    home: str
    cased: bool
    spaced: bool
    inflects: bool
    name_last: bool
    nouns: bool
    verb_last: bool
    vague_months: bool
    solar: bool


def languages() -> list[str]:
    """Return the languages that have a file of words."""
    return sorted({path.stem for path in FOLDER.glob("*.toml")} - _SHARED)


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of a language; of one that has no file, what its script shares."""
    known = language in languages()
    table = _table(language) if known else {}
    matcher = Matcher(tuple(sorted(table.get("proclitics", ()), key=len, reverse=True)))
    tail = table.get("tail", _MOST_TAIL)
    endings = table.get("endings", _VOWELS)
    # Where nothing is added to the end of a name, nothing is cut from it either.
    cut = endings if tail else ""
    numbers: dict[str, int] = {}
    joints: list[str] = []
    following: set[str] = set()
    toned = table.get("toned", False)
    shared = table.get("shares", _EVERY) if known else _FALLBACK
    for part in (*map(_table, shared), table):
        _learn(matcher, part)
        _learn_countries(matcher, part, capital=table.get("capital_countries", False))
        numbers |= _numbers(part.get("numbers", {}).get("words", ""), toned=toned)
        following |= set(phrases(part.get("numbers", {}).get("after", "")))
        joints += phrases(part.get("numbers", {}).get("and", ""))
    _learn_measures(matcher, language, endings)
    cased = table.get("cased", True)
    _learn_names(matcher, language, tail, cut, cased=cased)
    capital = table.get("capital_months", False)
    inflected = "" if table.get("plain_calendar") else cut
    _learn_calendar(matcher, language, tail, inflected, cased=capital)
    return Vocabulary(
        language=language,
        matcher=matcher,
        numbers=numbers,
        counting=frozenset(word[0] for word in (*numbers, *map(key, joints)) if word),
        joints=tuple(map(key, joints)),
        following=frozenset(following),
        toned=toned,
        home=table.get("home", ""),
        cased=cased,
        spaced=table.get("spaced", True),
        inflects=bool(endings),
        verb_last=table.get("verb_last", False),
        vague_months=table.get("vague_months", not known),
        nouns=table.get("capital_nouns", False),
        name_last=table.get("name_last", False),
        solar="solar:1" in table.get("dates", {}),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def phrases(line: str) -> Iterator[str]:
    """Yield the phrases of a line of a file."""
    yield from filter(None, (part.strip() for part in re.split("[,،、]", line)))


def _learn(matcher: Matcher, table: dict[str, Any]) -> None:
    for label, line in table.get("words", {}).items():
        for phrase in phrases(line):
            matcher.add(label, phrase)
    for label, line in table.get("sectors", {}).items():
        for phrase in phrases(line):
            matcher.add(f"sector:{label}", phrase)
    for label, line in table.get("dates", {}).items():
        for phrase in phrases(line):
            matcher.add(label if ":" in label else f"date:{label}", phrase)


def _learn_countries(matcher: Matcher, table: dict[str, Any], *, capital: bool) -> None:
    for code, line in table.get("countries", {}).items():
        for phrase in phrases(line):
            matcher.add(f"country:{code}", phrase, capital=capital)


def _locale(language: str) -> Locale | None:
    code = _LOCALES.get(language, language)
    return Locale.parse(code) if language and localedata.exists(code) else None


def _learn_names(matcher: Matcher, language: str, tail: int, endings: str, *, cased: bool) -> None:
    """Learn the countries as CLDR names them, in every case of the language."""
    locale = _locale(language) or Locale("en")
    for code, name in locale.territories.items():
        if code not in COUNTRIES or code in _UNSAFE:
            continue
        plain = re.sub(r"\(.*?\)|（.*?）", "", name).strip()
        for part in plain.split(" – ")[:1]:
            if phrase := _stemmed(part, endings):
                matcher.add(
                    f"country:{code}",
                    phrase,
                    tail=tail,
                    capital=cased and len(phrase) < _PLAIN,
                )


def _learn_measures(matcher: Matcher, language: str, endings: str) -> None:
    """Learn units of time, length and weight, and currencies: what counts nothing."""
    locale = _locale(language)
    if locale is None:
        return
    for amount in _AMOUNTS:
        forms = [("unit", _measured(amount, unit, locale)) for unit in _MEASURES]
        forms += [
            ("money", format_currency(amount, code, locale=locale, format_type="name"))
            for code in _CURRENCIES
        ]
        for label, form in forms:
            name = re.sub(r"[\d.,\u0660-\u0669\u06f0-\u06f9\u066b]", "", form).strip()
            said = [word for word in words(name) if not word.text.isdecimal()]
            if said and len(said) < _LONGEST_MEASURE:
                matcher.add(label, name)
                matcher.add(label, _stemmed(name, endings, least=4), tail=_MOST_CUT)


def _measured(amount: float, unit: str, locale: Locale) -> str:
    """Return an amount of a unit in words; some languages have only one way to write it."""
    for length in ("long", "short"):
        said = format_unit(amount, unit, length, locale=locale)
        if unit not in said:
            return said
    return ""


def _learn_calendar(
    matcher: Matcher, language: str, tail: int, endings: str, *, cased: bool
) -> None:
    """Learn months and days of the week; abbreviations too, where they are no shorter than 3."""
    locale = _locale(language)
    if locale is None:
        return
    for kind, named in (("month", locale.months), ("weekday", locale.days)):
        for context in ("format", "stand-alone"):
            for number, name in named[context]["wide"].items():
                if name.isdecimal() or re.fullmatch(r"\d+\D", name):
                    continue
                phrase = _stemmed(name, endings, least=4) if len(name) > 4 else name
                # Weekdays are joined with times of day: Samstagabend.
                room = max(tail, _TIME_OF_DAY) if kind == "weekday" else tail
                matcher.add(f"{kind}:{number}", phrase, tail=room, capital=cased)
                matcher.add(f"{kind}:{number}", name, capital=cased)
                # december, decembra: the vowel is fleeting in Slavic languages and in Georgian.
                if kind == "month" and endings and re.search(_FLEETING, phrase):
                    stem = phrase.strip("*")
                    matcher.add(f"{kind}:{number}", f"{stem[:-2]}{stem[-1]}*", tail=tail)


def _stemmed(name: str, endings: str, *, least: int = _SHORTEST_STEM) -> str:
    """Return a name as a phrase that fits its cases too."""
    if UNSPACED.search(name):
        return "".join(name.split())
    found = []
    for word in words(name):
        stem = word.key
        while len(stem) > least and stem[-1] in endings and len(word.key) - len(stem) < _MOST_CUT:
            stem = stem[:-1]
        found.append(f"{stem}*" if endings and len(stem) > 2 else stem)
    return " ".join(found)


def _numbers(line: str, *, toned: bool) -> dict[str, int]:
    """Return number words; one with a star is known by its beginning."""
    found: dict[str, int] = {}
    for phrase in phrases(line):
        number, _space, word = phrase.partition(" ")
        found[word.lower() if toned else key(word)] = int(number)
    return found
