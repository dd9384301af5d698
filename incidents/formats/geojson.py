"""Incidents as GeoJSON (RFC 7946): one feature an incident, without geometry where no place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from incidents.models import Incident

MEDIA_TYPE: Final = "application/geo+json"


def write(incidents: Iterable[Incident]) -> Iterator[str]:
    """Yield the parts of a feature collection."""
    yield '{"type": "FeatureCollection", "features": ['
    comma = "\n"
    for incident in incidents:
        yield comma + json.dumps(_feature(incident), ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def _feature(incident: Incident) -> dict[str, Any]:
    place = next((p for p in incident.locations.all() if p.primary), None)
    geometry = None
    if place and place.lat is not None and place.lon is not None:
        geometry = {"type": "Point", "coordinates": [float(place.lon), float(place.lat)]}
    return {
        "type": "Feature",
        "id": incident.record.public_id,
        "geometry": geometry,
        "properties": {
            "title": incident.title,
            "occurred": incident.occurred,
            "event_type": incident.event_type,
            "status": getattr(incident, "known_status", incident.status),
            "outcome": incident.outcome,
            "country": incident.country,
            "place": (place.place or place.zone) if place else "",
            "precision": place.precision if place else "none",
            "marking": incident.effective_marking,
        },
    }
