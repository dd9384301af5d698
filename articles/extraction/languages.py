"""The language of a text: by its letters and words, checked against what its page says."""

from __future__ import annotations

from typing import Final

import py3langid

from articles.countries import LANGUAGES

_SAMPLE: Final = 6000
# Fewer letters than this say less than the page does.
_ENOUGH: Final = 80
_SAME: Final = {
    "arz": "ar",
    "ary": "ar",
    "grc": "el",
    "hbo": "he",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "mo": "ro",
    "nb": "no",
    "sdh": "ku",
    "sh": "sr",
    "wuu": "zh",
    "yue": "zh",
    "cmn": "zh",
    "fil": "tl",
}
# Between these the page decides: short texts in them are taken for one another.
_NEAR: Final = tuple(
    frozenset(group.split())
    for group in (
        "bs hr sr me",
        "cs sk",
        "da no nn",
        "id ms",
        "bg mk",
        "be ru uk",
        "hi mr ne",
        "ca es gl pt",
        "fa ps ur",
        "kk ky tt ba",
        "az tr",
        "af nl",
    )
)


def language(text: str, told: str = "") -> str:
    """Return the ISO 639-1 code of a text, or nothing where there is too little to tell."""
    page = code(told)
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    if not letters:
        return page
    seen = code(py3langid.classify(text[:_SAMPLE])[0])
    if not seen or (page and (letters < _ENOUGH or any({seen, page} <= near for near in _NEAR))):
        return page
    return seen


def code(told: str) -> str:
    """Return a language tag, such as pt-BR, as a code that is known here."""
    first = told.strip().replace("_", "-").split("-")[0].lower()
    first = _SAME.get(first, first)
    return first if first in LANGUAGES else ""
