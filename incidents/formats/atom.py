"""Incidents as an Atom feed (RFC 4287): what was published last, each as an entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from xml.sax.saxutils import quoteattr

MEDIA_TYPE: Final = "application/atom+xml"
SPACE: Final = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an incident; `name` is a permanent identifier of the record."""

    name: str
    address: str
    title: str
    summary: str
    category: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself; `page` is where the same is read."""

    title: str
    address: str
    page: str
    rights: str
    updated: datetime


def write(feed: Feed, entries: Iterable[Entry]) -> str:
    """Return a feed with its entries."""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n',
        f'<feed xmlns="{SPACE}">',
        _text("id", feed.address),
        _text("title", feed.title),
        _text("updated", _moment(feed.updated)),
        "<author><name>HTI</name></author><generator>HTI</generator>",
        _text("rights", feed.rights),
        f'<link rel="self" type="{MEDIA_TYPE}" href={quoteattr(feed.address)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.page)}/>\n',
    ]
    for entry in entries:
        parts += [
            "<entry>",
            _text("id", entry.name),
            _text("title", entry.title),
            _text("published", _moment(entry.published)),
            _text("updated", _moment(entry.updated)),
            f'<link rel="alternate" type="text/html" href={quoteattr(entry.address)}/>',
            f"<category term={quoteattr(entry.category)}/>",
            _text("summary", entry.summary),
            "</entry>\n",
        ]
    return "".join([*parts, "</feed>\n"])


def _text(name: str, text: str) -> str:
    said = "".join(char if _allowed(char) else "\ufffd" for char in text)
    escaped = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<{name}>{escaped}</{name}>"


def _allowed(char: str) -> bool:
    """Tell whether XML 1.0 has a character at all."""
    code = ord(char)
    return (
        code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF
    )


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
