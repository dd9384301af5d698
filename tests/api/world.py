"""One world of varied records that the API tests ask for; they only read it."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from django.utils import timezone

from articles.models import Article
from incidents.models import ActorAlias, ActorParent, Incident
from tests import make


@dataclass
class World:
    """What `build` made: what everybody may read, and what not everybody may."""

    clear: list[Incident] = field(default_factory=list)
    hidden: list[Incident] = field(default_factory=list)


def published(title: str, *, at: str = "", **said: Any) -> Incident:
    """Make an incident that is published, where `at` is given at that time."""
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    frozen = mock.patch.object(timezone, "now", return_value=moment) if moment else nullcontext()
    with frozen:
        return make.incident(title, **said)


def _at(country: str, **more: Any) -> dict[str, Any]:
    return {"country": country, **more}


def _aim(country: str, sector: str, kind: str, name: str = "") -> dict[str, Any]:
    return {"country": country, "sector": sector, "target_kind": kind, "name": name}


def _article(key: str, outlet: Any = None, **said: Any) -> Article:
    return make.article(f"https://example.org/{key}", publisher=outlet, marking="clear", **said)


def build() -> World:
    """Make two dozen records that differ in all that can be asked, and hidden ones beside."""
    unit, front = make.actor("North Unit"), make.actor("West Front", kind="persona")
    ministry = make.actor("Ministry of Truth", kind="state")
    ActorAlias.objects.create(actor=unit, name="Unit N")
    ActorParent.objects.create(actor=unit, parent=ministry)
    parcels, wires = make.campaign("Parcels"), make.campaign("Wires")
    herald, kurier, bote = (make.publisher(name) for name in ("Herald", "Kurier", "Bote"))
    en = _article("one", herald, language="en", published="2024-03-15")
    pl = _article("two", kurier, language="pl", published="2024-03")
    de = _article("three", bote, language="de", published="2024-07-21")
    bare = _article("four", published="2023/2024")
    late = _article("five", kurier, language="pl", published="2025-01-02")
    official = {"kind": "affected_government", "date": "2024-05-02", "state": "RU"}
    accuses = {**official, "role": "directed", "actor": unit}
    formal = {**official, "form": "sanctions", "date": "2024-09-01"}
    expert = {"kind": "research_ngo", "date": "2024-04", "state": "RU"}
    other = {**official, "claimant": "Another service", "state": "BY"}
    denial = {"kind": "accused_state", "stance": "denies", "state": "RU", "date": "2024-05-03"}
    persona = {
        "kind": "perpetrator_persona",
        "claimant_actor": front,
        "actor": front,
        "date": "2024-03-15",
    }
    rules_out = {
        "kind": "prosecutor_court",
        "about": "nature",
        "stance": "rules_out",
        "date": "2025-02-01",
    }
    first, second = "2025-12-10T08:00:00", "2026-02-01T12:30:00.123456"
    made = World()
    rows: list[dict[str, Any]] = [
        {"title": "Fire in a depot in Gdańsk", "claims": [accuses], "citations": [en, pl]},
        {
            "title": "Fire in a shop in Vilnius",
            "locations": [_at("LT", place="Vilnius", lat=54.69, lon=25.28, precision="place")],
            "targets": [_aim("LT", "commerce_other", "company", "Shop")],
            "claims": [accuses, {**formal, "supersedes": 0}],
            "citations": [en],
            "campaign": parcels,
            "severity": 2,
            "status": "suspected",
        },
        {
            "title": "Parcel burns in Leipzig",
            "occurred": "2024-07-20",
            "locations": [_at("DE", place="Leipzig"), _at("LT", role="launched")],
            "targets": [_aim("DE", "postal_courier", "company", "Hub")],
            "event_type": "explosive_device",
            "other_event_types": ["arson"],
            "campaign": parcels,
            "claims": [expert, accuses],
            "citations": [de],
            "severity": 3,
        },
        {
            "title": "Parcel burns in Birmingham",
            "occurred": "2024-07-22",
            "locations": [_at("GB"), _at("IE", role="affected")],
            "targets": [_aim("GB", "postal_courier", "operator")],
            "event_type": "explosive_device",
            "campaign": parcels,
            "citations": [de, en],
            "severity": 3,
        },
        {
            "title": "Cable cut at sea",
            "occurred": "2024-11-17/2024-11-18",
            "locations": [
                _at("sea", zone="Gulf of Finland", lat=59.9, lon=25.0, precision="maritime_area"),
                _at("FI", role="affected"),
            ],
            "targets": [
                _aim("FI", "digital_infrastructure", "operator"),
                _aim("DE", "digital_infrastructure", "company"),
            ],
            "event_type": "undersea_damage",
            "status": "disputed",
            "found": "2025-01-15",
            "claims": [rules_out, {**expert, "date": "2024-12"}],
            "campaign": wires,
            "citations": [late],
        },
        {
            "title": "Mast damaged in the north",
            "occurred": "2024-03",
            "locations": [_at("SE")],
            "event_type": "infrastructure_damage",
            "status": "suspected",
            "found": "2023-01-01",
            "severity": 1,
        },
        {
            "title": "Drones over a base",
            "occurred": "2024",
            "locations": [_at("DE", precision="admin1", admin1="Bayern", lat=48.1, lon=11.5)],
            "targets": [_aim("DE", "military_defence", "armed_forces")],
            "event_type": "drone_incursion",
            "status": "alleged",
            "claims": [persona],
        },
        {
            "title": "Water works entered",
            "occurred": "[2023-12..2024-02]",
            "locations": [_at("FI")],
            "targets": [_aim("FI", "drinking_water", "operator")],
            "event_type": "contamination",
            "outcome": "attempted",
        },
        {
            "title": "Signals lost over the sea",
            "occurred": "2023-12/2024-02",
            "locations": [_at("EE"), _at("FI"), _at("SE", role="affected")],
            "targets": [_aim("EE", "transport", "operator"), _aim("FI", "transport", "operator")],
            "event_type": "gnss_interference",
            "claims": [accuses, other],
            "citations": [bare],
            "severity": 2,
        },
        {
            "title": "Long intrusion into a ministry",
            "occurred": "2022-07-15",
            "activity_span": "2021-05/2022-07-21",
            "locations": [_at("AL")],
            "targets": [_aim("AL", "public_administration", "government")],
            "event_type": "cyber_destruction",
            "other_event_types": ["hack_leak"],
            "domains": ["cyber", "public_administration"],
            "claims": [
                {**formal, "state": "IR", "date": "2022-09-07"},
                {**expert, "state": "IR", "date": "2022-08-04", "stance": "suggests"},
            ],
            "found": "2022-08-10",
            "severity": 4,
        },
        {
            "title": "Borders shut by a second wave",
            "occurred": "2022-09-09/..",
            "locations": [_at("AL")],
            "targets": [_aim("AL", "public_administration", "government")],
            "event_type": "cyber_disruption",
            "claims": [{**official, "state": "IR", "date": "2022-09-10"}],
            "found": "2022-09-10",
        },
        {
            "title": "Plot against a bridge",
            "occurred": "2024-02-10",
            "outcome": "foiled",
            "status": "suspected",
            "claims": [denial, accuses],
        },
        {
            "title": "Plot against a train",
            "occurred": "2023-05",
            "locations": [_at("RO")],
            "outcome": "foiled",
            "status": "alleged",
        },
        {
            "title": "Fire that was an accident",
            "occurred": "2024-03-14",
            "status": "ruled_out",
            "found": "2024-08-01",
            "claims": [{**rules_out, "date": "2024-08-01"}],
        },
        {
            "title": "False films before a vote",
            "occurred": "2024-10~/2024-11",
            "locations": [_at("no_place")],
            "targets": [_aim("MD", "politics_elections", "party_candidate")],
            "event_type": "info_operation",
            "claims": [expert],
            "citations": [bare, late],
            "severity": 0,
        },
        {
            "title": "Balloons over the border",
            "occurred": "2025-10-21?",
            "locations": [_at("LT"), _at("BY", role="launched")],
            "targets": [_aim("LT", "transport", "public_space")],
            "event_type": "airspace_violation",
            "claims": [{**other, "date": "2025-10-25", "role": "tolerated"}],
            "found": "2025-10-22",
        },
        {
            "title": "Ship loiters off the coast",
            "occurred": "2023-04",
            "locations": [_at("FI", place="Hanko")],
            "event_type": "maritime_suspicious",
            "outcome": "unknown",
            "status": "alleged",
        },
        {
            "title": "Rail signal cut near Łódź",
            "occurred": "2024-03-14",
            "event_type": "infrastructure_damage",
            "locations": [_at("PL", place="Łódź"), _at("LT", role="affected")],
            "claims": [{**formal, "actor": unit, "state": ""}],
            "citations": [pl],
            "severity": 1,
        },
        {
            "title": "Mayor’s house painted",
            "occurred": "2024-03-14",
            "event_type": "vandalism",
            "targets": [_aim("PL", "politics_elections", "individual")],
            "status": "suspected",
            "claims": [{**official, "role": "none", "actor": front}],
            "citations": [pl, late],
        },
        {
            "title": "Office of an exile entered",
            "occurred": "2024-12-31",
            "locations": [_at("GB")],
            "targets": [_aim("ZZ", "civil_society_diaspora", "ngo")],
            "event_type": "transnational_repression",
            "claims": [{**official, "state": "IR", "date": "2025-01"}],
            "found": "2025-01-03",
            "severity": 2,
        },
    ]
    for n, row in enumerate(rows):
        day = row.pop("found", "2024-06-01")
        row["findings"] = (
            [(row.get("status", "confirmed"), day)] if row.get("status", "") != "alleged" else []
        )
        made.clear.append(published(at=first if n % 3 else second, **row))
    for marking in ("green", "amber", "amber_strict", "red"):
        title = f"Hidden fire, {marking}"
        made.hidden.append(published(title, marking=marking, claims=[accuses], at=first))
    for state in ("draft", "in_review"):
        made.hidden.append(make.incident(f"Fire in a {state}", state=state, claims=[accuses]))
    whole = make.figure("five-hundred", best=500)
    part = make.figure("one-hundred", best=100, numerator_of=whole)
    for of, cited in ((whole, en), (whole, pl), (part, de)):
        make.rendition(of, cited)
    return made
