"""Directories as they are read: what an entry is, and how many incidents it has.

Every number is that of a question, and leads to its list.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from articles.countries import BODIES

from .codebook import NO_PLACE, SEA, UNKNOWN_COUNTRY, Sector, State
from .counts import Cell, count
from .dimensions import labels
from .filters import ask, query_of
from .listings import Listing, listing
from .models import Actor, ActorAlias, ActorParent, Campaign, Claim
from .models.children import PLACE_CHOICES, TARGET_COUNTRY_CHOICES
from .models.directories import STATE_CHOICES
from .questions import NONE, OFFICIAL

Reader = User | AnonymousUser
PAGE: Final = 25
SHOWN: Final = 25
# Countries of the world first, then what is none.
NO_COUNTRIES: Final = (SEA, NO_PLACE, UNKNOWN_COUNTRY, *BODIES, NONE)


@dataclass(frozen=True, slots=True)
class Tally:
    """A number and the query of the list that it counts; none where it is 0."""

    count: int
    query: str

    def __bool__(self) -> bool:
        return self.count > 0


NOTHING: Final = Tally(0, "")


def tallies(user: Reader, name: str, **params: str) -> dict[str, Tally]:
    """Return how many incidents each value of a dimension has, wherever they have it."""
    question = ask(query_of({param: [value] for param, value in params.items()}), user)
    counts = count(question, [name], assign="any")
    return {cell.key[name]: Tally(cell.count, cell.query) for cell in counts.cells if cell.count}


def asked(user: Reader, **said: str) -> Listing:
    """Return the first page of a question, as a page of a directory shows it."""
    pairs = {name: [value] for name, value in said.items()}
    return listing(ask(query_of({**pairs, "page_size": [str(PAGE)]}), user, {"page_size"}))


def tally(user: Reader, **said: str) -> Tally:
    """Return the number of a question."""
    question = ask(query_of({name: [value] for name, value in said.items()}), user)
    return Tally(count(question).total, question.query())


# -- countries -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CountryRow:
    """What happened in a country, was aimed at it and is traced to it."""

    code: str
    label: str
    core: Tally
    every: Tally
    aimed: Tally
    traced: Tally


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A country, or what stands in its place: the sea, a body, no place at all."""

    code: str
    label: str
    happened: Listing
    aimed: Tally | None
    traced: Tally | None


def countries(user: Reader) -> tuple[list[CountryRow], list[CountryRow]]:
    """Return countries of which something is logged, by number, and what is no country."""
    core = tallies(user, "country")
    every = tallies(user, "country", series="all")
    aimed = tallies(user, "target_country")
    traced = tallies(user, "attributed_to")
    codes = {*core, *every, *aimed, *traced} - {NONE}
    called = labels("country", codes)
    rows = [
        CountryRow(
            code,
            called[code],
            *(found.get(code, NOTHING) for found in (core, every, aimed, traced)),
        )
        for code in codes
    ]
    rows.sort(key=lambda row: (-row.core.count, -row.every.count, row.label))
    of_the_world = [row for row in rows if row.code not in NO_COUNTRIES]
    return of_the_world, [row for row in rows if row.code in NO_COUNTRIES]


def country(code: str, user: Reader) -> CountryPage:
    """Return a country.

    Raises Http404 where the codebook has none of this code.
    """
    places = dict(PLACE_CHOICES)
    if code not in places:
        raise Http404
    return CountryPage(
        code=code,
        label=str(places[code]),
        happened=asked(user, country=code),
        aimed=tally(user, target_country=code) if code in dict(TARGET_COUNTRY_CHOICES) else None,
        traced=tally(user, attributed_to=code) if code in dict(STATE_CHOICES) else None,
    )


# -- sectors -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A sector, what it means, and the incidents that were aimed at it."""

    code: str
    label: str
    meaning: str
    core: Tally
    every: Tally
    traced: Tally


@dataclass(frozen=True, slots=True)
class SectorPage:
    """A sector and the incidents that were aimed at it."""

    code: str
    label: str
    meaning: str
    hit: Listing


def sectors(user: Reader) -> list[SectorRow]:
    """Return all sectors by number; those at which nothing was aimed last."""
    core = tallies(user, "sector")
    every = tallies(user, "sector", series="all")
    traced = tallies(user, "sector", min_level=str(int(OFFICIAL)))
    rows = [
        SectorRow(
            entry.value,
            str(entry.label),
            str(entry.definition),
            *(found.get(entry.value, NOTHING) for found in (core, every, traced)),
        )
        for entry in Sector
    ]
    return sorted(rows, key=lambda row: (-row.core.count, -row.every.count, row.label))


