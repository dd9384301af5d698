"""What tests read off a page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

_NUMBER = re.compile(r'id="listing-heading"[^>]*>\s*<span class="number">(\d+)</span>')
_REFERENCE = re.compile(r'<span class="reference">([^<]+)</span>')
_TAG = re.compile(r"<[^>]+>")


def page(url: str, client: Client | None = None, status: int = 200) -> str:
    """Return the HTML of an address, which has to be answered with `status`."""
    response: Any = (client or Client()).get(url)
    text: str = response.content.decode()
    assert response.status_code == status, (url, response.status_code, words(text)[:300])
    return text


def number(html: str) -> int | None:
    """Return the number of incidents that a list says it holds, or None where it says none."""
    found = _NUMBER.search(html)
    return int(found[1]) if found else None


def references(html: str) -> list[str]:
    """Return the references of the incidents that a page lists, in order."""
    return _REFERENCE.findall(html)


def words(html: str) -> str:
    """Return what is read on a page, with single spaces."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def links(html: str, attribute: str) -> list[str]:
    """Return the addresses of the links that have an attribute, such as `class="chip"`."""
    found = re.findall(r"<a\b[^>]*>", html)
    return [
        unescape(target[1])
        for tag in found
        if attribute in tag and (target := re.search(r'href="([^"]*)"', tag))
    ]
