"""Verbs that narrow articles and outlets; they join nothing to-many and order nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from . import canonical
from .codebook import Marking

if TYPE_CHECKING:
    from .models import Article, Publisher  # noqa: F401


def reads_unpublished(user: User | AnonymousUser) -> bool:
    """Tell whether `user` is one of the staff, who may read more than the public."""
    return bool(user.is_active and user.is_staff)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what `user` may read: CLEAR for all, and for staff all but others' RED."""
        if not reads_unpublished(user):
            return self.filter(marking=Marking.CLEAR)
        return self.filter(
            Q(marking__in=[m for m in Marking if m != Marking.RED]) | Q(added_by=user)
        )

    def at_address(self, url: str) -> Self:
        """Keep the articles whose address is, in canonical form, the same as `url`."""
        return self.filter(address_digest=canonical.digest(url))


class PublisherQuerySet(models.QuerySet["Publisher"]):
    """Outlets, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep the outlets of which `user` may read an article; staff read them all."""
        if reads_unpublished(user):
            return self.all()
        articles: Any = self.model._meta.get_field("articles").related_model
        visible = articles._base_manager.filter(marking=Marking.CLEAR)
        return self.filter(pk__in=visible.values("publisher"))
