"""Two entries of one actor become one; what was published stays as it is and counts as the other.

Law: a published claim is never rewritten. The entry that it names stays behind, says into which
one it was merged, and every question takes it for that one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.text import folded

from . import clocks
from .codebook import ONCE_PUBLIC, ActorRelation
from .models import Actor, ActorAlias, ActorParent, Claim

Edge = tuple[int, int, str]


@dataclass(slots=True)
class Conflict:
    """That two entries have different ids in one system; the one kept is the survivor's."""

    scheme: str
    kept: str
    left: str
    actor: Actor


@dataclass(slots=True)
class Plan:
    """What a merge would join, and what would stay behind."""

    survivor: Actor
    losers: list[Actor]
    names: list[Actor] = field(default_factory=list)
    aliases: list[ActorAlias] = field(default_factory=list)
    ties: list[ActorParent] = field(default_factory=list)
    left_out: list[ActorParent] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def plan(survivor: Actor, losers: Sequence[Actor]) -> Plan:
    """Return what merging `losers` into `survivor` would do; nothing is written."""
    made = Plan(survivor, list(losers))
    known = {folded(survivor.name)}
    known |= {folded(alias.name) for alias in survivor.aliases.all()}
    for loser in losers:
        if folded(loser.name) not in known:
            made.names.append(loser)
            known.add(folded(loser.name))
        for alias in loser.aliases.all():
            if folded(alias.name) not in known:
                made.aliases.append(alias)
                known.add(folded(alias.name))
    _plan_ids(made)
    _plan_ties(made)
    return made


def claims_of(actors: Collection[Actor], user: User | AnonymousUser) -> tuple[int, int]:
    """Return how many claims that `user` may read name some actors, in open editions and public.

    A merge rewrites those of open editions, also where another one reads them alone.
    """
    naming = Q(accused_actor__in=actors) | Q(claimant_actor__in=actors)
    claims = Claim.objects.visible_to(user).filter(naming)
    public = claims.filter(incident__state__in=ONCE_PUBLIC).count()
    return claims.count() - public, public


def _plan_ids(made: Plan) -> None:
    """Keep the survivor's id of each system and take those that it lacks."""
    for loser in made.losers:
        for scheme, name in loser.external_ids.items():
            kept = made.survivor.external_ids.get(scheme, made.ids.get(scheme))
            if kept is None:
                made.ids[scheme] = name
            elif kept != name:
                made.conflicts.append(Conflict(scheme, kept, name, loser))


def _plan_ties(made: Plan) -> None:
    """Tell the ties that move from those that the survivor has already or that would be loops."""
    gone = {loser.pk for loser in made.losers}
    present = Q(actor__merged_into=None, parent__merged_into=None)
    ties = list(ActorParent.objects.filter(present).select_related("actor", "parent"))
    touched = [tie for tie in ties if {tie.actor_id, tie.parent_id} & gone]
    edges = {_edge(tie) for tie in ties if not {tie.actor_id, tie.parent_id} & gone}
    for tie in touched:
        actor, parent, relation = _edge(tie)
        actor = made.survivor.pk if actor in gone else actor
        parent = made.survivor.pk if parent in gone else parent
        moved = (actor, parent, relation)
        if actor == parent or moved in edges or _closes_a_loop(moved, edges):
            made.left_out.append(tie)
        else:
            made.ties.append(tie)
            edges.add(moved)


def _edge(tie: ActorParent) -> Edge:
    return tie.actor_id, tie.parent_id, tie.relation


def _closes_a_loop(moved: Edge, edges: Collection[Edge]) -> bool:
    """Tell whether a tie would make an actor belong to itself over others.

    To overlap is to belong to nobody, so such ties make no loop.
    """
    actor, parent, relation = moved
    if relation == ActorRelation.OVERLAPS:
        return (parent, actor, relation) in edges
    belonging = [(at, to) for at, to, how in edges if how != ActorRelation.OVERLAPS]
    seen, open_ends = set(), [parent]
    while open_ends:
        end = open_ends.pop()
        if end == actor:
            return True
        if end not in seen:
            seen.add(end)
            open_ends += [to for at, to in belonging if at == end]
    return False


