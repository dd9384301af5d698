"""Names of countries, months and weekdays are found in each case, and usual wordings as well."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from incidents.suggestions.texts import words
from incidents.suggestions.vocabulary import vocabulary

HERE: Final = Path(__file__).parent
FORMS: Final[dict[str, Any]] = tomllib.loads((HERE / "forms.toml").read_text(encoding="utf-8"))
PHRASES: Final[dict[str, dict[str, list[str]]]] = tomllib.loads(
    (HERE / "phrases.toml").read_text(encoding="utf-8")
)


def missed(language: str, label: str, forms: str) -> list[str]:
    """Return the forms that do not mean what they should, in the midst of a sentence."""
    matcher = vocabulary(language).matcher
    return [
        form
        for form in forms.split()
        if label not in {hit.label for hit in matcher.hits(list(words(f"x {form}")))}
    ]


@pytest.mark.parametrize("language", FORMS["countries"])
def test_a_country_its_people_and_its_capital_are_found_in_every_case(language: str) -> None:
    table = FORMS["countries"][language]

    found = {code: missed(language, f"country:{code}", forms) for code, forms in table.items()}

    assert {code: forms for code, forms in found.items() if forms} == {}


@pytest.mark.parametrize(
    ("kind", "first", "language"),
    [
        (kind, first, language)
        for kind, first, table in (("month", 1, "months"), ("weekday", 0, "weekdays"))
        for language in FORMS[table]
    ],
)
def test_a_month_and_a_weekday_are_found_in_every_case(
    kind: str, first: int, language: str
) -> None:
    names = FORMS[f"{kind}s"][language]

    found = [
        missed(language, f"{kind}:{place + first}", forms) for place, forms in enumerate(names)
    ]

    assert len(names) == {"month": 12, "weekday": 7}[kind]
    assert [forms for forms in found if forms] == []


def test_each_language_has_wordings_of_most_meanings() -> None:
    few = {language for language, meanings in PHRASES.items() if len(meanings) <= 50}

    assert len(PHRASES) >= 36
    assert not few


@pytest.mark.parametrize("language", PHRASES)
def test_usual_wordings_of_newspapers_mean_what_they_should(language: str) -> None:
    matcher = vocabulary(language).matcher

    def means(phrase: str) -> set[str]:
        return {hit.label for hit in matcher.hits(list(words(phrase)))}

    unheard = [
        (meaning, phrase)
        for meaning, phrases in PHRASES[language].items()
        for phrase in phrases
        if means(phrase).isdisjoint(meaning.split("|"))
    ]

    assert unheard == []
