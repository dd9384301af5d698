"""A page of HTML: its main text, and what it says of itself."""

from __future__ import annotations

import copy
import re
from datetime import datetime, timedelta
from typing import Final, TypedDict

from htmldate import find_date
from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document

from articles.text import folded

from .cleaning import clean, line
from .markup import Tree, said

_SHOWN: Final = 200_000
_UNSEEN: Final = ("script", "style", "template", "noscript", "head", "svg", "iframe", "object")
_LAYOUT: Final = 300
_SENTENCE: Final = 100
# A control character, written or as a number, makes libraries refuse a whole page.
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01]);"
    "|&#[xX]0*(?:[0-8bceEBCfF]|1[0-9a-fA-F]);"
)
_LIST_MARK: Final = re.compile(r"^[-|] ", re.M)


class Found(TypedDict):
    """What was found in a file, before anybody has checked it."""

    title: str
    outlet: str
    author: str
    published: str
    told: str
    text: str
    shown: str
    free: bool
    addresses: list[str]


def page(source: str, url: str = "") -> Found:
    """Take a page of HTML apart.

    Raises ValueError where there is no markup in it.
    """
    tree = _tree(_CONTROL.sub("", source))
    told = said(tree)
    _unfold_tables(tree)
    main = _main(tree, url)
    title = told.title or line(main.title if main else "", 300)
    text = clean(_LIST_MARK.sub("", main.text or "") if main else _paragraphs(tree))
    text = _without_title(text, title)
    body = clean(_without_tags(told.body))
    if len(body) > 2 * len(text):
        text = body
    shown = clean(_shown(tree))
    return Found(
        title=title,
        outlet=told.outlet,
        author=told.author or line(main.author if main else "", 200).replace("; ", ", "),
        published=told.published,
        told=told.language,
        text=text or (shown if len(shown) < _LAYOUT else ""),
        shown=shown,
        free=told.free,
        addresses=list(told.addresses),
    )


def guessed_day(source: str, url: str = "") -> str:
    """Return the day that stands somewhere on a page, for want of one that it declares.

    A year alone, as beside a copyright, would be read as its first of January: it is no day.
    """
    tree = _tree(_CONTROL.sub("", source))
    # A day that a sentence names is when something happened, not when it was published.
    for element in tree.iter("p", "div", "li", "td", "span", "br", "blockquote", "b", "i", "a"):
        if len(element.text or "") > _SENTENCE:
            element.text = None
        if len(element.tail or "") > _SENTENCE:
            element.tail = None
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    try:
        found = find_date(
            tree,
            original_date=True,
            url=url or None,
            max_date=tomorrow.strftime("%Y-%m-%d"),
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, OverflowError):
        return ""
    return found if found and not found.endswith("-01-01") else ""


def _tree(source: str) -> Tree:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise ValueError(str(error)) from None
    return tree


def _unfold_tables(tree: Tree) -> None:
    """Make cells with much text into blocks: such a table lays the page out and holds no data."""
    for table in list(tree.iter("table")):
        cells = table.iter("td", "th")
        if any(len(cell.text_content()) > _LAYOUT for cell in cells):
            for element in (table, *table.iter("tbody", "thead", "tr", "td", "th")):
                element.tag = "div"
                element.attrib.pop("width", None)


def _main(tree: Tree, url: str) -> Document | None:
    """Return the main text of a page; a page on which the search fails has none."""
    try:
        found = bare_extraction(
            copy.deepcopy(tree),
            url=url or None,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return None
    return found if isinstance(found, Document) else None


def _without_title(text: str, title: str) -> str:
    """Return a text without its headline where it begins with it."""
    first, _break, rest = text.partition("\n\n")
    return rest if rest and folded(first) == folded(title) else text


def _paragraphs(tree: Tree) -> str:
    """Return all paragraphs of a page, for want of a main text."""
    return "\n".join(str(element.text_content()) for element in tree.iter("p"))


def _shown(tree: Tree) -> str:
    """Return all words of a page but those of scripts and styles."""
    pieces: list[str] = []
    size = 0
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag not in _UNSEEN and element.text:
            pieces.append(element.text)
        if element.tail:
            pieces.append(element.tail)
        size += len(pieces[-1]) if pieces else 0
        if size > _SHOWN:
            break
    return "\n".join(pieces)


def _without_tags(body: str) -> str:
    """Return the text of an article as its data holds it, which some pages write as markup."""
    if "<" not in body:
        return body
    try:
        return str(_tree(body).text_content())
    except ValueError:
        return ""
