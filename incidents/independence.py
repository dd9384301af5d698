"""How many sources stand behind an incident that rest on no other one: copies are one source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from articles.text import folded


class Text(Protocol):
    """What an article says of where its text is from."""

    @property
    def pk(self) -> int:
        """Its key."""

    @property
    def derived_from_id(self) -> int | None:
        """The article that it was taken from."""

    @property
    def wire_origin(self) -> str:
        """The wire that it names."""


def origins(articles: Iterable[Text], read: Collection[int]) -> dict[int, str]:
    """Return the origin of each article cited together; those with the same one are one source.

    Two articles are one source where the one was taken from the other, or both from a third
    one among those the reader may see (`read`), or where both name the same wire.
    """
    cited = {article.pk: article for article in articles}
    found = {}
    for key, article in cited.items():
        seen = set()
        while article.derived_from_id in cited and article.pk not in seen:
            seen.add(article.pk)
            article = cited[article.derived_from_id]
        if article.derived_from_id in read and article.pk not in seen:
            found[key] = f"article {article.derived_from_id}"
        elif article.wire_origin:
            found[key] = f"wire {folded(article.wire_origin)}"
        else:
            found[key] = f"article {article.pk}"
    return found


def independent(articles: Iterable[Text], read: Collection[int]) -> int:
    """Count the sources among articles cited together that rest on no other one of them."""
    return len(set(origins(articles, read).values()))
