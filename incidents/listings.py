"""A question as a page shows it: its words, its numbers, its ladders and one page of its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .counts import Counts, count
from .filters import DEFAULTS
from .ladders import Ladders, ladders
from .pages import Page, page_of_models
from .profiles import profile
from .questions import Question
from .words import caveats, in_words


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that a page says of a question; the queries are those of other addresses."""

    question: Question
    words: str
    counts: Counts
    ladders: Ladders
    caveats: list[str]
    page: Page[Any]
    next_query: str | None
    previous_query: str | None

    @property
    def query(self) -> str:
        """The query of the question itself, for its exports and its count."""
        return self.question.query()

    @property
    def more(self) -> int:
        """How many more incidents may fall into what was asked."""
        return self.counts.high - self.counts.total

    @property
    def more_query(self) -> str:
        """The query of the list that holds those too."""
        return self.question.query(date_match="possible")


def listing(question: Question, pages: Callable[[Question], Page[Any]] = page_of_models) -> Listing:
    """Return a question as a page shows it; `pages` reads the incidents of its page.

    Raises InvalidQuestion where its cursor is of another list.
    """
    found = pages(question)
    seen = profile(question)
    counts = count(question, seen=seen)
    return Listing(
        question=question,
        words=in_words(question),
        counts=counts,
        ladders=ladders(question, seen),
        caveats=caveats(counts),
        page=found,
        next_query=_turned(question, found.next),
        previous_query=_turned(question, found.previous),
    )


def _turned(question: Question, cursor: str | None) -> str | None:
    """Return the query of another page of the same list."""
    if cursor is None:
        return None
    shown = {
        name: [str(question.values[name])]
        for name in ("order", "page_size")
        if question.values[name] != DEFAULTS[name]
    }
    return question.query(cursor=[cursor], **shown)
