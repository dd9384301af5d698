"""What a feed or a page of links announces, read in the child process."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin

import feedparser
from lxml import html

from .cleaning import line
from .decoding import decoded

MOST: Final = 200
# A link of a page with fewer letters names a section, not a story.
SHORTEST_TITLE: Final = 25
MAX_SUMMARY: Final = 2000


def announced(body: bytes, *, url: str, kind: str) -> dict[str, object]:
    """Return the entries of a feed, or the links of a page that read like headlines."""
    found = _of_feed(body) if kind == "feed" else _of_page(body, url)
    return {"entries": found[:MOST]}


def _of_feed(body: bytes) -> list[dict[str, str]]:
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    entries = []
    for entry in feed.entries[:MOST]:
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        entries.append(
            {
                "url": str(entry.get("link", "")),
                "title": _plain(str(entry.get("title", "")), 300),
                "summary": _plain(str(entry.get("summary", "")), MAX_SUMMARY),
                "published": f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else "",
            }
        )
    return entries


def _of_page(body: bytes, url: str) -> list[dict[str, str]]:
    parser = html.HTMLParser(no_network=True, huge_tree=False)
    tree = html.document_fromstring(decoded(body, "text/html") or "<p>", parser=parser)
    entries: dict[str, dict[str, str]] = {}
    for link in tree.iter("a"):
        address, title = urljoin(url, link.get("href", "")), line(link.text_content(), 300)
        if len(title) >= SHORTEST_TITLE and address.startswith(("http://", "https://")):
            entries.setdefault(
                address, {"url": address, "title": title, "summary": "", "published": ""}
            )
    return list(entries.values())


def _plain(marked: str, most: int) -> str:
    """Return the text of what may be markup."""
    if "<" in marked:
        marked = html.fragment_fromstring(marked, create_parent="div").text_content()
    return line(marked, most)
