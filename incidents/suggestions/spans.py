"""A date as a text tells it, and what lasted from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .texts import Evidence, Hit, Sentence

_MONTH: Final = len("2024-12")
# So many words at most join the beginning and the end of what lasted.
_JOINT: Final = 2
# So many words at most stand between the ends of what was between two dates.
_BETWEEN: Final = 3
# So many words at most stand between the ends of what lasted since one and until another.
_LASTING: Final = 15


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a text tells, how exact it is, and where."""

    value: str
    evidence: Evidence
    why: str
    weight: float
    hit: Hit
    dateline: bool = False


def made(sentence: Sentence, value: str, first: int, last: int, weight: float) -> Dated:
    """Return a date that words of a sentence say."""
    words = sentence.words
    evidence = Evidence(words[first].start, words[last - 1].end, sentence.in_title)
    why = "The text gives this year." if len(value) == 4 else "The text gives this date."
    return Dated(value, evidence, why, weight, Hit("said", first, last))


def lasting(
    sentence: Sentence, begins: Dated | None, ends: Dated, *, joined: bool = False
) -> Dated | None:
    """Return what lasted "from April to September 2025", or None where two dates are two.

    Letters or cases may have `joined` them, and no word: 5月から7月, toukokuusta heinäkuuhun.
    """
    if begins is None or "/" in begins.value + ends.value:
        return None
    room = ends.hit.first - begins.hit.last
    if stands_before(sentence, "date:between", begins.hit.first):
        return _span(sentence, begins, ends) if room <= _BETWEEN else None
    if not len(begins.value) == len(ends.value) >= _MONTH:
        return None
    if stands_before(sentence, "date:since", begins.hit.first):
        # Since January 2012, when the house was opened, until January 2017.
        until = any(
            stands_before(sentence, label, ends.hit.first)
            for label in ("date:through", "date:next")
        )
        return _span(sentence, begins, ends) if until and room <= _LASTING else None
    if room <= _BETWEEN and any(
        ends.hit.last <= hit.first <= ends.hit.last + 1 for hit in sentence.of("date:amid")
    ):
        return _span(sentence, begins, ends)
    joined = joined or _is_joined(sentence, begins, ends)
    return _span(sentence, begins, ends) if joined and room <= _JOINT else None


def years(sentence: Sentence, begins: Dated | None, ends: Dated) -> Dated | None:
    """Return what lasted "from 2019 to 2024" or "between 2019 and 2024"."""
    if begins is None or begins.value >= ends.value:
        return None
    joined = _is_joined(sentence, begins, ends) or stands_before(
        sentence, "date:between", begins.hit.first
    )
    if ends.hit.first - begins.hit.last > _JOINT or not joined:
        return None
    return made(sentence, f"{begins.value}/{ends.value}", begins.hit.first, ends.hit.last, 0.8)


def stands_before(sentence: Sentence, label: str, place: int) -> bool:
    """Tell whether a meaning stands right before a word, or before its article."""
    return any(hit.last in (place, place - 1) for hit in sentence.of(label))


def _is_joined(sentence: Sentence, begins: Dated, ends: Dated) -> bool:
    """Tell whether a word such as "to" stands between two dates."""
    return any(
        begins.hit.last <= hit.first and hit.last <= ends.hit.first
        for hit in sentence.of("date:through")
    )


def _span(sentence: Sentence, begins: Dated, ends: Dated) -> Dated:
    """Return what lasts from one to another; the first is of the year of the second, or before."""
    year, rest = begins.value.split("-", 1)
    if begins.value > ends.value:
        year = str(int(ends.value[:4]) - (rest > ends.value[5:]))
    value = f"{year}-{rest}/{ends.value}"
    return made(sentence, value, begins.hit.first, ends.hit.last, 1.2)
