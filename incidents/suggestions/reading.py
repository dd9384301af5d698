"""An article as it was read: its sentences, what their words mean, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from articles.countries import country_of_host
from articles.extraction.languages import language

from . import solar
from .texts import Article, Evidence, Hit, Sentence, sentences
from .vocabulary import Vocabulary, vocabulary

# Addresses come from pages of strangers; what is none names no country.
_ADDRESS: Final = re.compile(r"https?://(?:[^/?#@]*@)?(?P<host>[\w.-]+)[^/?#]*(?P<path>[^?#]*)")
# So many sentences tell what the article is about.
FIRST: Final = 2
_SINCE: Final = 3
# Up to this month the last year is not long ago.
_NEW_YEAR: Final = 2
# So many sentences list the earlier cases, from the one that says that there were any.
_LISTED: Final = 4
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_IRANIAN: Final = ("fa",)
# Languages that are taken for one another, where the address tells which.
_TOLD: Final = {"RS": "sr", "ME": "sr", "HR": "hr", "BA": "bs", "ID": "id", "MY": "ms"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value, the words that it rests on, and why it was taken from them.

    `entry` is what a directory calls it, where it is known there.
    """

    value: str
    evidence: Evidence
    why: str
    entry: str = ""


@dataclass(slots=True)
class Reading:
    """What all rules look at."""

    article: Article
    language: str
    words: Vocabulary
    sentences: list[Sentence]
    meanings: frozenset[str]
    home: str
    said_home: str
    published: date | None = None
    published_precision: str = ""

    def quote(self, evidence: Evidence) -> str:
        """Return the words that an evidence points at."""
        text = self.article.title if evidence.in_title else self.article.text
        return text[evidence.start : evidence.end]

    def closed(self, evidence: Evidence) -> Evidence:
        """Return an evidence with the bracket that closes one opened within it."""
        text = self.article.title if evidence.in_title else self.article.text
        said = text[evidence.start : evidence.end]
        if "(" in said and ")" not in said and text[evidence.end : evidence.end + 1] == ")":
            return Evidence(evidence.start, evidence.end + 1, evidence.in_title)
        return evidence

    def text_of(self, sentence: Sentence) -> str:
        """Return the text that a sentence is from."""
        return self.article.title if sentence.in_title else self.article.text

    def gap(self, one: Hit, other: Hit) -> float:
        """Return how many words stand between two hits; two letters count as a word."""
        # Asked of most pairs of hits: without calls it takes half the time.
        between = one.first - other.last if one.first > other.first else other.first - one.last
        if between <= 0:
            return 0
        return between if self.words.spaced else 0.5 * between

    def anywhere(self, *labels: str) -> bool:
        """Tell whether any of some meanings is in the article."""
        return not self.meanings.isdisjoint(labels)

    def count(self, *labels: str) -> int:
        """Return how often some meanings are in the article."""
        return sum(len(sentence.of(*labels)) for sentence in self.sentences)

    def countries(self, sentence: Sentence) -> Iterator[tuple[str, Hit]]:
        """Yield the countries that a sentence names."""
        for hit in sentence.hits:
            if hit.label.startswith("country:"):
                yield hit.label[8:], hit

    def is_background(self, sentence: Sentence) -> bool:
        """Tell whether a sentence, not one of the first, is of an earlier case or year."""
        if sentence.in_title or sentence.number < FIRST:
            return False
        if sentence.has("date:before") or self.is_in_series(sentence):
            return True
        year = self.published.year if self.published else 0
        if sentence.has("date:lastyear") and self.published and self.published.month > _NEW_YEAR:
            return True
        since = sentence.of("date:since")
        years = [
            # What has lasted since a year lasts.
            year if any(0 <= place - hit.last <= _SINCE for hit in since) else told
            for place, word in enumerate(sentence.words)
            if (told := _year(word.key, iranian=self.language in _IRANIAN))
        ]
        return bool(years) and max(years) < year

    def is_in_series(self, sentence: Sentence) -> bool:
        """Tell whether a sentence says that the event is not the first, or lists earlier ones."""
        if sentence.in_title or sentence.number < FIRST:
            return False
        for place in range(sentence.place, max(-1, sentence.place - _LISTED), -1):
            one = self.sentences[place]
            if one.in_title or one.number < FIRST:
                return False
            if one.has("date:series"):
                return True
            before = self.sentences[place - 1].evidence.end if place else 0
            if "\n" in self.article.text[before : one.evidence.start]:
                return False
        return False


def _year(word: str, *, iranian: bool) -> int:
    """Return the year that a word says, of the common or of the Iranian calendar, or 0."""
    if _YEAR.fullmatch(word):
        return int(word)
    return solar.common(int(word)) if iranian and solar.YEAR.fullmatch(word) else 0


def read(article: Article) -> Reading:
    """Return an article with what its words mean."""
    found = language(f"{article.title}\n{article.text}", _TOLD.get(home(article.url), ""))
    known = vocabulary(found)
    cut = sentences(article)
    for place, sentence in enumerate(cut):
        sentence.place = place
        hits = known.matcher.hits(sentence.words)
        hidden = [hit for hit in hits if hit.label == "ignore"]
        nots = {hit.last for hit in hits if hit.label == "without"}
        sentence.add(
            hit
            for hit in hits
            if hit.label != "ignore"
            and hit.first not in nots
            and not any(other.start <= hit.start < other.end for other in hidden)
        )
    meanings = frozenset(label for sentence in cut for label in sentence.by_label)
    return Reading(article, found, known, cut, meanings, home(article.url), known.home)


def home(url: str) -> str:
    """Return the country that the ending of an address stands for, or nothing."""
    match = _ADDRESS.match(url)
    return country_of_host(match["host"]) if match else ""


def path_words(url: str) -> set[str]:
    """Return the words of the host and the path of an address: sport.example/opinion."""
    match = _ADDRESS.match(url)
    return (
        set(re.findall(r"[a-z]+", f"{match['host']}/{match['path']}".lower())) if match else set()
    )
