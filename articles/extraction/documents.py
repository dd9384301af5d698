"""Files that are no page: PDF files, saved pages of one file, plain text."""

from __future__ import annotations

import email
import io
import re
from email import policy
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .cleaning import MAX_TEXT, clean, line
from .pages import Found

_MAX_PAGES: Final = 300
_NO_TITLE: Final = re.compile(
    r"(?i)(?:microsoft word|untitled|document|slide|\.\w{2,5}$|^\W*$|^[\w-]+$|\\|/)"
)
_ENDS: Final = re.compile(r"[.!?…。！？։।:;”»\"]\s*$")
# What the reader raises where a file is broken: it has no error of its own for all of it.
_BROKEN: Final = (
    *(PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError),
    *(ArithmeticError, AssertionError, NotImplementedError, OSError),
)


class Unreadable(Exception):
    """A file cannot be read; the text is the code of the reason."""


def pdf(body: bytes) -> Found:
    """Return title and text of a PDF file.

    Raises Unreadable.
    """
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("locked")
        pieces: list[str] = []
        size = 0
        for _number, sheet in zip(range(_MAX_PAGES), reader.pages, strict=False):
            pieces.append(_unwrapped(sheet.extract_text()))
            size += len(pieces[-1])
            if size > MAX_TEXT:
                break
        meta = reader.metadata
        named = line(meta.title if meta else "", 300)
    except Unreadable:
        raise
    except _BROKEN:
        raise Unreadable("broken") from None
    text = clean("\n".join(pieces))
    if not text:
        raise Unreadable("scan")
    first = line(text.partition("\n")[0], 300)
    return found(title=first if _NO_TITLE.search(named) else named, text=text)


def saved(body: bytes) -> tuple[bytes, str, str]:
    """Return the page in a saved page of one file (MHTML), its type, and its address.

    Raises Unreadable.
    """
    try:
        message = email.message_from_bytes(body, policy=policy.default)
        where = str(message.get("Snapshot-Content-Location", ""))
        for part in message.walk():
            if part.get_content_type() == "text/html":
                content = part.get_payload(decode=True)
                if isinstance(content, bytes):
                    location = str(part.get("Content-Location", ""))
                    return content, str(part.get("Content-Type", "")), where or location
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        pass
    raise Unreadable("broken")


def found(*, title: str, text: str) -> Found:
    """Return a title and a text as what was found in a file that says no more of itself."""
    return Found(
        title=title,
        outlet="",
        author="",
        published="",
        told="",
        text=text,
        shown="",
        free=True,
        addresses=[],
    )


def _unwrapped(text: str) -> str:
    """Join the lines of a paragraph, which end before the margin only where it ends."""
    lines = [piece.strip() for piece in text.splitlines()]
    width = max(map(len, lines), default=0)
    joined: list[str] = []
    for piece in lines:
        joined.append(piece)
        if not piece or (_ENDS.search(piece) and len(piece) < 0.85 * width):
            joined.append("\n")
        elif piece.endswith("-") and piece[-2:-1].isalpha():
            joined[-1] = piece[:-1]
        else:
            joined.append(" ")
    return "".join(joined)
