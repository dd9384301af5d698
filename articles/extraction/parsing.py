"""A file taken apart, inside the child: which kind it is, what it holds, what that makes it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from articles.codebook import Verdict

from . import documents, languages, origins, pages, verdicts
from .cleaning import clean, line
from .decoding import decoded
from .documents import Unreadable

_HEAD: Final = 1024
_PDF: Final = b"%PDF-"
_MARKUP: Final = re.compile(
    r"(?i)<!doctype\s+html|<(?:html|head|body|article|div|p|meta|title|h1)\b"
)
_SAVED: Final = re.compile(
    rb"(?im)^(?:MIME-Version:|Snapshot-Content-Location:|Content-Type:\s*multipart/related)"
)
_CONTROL: Final = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
# A page may hold a stray control character; a file of data has one in every few bytes.
_FEW: Final = 0.03
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT: Final = re.compile(r"(?i)\s*(?:image|video|audio|font)/|.*(?:zip|json|javascript|/css)")
_FEED: Final = re.compile(r"(?i)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b")

_LONGEST_TITLE: Final = 200

Answer = dict[str, object]


class Opened(NamedTuple):
    """A file that could be opened: its kind, what it holds, its address, its markup."""

    kind: str
    file: pages.Found
    address: str
    source: str = ""


def prepare() -> None:
    """Load what reading needs, so that a file does not wait for it."""
    text = "A boat left the harbour at night, the watchman said. "
    # A page with little text and one without a date make the libraries load all they have.
    for page in (f"<p>1 March 2024<p>{text * 8}<p>{text * 8}", f"<p>no day<p>{text}<div>{text}"):
        parse(f"<html lang=en><title>Boat</title>{page}".encode(), content_type="text/html")


def parse(
    body: bytes, *, content_type: str = "", url: str = "", status: int = 200, name: str = ""
) -> Answer:
    """Return what a file says, as plain data."""
    try:
        opened = _opened(body, content_type, url, name)
    except Unreadable as error:
        return {"kind": "none", "verdict": Verdict.NOT_TEXT.value, "why": str(error)}
    file = opened.file
    judged, why = verdicts.verdict(
        file["text"], file["shown"], title=file["title"], status=status, free=file["free"]
    )
    named = origins.origin(file["text"], author=file["author"], outlet=file["outlet"])
    published = file["published"]
    if not published and opened.source and judged == Verdict.ARTICLE:
        published = pages.guessed_day(opened.source, opened.address)
    return {
        "kind": opened.kind,
        "verdict": judged.value,
        "why": why,
        "title": file["title"],
        "outlet": file["outlet"],
        "author": file["author"],
        "published": published,
        "language": languages.language(f"{file['title']}\n{file['text']}", file["told"]),
        "text": file["text"],
        "address": opened.address,
        "addresses": file["addresses"],
        "origin": named.name if named else "",
        "origin_span": [named.start, named.end] if named and named.start >= 0 else None,
    }


def _opened(body: bytes, content_type: str, url: str, name: str) -> Opened:
    """Return the kind of a file, what is in it, and the address it is from.

    Raises Unreadable.
    """
    if not body.strip():
        raise Unreadable("empty")
    if _PDF in body[:_HEAD]:
        return Opened("pdf", documents.pdf(body), url)
    if _is_saved(body, content_type, name):
        inner, content_type, saved_from = documents.saved(body)
        return _page(decoded(inner, content_type), url or saved_from)
    wide = body.startswith(_WIDE) or "utf-16" in content_type.lower()
    if _NO_TEXT.match(content_type) or (_is_binary(body[:_HEAD]) and not wide):
        raise Unreadable("binary")
    text = decoded(body, content_type)
    head = text[: 4 * _HEAD]
    if _FEED.match(head.lstrip("\ufeff \n\r\t")):
        raise Unreadable("feed")
    plainly = content_type.lower().startswith("text/plain")
    if "html" in content_type.lower() or (_MARKUP.search(head) and not plainly):
        return _page(text, url)
    plain = clean(text)
    first = line(plain.partition("\n")[0], 300)
    title = first if len(first) < _LONGEST_TITLE else ""
    return Opened("text", documents.found(title=title, text=plain), url)


def _page(source: str, url: str) -> Opened:
    try:
        return Opened("html", pages.page(source, url), url, source)
    except ValueError:
        raise Unreadable("empty") from None


def _is_saved(body: bytes, content_type: str, name: str) -> bool:
    """Tell whether a file is a page saved as one file."""
    if content_type.lower().startswith(("multipart/related", "message/rfc822")):
        return True
    named = name.lower().endswith((".mht", ".mhtml"))
    return bool(_SAVED.search(body[:_HEAD])) and (named or not body.lstrip().startswith(b"<"))


def _is_binary(head: bytes) -> bool:
    return b"\x00" in head or len(_CONTROL.findall(head)) > _FEW * len(head)
