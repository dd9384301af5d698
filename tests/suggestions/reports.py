"""Short invented reports, and what an article made of them suggests."""

from __future__ import annotations

from incidents.suggestions import Article, Suggestions, suggest


def suggested(
    text: str, *, title: str = "", url: str = "https://news.example/a", day: str = "2024-12-04"
) -> Suggestions:
    """Return what a text of a day suggests."""
    return suggest(Article(title, text, url, day))


def values(found: list) -> list[str]:  # type: ignore[type-arg]
    """Return the values of suggestions, in order."""
    return [str(one.value) for one in found]
