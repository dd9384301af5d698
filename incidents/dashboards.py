"""A dashboard: what is asked, its numbers, the period before, and the panels that split it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from .counts import Counts, count
from .filters import ask, query_of
from .ladders import Ladders, ladders
from .models import Record
from .profiles import profile
from .questions import NONE, Question
from .words import caveats, in_words, period_in_words

PERIOD = ("year", "from", "to")


@dataclass(frozen=True, slots=True)
class Before:
    """The same question of the period before, as long as the one asked.

    Where that one is `unfinished`, a whole period stands beside a part of one.
    """

    period: str
    count: int
    query: str
    difference: int
    unfinished: bool = False

    @property
    def lost(self) -> int:
        """How many fewer there are now."""
        return -self.difference

    @property
    def share(self) -> str:
        """By how much the number changed, in percent; empty where there was none before."""
        return f"{self.difference / self.count:+.0%}" if self.count else ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a dashboard says of its question before it is split."""

    question: Question
    words: str
    counts: Counts
    ladders: Ladders
    caveats: list[str]
    before: Before | None
    undated: int
    placeless: int

    @property
    def query(self) -> str:
        """The query of the question."""
        return self.question.query()

    @property
    def more(self) -> int:
        """How many more incidents may fall into what was asked."""
        return self.counts.high - self.counts.total

    @property
    def more_query(self) -> str:
        """The query of the list that holds those too."""
        return self.question.query(date_match="possible")


def at_once() -> bool:
    """Tell whether there are so few records that a page waits for its parts."""
    newest = Record.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return newest <= settings.PANELS_UP_TO


def head(question: Question) -> Head:
    """Return what a dashboard says first."""
    seen = profile(question)
    counts = count(question, seen=seen)
    places = count(question, ["country"]).cells
    return Head(
        question=question,
        words=in_words(question),
        counts=counts,
        ladders=ladders(question, seen),
        caveats=caveats(counts),
        before=before(question, counts.total),
        undated=count(question, interval="year").undated_total,
        placeless=sum(cell.count for cell in places if cell.key["country"] in (NONE, "no_place")),
    )


def before(question: Question, total: int) -> Before | None:
    """Return the question of the period before, where one with two ends is asked."""
    period = question.period
    if period is None or period.first == date.min or period.last == date.max:
        return None
    first, last = earlier(period.first, period.last)
    asked: dict[str, list[str] | None] = dict.fromkeys(PERIOD)
    if (first.month, first.day) == (1, 1) and last == date(first.year, 12, 31):
        asked["year"] = [str(first.year)]
    else:
        asked |= {"from": [first.isoformat()], "to": [last.isoformat()]}
    other = ask(query_of(question.params(**asked)), question.asker)
    if other.period is None:
        return None
    n = count(other).total
    known = question.values["as_of"] or timezone.now().date()
    unfinished = period.first <= known < period.last
    return Before(period_in_words(other.period), n, other.query(), total - n, unfinished)


def earlier(first: date, last: date) -> tuple[date, date]:
    """Return the period before one: as many whole years or months, else as many days."""
    following = last + timedelta(days=1)
    end = first - timedelta(days=1)
    if first.day == 1 and following.day == 1:
        months = (following.year - first.year) * 12 + following.month - first.month
        begun = first.year * 12 + first.month - 1 - months
        if begun >= 12:
            return date(begun // 12, begun % 12 + 1, 1), end
    days = (last - first).days
    return end - timedelta(days=min(days, end.toordinal() - 1)), end
