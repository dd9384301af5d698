"""Nothing that anybody sends makes a door fail, and nothing that is sent stays."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.test import Client

from tests import hostile
from tests.surfaces import routes

from .doors import (
    ACTORS,
    ARTICLES,
    CHANGES,
    CODEBOOK,
    COUNTS,
    COUNTS_CSV,
    CSV,
    DIRECTORIES,
    FILES,
    GEOJSON,
    LEDGER_HEAD,
    LIST,
    QUESTIONS,
    SEARCH,
    content,
    get,
)
from .world import World

pytestmark = pytest.mark.django_db

DETAIL = f"{LIST}HTI-2026-00001/"
EDITIONS = f"{DETAIL}editions/"
NOWHERE = "/api/v1/nothing/"
PAGES = ("/", "/healthz/", "/account/login/")
SITE = ("/api/schema/", "/api/docs/", *PAGES)
RECORD = (DETAIL, EDITIONS, f"{EDITIONS}1/")
EVERYWHERE = (
    *(*QUESTIONS, *FILES, *DIRECTORIES, CODEBOOK, LEDGER_HEAD, CHANGES),
    *(*RECORD, NOWHERE, *SITE),
)


def sent(url: str, method: str = "GET", body: bytes = b"", kind: str = "", **headers: str) -> Any:
    """Return the response of a request, which may say anything below 500 and raises nothing."""
    client = Client(raise_request_exception=True)
    response: Any = client.generic(
        method,
        url,
        body,
        kind or "application/octet-stream",
        **headers,  # type: ignore[arg-type]
    )
    text = content(response)
    assert response.status_code < 500, (method, url, headers, text)
    for name, value in response.items():
        assert not {"\r", "\n", "\0"} & set(f"{name}{value}"), (method, url, headers)
    assert b"Traceback" not in text
    response.told = text
    return response


def rows() -> dict[str, int]:
    """Return how many rows each table holds."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_every_route_is_among_those_that_are_asked() -> None:
    """A new address of the API belongs into EVERYWHERE; a search without words is refused."""
    ours = [route for route in routes() if route.startswith("api/")]
    patterns = {route for route in ours if "<" not in route and "^" not in route}

    assert {f"/{route}" for route in patterns} <= {*EVERYWHERE, SEARCH}
    assert len(ours) - len(patterns) == 4


@pytest.mark.parametrize("url", [*QUESTIONS, *DIRECTORIES[:2], CODEBOOK])
def test_no_query_makes_a_door_fail(url: str, world: World) -> None:
    before = rows()
    everything = len(sent(url).told)

    for query in hostile.queries()[:: 1 if url in (LIST, COUNTS, CSV) else 3]:
        response = sent(url, QUERY_STRING=query)
        assert response.status_code in (200, 400), (url, query)
        if response.status_code == 400:
            assert response["Content-Type"] == "application/problem+json", (url, query)
            assert response.json()["errors"], (url, query)
        elif url in (CSV, GEOJSON):
            assert len(response.told) <= everything * 2, (url, query)

    assert sent(url).status_code == 200
    assert rows() == before


@pytest.mark.parametrize("url", [*DIRECTORIES[2:], DETAIL, NOWHERE, SEARCH, "/api/docs/", *PAGES])
def test_no_query_makes_a_page_fail(url: str, world: World) -> None:
    for query in hostile.queries()[:: 1 if url == "/api/docs/" else 5]:
        sent(url, QUERY_STRING=query)


def test_no_query_makes_the_description_fail() -> None:
    """It is large, so it is asked only with the parameters that it reads, and some others."""
    queries = [q for q in hostile.queries() if q.startswith(("lang", "version", "format", "%"))]
    assert len(queries) > 8
    for query in queries:
        assert sent("/api/schema/", QUERY_STRING=query).status_code == 200


@pytest.mark.parametrize("url", ["/api/docs/", "/api/docs/?script="])
def test_what_is_sent_to_the_docs_comes_back_as_no_code(url: str) -> None:
    for name in ("lang", "version", "script", "x"):
        for text in ('"><script>alert(1)</script>', "';alert(1)//", "</script><script>", "\u2028"):
            told = get(url, QUERY_STRING=f"{name}={quote(text)}").content.decode()
            assert "<script>alert(1)" not in told
            assert "alert(1)//'" not in told


