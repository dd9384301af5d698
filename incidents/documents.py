"""The Markdown documents of `docs/` as pages: an allow-list of names, never a path.

Links between documents lead to their pages; what has no page here is plain text.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

METHOD: Final = "method"
# The documents that have a page, by the name in its address.
FILES: Final = {
    METHOD: "method.md",
    "reader": "reader-guide.md",
    "analyst": "analyst-guide.md",
    "review": "review.md",
    "boundaries": "boundaries.md",
    "api": "api.md",
    "data-model": "data-model.md",
    "operations": "operations.md",
    "architecture": "architecture.md",
}
_NAMES: Final = {file: name for name, file in FILES.items()}
_PNG: Final = struct.Struct(">8s8xII")
_PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_BOXED: Final = {"table_open": "Table", "fence": "Example", "code_block": "Example"}
_ALIGNED: Final = re.compile(r"text-align:\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a table of contents."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a page shows it."""

    name: str
    title: str
    html: SafeString
    headings: list[Heading]

    @property
    def address(self) -> str:
        """The address of its page."""
        return reverse(METHOD) if self.name == METHOD else reverse("help", args=(self.name,))


def document(name: str) -> Document:
    """Return a document by the name that it has in addresses.

    Raises Http404 where there is none of this name.
    """
    if name not in FILES:
        raise Http404
    return _rendered(name)


@cache
def guides() -> list[Document]:
    """Return the documents that have a page, in their order."""
    return [_rendered(name) for name in FILES]


@cache
def _rendered(name: str) -> Document:
    """Render a document once for as long as the process runs."""
    path = settings.BASE_DIR / "docs" / FILES[name]
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    # The page puts the title above its table of contents.
    (_open, titled, _close), tokens = tokens[:3], tokens[3:]
    headings = []
    for heading, text in _anchored(tokens):
        if heading.tag == "h2":
            headings.append(Heading(str(heading.attrs["id"]), text))
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            _class_for_style(token)
        for child in token.children or ():
            if child.type == "image":
                _local_image(child, path.parent)
        if token.children:
            token.children = list(_linked(token.children))
    html = reader.renderer.render(_scrolling(tokens), reader.options, {})
    # Raw HTML is off, so every tag in it was made by the renderer from checked tokens.
    return Document(name, titled.content, mark_safe(html), headings)  # noqa: S308


def _anchored(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Give each heading the anchor that GitHub gives it, and yield it with its text."""
    seen: dict[str, int] = {}
    for token, inline in pairwise(tokens):
        if token.type != "heading_open":
            continue
        text = "".join(
            child.content
            for child in inline.children or ()
            if child.type in ("text", "code_inline")
        )
        plain = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
        before = seen.get(plain, 0)
        seen[plain] = before + 1
        token.attrSet("id", f"{plain}-{before}" if before else plain)
        yield token, text


def _class_for_style(token: Token) -> None:
    """Say by a class how a cell is aligned: the policy refuses styles in the page."""
    aligned = _ALIGNED.search(str(token.attrs.pop("style", "")))
    if aligned:
        token.attrSet("class", f"align-{aligned[1]}")


def _local_image(token: Token, folder: Path) -> None:
    """Serve a picture of `docs/img` as a file of the site, with its size."""
    source = str(token.attrs["src"])
    width, height = _size(folder / source)
    token.attrs["src"] = static(f"docs/{Path(source).name}")
    token.attrs |= {"width": str(width), "height": str(height), "loading": "lazy"}


def _size(path: Path) -> tuple[int, int]:
    """Return width and height from the header of a PNG file."""
    with path.open("rb") as file:
        magic, width, height = _PNG.unpack(file.read(_PNG.size))
    if magic != _PNG_MAGIC:
        raise ValueError(f"{path.name} is no PNG file.")
    return width, height


def _linked(children: Sequence[Token]) -> Iterator[Token]:
    """Lead links to the pages of documents; of a link to what has no page, leave the text."""
    kept = True
    for child in children:
        if child.type == "link_open":
            address = _address(str(child.attrs["href"]))
            kept = address is not None
            if address is not None:
                child.attrs["href"] = address
                if "//" in address:
                    child.attrs["rel"] = "noopener noreferrer"
                yield child
        elif child.type == "link_close":
            if kept:
                yield child
            kept = True
        else:
            yield child


def _address(href: str) -> str | None:
    """Return where a link of a document leads on the site, or None where there is no page."""
    if href.startswith(("#", "/", "https://", "http://")):
        return href
    target, hash_, anchor = href.partition("#")
    name = _NAMES.get(target)
    if name is None:
        return None
    page = reverse(METHOD) if name == METHOD else reverse("help", args=(name,))
    return f"{page}{hash_}{anchor}"


def _scrolling(tokens: Sequence[Token]) -> list[Token]:
    """Put tables and examples into boxes that scroll, and that a keyboard can reach."""
    boxed: list[Token] = []
    for token in tokens:
        if label := _BOXED.get(token.type):
            attrs: dict[str, str | int | float] = {
                "class": "scroll",
                "tabindex": "0",
                "role": "group",
                "aria-label": label,
            }
            boxed.append(Token("box_open", "div", 1, attrs=attrs, block=True))
        boxed.append(token)
        if token.type in ("table_close", "fence", "code_block"):
            boxed.append(Token("box_close", "div", -1, block=True))
    return boxed
