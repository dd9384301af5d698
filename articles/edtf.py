"""Imprecise dates: a small EDTF grammar, read into the intervals of a start and an end.

Nothing is ever placed on 1 January for want of a day: a date that is not known to the day is
an interval (docs/method.md, "Imprecise dates"). The grammar is EDTF level 0 and the parts of
level 1 that reports need; other EDTF is refused with a message, never guessed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

OPEN_END = date(9999, 12, 31)
FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_LENGTH = 40

# Season 24 (winter) is read as December of the year it names, as the method page says.
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 12)}
_SEASON_NAMES = {"21": "spring", "22": "summer", "23": "autumn", "24": "December (winter)"}
_PLAIN = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<mark>[?~%]?)"
)
_HOW = (
    "Write 2024-03-14, 2024-03 or 2024; add ~ for about and ? for uncertain; "
    "2024-03/2024-05 for what lasted, [2024-03..2024-05] for some time between, "
    "2024-03/.. for what goes on."
)


class InvalidDate(ValueError):
    """A text is not a date of the grammar; the message says what would be."""

    def __init__(self, text: str, why: str) -> None:
        shown = text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH] + "…"
        super().__init__(f"“{shown}” is not a date here: {why} {_HOW}")


@dataclass(frozen=True, slots=True)
class Interval:
    """All days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Span:
    """When something began and when it ended, each known to an interval of days.

    An end not known to have come is 9999-12-31. Marks of doubt never widen an interval.
    """

    start: Interval
    end: Interval
    uncertain: bool = False
    approximate: bool = False


def parse(text: str) -> Span:
    """Read an EDTF text.

    Raises InvalidDate.
    """
    if len(text) > MAX_LENGTH:
        raise InvalidDate(text, "it is too long.")
    uncertain = "?" in text or "%" in text
    approximate = "~" in text or "%" in text
    if text.startswith("["):
        first, dots, last = text.removeprefix("[").removesuffix("]").partition("..")
        if not text.endswith("]") or not dots:
            raise InvalidDate(text, "a date some time between has the form [a..b].")
        between = _ordered(text, Interval(_plain(text, first).first, _plain(text, last).last))
        return Span(between, between, uncertain, approximate)
    first, slash, last = text.partition("/")
    start = _plain(text, first)
    if not slash:
        return Span(start, start, uncertain, approximate)
    if last == "..":
        return Span(start, Interval(OPEN_END, OPEN_END), uncertain, approximate)
    if not last:
        return Span(start, Interval(start.first, OPEN_END), uncertain, approximate)
    end = _plain(text, last)
    _ordered(text, Interval(start.first, end.last))
    return Span(start, end, uncertain, approximate)


def doubtful(text: str) -> bool:
    """Tell whether a date is marked uncertain or approximate, by ?, ~ or %."""
    return any(sign in text for sign in "?~%")


def in_words(text: str) -> str:
    """Say an EDTF text in English.

    Raises InvalidDate.
    """
    span = parse(text)
    if text.startswith("["):
        first, _dots, last = text[1:-1].partition("..")
        return f"some time between {_plain_words(first)} and {_plain_words(last)}"
    first, slash, last = text.partition("/")
    if not slash:
        return _plain_words(text)
    if last == "..":
        return f"from {_plain_words(first)}, still going on"
    if not last:
        return f"from {_plain_words(first)}, end not known"
    if span.start == span.end:
        return _plain_words(first)
    return f"from {_plain_words(first)} to {_plain_words(last)}"


def understood(text: str) -> str:
    """Say how an EDTF text is read: in words, and as days where it is not exact.

    Raises InvalidDate.
    """
    span = parse(text)
    told = in_words(text)
    start, end = span.start, span.end
    if text.startswith("[") and not (span.uncertain or span.approximate):
        told = f"some time {_days(start)}"
    elif start == end and start.first != start.last:
        told += f": {_days(start)}"
    elif start.first != start.last:
        told += f"; began {_days(start)}"
    if start != end and end.last != OPEN_END and end.first != end.last:
        told += f"; ended {_days(end)}"
    first, last = start.first.year, start.last.year
    if first == last:
        return told
    years = f"{first} or {last}" if last == first + 1 else f"each year from {first} to {last}"
    return f"{told}; counted in {years} only as possible"


def _days(interval: Interval) -> str:
    """Say an interval of days, its month and year once where they are the same."""
    first, last = interval.first, interval.last
    if first == last:
        return f"on {day_in_words(first)}"
    if first.year != last.year:
        return f"between {day_in_words(first)} and {day_in_words(last)}"
    if first.month != last.month:
        month = calendar.month_name[first.month]
        return f"between {first.day} {month} and {day_in_words(last)}"
    return f"between {first.day} and {day_in_words(last)}"


def day_in_words(day: date) -> str:
    """Say one day as it is said in running text."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _ordered(text: str, interval: Interval) -> Interval:
    if interval.first > interval.last:
        raise InvalidDate(text, "it ends before it starts.")
    return interval


def _plain(text: str, part: str) -> Interval:
    """Read one date without a slash or brackets."""
    match = _PLAIN.fullmatch(part)
    if not match or not part.isascii():
        raise InvalidDate(text, "it is not year, month and day in that order.")
    year, month, day, mark = match.group("year", "month", "day", "mark")
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not FIRST_YEAR <= low <= high <= LAST_YEAR:
        raise InvalidDate(text, f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise InvalidDate(text, "a day needs its month.")
        return Interval(date(low, 1, 1), date(high, 12, 31))
    if low != high:
        raise InvalidDate(text, "a month needs its year.")
    if month in _SEASONS and day is None:
        if mark:
            raise InvalidDate(text, "a season takes no mark of doubt.")
        begins, ends = _SEASONS[month]
    elif 1 <= int(month) <= 12:
        begins = ends = int(month)
    else:
        raise InvalidDate(text, f"{month} is neither a month nor a season.")
    if day is None or day == "XX":
        return Interval(date(low, begins, 1), _last_day(low, ends))
    try:
        exact = date(low, begins, int(day))
    except ValueError:
        raise InvalidDate(text, f"{year}-{month} has no day {day}.") from None
    return Interval(exact, exact)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _plain_words(part: str) -> str:
    doubt = {"?": " (uncertain)", "~": " (about)", "%": " (about, uncertain)"}.get(part[-1], "")
    year, _, rest = part.rstrip("?~%").partition("-")
    month, _, day = rest.partition("-")
    if "X" in year:
        known = year.replace("X", "0")
        return f"the {known}s{doubt}" if year.count("X") == 1 else f"{known}–{known[:2]}99{doubt}"
    if not month or month == "XX":
        return f"{year}{doubt}"
    if month in _SEASON_NAMES:
        return f"{_SEASON_NAMES[month]} {year}{doubt}"
    name = calendar.month_name[int(month)]
    if not day or day == "XX":
        return f"{name} {year}{doubt}"
    return f"{int(day)} {name} {year}{doubt}"