@pytest.mark.parametrize("text", hostile.path_ids(), ids=lambda text: ascii(text)[:40])
def test_no_id_in_an_address_makes_a_door_fail(text: str, world: World) -> None:
    for url in (
        f"{LIST}{text}/",
        f"{LIST}{text}",
        f"/api/v1/{text}/",
        f"/{text}/",
    ):
        response = sent(url)
        assert response.status_code in (301, 302, 400, 404), url
        assert b"<script>alert" not in response.told


@pytest.mark.parametrize("url", [LIST, COUNTS, CSV, DETAIL, NOWHERE, *SITE])
def test_no_header_makes_a_door_fail(url: str, world: World) -> None:
    before = rows()

    for name, value in hostile.headers()[:: 3 if url in (COUNTS, "/") else 1]:
        if url != LIST and name not in ("Accept", "Host", "Cookie"):
            continue  # what reads other headers reads them for every address
        environment: Any = hostile.environment(name, value)
        kind = environment.pop("CONTENT_TYPE", "")
        response = sent(url, kind=kind, **environment)
        refused = {401} if name == "Authorization" else set()
        assert response.status_code in {200, 302, 400, 404, 406} | refused, (url, name, value)
        told = b" ".join([response.told, str(dict(response.items())).encode()])
        assert b"evil.example.org" not in told, (url, name, value)

    assert rows() == before


def test_a_foreign_host_is_refused() -> None:
    for url in (LIST, COUNTS, CSV, "/", "/healthz/"):
        for host in ("evil.example.org", "testserver@evil.example.org", "[::1", ""):
            assert sent(url, HTTP_HOST=host).status_code == 400


@pytest.mark.parametrize("url", EVERYWHERE)
def test_no_method_but_reading_is_answered(url: str, world: World) -> None:
    before = rows()

    for method in hostile.METHODS:
        response = sent(url, method)
        if method in ("HEAD", "OPTIONS"):
            assert response.status_code in (200, 404, 405), (method, url)
        elif url in ("/", "/account/login/", NOWHERE):
            assert response.status_code in (200, 403, 404, 405), (method, url)
        else:
            assert response.status_code == 405, (method, url)
    if url != "/account/login/":
        head, whole = sent(url, "HEAD"), sent(url)
        assert head.status_code == whole.status_code
        assert head["Content-Type"] == whole["Content-Type"]

    assert rows() == before


@pytest.mark.parametrize("url", [LIST, COUNTS, CSV, DETAIL, ARTICLES, NOWHERE, "/healthz/"])
def test_no_body_makes_a_door_fail(url: str, world: World) -> None:
    before = rows()

    for kind, body in hostile.BODIES:
        for method in ("POST", "PUT", "PATCH", "DELETE", "GET"):
            sent(url, method, body, kind)

    assert rows() == before


def test_somebody_signed_in_can_write_no_more(world: World, staff: Client) -> None:
    before = rows()

    for url in (*QUESTIONS, *DIRECTORIES, DETAIL):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            for client in (staff, Client(enforce_csrf_checks=True)):
                client.cookies = staff.cookies
                response = client.generic(method, url, b"{}", "application/json")
                assert response.status_code in (403, 405)

    assert rows() == before


def test_no_session_cookie_makes_a_door_fail(world: World) -> None:
    """As browsers send them, and quoted, where an escape can stand for any character."""
    for value in (
        '"aaaaaaaa\\000aaaaaaaa"',
        '"\\000\\000\\000\\000\\000\\000\\000\\000"',
        '"aaaaaaaa\\015\\012Set-Cookie: a=b"',
        '"aaaaaaaa\\303\\050"',
        "a" * 4000,
        "%00" * 10,
    ):
        for url in (LIST, COUNTS, ACTORS, COUNTS_CSV, GEOJSON, "/account/login/"):
            sent(url, HTTP_COOKIE=f"sessionid={value}")
            sent(url, HTTP_COOKIE=f"sessionid={value}; csrftoken={value}")


def test_after_all_this_every_door_still_answers(world: World) -> None:
    for url in EVERYWHERE:
        assert sent(url).status_code == (404 if url == NOWHERE else 200)
