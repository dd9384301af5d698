"""Who may read an edition or a row of one, as conditions on a query.

Law: a condition joins editions and records only, of which a row has one each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from articles.clearance import EVERYTHING, NOTHING, Clearance, Ties, clearance, cleared
from articles.codebook import Marking
from articles.querysets import held
from incidents.codebook import ONCE_PUBLIC, State


def readable_by(
    user: User | AnonymousUser,
    incidents: type[models.Model],
    path: str = "",
    *,
    past: bool = False,
) -> Q:
    """Return the condition of `IncidentQuerySet.visible_to` on the incident behind `path`.

    It joins editions and records only, of which a row has one each.
    """
    who = clearance(user)
    condition = cleared(who, f"{path}effective_marking", ties_to(who, incidents, path, past=past))
    if past:
        return Q(**{f"{path}state__in": ONCE_PUBLIC}) & condition
    # SQLite finds no index for NOT merged.
    return Q(**{f"{path}merged__in": (False,)}) & condition


def row_readable_by(
    user: User | AnonymousUser,
    incidents: type[models.Model],
    *,
    past: bool = False,
    beneath: bool = False,
) -> Q:
    """Return the condition on a row with a marking of its own: a stricter one hides it alone.

    Whoever is named on an edition at RED reads the rows that are marked less strictly than it.
    With `beneath`, the edition of a row is known to be readable.
    """
    who = clearance(user)
    ties = ties_to(who, incidents, "incident__", past=past)
    own_marking = cleared(who, "marking", replace(ties, released=EVERYTHING))
    if not who.public:
        own_marking |= Q(incident__effective_marking=Marking.RED)
    if beneath:
        return own_marking
    return readable_by(user, incidents, "incident__", past=past) & own_marking


def ties_to(who: Clearance, incidents: type[models.Model], path: str, *, past: bool) -> Ties:
    """Return what ties a reader to the edition behind `path`."""
    states = ONCE_PUBLIC if past or who.staff else (State.PUBLISHED,)
    released = Q(**{f"{path}state__in": states})
    if len(states) == 1:
        released = Q(**{f"{path}state": states[0]})
    held_by = held(behind(incidents, "record"), who, f"{path}record__")
    if not who.staff:
        return Ties(released=released, mine=NOTHING, **held_by)
    authored = incidents._base_manager.filter(authors=who.user).values("pk")
    mine = Q(**{f"{path}pk__in": authored}) | Q(**{f"{path}record__created_by": who.user})
    queued = Q(**{f"{path}state": State.IN_REVIEW})
    return Ties(released=released, mine=mine, queued=queued, **held_by)


def behind(model: type[models.Model], relation: str) -> Any:
    """Return the model behind a relation of `model`, which this module may not import."""
    return model._meta.get_field(relation).related_model
