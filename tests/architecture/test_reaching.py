"""One room opens connections outward, and nobody opens its side doors."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from articles.fetching import fetch

from .test_source import sources

ROOMS = ("articles", "incidents", "config")
# The trial listens on this machine; it dials nobody.
LISTENS = {"incidents/management/commands/demo.py"}
REACHING = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc",
}
OPEN_TO_CALLERS = {"url", "limits"}


def reaches(text: str) -> set[str]:
    """Return what a module imports that opens connections."""
    if not any(word.split(".")[0] in text for word in REACHING):
        return set()
    named = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {
        package
        for package in REACHING
        if any(name == package or name.startswith(f"{package}.") for name in named)
    }


def side_doors(text: str) -> Iterator[str]:
    """Yield what calls of `fetch` name beside the address and the limits."""
    for node in ast.walk(ast.parse(text)) if "fetch" in text else ():
        if isinstance(node, ast.Call) and "fetch" in ast.unparse(node.func).split("."):
            yield from (key.arg or "**" for key in node.keywords if key.arg not in OPEN_TO_CALLERS)


def elsewhere() -> Iterator[tuple[str, str]]:
    """Yield each module outside the room with its text."""
    for path, text in sources(*ROOMS):
        if not path.startswith("articles/fetching/"):
            yield path, text


def test_one_room_alone_opens_connections() -> None:
    assert {path for path, text in elsewhere() if reaches(text)} == LISTENS


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "import urllib.request as ask",
        "from urllib import request",
        "from urllib3.util import Retry",
        "from http import client",
        "import requests",
    ],
)
def test_what_opens_connections_is_found(line: str) -> None:
    assert reaches(f"def later():\n    {line}\n")


def test_what_takes_addresses_apart_opens_none() -> None:
    assert reaches("from urllib.parse import urlsplit\nfrom http import HTTPStatus") == set()


def test_no_caller_allows_a_name_or_brings_a_way_of_its_own() -> None:
    assert [path for path, text in elsewhere() if list(side_doors(text))] == []


def test_a_caller_that_does_is_found() -> None:
    assert list(side_doors("fetching.fetch(url, limits=few, allowed=names)")) == ["allowed"]
    assert list(side_doors("fetch(url, **ways)")) == ["**"]


def test_the_side_doors_are_given_by_name_alone() -> None:
    behind = inspect.signature(fetch).parameters

    by_name = {name for name, given in behind.items() if given.kind is given.KEYWORD_ONLY}
    assert set(behind) - by_name == OPEN_TO_CALLERS


def test_the_room_reads_one_setting_which_lets_nobody_in() -> None:
    room = "\n".join(text for path, text in sources("articles") if "/fetching/" in path)

    assert set(re.findall(r"settings\.(\w+)", room)) == {"CAPTURE_AGENT"}
    assert "getattr(" not in room
