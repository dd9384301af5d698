"""Dates as people type them, read into EDTF; what can mean two dates is never guessed.

A date with slashes or hyphens and a day up to 12 has two readings, as has a month that two
languages call the same (listopad); both are offered, and neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale

from . import edtf
from .edtf import InvalidDate
from .text import folded

LONGEST: Final = 120
SHAPES: Final = ("on", "lasted", "between", "ongoing")
_MOST_READINGS: Final = 4
_LANGUAGES: Final = re.findall(
    r"\w+",
    "en ar be bg ca cs da de el es et fi fr ga he hr hu hy is it ka lb lt lv mk mt nl no pl pt ro "
    "ru sk sl sq sr sr_Latn sv tr uk",
)
_SEASONS: Final = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23"}
_FILLERS: Final = {"of", "the", "de", "del", "di", "do", "d"}

_ABOUT = r"about |around |approximately |circa |ca\.? ?|c\. ?|~ ?"
_PERHAPS = r"perhaps |possibly |probably |maybe "
_DOUBTED = re.compile(
    rf"(?P<before>{_ABOUT}|{_PERHAPS})?(?P<date>.*?) ?"
    r"(?P<after>[?~%]|\((?:about|uncertain|about, uncertain)\))?"
)
_MARKS: Final = {
    "?": "?",
    "~": "~",
    "%": "%",
    "(uncertain)": "?",
    "(about)": "~",
    "(about, uncertain)": "%",
}
_NOW = r"(?:still going on|ongoing|now|today|present|the present|onwards?)"
# Tried in this order; the first that fits says what the text is.
_FORMS: Final = tuple(
    (re.compile(pattern), shape)
    for pattern, shape in (
        (r"(?:some time )?between (?P<first>.+) and (?P<last>.+)", "between"),
        (rf"(?:from |since )?(?P<first>.+?)(?:,| to| until| till| [-–—]|[–—]) ?{_NOW}", "ongoing"),
        (r"since (?P<first>.+)", "ongoing"),
        (r"(?:from )?(?P<first>.+?), end not known", "lasted"),
        (r"(?:from )?(?P<first>.+?) (?:to|until|till|through) (?P<last>.+)", "lasted"),
        (r"(?P<first>.+?)(?: - | ?[–—] ?)(?P<last>.+)", "lasted"),
        (r"(?P<first>[0-9]{4})-(?P<last>[0-9]{4})", "lasted"),
        (r"from (?P<first>.+)", "begun"),
        (r"(?P<first>.+)", "on"),
    )
)
# No locale of CLDR that separates with dots puts the month before the day.
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})\.?")
_EITHER = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})([./-]) ?([0-9]{1,2})(?:\2 ?([0-9]{1,2}))?\.?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")
_DECADE = re.compile(r"(?:the )?([0-9]{3})0s")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b")
# In which order day, name and year are said.
_ORDERS: Final = {"dny", "ndy", "ynd", "ny", "yn", "dn", "nd", "n", "d"}
_WORDS = re.compile(r"[^\W\d_]+|[0-9]+")
_SPACED = re.compile(r"[^\W_]*(?:[ ,.']+[^\W_]+)*\.?")


class AmbiguousDate(InvalidDate):
    """A text can mean several dates; `readings` are those, in EDTF."""

    def __init__(self, text: str, readings: Sequence[str]) -> None:
        told = " or ".join(f"{edtf.in_words(reading)} ({reading})" for reading in readings)
        ValueError.__init__(self, f"“{text}” can be read in more than one way: write {told}.")
        self.readings = tuple(readings)


@dataclass(frozen=True, slots=True)
class Parts:
    """A date as the parts that are chosen one by one."""

    shape: str
    first: str
    last: str = ""
    about: bool = False
    uncertain: bool = False


def read(text: str) -> str:
    """Return the EDTF of a date as people type it.

    Raises InvalidDate, and AmbiguousDate where it could be several.
    """
    typed = " ".join(text.split())
    try:
        edtf.parse(typed)
    except InvalidDate as error:
        refused = error
    else:
        return typed
    plain = _prepared(typed)
    for pattern, shape in _FORMS:
        if match := pattern.fullmatch(plain):
            parts = match.groupdict()
            found = _readings(shape, parts["first"], parts.get("last", ""))
            if found:
                return _only(typed, found)
    raise refused


def composed(parts: Parts) -> str:
    """Return the EDTF of a date that was chosen part by part.

    Raises InvalidDate, and AmbiguousDate where a part could be several dates.
    """
    if parts.shape not in SHAPES:
        raise InvalidDate(parts.shape, "it is none of the shapes of a date.")
    two = parts.shape in ("lasted", "between")
    first, last = _prepared(parts.first), _prepared(parts.last) if two else ""
    if two and not last and (parts.last or parts.shape == "between"):
        raise InvalidDate(parts.last, "it is no single date.")
    mark = {(0, 0): "", (0, 1): "?", (1, 0): "~", (1, 1): "%"}[parts.about, parts.uncertain]
    found = _readings(parts.shape, first, last, mark)
    if not found:
        wrong = parts.last if last and not _plain(last) else parts.first
        raise InvalidDate(wrong, "it is no single date.")
    return _only(" … ".join(filter(None, (parts.first, parts.last if two else ""))), found)


def taken_apart(text: str) -> Parts:
    """Return the parts of an EDTF text.

    Raises InvalidDate.
    """
    edtf.parse(text)
    if text.startswith("["):
        shape, (first, _dots, last) = "between", text[1:-1].partition("..")
    else:
        first, slash, last = text.partition("/")
        shape = "ongoing" if last == ".." else "lasted" if slash else "on"
        last = "" if last == ".." else last
    marks = {part[-1:] if part[-1:] in _MARKS else "" for part in (first, last) if part}
    if len(marks) > 1:
        # Each of the two keeps its own doubt.
        return Parts(shape, first, last)
    mark = marks.pop()
    first, last = first.rstrip("?~%"), last.rstrip("?~%")
    return Parts(shape, first, last, mark in ("~", "%"), mark in ("?", "%"))


def _prepared(text: str) -> str:
    """Return a text as it is compared; nothing where it cannot hold a date."""
    typed = " ".join(text.split())
    if len(typed) > LONGEST or any(char.isnumeric() and not char.isascii() for char in typed):
        return ""
    plain = folded(typed)
    return plain if len(plain) <= LONGEST else ""


def _only(typed: str, found: Sequence[str]) -> str:
    """Return the one reading of a text, which has to be a date."""
    if len(found) == 1:
        edtf.parse(found[0])
        return found[0]
    valid = [reading for reading in found if _is_valid(reading)]
    if not valid:
        edtf.parse(found[0])
    raise AmbiguousDate(typed, valid[:_MOST_READINGS])


def _is_valid(text: str) -> bool:
    try:
        edtf.parse(text)
    except InvalidDate:
        return False
    return True


def _readings(shape: str, first: str, last: str, mark: str = "") -> list[str]:
    """Return all EDTF texts that the parts of a date can mean."""
    lasts = _plain(last) if last else [""]
    pairs: Iterator[tuple[str, str]] = (
        (one, other) for other in lasts for one in _plain(first, like=other)
    )
    found: dict[str, None] = {}
    for pair in pairs:
        one, other = (_marked(date, mark) for date in pair)
        joined = {
            "on": [one],
            "ongoing": [f"{one}/.."],
            "lasted": [f"{one}/{other}"],
            "begun": [f"{one}/..", f"{one}/"],
            "between": [f"[{one}..{other}]"],
        }
        found |= dict.fromkeys(joined[shape])
    return list(found)


def _marked(date: str, mark: str) -> str:
    """Return a date with one more mark of doubt."""
    if not mark or not date:
        return date
    both = {date[-1], mark} & set("?~%")
    return date.rstrip("?~%") + (both.pop() if len(both) == 1 else "%")


def _plain(text: str, like: str = "") -> list[str]:
    """Return all dates that a text without two ends can mean.

    What it does not say itself, as the year in “14 to 16 March 2024”, is that of `like`.
    """
    match = _DOUBTED.fullmatch(text)
    if not match:
        return []
    before, date, after = match.group("before", "date", "after")
    mark = _MARKS[after] if after else ""
    if before:
        mark = _marked(f"x{mark}", "?" if re.fullmatch(_PERHAPS, before) else "~")[1:]
    return [_marked(found, mark) for found in _undoubted(date, like)]


def _undoubted(text: str, like: str) -> list[str]:
    if _is_valid(text.upper()) and "/" not in text and "[" not in text:
        return [text.upper()]
    if match := _DOTTED.fullmatch(text):
        day, month, year = match.groups()
        return [_iso(year, month, day)]
    if match := _EITHER.fullmatch(text):
        one, _sign, other, year = match.groups()
        months = {(one, other), (other, one)}
        return sorted(_iso(year, month, day) for day, month in months if int(month) <= 12)
    if match := _YEAR_FIRST.fullmatch(text):
        year, sign, month, day = match.groups()
        # 2024/03 is as often the season of two years as a month, and no month is above 12.
        is_month = sign != "/" and int(month) <= 12
        return [_iso(year, month, day)] if day or is_month else []
    if match := _MONTH_YEAR.fullmatch(text):
        month, year = match.groups()
        return [_iso(year, month)] if int(month) <= 12 else []
    if match := _DECADE.fullmatch(text):
        known = match.group(1)
        return [f"{known}X", f"{known[:2]}XX"] if known.endswith("0") else [f"{known}X"]
    if match := re.fullmatch(r"december \(winter\) ([0-9]{4})", text):
        return [f"{match.group(1)}-24"]
    plain = _ORDINAL.sub(r"\1", text)
    if not _SPACED.fullmatch(plain):
        return []
    return _worded([word for word in _WORDS.findall(plain) if word not in _FILLERS], like)


def _worded(words: list[str], like: str) -> list[str]:
    """Return all dates that a day, the name of a month or season and a year can mean."""
    like_year, _, like_rest = like.partition("-")
    kinds = "".join(_kind(word) for word in words)
    if kinds not in _ORDERS:
        return []
    said = dict(zip(kinds, words, strict=True))
    year, name, day = said.get("y", like_year), said.get("n", ""), said.get("d")
    if not re.fullmatch("[0-9]{4}", year):
        return []
    if not name:
        # A lone day is of the month of the date that it leads to.
        return [_iso(year, like_rest[:2], day)] if like_rest else []
    if name in _SEASONS:
        return [f"{year}-{_SEASONS[name]}"] if not day else []
    if name == "winter":
        return _winters(int(year)) if not day else []
    return [_iso(year, str(month), day) for month in _months().get(name, ())]


def _kind(word: str) -> str:
    """Return whether a word can be a day, a year or a name."""
    if not word.isdecimal():
        return "n"
    return {1: "d", 2: "d", 4: "y"}.get(len(word), "?")


def _winters(year: int) -> list[str]:
    """Return what “winter” of a year can mean."""
    return [f"{year}-24", f"[{year}-12..{year + 1}-02]", f"[{year - 1}-12..{year}-02]"]


def _iso(year: str, month: str, day: str | None = None) -> str:
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


@cache
def _months() -> dict[str, tuple[int, ...]]:
    """Return the months that a name is the name of, in some language, by the folded name."""
    months: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale.parse(language).months[context][width].items():
                    words = [w for w in _WORDS.findall(folded(name)) if w not in _FILLERS]
                    if len(words) == 1 and not words[0].isdecimal() and len(words[0]) > 2:
                        months.setdefault(words[0], set()).add(number)
    months["sept"] = {9}
    return {name: tuple(sorted(numbers)) for name, numbers in months.items()}
