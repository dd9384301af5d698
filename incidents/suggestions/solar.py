"""The Iranian calendar, whose year begins in March."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

YEAR: Final = re.compile(r"1[34][0-9]{2}")
DAYS: Final = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)
_SHIFT: Final = 621


def common(year: int) -> int:
    """Return the common year in which an Iranian one begins."""
    return year + _SHIFT


def day(year: int, month: int, number: int) -> date:
    """Return a day of the Iranian calendar."""
    return _nowruz(common(year)) + timedelta(days=sum(DAYS[: month - 1]) + number - 1)


def last(now: date, month: int, number: int) -> int:
    """Return the Iranian year of the last such day that is not after a day."""
    year = now.year - _SHIFT - (now < _nowruz(now.year))
    return year - (day(year, month, number) > now)


def _nowruz(year: int) -> date:
    """Return the first day of the Iranian year that begins in a year, right from 2010 to 2028."""
    return date(year, 3, 20 if calendar.isleap(year) else 21)
