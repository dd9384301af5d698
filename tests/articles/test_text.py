"""Text that people bring in: refused, normalised, folded for comparing."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.fields import BodyField, FoldedField, LineField
from articles.text import (
    MAX_BLANK_RUN,
    MAX_MARKS,
    folded,
    is_key,
    normalised,
    refuse_body,
    refuse_line,
    slugged,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sabotaż w Łodzi", "sabotaz w lodzi"),
        ("Đorđe Øresund", "dorde oresund"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Ægir œuvre", "aegir oeuvre"),
        ("naïve café", "naive cafe"),
        ("Diyarbakır", "diyarbakir"),
        ("Þór", "thor"),
        ("O’Brien", "o'brien"),
        ("ﬁre", "fire"),
        ("Київ", "київ"),
        ("Їжак", "їжак"),
        ("Йод", "йод"),
        ("Ёлка", "ёлка"),
        ("Αθήνα", "αθηνα"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_folding_drops_case_accents_and_strokes(text: str, expected: str) -> None:
    assert folded(text) == expected
    assert folded(unicodedata.normalize("NFD", text)) == expected


def test_folding_keeps_letters_of_other_scripts_apart() -> None:
    assert folded("й") != folded("и")
    assert folded("ї") != folded("і")
    assert folded("А") != folded("A")  # Cyrillic and Latin


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_for_search(text: str) -> None:
    assert tokens(" ".join(tokens(text))) == tokens(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fire, at night!", ["fire", "at", "night"]),
        ("night’s work", ["nights", "work"]),
        ("night's work", ["nights", "work"]),
        ("GPS-jamming 2024/25", ["gps", "jamming", "2024", "25"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_words_are_folded_and_free_of_marks(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GRU Unit 29155", "gru-unit-29155"),
        ("Łódź – Sabotaż", "lodz-sabotaz"),
        ("  --a--  ", "a"),
        ("Київ", ""),
        ("a" * 200, "a" * 80),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_a_name_in_addresses_is_plain_ascii(text: str, expected: str) -> None:
    assert slugged(text) == expected


@given(st.text(max_size=120))
def test_a_name_in_addresses_is_safe_whatever_it_comes_from(text: str) -> None:
    slug = slugged(text)

    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert len(slug) <= 80


BAD_IN_ANY_TEXT = {
    "NUL": "a\x00b",
    "escape": "a\x1bb",
    "delete": "a\x7fb",
    "NEL": "a\x85b",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "override": "safe\u202eevil",
    "isolates": "safe\u2066evil\u2069",
    "embedding": "a\u202ab",
    "noncharacter": "a\ufffeb",
    "noncharacter of a plane": "a\U0001ffffb",
    "noncharacter block": "a\ufdd0b",
    "surrogate": "a\ud800b",
    "many accents": "a" + "\u0301" * (MAX_MARKS + 1),
    "5000 accents": "a" + "\u0301" * 5000,
}


@pytest.mark.parametrize("text", BAD_IN_ANY_TEXT.values(), ids=BAD_IN_ANY_TEXT)
def test_what_would_mislead_or_break_is_refused_in_any_text(text: str) -> None:
    for refuse in (refuse_line, refuse_body):
        with pytest.raises(ValidationError):
            refuse(text)


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\tb", "\n"])
def test_a_line_has_no_break_and_no_tab_and_a_body_has(text: str) -> None:
    refuse_body(text)
    with pytest.raises(ValidationError) as refused:
        refuse_line(text)

    assert refused.value.messages[0].startswith("The text holds a control character or line break")


def test_a_body_has_no_long_run_of_blank_lines() -> None:
    refuse_body("a" + "\n" * (MAX_BLANK_RUN - 1) + "b")

    for blank in ("\n", "\r\n"):
        with pytest.raises(ValidationError):
            refuse_body("a" + blank * MAX_BLANK_RUN + "b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{{7*7}} %s%n ${x}",
        "'; DROP TABLE incidents;--",
        "</script><script>alert(1)</script>",
        "abc\u200fdef",
        "\ufb00",
        "\u041ayiv",
        "a" + "\u0301" * MAX_MARKS,
        "नमस्ते שָׁלוֹם مرحبا",
        "👩‍🚒 on the scene",
    ],
    ids=ascii,
)
def test_text_of_any_language_and_any_syntax_is_kept(text: str) -> None:
    refuse_line(text)
    refuse_body(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e\u0301", "\u00e9"),
        ("\u1100\u1161\u11a8", "\uac01"),
        ("\ufeffTitle", "Title"),
        ("  Title\u00a0 ", "Title"),
        ("\ufb00", "\ufb00"),
    ],
    ids=ascii,
)
def test_text_is_kept_composed_and_without_outer_space(text: str, expected: str) -> None:
    assert normalised(text) == expected
    assert LineField(max_length=20).to_python(text) == expected


def test_a_body_keeps_line_feeds_as_its_line_ends() -> None:
    assert BodyField().to_python(" a\r\nb\r\n") == "a\nb"


def test_a_body_is_no_longer_than_it_says_whoever_writes_it() -> None:
    field = BodyField(max_length=5)

    assert field.clean("12345", None) == "12345"
    with pytest.raises(ValidationError):
        field.clean("123456", None)


def test_search_text_has_a_space_before_every_word() -> None:
    field = FoldedField(of=("title", "summary"))

    assert field.derive(["Fire, Łódź", "At night"]) == " fire lodz at night"
    assert field.derive(["", ""]) == ""


@given(st.text(max_size=60))
def test_a_text_that_is_accepted_is_accepted_as_it_is_kept(text: str) -> None:
    try:
        refuse_line(normalised(text))
    except ValidationError:
        return
    kept = normalised(text)
    assert normalised(kept) == kept
    assert len(kept.splitlines()) <= 1


@pytest.mark.parametrize("text", ["1", "0" * 18])
def test_digits_may_be_the_key_of_a_row(text: str) -> None:
    assert is_key(text)


@pytest.mark.parametrize("text", ["", "x", "-1", "1.0", "1\n", "٣", "1" * 19])
def test_what_no_database_counts_is_no_key(text: str) -> None:
    assert not is_key(text)
