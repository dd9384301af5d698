"""Work grows with the length of a text and no faster, whatever it holds."""

from __future__ import annotations

import time

import pytest

from incidents.suggestions import Article, suggest

WORST = {
    "letters": "a",
    "marks": "e\u0301",
    "digits": "1",
    "dates": "31.7.",
    "names": "minister Mark Rutte said ",
    "countries": "Russia ",
    "unspaced": "俄罗斯",
    "joined": "Kabeldrohnensabotage",
    "months": "3 March 2024 ",
}


def spent(text: str) -> float:
    begun = time.process_time()
    suggest(Article("", text))
    return time.process_time() - begun


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_four_times_as_much_text_takes_hardly_more_than_four_times_as_long(worst: str) -> None:
    spent(worst)
    short = min(spent((worst * 8192)[:8192]) for _ in range(3))

    long = min(spent((worst * 32768)[:32768]) for _ in range(2))

    assert long <= 6 * short + 0.1


def test_nothing_at_all_suggests_nothing() -> None:
    found = suggest(Article("", ""))

    assert not found.verdict.is_report
    assert not found.event_types
    assert not found.occurred


@pytest.mark.parametrize(
    "article",
    [
        Article("Sabotage", "31.02.2024 99 March 9999 2024-13-45", "http://[", "9999-99-99"),
        Article("\ud800", "\x00\ud800 sabotage \u202e", "javascript:x", "0000"),
        Article("²½", "१२ ۱۵ 2024年13月40日 sabotage", "https://x/20241399", "2024-02-30"),
    ],
)
def test_what_pages_of_strangers_hold_breaks_nothing(article: Article) -> None:
    found = suggest(article)

    for row in (*found.event_types, *found.event_countries, *found.occurred):
        source = article.title if row.evidence.in_title else article.text
        assert 0 <= row.evidence.start < row.evidence.end <= len(source)
