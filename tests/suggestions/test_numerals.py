"""Numbers in letters, as languages put them together."""

from __future__ import annotations

import pytest

from incidents.suggestions import numerals
from incidents.suggestions.reading import read
from incidents.suggestions.texts import Article, words
from incidents.suggestions.vocabulary import vocabulary

from .reports import suggested


@pytest.mark.parametrize(
    ("language", "said", "number"),
    [
        ("en", "two hundred and fifty", 250),
        ("de", "siebenundzwanzig", 27),
        ("nl", "tweeëntwintig", 22),
        ("fi", "kaksikymmentäviisi", 25),
        ("hu", "harmincöt", 35),
        ("sl", "petindvajset", 25),
        ("uk", "п’ятдесят", 50),
        ("ro", "douăzeci și cinci", 25),
        ("es", "ciento cincuenta mil", 150000),
        ("fr", "quatre-vingt-dix", 90),
        ("tr", "otuz beş", 35),
        ("vi", "hai mươi lăm", 25),
        ("vi", "tám", 8),
        ("zh", "三百五十", 350),
        ("ja", "二万五千", 25000),
        ("ar", "خمسة وعشرون", 25),
        ("ar", "خمسة عشر", 15),
        ("he", "עשרים וחמישה", 25),
        ("ka", "ოცდახუთი", 25),
    ],
)
def test_a_number_is_put_together_from_its_words(language: str, said: str, number: int) -> None:
    assert _number(language, said) == number


@pytest.mark.parametrize(
    ("language", "said", "number"),
    [
        ("en", "two and three", 2),
        ("en", "hundreds", None),
        ("zh", "数百", None),
        ("de", "ein", None),
        ("vi", "tạm", None),
        ("vi", "tư", None),
    ],
)
def test_what_is_no_number_in_words_is_none(language: str, said: str, number: int | None) -> None:
    assert _number(language, said) == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Hackers hit the ministry. At least forty institutions were affected.", [40]),
        ("Der Angriff auf die Bahn dauerte zwölf Monaten, 17 Stunden und 30 Minuten.", []),
        ("Після кібератаки протягом 25 годин не працював сайт.", []),
    ],
)
def test_a_number_of_the_event_counts_whatever_it_is_but_no_time(
    text: str, numbers: list[int]
) -> None:
    assert [figure.number for figure in suggested(text).figures] == numbers


def _number(language: str, said: str) -> int | None:
    reading = read(Article("", said))
    reading.words = vocabulary(language)
    return numerals.number_at(reading, list(words(said)), 0, said)[0]


def test_digits_without_end_behind_a_number_are_none_of_it() -> None:
    found = suggested("网络攻击。4万" + "1" * 5000 + "天前")

    assert found.language == "zh"
    assert all(figure.number < 10**13 for figure in found.figures)
