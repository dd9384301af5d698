"""When an event happened, in EDTF; relative dates count from the day of publication.

What a text leaves open stays open: "in October" is a month, and a day that only the publication
tells carries a mark of doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from articles import edtf

from .kinds import ACTS
from .reading import Reading, Suggestion
from .texts import Evidence, Hit, Sentence, Word

MOST: Final = 2
_HEAD: Final = 160
_SOON: Final = 60
# What parts a dateline from the text.
_APART: Final = re.compile(r"[|/(:\n]\s*\0")
_FOLLOWS: Final = re.compile(r"\s*[|/:)\n]|\s+[-–—]")
_SHORT: Final = 4
_URL_DATE: Final = re.compile(
    r"(?<!\d)(20[0-3]\d|19[89]\d)[/-]?(0[1-9]|1[0-2])(?:[/-]?([0-3]\d))?(?!\d)"
)
_ISO: Final = re.compile(r"(?<!\d)(20[0-3]\d|19[89]\d)-(\d\d)(?:-(\d\d))?(?!\d)")
_NUMERIC: Final = re.compile(
    r"(?<!\d)(?P<d1>\d{1,2})[./](?P<m1>\d{1,2})(?:[./](?P<y1>\d{4}|\d\d(?!\d)))?\.?"
    r"(?:\s?[-–—]\s?(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4}))?(?![\d])"
)
_EAST: Final = re.compile(
    r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日号號일])?"
)
_YEAR: Final = re.compile(r"(19[89]|20[0-3])[0-9]")
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a text tells, how exact it is, and where."""

    value: str
    evidence: Evidence
    why: str
    weight: float
    dateline: bool = False


def published(reading: Reading) -> tuple[date | None, str]:
    """Return the day of publication, and how exact it is: day, month, year or nothing.

    The page's own word is taken first, then its address, then a full date at the head.
    """
    told = _ISO.match(reading.article.metadata_date or "")
    head = _head_date(reading)
    if told:
        if told[3] is None and head and f"{head:%Y-%m}" == told[0]:
            return head, "day"
        return _made(told[1], told[2], told[3])
    if re.fullmatch(r"(19|20)[0-9]{2}", reading.article.metadata_date or ""):
        return date(int(reading.article.metadata_date), 1, 1), "year"
    if head:
        return head, "day"
    for match in _URL_DATE.finditer(reading.article.url):
        if match[3] is None and "/" not in match[0] and "-" not in match[0]:
            continue
        found = _made(match[1], match[2], match[3])
        if found[0]:
            return found
    return None, ""


def _made(year: str, month: str, day: str | None) -> tuple[date | None, str]:
    try:
        return date(int(year), int(month), int(day or 1)), "day" if day else "month"
    except ValueError:
        return None, ""


def _head_date(reading: Reading) -> date | None:
    """Return a full date at the head of the text: a dateline."""
    for sentence in reading.sentences:
        if sentence.in_title:
            continue
        if sentence.words[0].start > _HEAD:
            break
        for found in _absolute(reading, sentence):
            if (
                found.evidence.start <= _HEAD
                and re.fullmatch(r"\d{4}-\d\d-\d\d", found.value)
                and _is_valid(found.value)
            ):
                return date.fromisoformat(found.value)
    return None


def occurred(reading: Reading, acting: set[int]) -> list[Suggestion]:
    """Return the dates of an event, the likeliest first; `acting` are sentences that tell of it."""
    found: list[Dated] = []
    for place, sentence in enumerate(reading.sentences):
        near = 1.0 if id(sentence) in acting else 0.0
        weight = 1.0 + near + 0.5 * sentence.has(*ACTS)
        if sentence.has("court") and not sentence.has("damage", "arson", "explosive"):
            weight *= 0.5
        elif sentence.has("accuse"):
            weight *= 0.8
        weight *= 1.2 if place < 3 else 0.85 if place > 4 else 1.0
        told = list(_told(reading, sentence))
        dateline = any(dated.dateline for dated in told)
        for dated in (*told, *_relative(reading, sentence)):
            if dateline and dated.value == str(reading.published):
                continue
            if _is_valid(dated.value) and not _is_late(reading, dated):
                found.append(replace(dated, weight=weight * dated.weight))
    merged: dict[str, Dated] = {}
    for dated in sorted(found, key=lambda d: -d.weight):
        merged.setdefault(dated.value, dated)
    ranked = list(merged.values())
    if not ranked:
        return _fallback(reading)
    top = ranked[0].weight
    kept = [d for d in ranked[:MOST] if d.weight >= 0.99 * top]
    return [Suggestion(d.value, d.evidence, d.why) for d in kept]


def _fallback(reading: Reading) -> list[Suggestion]:
    """Return the month of publication, marked uncertain, where the text says no date at all."""
    if reading.published is None or reading.published_precision == "year":
        return []
    bodies = [s for s in reading.sentences if not s.in_title and s.has(*ACTS)]
    if not bodies:
        return []
    return [
        Suggestion(
            f"{reading.published:%Y-%m}?",
            bodies[0].evidence,
            "The text gives no date; the month of publication, uncertain.",
        )
    ]


def _is_valid(value: str) -> bool:
    try:
        edtf.parse(value)
    except edtf.InvalidDate:
        return False
    return True


def _is_late(reading: Reading, dated: Dated) -> bool:
    """Tell whether a date lies after publication: a plan, no event."""
    if reading.published is None:
        return False
    return edtf.parse(dated.value).start.first > reading.published + timedelta(
        days=31
        if reading.published_precision == "month"
        else 366
        if reading.published_precision == "year"
        else 1
    )


