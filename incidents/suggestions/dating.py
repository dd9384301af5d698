"""Dates as a text says them: in words, in numbers, of other calendars.

A year that is not said is the last that fits before publication. Each date comes with the words
that say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from . import solar, which_year
from .reading import Reading
from .spans import Dated, lasting, made, stands_before, years
from .texts import Hit, Sentence, Word

_COMING: Final = 0.6
_SHORT: Final = 4
# An abbreviation in capitals is no month: MAI.
_ABBREVIATION: Final = 4
# So many words from the name of a season its year may stand.
_SEASON_YEAR: Final = 3
ISO: Final = re.compile(r"(?<!\d)(20[0-3]\d|19[89]\d)-(\d\d)(?:-(\d\d))?(?!\d)")
_NUMERIC: Final = re.compile(
    r"(?<!\d)(?P<d1>\d{1,2})(?:\.\s?|/)(?P<m1>\d{1,2})"
    # As in Denmark and Sweden: 3/11 2024
    r"(?:(?:\.\s?|/|(?:(?<=/\d)|(?<=/\d\d))\s(?=20[0-3]\d(?!\d)))"
    r"(?P<y1>\d{4}|\d\d(?![\d:.])))?\.?"
    r"(?:\s?[-–—]\s?(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4}))?(?![\d])"
)
# The year last, as in Dutch: 3-11-2024
_DASHED: Final = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(20[0-3]\d|19[89]\d)(?![\d-])")
# The year first, as in Lithuanian and Hungarian: 2024.04.19
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(20[0-3]\d|19[89]\d)[./]\s?(\d{1,2})[./]\s?(\d{1,2})(?!\d)"
)
_EAST: Final = re.compile(
    r"(?:(\d{4}|(?<!\d)\d\d)\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日號号일])?"
    r"(?:(?:부터|から|至|到|[-–—~～])\s?(\d{1,2})\s?[日號号일])?"
)
# What joins two months in figures: 5月から7月.
_EAST_THROUGH: Final = re.compile(r"(?:부터|から|至|到|[-–—~～])\s?")
_DASH: Final = re.compile(r"\.?\s?[-–—]\s?")
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}


def absolute(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield dates with a month, in words or numbers, and years that stand alone."""
    used: set[int] = set()
    earlier: Dated | None = None
    text = reading.text_of(sentence)
    not_meant = {hit.first for hit in sentence.of("date:none")}
    for hit in sentence.hits:
        kind = hit.label.partition(":")[0]
        if hit.first in not_meant:
            continue
        if kind == "month" and hit.first not in used:
            dated = _of_month(reading, sentence, hit, used, earlier)
        elif kind == "solar":
            dated = _of_solar_month(reading, sentence, hit, used)
        elif kind == "date" and hit.label[5:] in SEASONS:
            dated = _of_season(sentence, hit, used)
        else:
            continue
        if dated:
            joined = earlier and text[earlier.evidence.end : dated.evidence.start].isspace()
            yield lasting(sentence, earlier, dated, joined=bool(joined)) or dated
            earlier = dated
    text = text[sentence.words[0].start : sentence.words[-1].end]
    offset = sentence.words[0].start
    for pattern, read in (
        (ISO, _iso),
        (_YEAR_FIRST, _year_first),
        (_DASHED, _dashed),
        (_NUMERIC, _numeric),
        (_EAST, _eastern),
    ):
        earlier, end = None, 0
        for match in pattern.finditer(text):
            for value in read(reading, match, sentence):
                first, last = words_at(sentence, offset + match.start(), offset + match.end())
                used.update(range(first, last))
                joined = _EAST_THROUGH.fullmatch(text, end, match.start()) is not None
                if joined and earlier and pattern is _EAST and not match[1]:
                    # The first says the year of both: 2023年5月至7月.
                    value = _no_earlier(value, earlier.value)
                dated = made(sentence, value, first, last, _exact(value))
                yield lasting(sentence, earlier, dated, joined=joined) or dated
                earlier, end = dated, match.end()
    begins: Dated | None = None
    for place, word in enumerate(sentence.words):
        if (
            place not in used
            and which_year.YEAR.fullmatch(word.key)
            and not which_year.is_counted(sentence, place)
        ):
            year = made(sentence, word.key, place, place + 1, 0.6)
            yield years(sentence, begins, year) or year
            begins = year


