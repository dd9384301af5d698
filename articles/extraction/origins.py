"""Whom a text itself names as its origin: lines of a source, datelines and bylines of agencies."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from articles.text import folded

_WORDS: Final = Path(__file__).parent / "words"
_MAX_NAME: Final = 80
_SOURCE: Final = re.compile(
    r"^\W{0,4}(?P<word>[^\W\d_][^:：\n]{0,30}?)\s?[:：]\s*(?P<name>\S[^\n]{0,120})$", re.M
)
_SPLIT: Final = re.compile(r"\s*(?:[,;|/،、]|\s[-–—+]\s|\s(?:and|und|et|i|y|e|и|та|ve)\s)\s*")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?:/\S*)?")
_HEAD: Final = 200
_TAIL: Final = 250


class Origin(NamedTuple):
    """A name, and where in the text it stands."""

    name: str
    start: int = -1
    end: int = -1


def origin(text: str, *, author: str = "", outlet: str = "") -> Origin | None:
    """Return the origin that a text names, unless it is the outlet itself.

    A line of a source counts before a dateline, a dateline before the name of an author; a
    known agency counts before another name.
    """
    own = folded(outlet)
    found = [
        o for o in (*_lines(text), *_agencies(text), *_byline(author)) if folded(o.name) != own
    ]
    known = [o for o in found if o.name in _agency_names()]
    return next(iter(known or found), None)


def _lines(text: str) -> list[Origin]:
    """Return what stands in lines of a source, from the last one up."""
    found = []
    for match in _SOURCE.finditer(text):
        if folded(match["word"]).strip() not in _source_words():
            continue
        whole = match["name"].rstrip(" .)]")
        start = match.start("name")
        for part in [whole, *_SPLIT.split(whole)]:
            if name := _alias(part.strip("\"'«»“”„()[] ")):
                at = start + match["name"].index(part)
                found.append(Origin(name, at, at + len(part)))
                break
        else:
            if name := _tidy(whole):
                found.append(Origin(name, start, start + len(whole)))
    return found[::-1]


def _agencies(text: str) -> list[Origin]:
    """Return agencies in a dateline at the head or in brackets at the end of a text."""
    names = _pattern()
    head, tail = text[:_HEAD], max(0, len(text) - _TAIL)
    found = []
    for pattern in (
        rf"^[^\n]{{0,90}}?[(/\[（【]\s?(?P<name>{names})(?:[/,=][^)\n]{{1,25}})?\s?[)/\]）】]",
        rf"^[(（\[]?[^\n()（]{{0,24}}[=/]\s?(?P<name>{names})\s?[)）\]]",
        rf"^(?P<name>{names})[^\n]{{0,24}}?(?:电|電|\s[-–—]\s)",
        rf"^[^\n:]{{2,60}}[,.]\s(?P<name>{names})\.?\s?[-–—]",
    ):
        if match := re.search(pattern, head, re.M):
            found.append(Origin(_alias(match["name"]), *match.span("name")))
    for match in re.finditer(rf"[(/\[（]\s?(?P<name>{names})\s?[)/\]）]\.?$", text[tail:], re.M):
        start, end = match.span("name")
        found.append(Origin(_alias(match["name"]), tail + start, tail + end))
    return found


def _byline(author: str) -> list[Origin]:
    names = (_alias(part) for part in [author, *_SPLIT.split(author)])
    return [Origin(name) for name in names if name]


def _alias(part: str) -> str:
    """Return the agency that a text calls so, or nothing."""
    return _aliases().get(part) or _long_aliases().get(folded(part), "")


def _tidy(name: str) -> str:
    """Return a name as it is written in running text, or nothing where it is none."""
    if address := _ADDRESS.fullmatch(name):
        return address[1].lower()
    if len(name) > _MAX_NAME or not any(map(str.isalpha, name)):
        return ""
    if name.isupper() and len(name) > 5:
        name = re.sub(r"\w+", lambda word: word[0].capitalize(), name)
    return name


@cache
def _source_words() -> frozenset[str]:
    table = tomllib.loads((_WORDS / "sources.toml").read_text(encoding="utf-8"))
    return frozenset(folded(word) for words in table.values() for word in words)


@cache
def _aliases() -> dict[str, str]:
    table = tomllib.loads((_WORDS / "agencies.toml").read_text(encoding="utf-8"))
    return {alias: name for name, aliases in table.items() for alias in (name, *aliases)}


@cache
def _long_aliases() -> dict[str, str]:
    """Aliases that are known in small letters too: those that are no short word."""
    return {folded(alias): name for alias, name in _aliases().items() if len(alias) > 4}


@cache
def _agency_names() -> frozenset[str]:
    return frozenset(_aliases().values())


@cache
def _pattern() -> str:
    return "|".join(re.escape(alias) for alias in sorted(_aliases(), key=len, reverse=True))
