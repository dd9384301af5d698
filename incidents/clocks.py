"""The clocks move with every change of an entry whose words are shown beside records.

Law: the public clock moves only where everybody could read the entry before or after the change.
What a queryset updates, and what is loaded in bulk, sends no signal; who does so moves the clocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Q, signals
from django.db.models.functions import Coalesce

from articles.models import Article, Capture, Organisation, Publisher, PublisherDomain

from .models import (
    Actor,
    ActorAlias,
    ActorParent,
    Campaign,
    Claim,
    Incident,
    Rendition,
    ReportedFigure,
)
from .services import move_clocks

LISTED: Final[tuple[type[models.Model], ...]] = (
    Article,
    Capture,
    Publisher,
    PublisherDomain,
    Organisation,
    Actor,
    ActorAlias,
    ActorParent,
    Campaign,
    ReportedFigure,
    Rendition,
)
_WAS: Final = "_was_public"
_CHANGED: Final = ("post_add", "post_remove", "post_clear")
# Within `once`: whether something moved, and whether it was public.
_waiting: ContextVar[set[bool] | None] = ContextVar("waiting", default=None)


def listen() -> None:
    """Move the clocks from now on with every change of an entry."""
    for sender in LISTED:
        signals.pre_save.connect(_changes, sender=sender)
        signals.post_save.connect(_changed, sender=sender)
        signals.pre_delete.connect(_changes, sender=sender)
        signals.post_delete.connect(_deleted, sender=sender)
    for protected in (Article, ReportedFigure):
        for field in protected._meta.many_to_many:
            signals.m2m_changed.connect(_shared, sender=field.remote_field.through)


@contextmanager
def once() -> Iterator[None]:
    """Do many changes in one transaction, at whose end the clocks move once."""
    with transaction.atomic():
        waiting: set[bool] = set()
        kept = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(kept)
        if waiting:
            move_clocks(public=True in waiting)


def is_public(entry: models.Model) -> bool:
    """Tell whether everybody may read an entry as it is stored, today or as of a day before."""
    stored = type(entry)._base_manager.filter(pk=entry.pk)
    everybody = AnonymousUser()
    if isinstance(entry, Organisation):
        return False
    if isinstance(entry, ActorAlias | ActorParent):
        names = ("actor",) if isinstance(entry, ActorAlias) else ("actor", "parent")
        of = [key for row in stored.values_list(*names) for key in row]
        return bool(of) and all(map(_named, of))
    if isinstance(entry, Actor):
        return any(map(_named, stored.values_list(Coalesce("merged_into", "pk"), flat=True)))
    if isinstance(entry, Publisher | PublisherDomain):
        path = "" if isinstance(entry, Publisher) else "publisher__"
        outlets = stored.values(outlet=Coalesce(f"{path}merged_into", f"{path}pk"))
        seen = Publisher.objects.visible_to(everybody).filter(pk__in=outlets)
        return bool(seen.exists() or (isinstance(entry, Publisher) and _joins_wires(entry)))
    if isinstance(entry, Campaign):
        editions = Incident.objects.visible_to(everybody, past=True)
        return bool(editions.filter(campaign=entry.pk).exists())
    if isinstance(entry, Rendition):
        return stored.filter(
            figure__in=ReportedFigure.objects.visible_to(everybody),
            article__in=Article.objects.visible_to(everybody),
        ).exists()
    visible: Any = type(entry)._default_manager
    return bool(visible.visible_to(everybody).filter(pk=entry.pk).exists())


def _named(actor: int) -> bool:
    """Tell whether a claim that everybody may read names an actor, or one merged into it."""
    keys = [actor, *Actor.objects.filter(merged_into=actor).values_list("pk", flat=True)]
    claims = Claim.objects.visible_to(AnonymousUser(), past=True)
    columns = ("accused_actor__in", "claimant_actor__in")
    return any(claims.filter(**{column: keys}).exists() for column in columns)


def _joins_wires(outlet: Publisher) -> bool:
    """Tell whether everybody may read texts whose wires are one by a merge of an outlet."""
    merged = Q(merged_into__isnull=False) | Q(merged__isnull=False)
    own = Publisher.objects.filter(merged, pk=outlet.pk).values("pk")
    family = Publisher.objects.filter(Q(pk__in=own) | Q(merged_into__in=own))
    return bool(family.named_as_wire(AnonymousUser()).exists())


def _changes(instance: models.Model, **_kwargs: Any) -> None:
    """Remember whether everybody could read an entry before it is saved or deleted."""
    known = instance.pk is not None and not instance._state.adding
    instance.__dict__[_WAS] = known and is_public(instance)


def _changed(instance: models.Model, **_kwargs: Any) -> None:
    _move(public=instance.__dict__.pop(_WAS, False) or is_public(instance))


def _deleted(instance: models.Model, **_kwargs: Any) -> None:
    _move(public=instance.__dict__.pop(_WAS, False))


def _shared(action: str, **_kwargs: Any) -> None:
    """Tell staff that others read an entry; with whom it is shared everybody is never told."""
    if action in _CHANGED:
        _move(public=False)


def _move(*, public: bool) -> None:
    waiting = _waiting.get()
    if waiting is None:
        move_clocks(public=public)
    else:
        waiting.add(public)