@clocks.once()
def merge(survivor: Actor, losers: Sequence[Actor]) -> Plan:
    """Merge `losers` into `survivor` and return what was done.

    Names, aliases, ties and ids move, and so do claims of editions that were never public.
    Raises ValidationError where an entry was merged already or is its own survivor.
    """
    keys = {survivor.pk, *(loser.pk for loser in losers)}
    if len(keys) != len(losers) + 1 or not losers:
        raise ValidationError(_("Merging takes two entries or more, each named once."))
    locked = {
        actor.pk: actor
        for actor in Actor.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    if len(locked) != len(keys) or any(actor.merged_into_id for actor in locked.values()):
        raise ValidationError(_("One of these entries is gone or was merged meanwhile."))
    made = plan(locked[survivor.pk], [locked[loser.pk] for loser in losers])
    _move_names(made)
    _move_ties(made)
    _move_ids(made)
    for column in ("accused_actor", "claimant_actor"):
        claims = Claim.objects.filter(**{f"{column}__in": made.losers})
        claims.exclude(incident__state__in=ONCE_PUBLIC).update(**{column: made.survivor})
    # What was merged into a loser before follows first: no entry may stand in a chain.
    Actor.objects.filter(merged_into__in=made.losers).update(merged_into=made.survivor)
    for loser in made.losers:
        loser.merged_into = made.survivor
        loser.save(update_fields=["merged_into", "external_ids"])
    return made


def _move_names(made: Plan) -> None:
    for alias in made.aliases:
        alias.came_from = alias.came_from or alias.actor
        alias.actor = made.survivor
        alias.save(update_fields=["actor", "came_from"])
    for loser in made.names:
        ActorAlias.objects.create(actor=made.survivor, name=loser.name, came_from=loser)


def _move_ties(made: Plan) -> None:
    """Move ties; one that is left out stays with its loser, or goes where others have it."""
    gone = {loser.pk: loser for loser in made.losers}
    for tie in made.ties:
        tie.came_from = tie.came_from or gone.get(tie.actor_id) or gone[tie.parent_id]
        tie.actor = made.survivor if tie.actor_id in gone else tie.actor
        tie.parent = made.survivor if tie.parent_id in gone else tie.parent
        tie.save(update_fields=["actor", "parent", "came_from"])
    for tie in made.left_out:
        if tie.parent_id in gone:
            tie.delete()


def _move_ids(made: Plan) -> None:
    survivor = made.survivor
    survivor.external_ids = {**survivor.external_ids, **made.ids}
    survivor.save(update_fields=["external_ids"])
    for loser in made.losers:
        loser.external_ids = {
            scheme: name
            for scheme, name in loser.external_ids.items()
            if made.ids.get(scheme) != name
        }


@clocks.once()
def take_apart(loser: Actor) -> Actor:
    """Make a merged entry one of its own again, with its names and ties; return the survivor.

    Claims of open editions and ids elsewhere stay with the survivor.
    Raises ValidationError where the entry was not merged.
    """
    freed = Actor.objects.select_for_update().get(pk=loser.pk)
    survivor: Actor | None = freed.merged_into
    if survivor is None:
        raise ValidationError(_("This entry is merged into no other one."))
    freed.merged_into = None
    freed.save(update_fields=["merged_into"])
    for alias in ActorAlias.objects.filter(came_from=freed):
        if alias.name == freed.name:
            alias.delete()
        else:
            alias.actor, alias.came_from = freed, None
            alias.save(update_fields=["actor", "came_from"])
    for tie in ActorParent.objects.filter(came_from=freed):
        tie.actor = freed if tie.actor_id == survivor.pk else tie.actor
        tie.parent = freed if tie.parent_id == survivor.pk else tie.parent
        tie.came_from = None
        tie.save(update_fields=["actor", "parent", "came_from"])
    return survivor
