"""Invented dates from 2014 to 2026: EDTF texts with the bounds that models would store of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Final

from articles import edtf

from .dice import evenly, weighted

FIRST_DAY: Final = date(2014, 1, 1)
# Records are made, evenly, between these two; nothing is dated after the last day.
FIRST_RECORD, LAST_DAY = datetime(2019, 1, 1), date(2026, 9, 30)  # noqa: DTZ001  stored in UTC
SPAN: Final = (LAST_DAY - FIRST_RECORD.date()).days * 86_400
DAYS: Final = [
    (FIRST_DAY + timedelta(days=n)).isoformat() for n in range((LAST_DAY - FIRST_DAY).days + 1)
]
DAY_OF_FIRST_RECORD: Final = (FIRST_RECORD.date() - FIRST_DAY).days
# How an incident is dated, in per cent.
FORMS: Final = {
    "day": 70,
    "month": 11,
    "year": 3,
    "doubtful": 5,
    "about": 2,
    "season": 1,
    "lasted": 5,
    "between": 2,
    "goes on": 1,
}
_SEASONS: Final = {3: 21, 4: 21, 5: 21, 6: 22, 7: 22, 8: 22, 9: 23, 10: 23, 11: 23, 12: 24}

Bounds = tuple[str, str, str, str]


@lru_cache(maxsize=1 << 17)
def bounds(text: str) -> Bounds:
    """Return when what has a date began at the earliest and latest, and when it ended."""
    span = edtf.parse(text)
    return (
        span.start.first.isoformat(),
        span.start.last.isoformat(),
        span.end.first.isoformat(),
        span.end.last.isoformat(),
    )


class Calendar:
    """Draws of days, by their number since the first one, and of texts that date them."""

    def __init__(self, rng: Random) -> None:
        self._random = rng.random
        self._form = weighted(rng, FORMS)
        self._fresh = weighted(rng, {True: 1, False: 1})
        self._lag = evenly(rng, [int(rng.expovariate(1 / 40)) for _each in range(4096)])
        self._month_only = weighted(rng, {False: 9, True: 1})
        self._forms: dict[str, Callable[[str, int, int], str]] = {
            "month": lambda day, _number, _last: day[:7],
            "year": lambda day, _number, _last: day[:4],
            "doubtful": lambda day, _number, _last: f"{day}?",
            "about": lambda day, _number, _last: f"{day[:7]}~",
            "season": _season,
            "lasted": lambda day, number, last: f"{day}/{self.later(number, last)}",
            "between": lambda day, number, last: f"[{day}..{self.later(number, last)}]",
            "goes on": lambda day, _number, _last: f"{day}/..",
        }

    def onset(self, known: int) -> int:
        """Return the day of something that was recorded on the day `known`: fresh, or long ago."""
        if self._fresh():
            return max(0, known - self._lag())
        return int(self._random() * known)

    def after(self, day: int, last: int) -> int:
        """Return a day some time after `day`, and not after `last`."""
        return min(day + self._lag(), last)

    def later(self, day: int, last: int) -> str:
        """Return the text of a day some time after `day`, and not after `last`."""
        return DAYS[self.after(day, last)]

    def dated(self, number: int, last: int) -> str:
        """Return a text that dates something of a day as precisely as it might be known."""
        form, day = self._form(), DAYS[number]
        return day if form == "day" else self._forms[form](day, number, last)

    def said(self, number: int) -> str:
        """Return a text that dates a statement: to the day as a rule, else to the month."""
        return DAYS[number][:7] if self._month_only() else DAYS[number]


def _season(day: str, _number: int, _last: int) -> str:
    """Return the season of a day; January and February belong to the winter of no year here."""
    season = _SEASONS.get(int(day[5:7]))
    return f"{day[:4]}-{season}" if season else day[:7]
