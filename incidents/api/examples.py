"""Answers that the OpenAPI description shows; those with several rows of a kind are shortened."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

_BRIEF: Final[dict[str, Any]] = {
    "url": "https://hti.example/api/v1/incidents/HTI-2026-00057/",
    "reference": "HTI-2026-00057",
    "edition": 1,
    "state": "published",
    "marking": "clear",
    "title": "Cyberattack on Albania's border control system",
    "summary": "The police system for entries and exits at the borders was switched off for two "
    "days.",
    "occurred": "2022-09-09",
    "onset": {"first": "2022-09-09", "last": "2022-09-09"},
    "end": {"first": "2022-09-09", "last": "2022-09-09"},
    "activity_span": "",
    "dating_note": "",
    "event_type": "cyber_disruption",
    "other_event_types": ["hack_leak"],
    "domains": ["cyber"],
    "means": ["malware"],
    "status": "confirmed",
    "outcome": "executed",
    "severity": 3,
    "campaign": "albania-2022",
    "country": "AL",
    "target_country": "AL",
    "sector": "public_administration",
    "target_kind": "government",
    "published_at": "2026-11-26T11:26:42.158680Z",
    "ended_at": None,
    "last_verified": None,
    "external_ids": {"mitre_campaign": "C0038", "eurepoc": "1501"},
}
_ROWS: Final[dict[str, Any]] = {
    "locations": [
        {
            "uid": "b705f435-4f9b-47da-b235-5189c53316e3",
            "primary": True,
            "country": "AL",
            "role": "affected",
            "admin1": "",
            "place": "Tirana and border crossings",
            "zone": "",
            "lat": 41.3275,
            "lon": 19.8187,
            "precision": "country",
        }
    ],
    "targets": [
        {
            "uid": "aaa22e1f-8ce9-4b30-aece-dbf9a02808cf",
            "primary": True,
            "country": "AL",
            "sector": "public_administration",
            "target_kind": "government",
            "name": "Total Information Management System (TIMS), Albanian State Police",
        }
    ],
    "effects": [
        {
            "uid": "a200385b-0387-4937-a808-b8e4138c2a9c",
            "kind": "service_outage",
            "low": None,
            "best": "2.00",
            "high": None,
            "unit": "days",
            "certainty": "reported",
            "note": "about; Systems shut down temporarily; manual registration and queues; "
            "service restored within about two days.",
        }
    ],
    "findings": [
        {
            "uid": "4c0a531a-1880-4a5c-984b-4da5d65c25d6",
            "status": "confirmed",
            "date": "2022-09-10",
            "note": "",
        }
    ],
    "claims": [
        {
            "uid": "5b75e9db-a1d7-4f74-a7a3-4a847cf51f4c",
            "about": "actor",
            "claimant": "Prime Minister Edi Rama / Interior Ministry of Albania",
            "claimant_actor": None,
            "claimant_kind": "affected_government",
            "date": "2022-09-10",
            "stance": "asserts",
            "accused_actor": "islamic-republic-of-iran",
            "responsible_state": "IR",
            "state_role": "not_stated",
            "form": "on_record_statement",
            "basis": ["technical"],
            "confidence_stated": "not_stated",
            "likelihood_term": "",
            "level": 3,
            "is_live": True,
            "live_until": None,
            "supersedes": None,
            "sources": ["https://www.ajc.com/albania-reports-2nd-cyberattack-by-iran/"],
        }
    ],
    "citations": [
        {
            "uid": "1ff55041-a95d-41e1-9dab-ccfb502c06e1",
            "role": "attribution",
            "credibility": 6,
            "locator": "",
            "note": "",
            "article": {
                "url": "https://www.ajc.com/albania-reports-2nd-cyberattack-by-iran/",
                "digest": "09d298f0880969269c3b878f95fd23d1a62cdace529bfd7d4e201d36e6508f43",
                "title": "Albania reports 2nd cyberattack by Iran, on border systems",
                "publisher": {
                    "slug": "atlanta-journal-constitution",
                    "name": "Atlanta Journal-Constitution",
                    "domain": "ajc.com",
                    "kind": "newspaper",
                    "country": "US",
                    "language": "en",
                    "other_languages": [],
                    "reliability": "F",
                    "reliability_reason": "",
                    "reliability_rated_on": None,
                    "mirror": False,
                },
                "language": "en",
                "published": "2022-09-10",
                "wire_origin": "AP",
                "marking": "clear",
            },
        }
    ],
    "merged_records": [],
    "related": [],
}
_PAGE: Final[dict[str, Any]] = {
    "results": [_BRIEF],
    **{
        "next": "https://hti.example/api/v1/incidents/?brief=1&country=AL&cursor=WyItb25zZXQiLDI1XQ%3Ax1&page_size=1",
        "previous": None,
        "count_url": "https://hti.example/api/v1/counts/?country=AL",
    },
}
_COUNTS: Final[dict[str, Any]] = {
    "question": "Confirmed or suspected hack and leak in Albania in 2022, by domain",
    "params": {
        "country": ["AL"],
        "date_match": "certain",
        "event_type": ["hack_leak"],
        "series": "core",
        "state": "published",
        "time_basis": "onset",
        "year": "2022",
        "by": ["domain"],
        "assign": "primary",
    },
    "defaults": ["date_match", "series", "state", "time_basis"],
    "total": 4,
    "low": 4,
    "high": 4,
    "cells": [
        {
            "key": {"domain": "cyber"},
            "label": "Cyber",
            "count": 2,
            "low": 2,
            "high": 2,
            "url": "https://hti.example/api/v1/incidents/?country=AL&domain=cyber&event_type=hack_leak&primary=domain&year=2022",
        },
        {
            "key": {"domain": "information"},
            "label": "Information",
            "count": 2,
            "low": 2,
            "high": 2,
            "url": "https://hti.example/api/v1/incidents/?country=AL&domain=information&event_type=hack_leak&primary=domain&year=2022",
        },
    ],
    "sum_of_cells": 4,
    "additive": True,
    "unknown": 0,
    "undated": 0,
    "undated_rows": [],
    "excluded": {},
    "ladder": {
        "series": [
            {
                "step": "core",
                "label": "core: suspected or confirmed",
                "count": 4,
                "url": "https://hti.example/api/v1/incidents/?country=AL&event_type=hack_leak&outcome=attempted&outcome=executed&outcome=unknown&status=confirmed&status=suspected&year=2022",
            }
        ],
        "attribution": [
            {
                "step": "min_level_1",
                "label": "Reported",
                "count": 4,
                "url": "https://hti.example/api/v1/incidents/?country=AL&event_type=hack_leak&min_level=1&year=2022",
            }
        ],
    },
    "caveats": [
        "The records are collected by hand: they describe what was logged, not all there is.",
        "1 of these dates are marked uncertain or approximate.",
    ],
    "definition": "One incident is one deliberate act by one hand at one place in one continuous "
    "stretch; arrests, trials and statements are none. Suspected and confirmed, "
    "without foiled.",
    "codebook_version": "1",
    "public_version": 245,
    "known_on": None,
    "as_of": None,
    "marking": "clear",
    "url": "https://hti.example/api/v1/counts/?country=AL&year=2022&event_type=hack_leak&by=domain",
    "incidents_url": "https://hti.example/api/v1/incidents/?country=AL&event_type=hack_leak&year=2022",
    "citation": "HTI, “Confirmed or suspected hack and leak in Albania in 2022, by domain”, 4 "
    "incidents, counted on 2026-11-26, public version 245, codebook 1, "
    "https://hti.example/api/v1/counts/?country=AL&year=2022&event_type=hack_leak&by=domain&as_of=2026-11-26",
}


def _answered(name: str, asked: str, value: dict[str, Any]) -> OpenApiExample:
    """Return an example of an answer, with what was asked for it."""
    return OpenApiExample(name, value, summary=asked, response_only=True, status_codes=["200"])


PAGE: Final = _answered("Page", "?country=AL&brief=1&page_size=1", _PAGE)
INCIDENT: Final = _answered("Incident", "One record", {**_BRIEF, **_ROWS})
COUNTS: Final = _answered("Counts", "?country=AL&year=2022&event_type=hack_leak&by=domain", _COUNTS)
