"""Verbs that narrow articles and outlets; they join nothing to-many and order nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from . import canonical
from .clearance import EVERYTHING, NOTHING, Clearance, Ties, clearance, cleared
from .codebook import Marking

if TYPE_CHECKING:
    from .models import Article, Capture, Check, Derivation, Publisher  # noqa: F401


def reads_unpublished(user: User | AnonymousUser) -> bool:
    """Tell whether `user` is one of the staff, who may read more than the public."""
    return clearance(user).staff


def held(model: type[models.Model], who: Clearance, path: str = "") -> dict[str, Q]:
    """Return the ties of a reader to the row of a `Protected` model behind `path`."""
    if who.public:
        return {"own": NOTHING, "shared": NOTHING, "named": NOTHING}
    ties = {"own": NOTHING, "shared": NOTHING}
    if who.organisation is not None:
        ties["own"] = Q(**{f"{path}organisation": who.organisation})
        ties["shared"] = _listed(model, path, "shared_with", who.organisation)
    return {**ties, "named": _listed(model, path, "readers", who.user)}


def _listed(model: type[models.Model], path: str, field: str, key: int | None) -> Q:
    """Return the condition that a to-many field of the row behind `path` holds a key."""
    relation: Any = model._meta.get_field(field)
    listed = relation.remote_field.through._base_manager.filter(
        **{relation.m2m_reverse_field_name(): key}
    )
    return Q(**{f"{path}pk__in": listed.values(relation.m2m_field_name())})


def readable_article(user: User | AnonymousUser, articles: type[models.Model], path: str = "") -> Q:
    """Return the condition of `ArticleQuerySet.visible_to` on the article behind `path`.

    An article that nothing published rests on is its organisation's, unless it is CLEAR;
    reviewers read those up to AMBER too, as the editions in their queue may rest on them.
    """
    who = clearance(user)
    released = Q(**{f"{path}released": True}) | Q(**{f"{path}marking": Marking.CLEAR})
    ties = Ties(
        released=EVERYTHING if who.public else released,
        mine=Q(**{f"{path}added_by": who.user}) if who.staff else NOTHING,
        queued=EVERYTHING,
        **held(articles, who, path),
    )
    return cleared(who, f"{path}marking", ties)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what `user` may read."""
        return self.filter(readable_article(user, self.model))

    def at_address(self, url: str) -> Self:
        """Keep the articles whose address is, in canonical form, the same as `url`."""
        return self.filter(address_digest=canonical.digest(url))

    def at_addresses(self, urls: Iterable[str]) -> Self:
        """Keep the articles whose address is, in canonical form, the same as one of `urls`."""
        return self.filter(address_digest__in=[canonical.digest(url) for url in urls])


class CaptureQuerySet(models.QuerySet["Capture"]):
    """Captures, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the captures of articles that `user` may read."""
        articles: Any = self.model._meta.get_field("article").related_model
        return self.filter(readable_article(user, articles, "article__"))


class CheckQuerySet(models.QuerySet["Check"]):
    """Checks, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the checks of articles that `user` may read."""
        articles: Any = self.model._meta.get_field("article").related_model
        return self.filter(readable_article(user, articles, "article__"))


class DerivationQuerySet(models.QuerySet["Derivation"]):
    """Signs of sources, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the signs both of whose articles `user` may read."""
        articles: Any = self.model._meta.get_field("article").related_model
        source = Q(source=None) | readable_article(user, articles, "source__")
        return self.filter(readable_article(user, articles, "article__"), source)


class PublisherQuerySet(models.QuerySet["Publisher"]):
    """Outlets, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the outlets of which `user` may read an article; staff read them all.

        An outlet that was merged is seen as the one it was merged into, which has its articles.
        """
        present = self.filter(merged_into__isnull=True)
        if reads_unpublished(user):
            return present
        articles: Any = self.model._meta.get_field("articles").related_model
        visible = articles._default_manager.visible_to(user)
        return present.filter(pk__in=visible.values("publisher"))

    def merged_for(self, user: User | AnonymousUser) -> Self:
        """Keep the outlets that were merged, as far as `user` is told of their names.

        Those are merged ones that brought an article which they may read; staff are told of all.
        """
        merged = self.filter(merged_into__isnull=False)
        if reads_unpublished(user):
            return merged
        articles: Any = self.model._meta.get_field("articles").related_model
        visible = articles._default_manager.visible_to(user)
        return merged.filter(pk__in=visible.values("came_from"))

    def named_as_wire(self, user: User | AnonymousUser) -> Self:
        """Keep the outlets by whose name a text that `user` may read names its wire."""
        articles: Any = self.model._meta.get_field("articles").related_model
        visible = articles._default_manager.visible_to(user)
        return self.filter(name_key__in=visible.exclude(wire_key="").values("wire_key"))
