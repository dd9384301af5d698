"""Suggestions for a draft, taken from an article in any of many languages.

Law: every suggestion points at the words that it rests on, and says why it was taken from them;
no word leaves the machine, and no text is made. Words stand in words/<language>.toml, rules here.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.extraction.origins import origin

from . import (
    actors,
    blame,
    claimants,
    countries,
    dates,
    figures,
    groups,
    kinds,
    outcomes,
    persons,
    places,
    sectors,
    verdict,
)
from .directory import Directory, KnownActor, directory, kept
from .reading import Reading, Suggestion, read
from .texts import Article, Evidence

__all__ = [
    "Article",
    "Directory",
    "Evidence",
    "KnownActor",
    "Suggestion",
    "Suggestions",
    "directory",
    "suggest",
]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What an article suggests for a draft."""

    language: str
    published: str
    origin: str
    verdict: verdict.Verdict
    event_types: list[Suggestion]
    event_countries: list[Suggestion]
    countries_mentioned: list[str]
    places: list[places.Located]
    sectors: list[Suggestion]
    occurred: list[Suggestion]
    responsible_states: list[Suggestion]
    blamed: list[blame.Blame]
    actors: list[Suggestion]
    claimants: list[claimants.Claimant]
    status: Suggestion | None
    outcome: Suggestion | None
    figures: list[figures.Figure]


def suggest(article: Article, known: Directory | None = None) -> Suggestions:
    """Return what an article suggests; `known` are the actors that may be named in it."""
    known = known or kept()
    reading = read(article)
    reading.published, reading.published_precision = dates.published(reading)
    known.mark(reading.sentences)
    told = kinds.weighed(reading)
    named = countries.mentioned(reading, [])
    groups.mark(reading)
    persons.mark(reading)
    towns = places.towns(reading, named)
    states = blame.named(reading, known)
    ever = blame.blamed(reading, states, ever=True)
    suspected = {b.state for b in ever if blame.believable(b.state)}
    happened = countries.events(reading, towns, suspected, told)
    blamed = blame.blamed(reading, states, {c.value for c in happened} - suspected)
    ever = blame.blamed(reading, states, {c.value for c in happened} - suspected, ever=True)
    judged = verdict.verdict(reading, told, ever, [c.value for c in happened])
    acting = {id(sentence) for kind in told[:3] for sentence in kind.sentences}
    occurred = dates.occurred(reading, acting, {c.value for c in happened}, suspected)
    source = origin(article.text)
    return Suggestions(
        language=reading.language,
        published=_published(reading),
        origin=source.name if source else "",
        verdict=judged,
        event_types=kinds.kinds(reading, told, [c.value for c in happened]),
        event_countries=happened,
        countries_mentioned=countries.mentioned(reading, towns, known),
        places=places.located(reading, towns, {country.value for country in happened}),
        sectors=sectors.sectors(reading),
        occurred=occurred,
        responsible_states=blame.suggestions(reading, blamed),
        blamed=blamed,
        actors=actors.actors(reading, known, blamed, {c.value for c in happened}),
        claimants=claimants.claimants(
            reading, known, {b.state for b in blamed}, {c.value for c in happened}
        ),
        status=outcomes.status(reading),
        outcome=outcomes.outcome(reading, told),
        figures=figures.figures(
            reading,
            occurred[0].value if occurred else "",
            happened[0].value if happened else "",
        ),
    )


def _published(reading: Reading) -> str:
    if reading.published is None:
        return ""
    shape = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[reading.published_precision]
    return reading.published.strftime(shape)
