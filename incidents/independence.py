"""How many sources stand behind an incident that rest on no other one: copies are one source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from articles.text import folded


class Text(Protocol):
    """What an article says of where its text is from."""

    @property
    def pk(self) -> int:
        """Its key."""

    @property
    def publisher_id(self) -> int | None:
        """The outlet that published it."""

    @property
    def derived_from_id(self) -> int | None:
        """The article that it was taken from."""

    @property
    def wire_origin(self) -> str:
        """The wire that it names."""


def origins(
    articles: Iterable[Text], read: Collection[int], called: Mapping[str, int]
) -> dict[int, str]:
    """Return the origin of each article cited together; those with the same one are one source.

    Two articles are one source where the one was taken from the other, or both from a third
    one among those the reader may see (`read`), or where both name the same wire. By `called`,
    which outlet is called how, a wire is known by any of its names; what names it is one source
    with the first text of its own that this outlet has among those cited.
    """
    cited = {article.pk: article for article in articles}
    found: dict[int, str] = {}
    own: dict[str, str] = {}
    for key, article in sorted(cited.items()):
        seen = set()
        while article.derived_from_id in cited and article.pk not in seen:
            seen.add(article.pk)
            article = cited[article.derived_from_id]
        wire = folded(article.wire_origin)
        outlet = called.get(wire)
        if article.derived_from_id in read and article.pk not in seen:
            found[key] = f"article {article.derived_from_id}"
        elif wire and (outlet is None or outlet != article.publisher_id):
            found[key] = f"wire {wire}" if outlet is None else f"outlet {outlet}"
        else:
            found[key] = f"article {article.pk}"
            own.setdefault(f"outlet {article.publisher_id}", f"article {article.pk}")
    return {key: own.get(origin, origin) for key, origin in found.items()}


def independent(articles: Iterable[Text], read: Collection[int], called: Mapping[str, int]) -> int:
    """Count the sources among articles cited together that rest on no other one of them."""
    return len(set(origins(articles, read, called).values()))
