"""Dates that count from the day of publication: weekdays, "yesterday", a day of the month alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from .dating import SEASONS, words_at
from .numerals import number_at
from .reading import Reading
from .spans import Dated, made
from .texts import Hit, Sentence

# A letter before a number makes 號 its number and no day (台澎3號), unless it is a preposition.
_NAMED: Final = r"[^\W\d_於于在自从從至到和及與与]"
# The day of a month alone, and no number of days: 25日, 28일.
_EASTERN_DAY: Final = re.compile(
    rf"(?<![\d月월年년.,])(?P<day>\d{{1,2}})\s?(?:[日일]|(?<!{_NAMED}\d)(?<!{_NAMED}\d\d)[號号])"
    r"(?![间間间以ぶ目째本曜連连동만연부者元前後后內内])"
)
# What follows the first day of several: 28일 밤부터 29일, 25日至26日.
_BEGINS: Final = re.compile(r"[^\s、，,]{0,4}\s?[^\s、，,]{0,3}?(?:부터|から|至|到|[-–~～])")
_LASTING: Final = 40
# Days of a unit, months and years apart, and how many of them are counted back at most.
_UNITS: Final = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_MOST: Final = 40
# In languages in which last week and a week ago are told by the same words.
_LAST: Final = {"lastweek": "weeks", "lastmonth": "months", "lastyear": "years"}
# A number before a unit has at most so many words.
_PARTS: Final = 3
# So near a word such as yesterday, the name of a weekday or of a month says the same.
_BESIDE: Final = 2
# So near "last year" stands beside the name of a season: im Sommer des vergangenen Jahres.
_NEAR: Final = 1


def relative(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield dates that count from the day of publication."""
    now, exact = reading.published, reading.published_precision
    if now is None:
        return
    yield from _of_days(reading, sentence)
    ago = list(_ago(reading, sentence))
    yield from ago
    told = {dated.hit.last for dated in ago}
    coming, not_meant = sentence.of("date:next"), {h.first for h in sentence.of("date:none")}
    named = [h for h in sentence.hits if h.label.startswith(("month:", "weekday:"))]
    days = [h for h in named if h.label.startswith("weekday:")]
    for hit in sentence.hits:
        if hit.first in not_meant or hit.last in told:
            continue
        kind, _colon, which = hit.label.partition(":")
        if kind not in ("weekday", "date"):
            continue
        if kind == "weekday":
            if any(0 <= hit.first - other.last <= 1 for other in coming):
                continue
            back = (now.weekday() - int(which)) % 7
            if back <= now.weekday() and _is_beside(reading, hit, sentence.of("date:lastweek")):
                # Monday of last week is not the last Monday.
                back += 7
            value = str(now - timedelta(days=back)) if exact == "day" else f"{now:%Y-%m}~"
            yield Dated(value, sentence.at(hit), _counted(now), 1.0 if back else 0.8, hit)
        elif _is_beside(reading, hit, {"yesterday": named, "lastweek": days}.get(which, ())):
            # In the night to Friday: the other word tells it.
            continue
        elif value := _of_last_year(sentence, hit, now) or _spoken(which, now, exact):
            strength = _STRENGTH.get(which, 0.9)
            yield Dated(value, sentence.at(hit), _counted(now), strength, hit)


_STRENGTH: Final = {"lastyear": 0.5, "thisyear": 0.5, "recent": 0.5, "today": 0.6}


def _is_beside(reading: Reading, hit: Hit, others: Iterable[Hit]) -> bool:
    """Tell whether one of some words stands so near that both say one day."""
    return any(reading.gap(hit, other) <= _BESIDE for other in others)


def _counted(now: date) -> str:
    return f"Counted from the publication on {now.isoformat()}."


