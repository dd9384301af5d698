"""When an event happened, in EDTF; relative dates count from the day of publication.

What a text leaves open stays open: "in October" is a month, and a day that only the publication
tells carries a mark of doubt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from articles import edtf

from .dating import ISO, absolute
from .kinds import ACTS
from .reading import FIRST, Reading, Suggestion
from .relative import relative
from .spans import Dated
from .texts import Hit, Sentence

MOST: Final = 4
_HEAD: Final = 160
# What parts a dateline from the text.
_APART: Final = re.compile(r"[|/(:\n]\s*\0")
_FOLLOWS: Final = re.compile(r"\.?\s*[|/:()•·\n]|\s+[-–—]|,?\s\D{0,4}\d{1,2}[:.h]\d\d")
# The hour, the minute and a number may follow: 20240221211119.
_URL_DATE: Final = re.compile(
    r"(?<!\d)(20[0-3]\d|19[89]\d)[/-]?(0[1-9]|1[0-2])"
    r"(?:[/-]?([0-3]\d)(?:[0-2]\d[0-5]\d\d{0,6})?)?(?!\d)"
)
# What happened, so that a date beside it is that of the event.
_HAPPENED: Final = (
    *ACTS,
    *("damage", "down", "fire", "violate", "drone", "cable", "breach", "leak", "seen", "recon"),
)
# What came of it or was said of it: a date beside it is another one, and weighs so much less.
_AFTERWARDS: Final = ("said", "court", "arrest", "deny", "claimed", "date:aside")
_AFTER: Final = 0.5
_BESIDE: Final = 6
# A comma, or the word "that", parts what is said from when: as so many words between them.
_PARTED: Final = 4
_COMMA: Final = re.compile(r"[,;،、，]")
# A sentence about other countries alone tells of the background.
_ELSEWHERE: Final = 0.7
# A sentence of an earlier year, or of earlier cases, weighs so much.
_BACKGROUND: Final = 0.75
# What tells only a year, or a season, is rather the background.
_VAGUE: Final = 0.7
# A day or month that the text itself says is kept beside a likelier one, and from less weight.
_WEAK_DAY: Final = 0.5
_ALIKE: Final = 0.7
# A day or month comes before a year or season that weighs up to so much more.
_EXACT: Final = 0.6
# So many words from a dateline, a weekday belongs to it.
_IN_LINE: Final = 3
# A date that weighs less is rather one of the background than of the event.
_WEAK: Final = 0.8


def published(reading: Reading) -> tuple[date | None, str]:
    """Return the day of publication, and how exact it is: day, month, year or nothing.

    The page's own word is taken first, then its address, then a full date at the head.
    """
    told = ISO.match(reading.article.metadata_date or "")
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
        for found in absolute(reading, sentence):
            if (
                found.evidence.start <= _HEAD
                and re.fullmatch(r"\d{4}-\d\d-\d\d", found.value)
                and _is_valid(found.value)
            ):
                return date.fromisoformat(found.value)
    return None


def occurred(
    reading: Reading,
    acting: set[int],
    happened: Collection[str] = (),
    suspected: Collection[str] = (),
) -> list[Suggestion]:
    """Return the dates of an event, the likeliest first; `acting` are sentences that tell of it.

    `happened` are the countries of the event, `suspected` those that are blamed for it.
    """
    found: list[Dated] = []
    sure: set[str] = set()
    at_once: set[str] = set()
    # What is tried in court happened in an earlier year.
    tried = any(s.has("court") for s in reading.sentences if s.in_title or s.number < FIRST)
    for place, sentence in enumerate(reading.sentences):
        near = 1.0 if id(sentence) in acting else 0.0
        weight = 1.0 + near + 0.5 * sentence.has(*_HAPPENED)
        elsewhere = _is_elsewhere(reading, sentence, happened, suspected)
        weight *= _ELSEWHERE if elsewhere else 1.0
        if sentence.has("court") and not sentence.has("damage", "arson", "explosive"):
            weight *= 0.5
        elif sentence.has("accuse"):
            weight *= 0.8
        if not tried and reading.is_background(sentence):
            weight *= _BACKGROUND
        weight *= 1.2 if place < 3 else 0.85 if place > 4 else 1.0
        told = list(_told(reading, sentence))
        dateline = [dated for dated in told if dated.dateline]
        clauses = _clauses(reading, sentence)
        for dated in (*told, *relative(reading, sentence)):
            near = _nearness(reading, sentence, dated, clauses)
            if dated.dateline or (
                dated.value == str(reading.published)
                and any(near < 1 or reading.gap(dated.hit, d.hit) <= _IN_LINE for d in dateline)
            ):
                continue
            if near > _AFTER and not elsewhere and not _is_earlier(sentence, dated, clauses):
                sure.add(dated.value)
                if sentence.number == 0 and not sentence.in_title and sentence.has(*ACTS):
                    at_once.add(dated.value)
            if near and _is_valid(dated.value) and not _is_late(reading, dated):
                found.append(replace(dated, weight=weight * near * dated.weight))
    return _likeliest(reading, found, sure, at_once)


def _likeliest(
    reading: Reading, found: list[Dated], sure: set[str], at_once: set[str]
) -> list[Suggestion]:
    """Return the dates of most weight; those that are `sure` may weigh less than the first.

    What is said `at_once`, with the act, is of the event however little it weighs.
    """
    merged: dict[str, Dated] = {}
    for dated in sorted(found, key=lambda d: -d.weight):
        merged.setdefault(dated.value, dated)
    ends = {end for value in merged if "/" in value for end in value.split("/")}
    ranked = [dated for value, dated in merged.items() if value not in ends]
    weak = not ranked or (ranked[0].weight < _least(ranked[0]) and ranked[0].value not in at_once)
    if weak and (instead := _fallback(reading)):
        return instead
    if not ranked:
        return []
    if _is_vague(ranked[0].value):
        # "In autumn", and then from which day to which.
        exact = (d for d in ranked if _is_plain(d) and d.weight >= _EXACT * ranked[0].weight)
        ranked.insert(0, ranked.pop(ranked.index(next(exact, ranked[0]))))
    # In February, and then on the 25th.
    ranked = [d for d in ranked if not any(_is_day_of(other, d) for other in ranked)]
    top = ranked[0].weight
    alike = _ALIKE if _is_plain(ranked[0]) else 0.95
    kept = [
        d for d in ranked if d.weight >= (alike if _is_plain(d) and d.value in sure else 0.95) * top
    ][:MOST]
    return [Suggestion(d.value, d.evidence, d.why) for d in kept]


def _is_day_of(day: Dated, month: Dated) -> bool:
    """Tell whether a date says more exactly what another says, and not much less surely."""
    within = len(month.value) == len("2024-12") and day.value.startswith(f"{month.value}-")
    return within and day.weight >= _EXACT * month.weight


def _is_earlier(sentence: Sentence, dated: Dated, clauses: list[int]) -> bool:
    """Tell whether a word such as "earlier" stands in the clause of a date."""
    at = clauses[dated.hit.first]
    return any(clauses[hit.first] == at for hit in sentence.of("date:before"))


def _is_of_speaker(reading: Reading, sentence: Sentence, at: Hit) -> bool:
    """Tell whether who speaks stands right before a date, in a language of last verbs."""
    return any(
        hit.last <= at.first and reading.gap(hit, at) <= 1
        for hit in sentence.of("agency", "role", "service")
    )


def _is_plain(dated: Dated) -> bool:
    """Tell whether the text says a month or a day itself, and not what counts from another."""
    return dated.hit.label == "said" and not _is_vague(dated.value)


def _least(dated: Dated) -> float:
    """Return from what weight a date is that of the event."""
    return _WEAK_DAY if _is_plain(dated) and len(dated.value) >= len("2024-12-04") else _WEAK


def _is_elsewhere(
    reading: Reading, sentence: Sentence, happened: Collection[str], suspected: Collection[str]
) -> bool:
    """Tell whether a sentence names countries, and none of them is one of the event."""
    named = {code for code, _hit in reading.countries(sentence)} - set(suspected)
    return bool(happened and named) and named.isdisjoint(happened)


def _is_vague(value: str) -> bool:
    """Tell whether a date is a year, or a season of one."""
    return len(value) == len("2024") or value[4:6] == "-2"


def _clauses(reading: Reading, sentence: Sentence) -> list[int]:
    """Return for each word of a sentence how many commas and "that" stand before it."""
    text, begun = reading.text_of(sentence), {hit.first for hit in sentence.of("date:that")}
    found = [0]
    for place, (before, word) in enumerate(pairwise(sentence.words), 1):
        comma = _COMMA.search(text, before.end, word.start) is not None
        found.append(found[-1] + (comma or place in begun))
    return found


def _nearness(reading: Reading, sentence: Sentence, dated: Dated, clauses: list[int]) -> float:
    """Return how far a date is of the event, and not of what came of it or went before."""

    at = dated.hit

    def apart(hit: Hit) -> float:
        parted = abs(clauses[hit.first] - clauses[at.first])
        return reading.gap(at, hit) + _PARTED * parted

    weight = 1.0
    if at.label == "date:today" and any(reading.gap(at, hit) <= 3 for hit in sentence.of("said")):
        return 0.0
    lasting = "/" in dated.value
    if not lasting and any(reading.gap(at, hit) <= 1 for hit in sentence.of("date:since")):
        weight *= 0.6
    if sentence.has("date:before"):
        weight *= 0.7
    if reading.words.verb_last and _is_of_speaker(reading, sentence, at):
        weight *= _AFTER
    if _is_vague(dated.value):
        weight *= _VAGUE
    elif dated.value.endswith("~"):
        weight *= 0.9
    after = min(map(apart, sentence.of(*_AFTERWARDS)), default=_BESIDE)
    # What lasted from one day to another was no statement and no arrest.
    if after < _BESIDE and not lasting:
        event = min(map(apart, sentence.of(*_HAPPENED)), default=_BESIDE)
        weight *= _AFTER if after < event else 1.0
    return weight


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


def _told(reading: Reading, sentence: Sentence) -> Iterator[Dated]:
    """Yield the dates of a sentence; the day of publication at the head is a dateline."""
    for dated in absolute(reading, sentence):
        head = dated.evidence.start < _HEAD and not sentence.in_title
        start, end = dated.evidence.start, dated.evidence.end
        apart = _APART.search(reading.article.text[max(0, start - 3) : start] + "\0") or (
            _FOLLOWS.match(reading.article.text[end : end + 12])
        )
        same = dated.value == str(reading.published)
        yield replace(dated, dateline=head and same and apart is not None)