def sector(code: str, user: Reader) -> SectorPage:
    """Return a sector.

    Raises Http404 where the codebook has none of this code.
    """
    if code not in Sector.values:
        raise Http404
    found = Sector(code)
    return SectorPage(code, str(found.label), str(found.definition), asked(user, sector=code))


# -- actors --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor with the incidents of which somebody accuses it, and officials do."""

    actor: Actor
    accused: Tally
    officially: Tally


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """The actors of one state."""

    state: str
    rows: list[ActorRow]


@dataclass(frozen=True, slots=True)
class ActorPage:
    """An actor, what it belongs to, what it is accused of, and what it said itself."""

    actor: Actor
    aliases: list[ActorAlias]
    parents: list[ActorParent]
    children: list[ActorParent]
    accused: Listing
    levels: list[Cell]
    statements: list[Any]
    more_statements: int


def actors(user: Reader) -> list[ActorGroup]:
    """Return the actors that `user` may see, by state; those of no state last."""
    accused = tallies(user, "actor", min_level="1")
    officially = tallies(user, "actor")
    found = Actor.objects.visible_to(user).prefetch_related("aliases")
    rows = [
        ActorRow(one, accused.get(one.slug, NOTHING), officially.get(one.slug, NOTHING))
        for one in found
    ]
    rows.sort(key=lambda row: (not row.actor.state, row.actor.get_state_display(), row.actor.name))
    grouped = groupby(rows, key=lambda row: row.actor.state)
    return [ActorGroup(state, list(group)) for state, group in grouped]


def actor(slug: str, user: Reader) -> ActorPage | str:
    """Return an actor, or the address name of the one that it was merged into.

    Raises Http404 alike for what is not there and what `user` may not see.
    """
    visible = Actor.objects.visible_to(user)
    found = visible.filter(slug=slug).first()
    if found is None:
        merged = Actor.objects.filter(slug=slug, merged_into__in=visible).first()
        if merged is None:
            raise Http404
        return str(merged.survivor.slug)
    listed = asked(user, actor=slug, min_level="1")
    levels = count(listed.question, ["level"]).cells
    relations = ActorParent.objects.select_related("actor", "parent")
    parents = relations.filter(actor=found, parent__in=visible)
    children = relations.filter(parent=found, actor__in=visible)
    said = public_claims(user).filter(
        Q(claimant_actor=found) | Q(claimant_actor__merged_into=found)
    )
    statements = list(said.order_by("-date_to", "-pk")[: SHOWN + 1])
    return ActorPage(
        actor=found,
        aliases=list(found.aliases.all()),
        parents=list(parents.order_by("parent__name")),
        children=list(children.order_by("actor__name")),
        accused=listed,
        levels=sorted(levels, key=lambda cell: cell.key["level"], reverse=True),
        statements=statements[:SHOWN],
        more_statements=said.count() - SHOWN if len(statements) > SHOWN else 0,
    )


def public_claims(user: Reader) -> Any:
    """Return the claims of published editions that `user` may see, with their incidents."""
    rows: Any = Claim.objects.visible_to(user).with_life(None)
    published = rows.filter(incident__state=State.PUBLISHED)
    return published.select_related("incident__record", "accused_actor__merged_into")


# -- campaigns -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign with the incidents that belong to it."""

    campaign: Campaign
    core: Tally
    every: Tally


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A campaign and its incidents, whatever became of them."""

    campaign: Campaign
    incidents: Listing


def campaigns(user: Reader) -> list[CampaignRow]:
    """Return the campaigns that `user` may see, by name."""
    core, every = tallies(user, "campaign"), tallies(user, "campaign", series="all")
    return [
        CampaignRow(one, core.get(one.slug, NOTHING), every.get(one.slug, NOTHING))
        for one in Campaign.objects.visible_to(user)
    ]


def campaign(slug: str, user: Reader) -> CampaignPage:
    """Return a campaign.

    Raises Http404 alike for what is not there and what `user` may not see.
    """
    found = get_object_or_404(Campaign.objects.visible_to(user), slug=slug)
    return CampaignPage(found, asked(user, campaign=slug, series="all"))
