"""Invented outlets, actors and campaigns; the first of each kind is the one that is met most."""

from __future__ import annotations

import json
from random import Random
from typing import Final

from articles.codebook import PublisherKind, Reliability
from articles.text import slugged
from incidents.codebook import ActorKind, ActorRelation

from .columns import Row
from .dice import weighted
from .words import invented, phrase

PUBLISHERS, ACTORS, CAMPAIGNS = 2000, 400, 300
# The countries of outlets, with the language of each.
LANGUAGES: Final = {
    "PL": "pl",
    "DE": "de",
    "LT": "lt",
    "UA": "uk",
    "EE": "et",
    "FI": "fi",
    "GB": "en",
    "US": "en",
    "FR": "fr",
    "SE": "sv",
}
# The states that actors belong to; an actor without one is a group of which no more is known.
STATES: Final = {"RU": 55, "BY": 8, "CN": 10, "IR": 7, "KP": 4, "": 12, "TR": 2, "RS": 2}
_KINDS: Final = {
    ActorKind.STATE_ORGAN: 25,
    ActorKind.PROXY: 20,
    ActorKind.HACKTIVIST: 20,
    ActorKind.PERSONA: 15,
    ActorKind.CRIMINAL_GROUP: 8,
    ActorKind.POLITICAL_GROUP: 5,
    ActorKind.COMPANY: 5,
    ActorKind.UNKNOWN_GROUP: 2,
}


def publishers() -> list[Row]:
    """Return the outlets, with a domain of their own each."""
    rng = Random("publishers")  # noqa: S311
    country = weighted(rng, dict.fromkeys(LANGUAGES, 1) | {"GB": 4, "US": 3})
    kind = weighted(rng, {k.value: 8 if k == PublisherKind.NEWSPAPER else 1 for k in PublisherKind})
    letter = weighted(rng, dict(zip(Reliability.values, (5, 20, 15, 5, 2, 53), strict=True)))
    rows: list[Row] = []
    for key, name in enumerate(invented(rng, PUBLISHERS), 1):
        outlet, slug, where, grade = phrase(f"{name} News"), slugged(name), country(), letter()
        reason, rated = ("", None) if grade == "F" else ("Known from earlier work", "2025-01-15")
        rows.append(
            (
                key,
                outlet.text,
                slug,
                f"{slug}.example",
                kind(),
                where,
                LANGUAGES[where],
                "[]",
                0,
                grade,
                reason,
                rated,
                None,
                "",
                outlet.folded,
            )
        )
    return rows


def actors() -> list[Row]:
    """Return the actors."""
    rng = Random("actors")  # noqa: S311
    state, kind = weighted(rng, STATES), weighted(rng, {k.value: v for k, v in _KINDS.items()})
    return [
        (key, f"{name} Group", f"{slugged(name)}-group", kind(), state(), "{}", None)
        for key, name in enumerate(invented(rng, ACTORS), 1)
    ]


def aliases(rows: list[Row]) -> list[Row]:
    """Return another name for every second one of some actors."""
    names = invented(Random("aliases"), len(rows) // 2)  # noqa: S311
    return [
        (key, row[0], f"{name} Team", "", "", None)
        for key, (row, name) in enumerate(zip(rows[::2], names, strict=True), 1)
    ]


def parents(rows: list[Row]) -> list[Row]:
    """Return to what every fourth one of some actors belongs: to one that is met more."""
    rng = Random("parents")  # noqa: S311
    relation = weighted(rng, dict.fromkeys(ActorRelation.values, 1))
    children = [row[0] for row in rows[3::4]]
    return [
        (key, child, rng.randint(1, int(child or 0) - 1), relation(), None, None)
        for key, child in enumerate(children, 1)
    ]


def campaigns() -> list[Row]:
    """Return the campaigns."""
    rng = Random("campaigns")  # noqa: S311
    return [
        (key, f"Operation {name}", slugged(name), "", json.dumps({}))
        for key, name in enumerate(invented(rng, CAMPAIGNS), 1)
    ]