def _absolute(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield dates with a month, in words or numbers; a year not said is the last that fits."""
    used: set[int] = set()
    for hit in sentence.hits:
        if hit.label.startswith("month:") and hit.first not in used:
            dated = _of_month(reading, sentence, hit, used)
            if dated:
                yield dated
    text = reading.text_of(sentence)[sentence.words[0].start : sentence.words[-1].end]
    offset = sentence.words[0].start
    for pattern, read in ((_ISO, _iso), (_NUMERIC, _numeric), (_EAST, _eastern)):
        for match in pattern.finditer(text):
            for value in read(reading, match, sentence):
                evidence = Evidence(offset + match.start(), offset + match.end(), sentence.in_title)
                yield Dated(value, evidence, "The text gives this date.", _exact(value))
    for place, word in enumerate(sentence.words):
        is_year = place not in used and _YEAR.fullmatch(word.key)
        if is_year and not _within_date(text, word, offset):
            evidence = Evidence(word.start, word.end, sentence.in_title)
            yield Dated(word.key, evidence, "The text gives this year.", 0.6)


def _told(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield the dates of a sentence; the day of publication at the head is a dateline."""
    for dated in _absolute(reading, sentence):
        head = dated.evidence.start < _HEAD and not sentence.in_title
        start, end = dated.evidence.start, dated.evidence.end
        apart = _APART.search(reading.article.text[max(0, start - 3) : start] + "\0") or (
            _FOLLOWS.match(reading.article.text[end : end + 4])
        )
        same = dated.value == str(reading.published)
        yield replace(dated, dateline=head and same and apart is not None)


def _exact(value: str) -> float:
    return 1.2 if len(value) >= 10 else 1.0


def _within_date(text: str, word: Word, offset: int) -> bool:
    """Tell whether a year is a part of a longer date."""
    at = word.start - offset
    around = text[max(0, at - 1) : at + len(word.text) + 2]
    return bool(re.search(r"[./-]\d{4}|\d{4}[-/]\d|\d{4}\s?[年년]", around))


def _iso(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    yield match[0]


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
        if "." not in match[0] or not match[0].endswith(".") or not 1 <= int(month) <= 12:
            return
        year = str(_year(reading, int(month), int(day), sentence) or "")
        if not year:
            return
    if len(year) == 2:
        year = f"20{year}"
    if int(month) > 12:
        day, month = month, day
    yield f"{year}-{int(month):02}-{int(day):02}"


def _eastern(reading: Reading, match: re.Match[str], sentence: Sentence) -> Iterator[str]:
    year = match[1] or _year(reading, int(match[2]), int(match[3] or 0), sentence)
    if not year or not 1 <= int(match[2]) <= 12:
        return
    yield f"{year}-{int(match[2]):02}" + (f"-{int(match[3]):02}" if match[3] else "")


def _of_month(reading: Reading, sentence: Sentence, hit: Hit, used: set[int]) -> Dated | None:
    """Return the date around the name of a month: 14 March 2024, March 14, in March."""
    words, month = sentence.words, int(hit.label[6:])
    first, last = hit.first, hit.last
    day = ""
    before = words[first - 1] if first else None
    if before and _is_day(before):
        day, first = _digits(before), first - 1
    elif before and first > 1 and len(before.text) <= 3 and _is_day(words[first - 2]):
        day, first = _digits(words[first - 2]), first - 2
    elif last < len(words) and _is_day(words[last]):
        day, last = _digits(words[last]), last + 1
    year = ""
    for reach in range(last, min(last + 2, len(words))):
        if _YEAR.fullmatch(words[reach].key):
            year, last = words[reach].key, reach + 1
            break
    else:
        # Lithuanian, Hungarian and Latvian say the year first: 2024 m. kovo 3 d.
        for reach in range(first - 1, max(first - 4, -1), -1):
            if _YEAR.fullmatch(words[reach].key):
                year, first = words[reach].key, reach
                break
    # A short name of a month is another word as well, unless it follows a preposition.
    short = not day and not year and len(words[hit.first].key) <= _SHORT
    if short and (not first or len(words[first - 1].text) > 2):
        return None
    if not year:
        resolved = _year(reading, month, int(day or 0), sentence)
        if resolved is None:
            return None
        year = str(resolved)
    used.update(range(first, last))
    value = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
    evidence = Evidence(words[first].start, words[last - 1].end, sentence.in_title)
    return Dated(value, evidence, "The text gives this date.", _exact(value))


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


def _relative(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield dates that count from the day of publication."""
    now, exact = reading.published, reading.published_precision
    if now is None:
        return
    for hit in sentence.hits:
        kind, _colon, which = hit.label.partition(":")
        if kind not in ("weekday", "date"):
            continue
        spoken = any(reading.gap(hit, said) <= 3 for said in sentence.of("said"))
        if kind == "weekday":
            back = (now.weekday() - int(which)) % 7
            value = str(now - timedelta(days=back)) if exact == "day" else f"{now:%Y-%m}~"
            yield Dated(value, sentence.at(hit), _counted(now), 0.6 if spoken else 1.0)
        else:
            value = _spoken(which, now, exact)
            if value and not (spoken and which == "today"):
                strength = {"lastyear": 0.5, "thisyear": 0.5, "recent": 0.5, "today": 0.6}.get(
                    which, 0.9
                )
                yield Dated(value, sentence.at(hit), _counted(now), strength)


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
    if exact != "day":
        return f"{now:%Y-%m}~"
    return {"yesterday": str(now - timedelta(days=1)), "today": str(now)}.get(which, "")
