"""Work grows with the length of a text and no faster, whatever it holds."""

from __future__ import annotations

import gc

import pytest

from incidents.suggestions import Article, KnownActor, directory, suggest
from incidents.suggestions.texts import MOST_SENTENCES
from tests.linear import READERS, spent
from tests.suggestions.worst import WORST, written

TRIES = 4


@pytest.fixture(autouse=True, scope="module")
def _garbage_of_others() -> None:
    """Leave what other tests hold out of the garbage that is looked for before each measurement."""
    gc.collect()
    gc.freeze()


def test_there_are_64_worst_texts() -> None:
    assert len(WORST) == 64


@pytest.mark.parametrize("worst", WORST.values(), ids=WORST)
def test_four_times_as_much_text_takes_hardly_more_than_four_times_as_long(worst: str) -> None:
    read = READERS["suggestion"]
    short, long = written(worst, 4096), written(worst, 16384)
    read(short[:1000])

    # A machine that does something else meanwhile makes one measurement of two longer.
    linear = any(spent(read, long) <= 6 * spent(read, short) + 0.05 for _ in range(TRIES))

    assert linear


def test_of_a_text_of_more_sentences_than_a_book_has_the_first_are_read() -> None:
    text = "Spies.\n" * MOST_SENTENCES + "Sabotage in Estonia.\n"

    found = suggest(Article("", text))

    assert "EE" not in found.countries_mentioned
    assert "EE" in suggest(Article("", text[14:])).countries_mentioned


def test_many_actors_of_the_directory_take_hardly_longer_than_one_as_often() -> None:
    names = [f"Zq{n:04d}".translate(str.maketrans("0123456789", "abcdefghij")) for n in range(3000)]
    known = directory(KnownActor(name, "", False) for name in names)
    many = Article("", " sabotage. ".join(names))
    one = Article("", " sabotage. ".join(names[:1] * len(names)))

    def read(article: Article) -> float:
        return spent(lambda _text: suggest(article, known), "")

    assert any(read(many) <= 2.5 * read(one) for _ in range(TRIES))


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
