"""Abbreviations and the names that they stand for."""

from __future__ import annotations

import pytest

from incidents.suggestions.abbreviations import abbreviated


@pytest.mark.parametrize("alone", ["\u0301", "\u200b", "\u00ad", "\u202e", "\ufe0f"])
def test_a_mark_that_stands_alone_in_a_name_is_no_word_of_it(alone: str) -> None:
    full = f"State {alone} Security Service"

    assert abbreviated(["SSS", full]) == [("SSS", full)]
    assert abbreviated(["SSS", alone]) == []
