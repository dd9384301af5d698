"""Verbs that narrow actors, campaigns and reported figures.

Law: as in `incidents.querysets.editions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.clearance import EVERYTHING, NOTHING, Ties, clearance, cleared
from articles.querysets import held, reads_unpublished

from .reading import behind

if TYPE_CHECKING:
    from incidents.models import (  # noqa: F401
        Campaign,
        ReportedFigure,
    )


class ActorQuerySet(models.QuerySet[Any]):
    """Actors, narrowed."""

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep actors that a claim `user` may read accuses or quotes; staff read them all.

        An actor that was merged is seen as the one it was merged into.
        """
        present = self.filter(merged_into__isnull=True)
        if reads_unpublished(user):
            return present
        claims = behind(self.model, "accusations").objects.visible_to(user, past=past)
        named = Q()
        for column in ("accused_actor", "claimant_actor"):
            who = claims.annotate(who=Coalesce(f"{column}__merged_into", column)).values("who")
            named |= Q(pk__in=who)
        return present.filter(named)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns, narrowed."""

    def visible_to(self, user: User | AnonymousUser, *, past: bool = False) -> Self:
        """Keep campaigns with an incident that `user` may read; staff read them all."""
        if reads_unpublished(user):
            return self.all()
        incidents = behind(self.model, "incidents")._default_manager
        return self.filter(pk__in=incidents.visible_to(user, past=past).values("campaign"))


class ReportedFigureQuerySet(models.QuerySet["ReportedFigure"]):
    """Reported figures, narrowed."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what `user` may read by its marking; a figure has no state."""
        who = clearance(user)
        ties = Ties(released=EVERYTHING, mine=NOTHING, **held(self.model, who))
        return self.filter(cleared(who, "marking", ties))

    def with_renditions(self, user: User | AnonymousUser) -> Self:
        """Load what articles that `user` may read made of each figure, and what it is a part of."""
        renditions = behind(self.model, "renditions")._default_manager
        articles = behind(renditions.model, "article")._default_manager
        read = renditions.filter(article__in=articles.visible_to(user))
        rows = models.Prefetch("renditions", read.select_related("article__publisher"))
        return self.select_related("numerator_of").prefetch_related(rows)
