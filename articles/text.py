"""Text that people and pages bring in: what is refused, what is normalised, how it is searched.

Law: no text is stored that a later page, file or database could stumble over.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_MARKS = 8
MAX_BLANK_RUN = 50
# The letters, as they stand in a class of a pattern, of scripts that set no space between words:
# Han, Kana, Thai, Lao, Tibetan, Burmese and Khmer.
NO_SPACES: Final = (
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
)
# The key of a row as a form or an address sends it; a longer one is counted by no database.
KEY: Final = "[0-9]{1,18}"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TOKENS = re.compile(r"\w+")
# Letters that have no decomposition yet are typed without their stroke or ligature.
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)
_KEPT_MARKS = "\u0306\u0308"  # й and ї are letters of their own, not и and і with a mark


def is_key(text: str) -> bool:
    """Tell whether a text may be the key of a row."""
    return re.fullmatch(KEY, text) is not None


def normalised(value: str) -> str:
    """Return `value` composed (NFC), without a byte order mark and without outer space."""
    return unicodedata.normalize("NFC", value).lstrip("\ufeff").strip()


def refuse_line(value: str) -> None:
    """Refuse a one-line text with a line break, a control or a misleading character.

    Raises ValidationError.
    """
    _refuse(value, allowed="")


def refuse_body(value: str) -> None:
    """Refuse a text of several lines with a control or a misleading character.

    Raises ValidationError.
    """
    _refuse(value, allowed="\n\t\r")
    if "\n" * MAX_BLANK_RUN in value.replace("\r", ""):
        raise ValidationError(_("The text holds too many blank lines."), code="blank_lines")


def refusal(char: str) -> str | None:
    """Say why a character is refused in every text, or None where it is not."""
    if char in _BIDI:
        return _("a character that turns the direction of reading")
    category = unicodedata.category(char)
    if category == "Cc":
        return _("a control character or line break")
    if category in ("Zl", "Zp"):
        return _("a line break")
    if category == "Cs" or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        return _("a code that is no character")
    return None


def _refuse(value: str, *, allowed: str) -> None:
    marks = 0
    for char in value:
        why = None if char in allowed else refusal(char)
        if why:
            raise ValidationError(
                _("The text holds %(why)s (U+%(code)04X)."),
                code="character",
                params={"why": why, "code": ord(char)},
            )
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MAX_MARKS:
            raise ValidationError(
                _("The text holds more than %(most)d accents on one letter."),
                code="marks",
                params={"most": MAX_MARKS},
            )


def folded(text: str) -> str:
    """Return `text` without case, accents and strokes, for comparing what people typed.

    >>> folded("Sabotaż w Łodzi")
    'sabotaz w lodzi'
    """
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text.casefold()):
        if not unicodedata.combining(char) or (
            char in _KEPT_MARKS and kept and "\u0400" <= kept[-1] <= "\u04ff"
        ):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS).replace("’", "'")


def tokens(text: str) -> list[str]:
    """Return the folded words of `text`, in order."""
    return _TOKENS.findall(folded(text).replace("'", ""))


def slugged(text: str) -> str:
    """Return `text` as lower-case ASCII words joined by hyphens, for an address."""
    plain = folded(text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-")
