"""Which year a date is of: one that stands beside it, or the last that fits before publication."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from .reading import Reading
from .spans import Dated
from .texts import Hit, Sentence

# So many words at most stand between two dates of a list: 16 October and on 3 December.
_LISTED: Final = 3
_SOON: Final = 60
# A month that comes within so many is rather meant than that of the last year, which weighs less.
_MONTHS_AHEAD: Final = 4
# How many letters a word between a month and its year has at most.
_PARTICLE: Final = 2
# So many sentences before stands the year that is the same.
_YEAR_BEFORE: Final = 2
YEAR: Final = re.compile(r"(19[89]|20[0-3])[0-9]")


def latest(
    reading: Reading, month: int, day: int = 0, sentence: Sentence | None = None
) -> int | None:
    """Return the year of a month that is named without one: the last before publication."""
    if reading.published is None:
        return None
    now = reading.published
    if sentence is not None and sentence.has("date:lastyear"):
        return now.year - 1
    told = sentence.place if sentence is not None else 0
    lately = reading.sentences[max(0, told - _YEAR_BEFORE) : told]
    today = now.day if reading.published_precision == "day" else 31
    if (month, day) <= (now.month, today):
        return now.year
    # A day that comes soon is a plan, and no day of the last year, unless that was spoken of.
    soon = 0 < (month - now.month) * 30 + (day or 1) - now.day < _SOON
    soon = soon and not any(before.has("date:lastyear") for before in lately)
    return None if soon else now.year - 1


def is_rather_coming(reading: Reading, month: int, year: int) -> bool:
    """Tell whether a month without a year is nearer in the year to come than in the past one."""
    now = reading.published
    return now is not None and year < now.year and 0 < month - now.month <= _MONTHS_AHEAD


def year_beside(
    sentence: Sentence,
    first: int,
    last: int,
    pattern: re.Pattern[str],
    used: Collection[int] = (),
) -> tuple[str, int, int]:
    """Return the year beside a date, and from where to where all of it stands."""
    words = sentence.words
    # Lithuanian, Hungarian and Latvian say the year first: 2024 m. kovo 3 d.
    before = next(
        (
            reach
            for reach in range(first - 1, max(first - 4, -1), -1)
            if pattern.fullmatch(words[reach].key) and not is_counted(sentence, reach, until=False)
        ),
        None,
    )
    for reach in range(last, min(last + 2, len(words))):
        # May of 2024: what follows such a year is not counted by it.
        joined = reach > last and len(words[last].text) <= _PARTICLE
        counted = is_counted(sentence, reach) and not joined
        if pattern.fullmatch(words[reach].key) and not counted:
            # From August of the year before to March of this one, each after its year.
            next_one = has_month(sentence, reach + 1, reach + 3)
            if not (next_one and before is not None and before not in used):
                return words[reach].key, first, reach + 1
    return ("", first, last) if before is None else (words[before].key, before, last)


def has_month(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether the name of a month is among some words."""
    return any(first <= hit.first < last for hit in sentence.hits if hit.label.startswith("month:"))


def is_counted(sentence: Sentence, place: int, *, until: bool = True) -> bool:
    """Tell whether a number like a year says how many: more than 2000 websites, 2000 and more.

    Where it may be a day until which something lasted, "up to" counts nothing.
    """
    words = sentence.words
    for hit in sentence.of("over", "about", *(("upto",) if until else ())):
        before_another = hit.last < len(words) and words[hit.last].key[:1].isdigit()
        # A comma parts them: in 2022, some saboteurs.
        beside = hit.first == place + 1 and words[hit.first].start - words[place].end <= 1
        if hit.last == place or (beside and not before_another):
            return True
    return False


def same_year(reading: Reading, sentence: Sentence, last: int, earlier: Dated | None) -> str:
    """Return the year of the date before, where "the same year" follows."""
    if not any(last <= hit.first <= last + 1 for hit in sentence.of("date:sameyear")):
        return ""
    if earlier:
        return earlier.value[:4]
    for before in reversed(
        reading.sentences[max(0, sentence.place - _YEAR_BEFORE) : sentence.place]
    ):
        years = [word.key for word in before.words if YEAR.fullmatch(word.key)]
        if years:
            return years[-1]
    return ""


def year_of_next(sentence: Sentence, hit: Hit, last: int) -> str:
    """Return the year that the next month of a list says: in March and April 2015."""
    words = sentence.words
    for other in sentence.hits:
        if other.label.startswith("month:") and last <= other.first <= last + _LISTED:
            after = range(other.last, min(other.last + 2, len(words)))
            return next((words[n].key for n in after if YEAR.fullmatch(words[n].key)), "")
    return ""
