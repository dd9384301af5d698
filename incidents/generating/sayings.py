"""What is said of invented incidents: kinds of acts, claims, effects; each set is valid."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from random import Random
from typing import Final, NamedTuple

from incidents.codebook import (
    DEFAULT_DOMAIN,
    About,
    Basis,
    ClaimantKind,
    ConfidenceStated,
    Domain,
    EffectKind,
    EventType,
    Form,
    Means,
    Stance,
    StateRole,
)

from .columns import Column
from .dice import evenly, weighted, zipf, zipf_weights
from .words import invented

KINDS_OF_ACTS, CLAIMANTS = 1500, 60
ACCUSED_STATES: Final = {"RU": 64, "BY": 8, "CN": 9, "IR": 8, "KP": 4, "TR": 2, "RS": 2, "US": 3}
TRACED, ANY_ROLE = "traced", "any"
# Who says it, how often, and in which forms.
_SPEAKERS: Final = {
    ClaimantKind.AFFECTED_GOVERNMENT: (
        22,
        {Form.ON_RECORD_STATEMENT: 6, Form.FORMAL_ATTRIBUTION: 3, Form.SANCTIONS: 1},
    ),
    ClaimantKind.OTHER_GOVERNMENT: (8, {Form.ON_RECORD_STATEMENT: 3, Form.FORMAL_ATTRIBUTION: 2}),
    ClaimantKind.INTL_ORG: (5, {Form.ON_RECORD_STATEMENT: 2, Form.FORMAL_ATTRIBUTION: 1}),
    ClaimantKind.SECURITY_SERVICE: (14, {Form.ON_RECORD_STATEMENT: 5, Form.TECHNICAL_REPORT: 2}),
    ClaimantKind.PROSECUTOR_COURT: (
        8,
        {Form.CHARGES: 5, Form.CONVICTION: 2, Form.ON_RECORD_STATEMENT: 3},
    ),
    ClaimantKind.COMPANY: (8, {Form.TECHNICAL_REPORT: 1}),
    ClaimantKind.RESEARCH_NGO: (5, {Form.TECHNICAL_REPORT: 2, Form.ON_RECORD_STATEMENT: 1}),
    ClaimantKind.MEDIA_INVESTIGATION: (10, {Form.MEDIA_REPORT: 1}),
    ClaimantKind.EXPERT: (6, {Form.MEDIA_REPORT: 2, Form.ON_RECORD_STATEMENT: 1}),
    ClaimantKind.UNNAMED_OFFICIAL: (9, {Form.ANONYMOUS_BRIEFING: 1}),
    ClaimantKind.VICTIM: (2, {Form.ON_RECORD_STATEMENT: 1}),
    ClaimantKind.POLITICIAN: (3, {Form.SOCIAL_POST: 1, Form.ON_RECORD_STATEMENT: 2}),
}
_ROLES: Final = {
    StateRole.ORGAN: 20,
    StateRole.DIRECTED: 20,
    StateRole.SUPPORTED: 10,
    StateRole.TOLERATED: 2,
    StateRole.LINKED: 25,
    StateRole.NOT_STATED: 23,
}
_KIND_OF_TYPE: Final = zipf_weights(len(EventType), 0.7)
_EFFECTS: Final = {
    EffectKind.NONE_REPORTED: 25,
    EffectKind.DAMAGE: 25,
    EffectKind.SERVICE_OUTAGE: 15,
    EffectKind.TRANSPORT_DISRUPTION: 10,
    EffectKind.EXPOSURE: 5,
    EffectKind.DATA_TAKEN: 5,
    EffectKind.MONEY_LOSS: 4,
    EffectKind.INJURIES: 4,
    EffectKind.EVACUATION: 3,
    EffectKind.DEATHS: 2,
    EffectKind.UNKNOWN: 2,
}
_UNITS: Final = {
    EffectKind.DEATHS: ("people", 5),
    EffectKind.INJURIES: ("people", 20),
    EffectKind.EVACUATION: ("people", 900),
    EffectKind.MONEY_LOSS: ("EUR", 5_000_000),
    EffectKind.SERVICE_OUTAGE: ("hours", 72),
}


class ActKind(NamedTuple):
    """What kind of act it was: the columns from the event type to the means, and the codings."""

    event_type: str
    columns: tuple[str, ...]
    codings: tuple[tuple[str, str, int], ...]


class Saying(NamedTuple):
    """What a claim says: whom it may accuse, and its columns from the claimant on."""

    accuses: str  # traced: an actor or a state; any: an actor; "" nobody
    columns: tuple[Column, ...]


def act_kinds(rng: Random) -> Callable[[], ActKind]:
    """Return draws of what kind of act it was."""
    first = weighted(rng, dict(zip(EventType.values, _KIND_OF_TYPE, strict=True)))
    others = weighted(rng, {0: 82, 1: 15, 2: 3})
    more = weighted(rng, {0: 80, 1: 15, 2: 5})
    means = weighted(rng, {0: 10, 1: 80, 2: 10})
    kinds = []
    for _each in range(KINDS_OF_ACTS):
        chosen = first()
        types = list(dict.fromkeys([chosen, *rng.sample(EventType.values, others())]))
        own = DEFAULT_DOMAIN.get(EventType(chosen), "intelligence")
        domains = list(dict.fromkeys([own, *rng.sample(Domain.values, more())]))
        used = rng.sample(Means.values, means())
        columns = (json.dumps(types[1:]), json.dumps(domains), domains[0], json.dumps(used))
        codings = [("event_type", code, int(code == chosen)) for code in types]
        codings += [("domain", code, int(code == domains[0])) for code in domains]
        kinds.append(ActKind(chosen, (chosen, *columns), tuple(codings)))
    return evenly(rng, kinds)


def sayings(rng: Random) -> Callable[[], Saying]:
    """Return draws of what claims say."""
    claimants = {
        kind: zipf(rng, [f"{name} {kind.label.lower()}" for name in invented(rng, CLAIMANTS)])
        for kind in ClaimantKind
    }
    basis = evenly(rng, [json.dumps([]), *(json.dumps([code]) for code in Basis.values)])
    sure = weighted(rng, {ConfidenceStated.NOT_STATED: 80} | dict.fromkeys(ConfidenceStated, 5))
    likely = weighted(rng, {"": 90, "likely": 4, "highly_likely": 4, "almost_certain": 2})
    roles = weighted(rng, _ROLES)
    drawn: dict[Saying, float] = {}

    def say(accuses: str, kind: ClaimantKind, said: tuple[str, ...], weight: float) -> None:
        for _each in range(12):
            rest = (basis(), str(sure()), likely())
            role = str(roles()) if accuses == TRACED else said[2]
            columns = (claimants[kind](), None, kind.value, *said[:2], role, said[3], *rest)
            saying = Saying(accuses, columns)
            drawn[saying] = drawn.get(saying, 0) + weight / 12

    for kind, (weight, forms) in _SPEAKERS.items():
        whole = sum(forms.values())
        for (form, part), (stance, share) in product(
            forms.items(), ((Stance.ASSERTS, 0.85), (Stance.SUGGESTS, 0.15))
        ):
            said = (About.ACTOR.value, stance.value, "", form.value)
            say(TRACED, kind, said, weight * share * part / whole)
    post, word = Form.SOCIAL_POST.value, Form.ON_RECORD_STATEMENT.value
    actor, nature, silent = About.ACTOR.value, About.NATURE.value, StateRole.NOT_STATED.value
    say(ANY_ROLE, ClaimantKind.PERPETRATOR_PERSONA, (actor, "asserts", silent, post), 6)
    say(TRACED, ClaimantKind.ACCUSED_STATE, (actor, "denies", "", word), 8)
    say("", ClaimantKind.SECURITY_SERVICE, (nature, "asserts", silent, word), 4)
    say("", ClaimantKind.PROSECUTOR_COURT, (nature, "rules_out", silent, word), 3)
    say("", ClaimantKind.SECURITY_SERVICE, (actor, "rules_out", "none", word), 1)
    return weighted(rng, drawn)


def effects(rng: Random) -> Callable[[], tuple[Column, ...]]:
    """Return draws of effects: their columns after the citation."""
    kinds = weighted(rng, _EFFECTS)
    drawn = []
    for _each in range(2000):
        kind = kinds()
        unit, most = _UNITS.get(kind, ("", 0))
        best = rng.randint(1, most) if most else None
        values = [None if best is None else f"{times * best}.00" for times in (1, 1, 2)]
        certainty = rng.choice(("reported", "reported", "official"))
        drawn.append((kind.value, *values, unit, certainty, ""))
    return evenly(rng, drawn)
