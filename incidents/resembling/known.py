"""What records say, as plain data for comparing; a statement for each kind of row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.contrib.auth.models import User

from articles.models import Article
from incidents.codebook import EventType, Sector, TargetKind
from incidents.models import Citation, Claim, Effect, Incident, Location, Target

from . import words
from .scoring import Known
from .signs import NOWHERE, Signs, Span, Spot

# A year is a word of a title as well: "2024 Baltic Sea cable disruptions".
MOST_YEARS: Final = 2


# The columns of each kind of row that are compared.
_COLUMNS: Final[dict[Any, tuple[str, ...]]] = {
    Location: ("country", "place", "lat", "lon", "zone", "admin1"),
    Target: ("country", "name", "sector", "target_kind"),
    Claim: ("responsible_state", "claimant", "accused_actor__slug", "accused_actor__name"),
    Citation: (
        *("article", "article__title", "article__url"),
        *("article__published_from", "article__published_to"),
    ),
    Effect: ("note",),
}


def known_of(editions: Sequence[Incident], signs: Signs, user: User) -> list[Known]:
    """Return what some editions say, as far as `user` may read it."""
    keys = [edition.pk for edition in editions]
    said = {kind: _by_edition(kind, keys, user) for kind in _COLUMNS}
    articles = {key: {row.article for row in rows} for key, rows in said[Citation].items()}
    asked = _asked(signs, user)
    anchors = {key for key, cited in articles.items() if cited & asked}
    campaigns = {edition.campaign_id for edition in editions if edition.pk in anchors} - {None}
    sources = {article for key in anchors for article in articles[key]} - asked
    return [
        _known(
            edition,
            {kind: rows[edition.pk] for kind, rows in said.items()},
            cites=edition.pk in anchors,
            sibling=edition.campaign_id in campaigns
            or bool(articles.get(edition.pk, set()) & sources),
        )
        for edition in editions
    ]


def _asked(signs: Signs, user: User) -> set[int]:
    """Return the keys of the articles that are asked about, where they are here already."""
    articles = Article.objects.visible_to(user).at_addresses(signs.urls)
    return set(articles.values_list("pk", flat=True)) if signs.urls else set()


def _by_edition(kind: Any, keys: list[int], user: User) -> dict[int, list[Any]]:
    """Return the rows of a kind that `user` may read, by the edition that they are of."""
    by_edition: dict[int, list[Any]] = defaultdict(list)
    rows = kind.objects.visible_to(user).filter(incident__in=keys).order_by("pk")
    for row in rows.values_list("incident", *_COLUMNS[kind], named=True):
        by_edition[row.incident].append(row)
    return by_edition


def _known(
    edition: Incident, said: Mapping[Any, Sequence[Any]], *, cites: bool, sibling: bool
) -> Known:
    """Return what an edition and its rows say."""
    first, last = edition.onset_from, edition.onset_to
    places, targets, claims, cited = (said[kind] for kind in (Location, Target, Claim, Citation))
    years = range(first.year, last.year + 1)
    named = [text for row in places for text in (row.place, row.zone, row.admin1)]
    named += [row.name for row in targets]
    named += [text for row in claims for text in (row.claimant, row.accused_actor__name or "")]
    named += map(str, years if len(years) <= MOST_YEARS else ())
    types = {edition.event_type, *edition.other_event_types}
    sectors = {row.sector for row in targets} - {Sector.UNKNOWN}
    coded = [str(EventType(code).label) for code in types]
    coded += [str(Sector(code).label) for code in sectors]
    kinds = {row.target_kind for row in targets} - {TargetKind.UNKNOWN}
    coded += [str(TargetKind(code).label) for code in kinds]
    if edition.campaign:
        coded.append(edition.campaign.name)
    told = [row.article__title for row in cited]
    told += [" ".join(words.of_address(row.article__url)) for row in cited]
    return Known(
        key=edition.pk,
        title=_stems(edition.title, *named),
        said=_stems(edition.summary, *coded, *told, *(row.note for row in said[Effect])),
        onset=(first, last),
        countries=frozenset({row.country for row in (*places, *targets)} - NOWHERE),
        blamed=frozenset({row.responsible_state for row in claims} - {""}),
        event_types=frozenset(types),
        sectors=frozenset(sectors),
        actors=frozenset({row.accused_actor__slug for row in claims} - {None}),
        places=tuple(spots(places)),
        reported=tuple(_spans(cited)),
        cites=cites,
        sibling=sibling and not cites,
        called=words.stems(edition.title),
    )


def _stems(*texts: str) -> frozenset[str]:
    return frozenset().union(*map(words.stems, texts))


def spots(places: Iterable[Any]) -> list[Spot]:
    """Return the points that some places have."""
    return [
        Spot(row.place, float(row.lat), float(row.lon), row.country)
        for row in places
        if row.lat is not None
    ]


def _spans(cited: Iterable[Any]) -> list[Span]:
    """Return when the articles that are cited were published, where that is known."""
    spans = ((row.article__published_from, row.article__published_to) for row in cited)
    return [span for span in spans if all(span)]
