"""Text as files hold it, made into text that the database takes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from articles.text import MAX_MARKS, refusal

MAX_TEXT: Final = 500_000
_SPACES: Final = re.compile(r"[^\S\n]+")
_BREAKS: Final = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return paragraphs with an empty line between each, composed, without refused characters."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", _BREAKS.sub("\n", text[: 4 * MAX_TEXT])):
        if char == "\t":
            char = " "
        if char.isalnum() or char in " \n":
            marks = 0
        else:
            marks = marks + 1 if unicodedata.combining(char) else 0
            if marks > MAX_MARKS or refusal(char) or char == "\ufeff":
                continue
        kept.append(char)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(kept).split("\n"))
    return "\n\n".join(filter(None, lines))[:MAX_TEXT].rstrip()


def line(text: object, most: int) -> str:
    """Return what was found as one line of at most `most` characters; what is no text is empty."""
    if not isinstance(text, str):
        return ""
    plain = " ".join(clean(text[: 8 * most]).split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
