"""Countries and languages, by code and by what people call them."""

import re

import pytest

from articles.countries import (
    BODIES,
    COUNTRIES,
    LANGUAGES,
    close_names,
    country_code,
    country_of_host,
)


def test_countries_are_the_249_of_iso_3166_and_kosovo() -> None:
    assert len(COUNTRIES) == 250
    assert "XK" in COUNTRIES
    assert not {"EU", "UK", "UN", "ZZ", "XA", "AC"} & set(COUNTRIES)


def test_bodies_are_no_countries() -> None:
    assert set(BODIES) == {"EU", "NATO", "UN"}
    assert not set(BODIES) & set(COUNTRIES)


def test_languages_have_two_letters_and_cover_the_ones_read() -> None:
    assert [code for code in LANGUAGES if not re.fullmatch(r"[a-z]{2}", code)] == []
    assert {"cs", "de", "el", "en", "et", "fi", "no", "pl", "ru", "uk"} <= set(LANGUAGES)


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_is_known_by_its_code_and_its_english_name(code: str) -> None:
    assert country_code(code) == code
    assert country_code(f" {code.lower()} ") == code
    assert country_code(COUNTRIES[code]) == code
    assert country_code(COUNTRIES[code].upper()) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("uk", "GB"),
        ("ua", "UA"),
        ("Great Britain", "GB"),
        ("Scotland", "GB"),
        ("USA", "US"),
        ("United States of America", "US"),
        ("Russian Federation", "RU"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Turkey", "TR"),
        ("turkiye", "TR"),
        ("T\u00fcrkiye", "TR"),
        ("Macedonia", "MK"),
        ("Kosovo", "XK"),
        ("Holland", "NL"),
        ("South Korea", "KR"),
        ("North Korea", "KP"),
        ("Burma", "MM"),
        ("Ivory Coast", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Vatican", "VA"),
        ("Palestine", "PS"),
        ("Hong Kong", "HK"),
        ("Bosnia", "BA"),
        ("Bosnia & Herzegovina", "BA"),
        ("Polska", "PL"),
        ("\u0423\u043a\u0440\u0430\u0457\u043d\u0430", "UA"),
    ],
)
def test_a_country_is_known_by_its_common_and_native_names(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "ZZ", "Atlantis", "U\u0410", "\u0410T", "Germ\u0430ny", "\ufb01"]
)
def test_what_only_looks_like_a_country_is_none(text: str) -> None:
    assert country_code(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("Germny", "Germany"), ("Germ\u0430ny", "Germany"), ("Slovenija", "Slovenia")],
)
def test_a_slip_is_answered_with_close_names(text: str, name: str) -> None:
    assert close_names(text)[0] == name


def test_nonsense_is_answered_with_no_name() -> None:
    assert close_names("xx") == []
    assert close_names("") == []
    assert close_names("x" * 20_000) == []


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("www.delfi.lt", "LT"),
        ("news.example.co.uk", "GB"),
        ("example.org", ""),
        ("radio.example.tv", ""),
        ("", ""),
    ],
)
def test_the_ending_of_a_host_stands_for_a_country_unless_it_is_sold(host: str, code: str) -> None:
    assert country_of_host(host) == code