def words_at(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return from where to where the words of some characters stand."""
    inside = [n for n, word in enumerate(sentence.words) if word.end > start and word.start < end]
    return inside[0], inside[-1] + 1


def _exact(value: str) -> float:
    return 1.2 if len(value) >= 10 else 1.0


def _no_earlier(value: str, begins: str) -> str:
    """Return a date of the same year as another that it follows, or of the next one."""
    year, rest = int(begins[:4]), value[4:]
    return f"{year + (rest < begins[4 : 4 + len(rest)])}{rest}" if "/" not in value else value


def _iso(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    yield match[0]


def _year_first(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    yield f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _dashed(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    day, month = int(match[1]), int(match[2])
    if month > 12:
        day, month = month, day
    yield f"{match[3]}-{month:02}-{day:02}"


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
        year = str(which_year.latest(reading, int(month), int(day), sentence) or "")
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
    year = match[1] or which_year.latest(reading, int(match[2]), int(match[3] or 0), sentence)
    if match[1] and len(match[1]) == len("24"):
        year = f"20{match[1]}"
    if not year or not 1 <= int(match[2]) <= 12:
        return
    value = f"{year}-{int(match[2]):02}" + (f"-{int(match[3]):02}" if match[3] else "")
    lasts = match[3] and match[4] and int(match[3]) < int(match[4]) <= 31
    yield f"{value}/{value[:7]}-{int(match[4]):02}" if lasts else value


def _of_month(
    reading: Reading, sentence: Sentence, hit: Hit, used: set[int], earlier: Dated | None
) -> Dated | None:
    """Return the date around the name of a month: 14 March 2024, March 14, in March."""
    words, month = sentence.words, int(hit.label[6:])
    name = words[hit.first].text
    if len(name) <= _ABBREVIATION and name.isupper() and not sentence.in_title:
        return None
    first, last, day, end = _days(reading, sentence, hit)
    year, first, last = which_year.year_beside(sentence, first, last, which_year.YEAR, used)
    year = (
        year
        or which_year.year_of_next(sentence, hit, last)
        or which_year.same_year(reading, sentence, last, earlier)
    )
    if not day and not year and _is_vague(reading, sentence, hit):
        return None
    doubt = 1.0
    if not year:
        resolved = which_year.latest(reading, month, int(day or 0), sentence)
        if resolved is None:
            return None
        year = str(resolved)
        doubt = _COMING if which_year.is_rather_coming(reading, month, resolved) else 1.0
    used.update(range(first, last))
    value = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
    if end and int(day) < int(end):
        value = f"{value}/{year}-{month:02}-{int(end):02}"
    return made(sentence, value, first, last, doubt * _exact(value))


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
        until = _end_of_range(sentence, after)
        if until is not None:
            return first, until + 1, _digits(words[last]), _digits(words[until])
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
    for begun in (place - 2, place - 3):
        # Between 3 and 5 May; between the 3rd and the 5th of May.
        parted = which_year.has_month(sentence, begun, place)
        if (
            begun > 0
            and not parted
            and _is_day(words[begun])
            and stands_before(sentence, "date:between", begun)
        ):
            return begun
    return None


def _end_of_range(sentence: Sentence, place: int) -> int | None:
    """Return where the last day of "May 3 to 5" stands, whose second word is at a place."""
    words, end = sentence.words, place + 1
    if (
        end >= len(words)
        or not _is_day(words[end])
        or which_year.has_month(sentence, place, end + 2)
    ):
        return None
    through = any(hit.first == place and hit.last == end for hit in sentence.of("date:through"))
    amid = any(end < hit.first <= end + 2 for hit in sentence.of("date:amid"))
    return end if through or amid else None


def _is_vague(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a short name of a month may be another word: no preposition before it."""
    words = sentence.words
    if not reading.words.vague_months or hit.last - hit.first > 1:
        return False
    if len(words[hit.first].key) > _SHORT:
        return False
    # Since May; May to July; May of this year.
    since = any(
        other.last == hit.first
        for other in sentence.of("date:since", "date:next", "date:through", "date:between")
    )
    through = any(
        other.first == hit.last and which_year.has_month(sentence, other.last, other.last + 2)
        for other in sentence.of("date:through")
    )
    yearly = any(other.first == hit.last for other in sentence.of("date:thisyear", "date:lastyear"))
    if since or through or yearly:
        return False
    return not hit.first or len(words[hit.first - 1].text) > 2


def _of_season(sentence: Sentence, hit: Hit, used: set[int]) -> Dated | None:
    """Return a season whose year is said: the summer of 2023."""
    words = sentence.words
    around = (*range(hit.last, hit.last + _SEASON_YEAR), *range(hit.first - 1, hit.first - 4, -1))
    for place in around:
        if 0 <= place < len(words) and which_year.YEAR.fullmatch(words[place].key):
            used.add(place)
            first, last = min(hit.first, place), max(hit.last, place + 1)
            value = f"{words[place].key}-{SEASONS[hit.label[5:]]}"
            return made(sentence, value, first, last, 1.0)
    return None


def _of_solar_month(reading: Reading, sentence: Sentence, hit: Hit, used: set[int]) -> Dated | None:
    """Return a date of the Iranian calendar, whose year begins in March."""
    words, month, first, last = sentence.words, int(hit.label[6:]), hit.first, hit.last
    day = 0
    if first and _is_day(words[first - 1]):
        day, first = int(_digits(words[first - 1])), first - 1
    year, first, last = which_year.year_beside(sentence, first, last, solar.YEAR)
    if not year and reading.published:
        year = str(solar.last(reading.published, month, day or 1))
    if not year or day > solar.DAYS[month - 1] + 1:
        return None
    used.update(range(first, last))
    if day:
        return made(sentence, str(solar.day(int(year), month, day)), first, last, 1.2)
    begins = solar.day(int(year), month, 1)
    ends = begins + timedelta(days=solar.DAYS[month - 1] - 1)
    return made(sentence, f"{begins}/{ends}", first, last, 1.0)


def _is_day(word: Word) -> bool:
    digits = _digits(word)
    return bool(digits) and len(digits) <= 2 and 1 <= int(digits) <= 31


def _digits(word: Word) -> str:
    match = re.match(r"\d{1,4}", word.key)
    return match[0] if match and len(word.key) - len(match[0]) <= 3 else ""
