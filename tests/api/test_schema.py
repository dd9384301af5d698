"""The description of the API is valid, complete and true, and its page stays on the site."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from pytest_django import DjangoDbBlocker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from incidents.filters import (
    BESIDE,
    COUNTED,
    INTERVALS,
    LISTED,
    MANY,
    SHAPED,
    IncidentFilterSet,
)
from incidents.review import withdraw
from tests import make
from tests.surfaces import routes

from .doors import (
    ACTORS,
    ARTICLES,
    CAMPAIGNS,
    CHANGES,
    CODEBOOK,
    COUNTS,
    COUNTS_CSV,
    CSV,
    DIRECTORIES,
    FIGURES,
    GEOJSON,
    LIST,
    content,
    data,
    get,
)
from .world import World

pytestmark = pytest.mark.django_db

BASE = "openapi:"
ANSWERED = {
    LIST: ["count_url", "next", "previous", "results"],
    COUNTS: [
        "additive",
        "as_of",
        "caveats",
        "cells",
        "citation",
        "codebook_version",
        "defaults",
        "definition",
        "excluded",
        "high",
        "incidents_url",
        "known_on",
        "ladder",
        "low",
        "marking",
        "params",
        "public_version",
        "question",
        "sum_of_cells",
        "total",
        "undated",
        "undated_rows",
        "unknown",
        "url",
    ],
    **{url: ["next", "results"] for url in DIRECTORIES},
}


@pytest.fixture(scope="module")
def described(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    """Return the description, made once."""
    with django_db_blocker.unblock():
        response = Client().get("/api/schema/", headers={"accept": "application/json"})
    described: dict[str, Any] = response.json()
    return described


def fits(described: dict[str, Any], name: str, value: Any) -> list[str]:
    """Return where a value differs from a schema of the description."""
    resource = DRAFT202012.create_resource(described)
    registry: Any = Registry().with_resource(BASE, resource)
    schema = {"$ref": f"{BASE}#/components/schemas/{name}"}
    validator: Any = OAS31Validator(schema, registry=registry)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def asked_of(described: dict[str, Any], url: str) -> dict[str, Any]:
    operation = described["paths"][url]["get"]
    return {p["name"]: p for p in operation.get("parameters", ()) if p["in"] == "query"}


def test_the_description_is_valid(described: dict[str, Any]) -> None:
    validate(described)


def test_the_description_is_made_without_a_warning() -> None:
    GENERATOR_STATS.reset()

    SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]

    assert not GENERATOR_STATS


def test_each_operation_says_in_a_sentence_what_it_does(described: dict[str, Any]) -> None:
    for url, path in described["paths"].items():
        assert path["get"]["summary"].endswith("."), url


def test_examples_are_as_described(described: dict[str, Any]) -> None:
    shown = set()
    for url, path in described["paths"].items():
        told = path["get"]["responses"]["200"]["content"].get("application/json", {})
        for example in told.get("examples", {}).values():
            name = told["schema"]["$ref"].rpartition("/")[2]
            assert fits(described, name, example["value"]) == [], url
            properties = described["components"]["schemas"][name]["properties"]
            assert sorted(example["value"]) == sorted(properties), url
            shown.add(url)

    assert shown >= {LIST, f"{LIST}{{reference}}/", COUNTS, CHANGES}


def test_the_description_is_open_to_all_as_yaml_too() -> None:
    response = get("/api/schema/")

    assert response.status_code == 200
    assert content(response).startswith(b"openapi: 3.1.")


def test_every_address_is_described_and_only_for_reading(described: dict[str, Any]) -> None:
    served = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", route)
        for route in routes()
        if route.startswith("api/v1/")
    }

    assert set(described["paths"]) == served
    assert {method for path in described["paths"].values() for method in path} == {"get"}


@pytest.mark.parametrize(
    ("url", "besides"),
    [
        (LIST, LISTED | SHAPED),
        (COUNTS, COUNTED),
        (COUNTS_CSV, COUNTED),
        (CSV, frozenset({"order", "fields", "raw"})),
        (GEOJSON, frozenset({"order"})),
    ],
)
def test_every_parameter_is_described(
    url: str, besides: frozenset[str], described: dict[str, Any]
) -> None:
    asked = asked_of(described, url)
    known = set(IncidentFilterSet.base_filters) - BESIDE | besides

    assert set(asked) == known
    for name, parameter in asked.items():
        assert len(parameter["description"]) > 5, name
        assert (parameter["schema"]["type"] == "array") == (name in MANY), name
    assert not any(parameter.get("required") for parameter in asked.values())


def test_codes_are_described_with_what_they_may_be(described: dict[str, Any]) -> None:
    asked = asked_of(described, COUNTS)

    assert "arson" in asked["event_type"]["schema"]["items"]["enum"]
    assert set(asked["interval"]["schema"]["enum"]) == set(INTERVALS)
    assert asked["known_on"]["schema"]["format"] == "date"
    assert asked["year"]["schema"]["type"] == "integer"


def test_directories_are_described_with_their_pages(described: dict[str, Any]) -> None:
    for url in DIRECTORIES:
        assert set(asked_of(described, url)) == {"page_size", "cursor"}
    assert asked_of(described, CODEBOOK) == {}


def test_every_refusal_is_described(described: dict[str, Any]) -> None:
    for url, path in described["paths"].items():
        responses = path["get"]["responses"]
        refused = {"404"} if "{" in url else {"400"}
        if url.endswith("{reference}/"):
            refused |= {"410", "302"}
        assert refused <= responses.keys(), url
        for code in refused - {"302"}:
            problem = responses[code]["content"]["application/problem+json"]["schema"]
            assert problem == {"$ref": "#/components/schemas/Problem"}


def test_refusals_are_as_described(described: dict[str, Any]) -> None:
    edition = make.incident()
    withdraw(edition, by=make.user("second"), reason="Wrong.")
    edition.record.refresh_from_db()
    for url, code in (
        (f"{LIST}?yaer=2024", 400),
        (f"{COUNTS}?by=password", 400),
        (f"{ARTICLES}?page=1", 400),
        (f"{LIST}HTI-1999-00001/", 404),
        (f"{LIST}{edition.record.public_id}/", 410),
        ("/api/v1/nothing/", 404),
    ):
        response = get(url)
        assert response.status_code == code
        assert fits(described, "Problem", response.json()) == []


@pytest.mark.parametrize("url", ANSWERED)
def test_an_answer_has_the_keys_that_are_described(
    url: str, described: dict[str, Any], world: World
) -> None:
    schema = described["paths"][url]["get"]["responses"]["200"]["content"]["application/json"]
    name = schema["schema"]["$ref"].rpartition("/")[2]
    properties = described["components"]["schemas"][name]["properties"]

    assert sorted(properties) == sorted(data(url)) == ANSWERED[url]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"{LIST}?series=all&page_size=7", "IncidentPage"),
        (f"{LIST}?known_on=2024-06-15", "IncidentPage"),
        (f"{LIST}?brief=1", "IncidentPage"),
        (f"{LIST}?fields=title&fields=claims", "IncidentPage"),
        (COUNTS, "Counts"),
        (f"{COUNTS}?by=country&interval=year&series=all", "Counts"),
        (f"{COUNTS}?by=actor&known_on=2024-06-15&date_match=possible", "Counts"),
        (ARTICLES, "ArticlePage"),
        (ACTORS, "ActorPage"),
        (CAMPAIGNS, "CampaignPage"),
        (FIGURES, "ReportedFigurePage"),
        (CHANGES, "ChangesPage"),
    ],
)
def test_an_answer_is_as_described(
    url: str, name: str, described: dict[str, Any], world: World
) -> None:
    assert fits(described, name, data(url)) == []


def test_both_ladders_are_described(described: dict[str, Any]) -> None:
    ladders = described["components"]["schemas"]["Ladders"]["properties"]

    assert set(ladders) == {"series", "attribution"} == set(data(COUNTS)["ladder"])


def test_a_record_is_as_described(described: dict[str, Any], world: World) -> None:
    rows = data(f"{LIST}?series=all&page_size=200")["results"]

    properties = described["components"]["schemas"]["Incident"]["properties"]
    for row in rows:
        assert sorted(row) == sorted(properties)
        assert fits(described, "Incident", row) == []
    bare = {name: value for name, value in rows[0].items() if name != "title"}
    assert fits(described, "Incident", bare) != []
    assert fits(described, "ListedIncident", bare) == []
    assert fits(described, "Incident", {**rows[0], "severity": "much", "locations": 1}) != []


def test_the_codebook_defines_every_code_it_lists() -> None:
    told = data(CODEBOOK)

    assert sorted(told) == ["codebook_version", "vocabularies"]
    for name, entries in told["vocabularies"].items():
        assert entries, name
        for entry in entries:
            assert entry["label"], (name, entry)
            assert entry.keys() >= {"code", "label", "definition"}
        codes = [entry["code"] for entry in entries]
        assert len(set(codes)) == len(codes)


def test_the_docs_stay_on_the_site() -> None:
    page = content(get("/api/docs/")).decode()
    script = re.search(r'<script src="(/api/docs/[^"]*)"', page)
    assert script
    code = content(get(script.group(1).replace("&amp;", "&"))).decode()

    addresses = re.findall(r'(?:src|href|action|srcset|data)\s*=\s*["\']?([^"\'\s>]+)', page)
    assert len(addresses) >= 5
    assert [address for address in addresses if not re.match(r"/(?!/)", address)] == []
    for text in (page, code):
        assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text) == []
    assert "/api/schema/" in code


def test_the_docs_run_no_inline_code() -> None:
    response = get("/api/docs/")
    page = content(response).decode()

    assert re.findall(r"<script\b(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", page) == []
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_files_of_the_docs_are_there() -> None:
    page = content(get("/api/docs/")).decode()
    files = re.findall(r'(?:src|href)="/static/([^"?]+)', page)

    assert len(files) >= 4
    assert [name for name in files if not finders.find(name)] == []
