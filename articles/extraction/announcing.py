"""What a feed or a page of links announces, read in the child process."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from urllib.parse import urljoin

import feedparser
from lxml import etree, html

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
    # Bytes alone would be taken for the name of a file, where there is one of that name.
    feed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
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
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    # As bytes: what begins with a declaration of XML, as XHTML does, is refused as text.
    source = decoded(body, "text/html").encode("utf-8", "replace")
    tree = html.document_fromstring(source or b"<p>", parser=parser)
    entries: dict[str, dict[str, str]] = {}
    for link in tree.iter("a"):
        try:
            address = urljoin(url, link.get("href", ""))
        except ValueError:
            continue
        title = line(link.text_content(), 300)
        if len(title) >= SHORTEST_TITLE and address.startswith(("http://", "https://")):
            entries.setdefault(
                address, {"url": address, "title": title, "summary": "", "published": ""}
            )
    return list(entries.values())


def _plain(marked: str, most: int) -> str:
    """Return the text of what may be markup."""
    if "<" in marked:
        try:
            marked = html.fragment_fromstring(marked, create_parent="div").text_content()
        except (ValueError, TypeError, AssertionError, etree.LxmlError):
            return ""
    return line(marked, most)
