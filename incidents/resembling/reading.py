"""What records say, as plain data for comparing; a statement for each kind of row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.contrib.auth.models import User

from articles.models import Article
from incidents.codebook import EventType, Sector, TargetKind
from incidents.models import Citation, Claim, Effect, Incident, Location, Target

from . import words
from .scoring import Known
from .signs import Signs, Span, Spot

# A year is a word of a title as well: "2024 Baltic Sea cable disruptions".
MOST_YEARS: Final = 2


def known_of(editions: Sequence[Incident], signs: Signs, user: User) -> list[Known]:
    """Return what some editions say, as far as `user` may read it."""
    keys = [edition.pk for edition in editions]
    places = _rows(
        Location.objects.visible_to(user), keys, "country", "place", "lat", "lon", "zone", "admin1"
    )
    targets = _rows(
        Target.objects.visible_to(user), keys, "country", "name", "sector", "target_kind"
    )
    claims = _rows(
        Claim.objects.visible_to(user).select_related("accused_actor"),
        keys,
        *("responsible_state", "claimant", "accused_actor__slug", "accused_actor__name"),
    )
    cited = _rows(
        Citation.objects.visible_to(user),
        keys,
        *("article", "article__title", "article__url"),
        *("article__published_from", "article__published_to"),
    )
    effects = _rows(Effect.objects.visible_to(user), keys, "note")
    asked = _asked(signs, user)
    anchors = {key for key, rows in cited.items() if any(row[0] in asked for row in rows)}
    campaigns = {edition.campaign_id for edition in editions if edition.pk in anchors} - {None}
    sources = {row[0] for key in anchors for row in cited[key]} - asked
    return [
        _known(
            edition,
            places[edition.pk],
            targets[edition.pk],
            claims[edition.pk],
            cited[edition.pk],
            [row[0] for row in effects[edition.pk]],
            cites=edition.pk in anchors,
            sibling=edition.campaign_id in campaigns
            or any(row[0] in sources for row in cited[edition.pk]),
        )
        for edition in editions
    ]


def _asked(signs: Signs, user: User) -> set[int]:
    """Return the keys of the articles that are asked about, where they are here already."""
    articles = Article.objects.visible_to(user).at_addresses(signs.urls)
    return set(articles.values_list("pk", flat=True)) if signs.urls else set()


def _rows(rows: Any, keys: list[int], *names: str) -> dict[int, list[tuple[Any, ...]]]:
    by_edition: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    found = rows.filter(incident__in=keys).order_by("pk")
    for key, *values in found.values_list("incident", *names):
        by_edition[key].append(tuple(values))
    return by_edition


def _known(
    edition: Incident,
    places: list[tuple[Any, ...]],
    targets: list[tuple[Any, ...]],
    claims: list[tuple[Any, ...]],
    cited: list[tuple[Any, ...]],
    effects: list[str],
    *,
    cites: bool,
    sibling: bool,
) -> Known:
    first, last = edition.onset_from, edition.onset_to
    years = range(first.year, last.year + 1)
    named = [text for row in places for text in (row[1], row[4], row[5])]
    named += [name for _country, name, _sector, _kind in targets]
    named += [text for _state, who, _slug, whom in claims for text in (who, whom or "")]
    named += map(str, years if len(years) <= MOST_YEARS else ())
    types = {edition.event_type, *edition.other_event_types}
    coded = [str(EventType(code).label) for code in types]
    coded += [str(Sector(row[2]).label) for row in targets if row[2] != Sector.UNKNOWN]
    coded += [str(TargetKind(row[3]).label) for row in targets if row[3] != TargetKind.UNKNOWN]
    if edition.campaign:
        coded.append(edition.campaign.name)
    told = [text for row in cited for text in (row[1], " ".join(words.of_address(row[2])))]
    return Known(
        key=edition.pk,
        title=_stems(edition.title, *named),
        said=_stems(edition.summary, *coded, *told, *effects),
        onset=(first, last),
        countries=frozenset({row[0] for row in (*places, *targets)} - {"no_place", "ZZ", ""}),
        blamed=frozenset({row[0] for row in claims} - {""}),
        event_types=frozenset(types),
        sectors=frozenset({row[2] for row in targets} - {Sector.UNKNOWN}),
        actors=frozenset({row[2] for row in claims} - {None}),
        places=tuple(spots(places)),
        reported=tuple(_spans(cited)),
        cites=cites,
        sibling=sibling and not cites,
        called=words.stems(edition.title),
    )


def _stems(*texts: str) -> frozenset[str]:
    return frozenset().union(*map(words.stems, texts))


def spots(places: list[tuple[Any, ...]]) -> list[Spot]:
    return [
        Spot(place, float(lat), float(lon), country)
        for country, place, lat, lon, *_names in places
        if lat is not None
    ]


def _spans(cited: list[tuple[Any, ...]]) -> list[Span]:
    return [(row[3], row[4]) for row in cited if row[3] and row[4]]
