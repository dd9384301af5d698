"""An article or an announcement, read for a draft: what it proposes, and the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.contrib.auth.models import User

from articles.codebook import Verdict, beyond_usual
from articles.models import Article, Item
from articles.text import is_key
from incidents.models import Actor
from incidents.suggestions import Article as Text
from incidents.suggestions import Directory, KnownActor, Suggestions, directory, suggest
from incidents.suggestions.figures import Figure
from incidents.suggestions.quotes import pieces, quote

from .values import Value, values

# Characters that are read: a longer text is no report, and somebody waits for the page.
MOST_READ: Final = 60_000
# Characters of the text around the words that a value rests on.
AROUND: Final = 160


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with its words and those around them, as a page shows it."""

    value: Value
    number: int
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Proposal:
    """An article as it was read for a draft."""

    url: str
    title: str
    text: str
    source: Article | Item
    found: Suggestions
    entries: Mapping[str, int]

    @cached_property
    def values(self) -> list[Value]:
        """The values for the form, in its order."""
        return values(self.found, self.entries)

    @property
    def article_key(self) -> int | None:
        """The key of the article, where it is one and not an announcement."""
        return self.source.pk if isinstance(self.source, Article) else None

    @property
    def initial(self) -> dict[str, Any]:
        """What the form itself is filled with."""
        filled: dict[str, Any] = {"article_url": self.url, "title": self.title[:120]}
        if isinstance(self.source, Article) and beyond_usual(self.source.marking):
            filled["marking"] = self.source.marking
        for value in self.values:
            if value.row is None:
                filled |= value.fields
        return filled

    def rows(self, part: str) -> list[dict[str, Any]]:
        """Return what the rows of a part are filled with."""
        own = [dict(value.fields) for value in self.values if value.part == part]
        return own + [dict(it.brings[part]) for it in self.values if part in it.brings]

    @property
    def marked(self) -> list[Marked]:
        """The values with the words around what they rest on."""
        return [self._marked(number, value) for number, value in enumerate(self.values)]

    def _marked(self, number: int, value: Value) -> Marked:
        text = self.title if value.evidence.in_title else self.text
        return Marked(value, number, *quote(text, value.evidence, AROUND))

    def pieces(self) -> list[tuple[str, list[int]]]:
        """Return the text cut at the ends of evidence, each piece with the values that name it."""
        return self._pieces(self.text, in_title=False)

    def title_pieces(self) -> list[tuple[str, list[int]]]:
        """Return the title, cut as the text is."""
        return self._pieces(self.title, in_title=True)

    def _pieces(self, text: str, *, in_title: bool) -> list[tuple[str, list[int]]]:
        said = [value.evidence for value in self.values]
        return pieces(text, {n: it for n, it in enumerate(said) if it.in_title == in_title})

    @property
    def figures(self) -> list[Figure]:
        """The totals that the article reports."""
        return self.found.figures


def article_of(key: str, user: User) -> Article | None:
    """Return the article of a key where `user` may read it."""
    return Article.objects.visible_to(user).filter(pk=key).first() if is_key(key) else None


def of_article(key: str, user: User) -> Proposal | None:
    """Return what an article that `user` may read proposes; None where it has no text."""
    found = article_of(key, user)
    if found is None:
        return None
    text = found.text
    if not text:
        kept = found.captures.visible_to(user).filter(verdict=Verdict.ARTICLE).first()
        text = kept.text if kept else ""
    return _proposal(found.url, found.title, text, found.published, found, user) if text else None


def of_item(key: str, user: User) -> Proposal | None:
    """Return what an announcement proposes, by the little that it says, to who sees the inbox."""
    may = user.has_perm("articles.view_item") and is_key(key)
    found = Item.objects.filter(pk=key).first() if may else None
    if found is None:
        return None
    text = found.summary or found.title
    return _proposal(found.url, found.title, text, found.published, found, user)


def _proposal(
    url: str, title: str, text: str, published: str, source: Article | Item, user: User
) -> Proposal:
    day = published if len(published) == 10 else ""
    read = Text(title=title, text=text[:MOST_READ], url=url, metadata_date=day)
    rows = Actor.objects.visible_to(user).filter(merged_into=None).prefetch_related("aliases")
    found = suggest(read, _known(rows))
    return Proposal(url, title, text, source, found, {row.name: row.pk for row in rows})


def _known(rows: Iterable[Actor]) -> Directory:
    """Return the actors that may be named: those kept with the program and the directory's."""
    return directory(
        KnownActor(row.name, row.state, False, tuple(alias.name for alias in row.aliases.all()))
        for row in rows
    )
