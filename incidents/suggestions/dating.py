"""Dates as a text says them: in words, in numbers, of other calendars, counted from a day.

A year that is not said is the last that fits before publication. Each date comes with the words
that say it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .reading import Reading
from .texts import Evidence, Hit, Sentence, Word

_SOON: Final = 60
_SHORT: Final = 4
# An abbreviation in capitals is no month: MAI.
_ABBREVIATION: Final = 4
_MONTH: Final = 7
# So many words at most join the beginning and the end of what lasted.
_JOINT: Final = 2
# So many words from the name of a season its year may stand.
_SEASON_YEAR: Final = 3
_ISO: Final = re.compile(r"(?<!\d)(20[0-3]\d|19[89]\d)-(\d\d)(?:-(\d\d))?(?!\d)")
_NUMERIC: Final = re.compile(
    r"(?<!\d)(?P<d1>\d{1,2})(?:\.\s?|/)(?P<m1>\d{1,2})"
    r"(?:(?:\.\s?|/)(?P<y1>\d{4}|\d\d(?![\d:.])))?\.?"
    r"(?:\s?[-–—]\s?(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4}))?(?![\d])"
)
# The year first, as in Lithuanian and Hungarian: 2024.04.19
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(20[0-3]\d|19[89]\d)[./]\s?(\d{1,2})[./]\s?(\d{1,2})(?!\d)"
)
_EAST: Final = re.compile(
    r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日號号일])?"
    r"(?:(?:부터|から|至|到|[-–—~～])\s?(\d{1,2})\s?[日號号일])?"
)
YEAR: Final = re.compile(r"(19[89]|20[0-3])[0-9]")
_SOLAR_YEAR: Final = re.compile(r"1[34][0-9]{2}")
_DASH: Final = re.compile(r"\.?\s?[-–—]\s?")
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_SOLAR_DAYS: Final = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a text tells, how exact it is, and where."""

    value: str
    evidence: Evidence
    why: str
    weight: float
    hit: Hit
    dateline: bool = False


