"""Incidents as GeoJSON (RFC 7946): one feature an incident, without geometry where no place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

MEDIA_TYPE: Final = "application/geo+json"
# What of a record a feature is made of.
FIELDS: Final = (
    "reference",
    "url",
    "title",
    "occurred",
    "onset",
    "event_type",
    "status",
    "outcome",
    "country",
    "severity",
    "sector",
    "target_kind",
    "marking",
    "locations",
)
_PROPERTIES: Final = tuple(
    name for name in FIELDS if name not in ("reference", "onset", "locations")
)


def write(incidents: Iterable[dict[str, Any]], as_json: Callable[[Any], bytes]) -> Iterator[bytes]:
    """Yield the parts of a feature collection; one that is cut off is no JSON."""
    yield b'{"type":"FeatureCollection","features":['
    comma = b"\n"
    for incident in incidents:
        yield comma + as_json(_feature(incident))
        comma = b",\n"
    yield b"\n]}\n"


def _feature(incident: dict[str, Any]) -> dict[str, Any]:
    place = next((row for row in incident["locations"] if row["primary"]), None)
    geometry = None
    if place and place["lat"] is not None and place["lon"] is not None:
        geometry = {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
    return {
        "type": "Feature",
        "id": incident["reference"],
        "geometry": geometry,
        "properties": {
            **{name: incident[name] for name in _PROPERTIES},
            "onset_from": incident["onset"]["first"],
            "onset_to": incident["onset"]["last"],
            "place": (place["place"] or place["zone"]) if place else "",
            "precision": place["precision"] if place else "none",
        },
    }
