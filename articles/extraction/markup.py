"""What the markup of a page says of its article: JSON-LD, meta tags, microdata, title."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from lxml import html

from articles.text import folded

from .cleaning import line

Tree: TypeAlias = html.HtmlElement
_MAX_SCRIPTS: Final = 40
_MAX_THINGS: Final = 2000
# So many lists may stand in each other where names are listed.
_DEEPEST: Final = 4
_ARTICLE: Final = re.compile(r".*Article|BlogPosting|LiveBlogPosting|Report|Review|AnalysisNews.*")
_SEPARATOR: Final = re.compile(r"\s+[|\-–—·•:»«~]{1,2}\s+|\s*::\s*|\s*[|｜]\s*")
_DAY: Final = re.compile(r"\s*([12][0-9]{3})-?([01][0-9])-?([0-3][0-9])(?![0-9])")


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself; each as found, or empty."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    body: str = ""
    free: bool = True
    addresses: tuple[str, ...] = ()


def said(tree: Tree) -> Said:
    """Read what a page says of itself."""
    meta = _meta(tree)
    things = list(_things(tree))
    article = next((thing for thing in things if _is_article(thing)), {})
    heads = [line(_text(element), 300) for element in tree.iter("h1")]
    page_title = line(_text(tree.find(".//title")), 400)
    title, named = _divided(page_title, [*heads, _word(article.get("headline"))])
    outlet = _first(
        meta.get("og:site_name"),
        _name(article.get("publisher")),
        _microdata(tree, "publisher"),
        meta.get("application-name"),
        meta.get("dc.publisher"),
        named,
    )
    return Said(
        title=_title(meta, article, heads, title, outlet),
        outlet=outlet.removeprefix("@"),
        author=_author(tree, meta, article, outlet),
        published=_first(*(day(date) for date in _dates(tree, meta, article))),
        language=_first(
            tree.get("lang"),
            tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
            _word(article.get("inLanguage")),
            meta.get("og:locale"),
            meta.get("content-language"),
        ),
        body=_word(article.get("articleBody")),
        free=str(article.get("isAccessibleForFree", "true")).lower() != "false",
        addresses=tuple(filter(None, (_canonical(tree), meta.get("og:url")))),
    )


def day(date: str) -> str:
    """Return the day of a date of ISO 8601 as it is written, in the zone of the page."""
    match = _DAY.match(date)
    return "-".join(match.groups()) if match else ""


def _title(
    meta: dict[str, str], article: dict[str, Any], heads: list[str], title: str, outlet: str
) -> str:
    """Return the headline: that of the article's data, of the page's head, or its first heading."""
    for found in (
        meta.get("og:title"),
        _word(article.get("headline")),
        heads[0] if len(heads) == 1 else "",
        meta.get("dc.title"),
        meta.get("twitter:title"),
        title,
    ):
        plain = line(found or "", 300)
        parts = list(_SEPARATOR.finditer(plain))
        if outlet and parts and folded(plain[parts[-1].end() :]) == folded(outlet):
            plain = plain[: parts[-1].start()]
        if plain and folded(plain) != folded(outlet):
            return plain
    return ""


def _author(tree: Tree, meta: dict[str, str], article: dict[str, Any], outlet: str) -> str:
    for found in (
        _name(article.get("author")),
        meta.get("author"),
        meta.get("article:author"),
        meta.get("dc.creator"),
        _microdata(tree, "author"),
    ):
        plain = line(found or "", 200)
        if plain and "://" not in plain and folded(plain) != folded(outlet):
            return plain
    return ""


def _dates(tree: Tree, meta: dict[str, str], article: dict[str, Any]) -> Iterator[str]:
    yield _word(article.get("datePublished"))
    for name in ("article:published_time", "og:article:published_time", "datepublished"):
        yield meta.get(name, "")
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield element.get("content") or element.get("datetime") or ""
    for name in (
        "dc.date.issued",
        "dcterms.issued",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
    ):
        yield meta.get(name, "")
    yield _word(article.get("dateCreated"))


def _meta(tree: Tree) -> dict[str, str]:
    """Return the first content of each meta tag by its name in small letters."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content[:2000])
    return found


def _things(tree: Tree) -> Iterator[dict[str, Any]]:
    """Give each object of the JSON-LD of a page, outer ones first."""
    left = _MAX_THINGS
    scripts = tree.iterfind(".//script[@type='application/ld+json']")
    for script, _number in zip(scripts, range(_MAX_SCRIPTS), strict=False):
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and left:
            left -= 1
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing[:left]
            elif isinstance(thing, dict):
                yield thing
                waiting += [v for v in thing.values() if isinstance(v, dict | list)]


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.fullmatch(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _word(value: object) -> str:
    while isinstance(value, list) and value:
        value = value[0]
    return value.strip() if isinstance(value, str) else ""


def _name(value: object, deep: int = _DEEPEST) -> str:
    """Return the name of a thing of JSON-LD, or the names of several."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        names = [_name(one, deep - 1) for one in value[:10]] if deep else []
        return ", ".join(dict.fromkeys(filter(None, names)))
    found = _word(value)
    return "" if "://" in found else found


def _microdata(tree: Tree, name: str) -> str:
    for element in tree.iterfind(f".//*[@itemprop='{name}']"):
        inner = element.find(".//*[@itemprop='name']")
        chosen = element if inner is None else inner
        if found := line(chosen.get("content") or _text(chosen), 200):
            return found
    return ""


def _canonical(tree: Tree) -> str:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return (element.get("href") or "").strip()
    return ""


def _divided(title: str, heads: list[str]) -> tuple[str, str]:
    """Return headline and outlet of the title of a page, such as "Fire in port | The Ledger".

    What stands behind the last separator is the outlet where the rest is a heading of the page,
    or is much longer.
    """
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title, ""
    first, last = title[: parts[-1].start()], title[parts[-1].end() :]
    known = any(folded(first) == folded(head) for head in heads if head)
    if known or (len(last) <= 40 and len(first) > 2 * len(last)):
        return first, last
    return title, ""


def _text(element: Tree | None) -> str:
    return "" if element is None else str(element.text_content())


def _first(*found: str | None) -> str:
    return next((plain for value in found if (plain := line(value or "", 200))), "")
