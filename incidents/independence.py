"""Which source a cited article rests on, so that copies of one story count as one.

The source is the article at the top of what it was taken from, as far as the reader may see the
way up; the agency that this one names, or that published it, stands for it. Articles with the
same source are one independent source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Coalesce

from articles.codebook import PublisherKind
from articles.querysets import readable_article

# A copy of a copy of a copy is followed to its source; what was taken on still further is not.
STEPS: Final = 3


def source(user: User | AnonymousUser, articles: type[models.Model], path: str) -> Case:
    """Return the expression of the source of the article behind `path`: a text to compare."""
    seen, whens = Q(), []
    for above in steps(path):
        seen &= readable_article(user, articles, above)
        whens.append(When(seen, then=_name(articles, above)))
    return Case(*reversed(whens), default=_name(articles, path))


def by_itself(user: User | AnonymousUser, articles: type[models.Model], path: str) -> Case:
    """Return the expression of whether the article behind `path` was taken from nobody."""
    taken = readable_article(user, articles, next(steps(path)))
    named = Q(**{f"{path}wire_key__gt": ""})
    return Case(When(taken | named, then=False), default=True)


def steps(path: str) -> Iterator[str]:
    """Return the ways from the article behind `path` to what it was taken from, the next first."""
    return (path + "derived_from__" * n for n in range(1, STEPS + 1))


def _name(articles: type[models.Model], path: str) -> Case:
    named = Q(**{f"{path}wire_key__gt": ""})
    agency = Q(**{f"{path}publisher__kind": PublisherKind.WIRE})
    # An outlet that was merged is known by the name of the one that stays.
    outlets: Any = articles._meta.get_field("publisher").related_model
    merged = outlets._base_manager.filter(
        name_key=OuterRef(f"{path}wire_key"), merged_into__isnull=False
    )
    present = Subquery(merged.order_by("pk").values("merged_into__name_key")[:1])
    return Case(
        When(named, then=Coalesce(present, F(f"{path}wire_key"))),
        When(agency, then=F(f"{path}publisher__name_key")),
        default=Cast(f"{path}pk", models.TextField()),
    )