def _of_last_year(sentence: Sentence, hit: Hit, now: date) -> str:
    """Return a season that "last year" stands beside: in summer last year."""
    season = SEASONS.get(hit.label[5:])
    beside = any(
        other.first <= hit.last + _NEAR and hit.first <= other.last + _NEAR
        for other in sentence.of("date:lastyear")
    )
    return f"{now.year - 1}-{season}" if season and beside else ""


def _spoken(which: str, now: date, exact: str) -> str:
    """Return what a word such as yesterday means on a day."""
    month_ago = now.replace(day=1) - timedelta(days=1)
    if which in SEASONS:
        season = SEASONS[which]
        begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
        return f"{now.year if begins <= now.month else now.year - 1}-{season}"
    if which in ("lastyear", "thisyear"):
        return str(now.year - (which == "lastyear"))
    if exact == "year":
        return ""
    if which in ("lastmonth", "thismonth"):
        return f"{(month_ago if which == 'lastmonth' else now):%Y-%m}"
    if which in ("recent", "lastweek"):
        return f"{now:%Y-%m}~"
    ago = {"today": 0, "yesterday": 1, "twodays": 2}.get(which)
    if ago is None:
        return ""
    return str(now - timedelta(days=ago)) if exact == "day" else f"{now:%Y-%m}~"


def _ago(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield what is told as so many days, weeks, months or years ago."""
    now, exact = reading.published, reading.published_precision
    before = sentence.of("date:ago")
    if now is None or exact == "year":
        return
    words, text = sentence.words, reading.text_of(sentence)
    units = sentence.of(*(f"date:{name}" for name in (*_UNITS, *_LAST) if before or name in _LAST))
    for unit in units:
        which = unit.label[5:]
        for first in range(max(0, unit.first - _PARTS), unit.first):
            count, last = number_at(reading, words, first, text)
            if count and count <= _MOST and 0 <= unit.first - last <= 1:
                break
        else:
            continue
        beside = any(
            0 <= first - hit.last <= 1 or 0 <= hit.first - unit.last <= 1
            for hit in before
            if not unit.first <= hit.first < unit.last
        )
        if beside or (which in _LAST and last == unit.first):
            value, strength = _counted_back(now, exact, _LAST.get(which, which), count)
            hit = unit._replace(label="date:ago", first=first, start=words[first].start)
            yield Dated(value, sentence.at(hit), _counted(now), strength, hit)


def _counted_back(now: date, exact: str, unit: str, count: int) -> tuple[str, float]:
    """Return what lies so many units before a day, as exact as that is said, and its weight."""
    if unit == "years":
        return str(now.year - count), 0.5
    if unit == "months":
        months = now.year * 12 + now.month - 1 - count
        return f"{months // 12}-{months % 12 + 1:02}~", 0.8
    day = now - timedelta(days=count * _UNITS[unit])
    if exact != "day":
        return f"{day:%Y-%m}~", 0.8
    return (str(day), 1.0) if unit == "days" else (f"{day}~", 0.95)


def _of_days(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield days that are told without a month: the last such days before publication."""
    if reading.published_precision != "day" or reading.published is None:
        return
    offset, end = sentence.words[0].start, sentence.words[-1].end
    text = reading.text_of(sentence)
    before: Dated | None = None
    for match in _EASTERN_DAY.finditer(text, offset, end):
        day = _last_day(reading.published, int(match["day"]))
        if day is None:
            continue
        first, last = words_at(sentence, match.start(), match.end())
        value, weight = str(day), 1.1
        if before and before.value < value and match.start() - before.evidence.end < _LASTING:
            value, weight, first = f"{before.value}/{value}", 1.2, before.hit.first
        dated = made(sentence, value, first, last, weight)
        yield dated
        before = dated if "/" not in value and _BEGINS.match(text, match.end()) else None


def _last_day(now: date, day: int) -> date | None:
    """Return the last day before a day, or that day, that is such a day of a month."""
    month = now if day <= now.day else now.replace(day=1) - timedelta(days=1)
    try:
        return month.replace(day=day)
    except ValueError:
        return None
