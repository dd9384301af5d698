"""What an article proposes for a new draft: values for its form, each with the words it rests on.

The rules that read an article are `incidents.suggestions`; here their findings become what the
form takes, and nothing is stored before a person saved it.
"""

from __future__ import annotations

from .kept import note, precision
from .reading import MOST_READ, Proposal, article_of, of_article, of_item
from .values import PARTS

__all__ = [
    "MOST_READ",
    "PARTS",
    "Proposal",
    "article_of",
    "note",
    "of_article",
    "of_item",
    "precision",
]