def absolute(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield dates with a month, in words or numbers, and years that stand alone."""
    used: set[int] = set()
    earlier: Dated | None = None
    not_meant = {hit.first for hit in sentence.of("date:none")}
    for hit in sentence.hits:
        kind = hit.label.partition(":")[0]
        if hit.first in not_meant:
            continue
        if kind == "month" and hit.first not in used:
            dated = _of_month(reading, sentence, hit, used)
        elif kind == "solar":
            dated = _of_solar_month(reading, sentence, hit, used)
        elif kind == "date" and hit.label[5:] in _SEASONS:
            dated = _of_season(sentence, hit, used)
        else:
            continue
        if dated:
            yield _lasting(reading, sentence, earlier, dated) or dated
            earlier = dated
    text = reading.text_of(sentence)[sentence.words[0].start : sentence.words[-1].end]
    offset = sentence.words[0].start
    for pattern, read in (
        (_ISO, _iso),
        (_YEAR_FIRST, _year_first),
        (_NUMERIC, _numeric),
        (_EAST, _eastern),
    ):
        for match in pattern.finditer(text):
            for value in read(reading, match, sentence):
                first, last = _words_at(sentence, offset + match.start(), offset + match.end())
                used.update(range(first, last))
                yield _made(sentence, value, first, last, _exact(value))
    for place, word in enumerate(sentence.words):
        if place not in used and YEAR.fullmatch(word.key):
            yield _made(sentence, word.key, place, place + 1, 0.6)


def _lasting(
    reading: Reading, sentence: Sentence, begins: Dated | None, ends: Dated
) -> Dated | None:
    """Return what lasted "from April to September 2025", or None where two dates are two."""
    if begins is None or not len(begins.value) == len(ends.value) == _MONTH:
        return None
    joined = any(
        begins.hit.last <= hit.first and hit.last <= ends.hit.first
        for hit in sentence.of("date:through")
    )
    if not joined or ends.hit.first - begins.hit.last > _JOINT:
        return None
    year, month = begins.value.split("-")
    if begins.value > ends.value:
        year = str(int(ends.value[:4]) - (month > ends.value[5:]))
    value = f"{year}-{month}/{ends.value}"
    return _made(sentence, value, begins.hit.first, ends.hit.last, 1.2)


def _made(sentence: Sentence, value: str, first: int, last: int, weight: float) -> Dated:
    words = sentence.words
    evidence = Evidence(words[first].start, words[last - 1].end, sentence.in_title)
    why = "The text gives this year." if len(value) == 4 else "The text gives this date."
    return Dated(value, evidence, why, weight, Hit("said", first, last))


def _words_at(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return from where to where the words of some characters stand."""
    inside = [n for n, word in enumerate(sentence.words) if word.end > start and word.start < end]
    return inside[0], inside[-1] + 1


def _exact(value: str) -> float:
    return 1.2 if len(value) >= 10 else 1.0


def _iso(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    yield match[0]


def _year_first(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    yield f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _numeric(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    """Yield a date in numbers, day first as it is everywhere but in American texts."""
    day, month, year = match["d1"], match["m1"], match["y1"]
    if match["d2"]:
        yield (
            f"{year or match['y2']}-{int(month):02}-{int(day):02}/"
            f"{match['y2']}-{int(match['m2']):02}-{int(match['d2']):02}"
        )
        return
    if year is None:
        if not (_is_told_as_day(match, sentence) and 1 <= int(month) <= 12):
            return
        year = str(_year(reading, int(month), int(day), sentence) or "")
        if not year:
            return
    if len(year) == 2:
        year = f"20{year}"
    if int(month) > 12:
        day, month = month, day
    yield f"{year}-{int(month):02}-{int(day):02}"


def _is_told_as_day(match: re.Match[str], sentence: Sentence) -> bool:
    """Tell whether two numbers are a day: "3.5.", "(3/5)", or after a word that says so."""
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() :]
    if ("." in match[0] and match[0].endswith(".")) or (before == "(" and after.startswith(")")):
        return True
    start = sentence.words[0].start + match.start()
    return any(hit.end + 1 == start for hit in sentence.of("date:day"))


def _eastern(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    year = match[1] or _year(reading, int(match[2]), int(match[3] or 0), sentence)
    if not year or not 1 <= int(match[2]) <= 12:
        return
    value = f"{year}-{int(match[2]):02}" + (f"-{int(match[3]):02}" if match[3] else "")
    lasts = match[3] and match[4] and int(match[3]) < int(match[4]) <= 31
    yield f"{value}/{value[:7]}-{int(match[4]):02}" if lasts else value


def _of_month(reading: Reading, sentence: Sentence, hit: Hit, used: set[int]) -> Dated | None:
    """Return the date around the name of a month: 14 March 2024, March 14, in March."""
    words, month = sentence.words, int(hit.label[6:])
    name = words[hit.first].text
    if len(name) <= _ABBREVIATION and name.isupper() and not sentence.in_title:
        return None
    first, last, day, end = _days(reading, sentence, hit)
    year, first, last = _year_beside(words, first, last, YEAR)
    if not day and not year and _is_vague(reading, sentence, hit):
        return None
    if not year:
        resolved = _year(reading, month, int(day or 0), sentence)
        if resolved is None:
            return None
        year = str(resolved)
    used.update(range(first, last))
    value = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
    if end and int(day) < int(end):
        value = f"{value}/{year}-{month:02}-{int(end):02}"
    return _made(sentence, value, first, last, _exact(value))


def _days(reading: Reading, sentence: Sentence, hit: Hit) -> tuple[int, int, str, str]:
    """Return where the words of a day begin and end, the day, and the last of several days."""
    words, first, last = sentence.words, hit.first, hit.last
    before = first - 1
    if before > 0 and not _is_day(words[before]) and len(words[before].text) <= 3:
        before -= 1
    if before >= 0 and _is_day(words[before]):
        day = _digits(words[before])
        begun = _begin_of_range(reading, sentence, before)
        if begun is not None:
            return begun, last, _digits(words[begun]), day
        return before, last, day, ""
    if last < len(words) and _is_day(words[last]):
        text, after = reading.text_of(sentence), last + 1
        if after < len(words) and _is_day(words[after]):
            between = text[words[last].end : words[after].start]
            if _DASH.fullmatch(between):
                return first, after + 1, _digits(words[last]), _digits(words[after])
        return first, last + 1, _digits(words[last]), ""
    return first, last, "", ""


def _begin_of_range(reading: Reading, sentence: Sentence, place: int) -> int | None:
    """Return where the first day of "3 to 5 May" stands."""
    words, text = sentence.words, reading.text_of(sentence)
    if place and _is_day(words[place - 1]):
        between = text[words[place - 1].end : words[place].start]
        return place - 1 if _DASH.fullmatch(between) else None
    for hit in sentence.of("date:through"):
        # An article may follow: "from the 3rd to the 5th of May".
        if hit.last in (place, place - 1) and hit.first and _is_day(words[hit.first - 1]):
            return hit.first - 1
    return None


def _year_beside(
    words: list[Word], first: int, last: int, pattern: re.Pattern[str]
) -> tuple[str, int, int]:
    """Return the year beside a date, and from where to where all of it stands."""
    for reach in range(last, min(last + 2, len(words))):
        if pattern.fullmatch(words[reach].key):
            return words[reach].key, first, reach + 1
    # Lithuanian, Hungarian and Latvian say the year first: 2024 m. kovo 3 d.
    for reach in range(first - 1, max(first - 4, -1), -1):
        if pattern.fullmatch(words[reach].key):
            return words[reach].key, reach, last
    return "", first, last


def _is_vague(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a short name of a month may be another word: no preposition before it."""
    words = sentence.words
    if not reading.words.vague_months or hit.last - hit.first > 1:
        return False
    if len(words[hit.first].key) > _SHORT:
        return False
    return not hit.first or len(words[hit.first - 1].text) > 2


def _of_season(sentence: Sentence, hit: Hit, used: set[int]) -> Dated | None:
    """Return a season whose year is said: the summer of 2023."""
    words = sentence.words
    around = (*range(hit.last, hit.last + _SEASON_YEAR), *range(hit.first - 1, hit.first - 4, -1))
    for place in around:
        if 0 <= place < len(words) and YEAR.fullmatch(words[place].key):
            used.add(place)
            first, last = min(hit.first, place), max(hit.last, place + 1)
            value = f"{words[place].key}-{_SEASONS[hit.label[5:]]}"
            return _made(sentence, value, first, last, 1.0)
    return None


def _of_solar_month(reading: Reading, sentence: Sentence, hit: Hit, used: set[int]) -> Dated | None:
    """Return a date of the Iranian calendar, whose year begins in March."""
    words, month, first, last = sentence.words, int(hit.label[6:]), hit.first, hit.last
    day = 0
    if first and _is_day(words[first - 1]):
        day, first = int(_digits(words[first - 1])), first - 1
    year, first, last = _year_beside(words, first, last, _SOLAR_YEAR)
    if not year and reading.published:
        now = reading.published
        solar = now.year - 621 - (now < _nowruz(now.year))
        later = _solar(solar, month, day or 1) > now
        year = str(solar - later)
    if not year or day > _SOLAR_DAYS[month - 1] + 1:
        return None
    used.update(range(first, last))
    if day:
        return _made(sentence, str(_solar(int(year), month, day)), first, last, 1.2)
    begins = _solar(int(year), month, 1)
    ends = begins + timedelta(days=_SOLAR_DAYS[month - 1] - 1)
    return _made(sentence, f"{begins}/{ends}", first, last, 1.0)


def _nowruz(year: int) -> date:
    """Return the first day of the Iranian year that begins in a year, right from 2010 to 2028."""
    return date(year, 3, 20 if calendar.isleap(year) else 21)


def _solar(year: int, month: int, day: int) -> date:
    return _nowruz(year + 621) + timedelta(days=sum(_SOLAR_DAYS[: month - 1]) + day - 1)


def _is_day(word: Word) -> bool:
    digits = _digits(word)
    return bool(digits) and len(digits) <= 2 and 1 <= int(digits) <= 31


def _digits(word: Word) -> str:
    match = re.match(r"\d{1,4}", word.key)
    return match[0] if match and len(word.key) - len(match[0]) <= 3 else ""


def _year(
    reading: Reading, month: int, day: int = 0, sentence: Sentence | None = None
) -> int | None:
    """Return the year of a month that is named without one: the last before publication."""
    if reading.published is None:
        return None
    now = reading.published
    if sentence is not None and sentence.has("date:lastyear"):
        return now.year - 1
    today = now.day if reading.published_precision == "day" else 31
    if (month, day) <= (now.month, today):
        return now.year
    # A day that comes soon is a plan, and no day of the last year.
    soon = 0 < (month - now.month) * 30 + (day or 1) - now.day < _SOON
    return None if soon else now.year - 1


def relative(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield dates that count from the day of publication."""
    now, exact = reading.published, reading.published_precision
    if now is None:
        return
    coming, not_meant = sentence.of("date:next"), {h.first for h in sentence.of("date:none")}
    for hit in sentence.hits:
        if hit.first in not_meant:
            continue
        kind, _colon, which = hit.label.partition(":")
        if kind not in ("weekday", "date"):
            continue
        if kind == "weekday":
            if any(0 <= hit.first - other.last <= 1 for other in coming):
                continue
            back = (now.weekday() - int(which)) % 7
            value = str(now - timedelta(days=back)) if exact == "day" else f"{now:%Y-%m}~"
            yield Dated(value, sentence.at(hit), _counted(now), 1.0 if back else 0.8, hit)
        elif value := _spoken(which, now, exact):
            strength = _STRENGTH.get(which, 0.9)
            yield Dated(value, sentence.at(hit), _counted(now), strength, hit)


_STRENGTH: Final = {"lastyear": 0.5, "thisyear": 0.5, "recent": 0.5, "today": 0.6}


def _counted(now: date) -> str:
    return f"Counted from the publication on {now.isoformat()}."


def _spoken(which: str, now: date, exact: str) -> str:
    """Return what a word such as yesterday means on a day."""
    month_ago = now.replace(day=1) - timedelta(days=1)
    if which in _SEASONS:
        season = _SEASONS[which]
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
