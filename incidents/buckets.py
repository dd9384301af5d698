"""Buckets of time: the days, weeks, months, quarters and years that incidents are counted by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import DateField, F, Func, IntegerField
from django.db.models.functions import (
    Cast,
    ExtractYear,
    TruncMonth,
    TruncQuarter,
    TruncWeek,
    TruncYear,
)

_TRUNC: Final = {
    "week": TruncWeek,
    "month": TruncMonth,
    "quarter": TruncQuarter,
    "year": TruncYear,
}


class _Cut(Func):
    """What days have in common, as text that SQLite cuts by itself: Django would call Python."""

    arity = 1
    output_field = DateField()


class _FirstOfMonth(_Cut):
    template = "(SUBSTR(%(expressions)s, 1, 7) || '-01')"


class _FirstOfYear(_Cut):
    template = "(SUBSTR(%(expressions)s, 1, 4) || '-01-01')"


class _Monday(_Cut):
    template = "DATE(%(expressions)s, 'weekday 0', '-6 days')"


class _YearOf(Func):
    template = "CAST(SUBSTR(%(expressions)s, 1, 4) AS INTEGER)"
    output_field = IntegerField()


_CUT: Final = {"week": _Monday, "month": _FirstOfMonth, "year": _FirstOfYear}


def bucket(column: str, interval: str) -> Any:
    """Return the expression of the first day of the bucket that holds a day."""
    if connection.vendor == "sqlite" and interval in _CUT:
        return _CUT[interval](column)
    return Cast(_TRUNC[interval](column) if interval in _TRUNC else F(column), DateField())


def year(column: str) -> Any:
    """Return the expression of the year of a day."""
    return _YearOf(column) if connection.vendor == "sqlite" else ExtractYear(column)


def bucket_of(day: date, interval: str) -> date:
    """Return the first day of the bucket that holds `day`."""
    if interval == "week":
        return day - timedelta(days=day.weekday())
    if interval == "month":
        return day.replace(day=1)
    if interval == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    if interval == "year":
        return day.replace(month=1, day=1)
    return day


def next_bucket(first: date, interval: str) -> date:
    """Return the first day of the bucket after the one that begins on `first`."""
    if interval == "day":
        return first + timedelta(days=1)
    if interval == "week":
        return first + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}[interval]
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def bucket_name(first: date, interval: str) -> str:
    """Return the code of a bucket: 2024, 2024-Q1, 2024-03, 2024-W05 or 2024-03-14."""
    if interval == "year":
        return str(first.year)
    if interval == "quarter":
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if interval == "month":
        return f"{first:%Y-%m}"
    if interval == "week":
        year, week, _day = first.isocalendar()
        return f"{year}-W{week:02d}"
    return first.isoformat()
