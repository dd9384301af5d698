"""Each request has an id that its answer, its log and its errors tell."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from incidents import problems
from incidents.views import lists

pytestmark = pytest.mark.django_db
OURS = "0" * 32


@pytest.mark.parametrize("address", ["/", "/api/v1/counts/", "/api/v1/no/", "/no/", "/healthz/"])
def test_every_answer_has_an_id(address: str, client: Client) -> None:
    assert client.get(address)["X-Request-ID"] == OURS


def test_an_id_from_elsewhere_is_not_taken(client: Client) -> None:
    answer = client.get("/healthz/", headers={"x-request-id": "forged-by-a-client"})

    assert answer["X-Request-ID"] == OURS


def test_our_own_proxy_names_a_request(client: Client, settings: Settings) -> None:
    settings.PROXIES = 1

    answer = client.get("/healthz/", headers={"x-request-id": "4bf92f3577b34da6"})

    assert answer["X-Request-ID"] == "4bf92f3577b34da6"


@pytest.mark.parametrize(
    "told", ["short", "x" * 65, "two words here", "é" * 10, "a\tb" * 5, "-" * 9]
)
def test_an_id_that_is_none_is_not_taken_from_a_proxy(
    told: str, client: Client, settings: Settings
) -> None:
    settings.PROXIES = 1

    assert client.get("/healthz/", headers={"x-request-id": told})["X-Request-ID"] == OURS


def test_every_line_of_the_log_has_the_id(client: Client, settings: Settings) -> None:
    settings.PROXIES = 1
    lines: list[logging.LogRecord] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record)

    handler = Kept()
    handler.addFilter(problems.Named())
    logging.getLogger("django.request").addHandler(handler)
    try:
        client.get("/no/", headers={"x-request-id": "named-by-proxy"})
    finally:
        logging.getLogger("django.request").removeHandler(handler)

    assert [getattr(line, "request_id", "") for line in lines] == ["named-by-proxy"]
    assert "named" in settings.LOGGING["handlers"]["stdout"]["filters"]
    assert "{request_id}" in settings.LOGGING["formatters"]["line"]["format"]


def test_a_problem_detail_shows_the_id(client: Client) -> None:
    for address in ("/api/v1/no/", "/api/v1/counts/?yaer=1", "/api/v1/incidents/x/"):
        assert client.get(address).json()["request_id"] == OURS


def broken(_request: Any) -> Any:
    raise ZeroDivisionError


def locked(_request: Any) -> Any:
    raise OperationalError("database is locked: secret detail")


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the overview and the counts fail in a way."""

    def fail(how: Any) -> Client:
        monkeypatch.setattr(lists, "overview", how)
        monkeypatch.setattr("incidents.api.views.count_for", how)
        return Client(raise_request_exception=False)

    return fail


def test_a_fault_of_ours_shows_the_id_and_nothing_else(fragile: Any, settings: Settings) -> None:
    client = fragile(broken)

    page, told = client.get("/"), client.get("/api/v1/counts/")

    assert (page.status_code, told.status_code) == (500, 500)
    assert OURS in page.content.decode()
    assert told.json()["request_id"] == OURS
    assert told["Content-Type"] == problems.PROBLEM
    assert not re.search("ZeroDivision|Traceback", page.content.decode() + told.content.decode())


def test_a_database_that_does_not_answer_is_503_at_both_doors(fragile: Any) -> None:
    client = fragile(locked)

    page, told = client.get("/"), client.get("/api/v1/counts/")

    assert (page.status_code, told.status_code) == (503, 503)
    assert page["Retry-After"] == told["Retry-After"] == str(problems.WAIT)
    assert page["Content-Type"].startswith("text/html")
    assert told["Content-Type"] == problems.PROBLEM
    assert OURS in page.content.decode()
    assert "secret detail" not in page.content.decode() + told.content.decode()


@pytest.mark.parametrize("address", ["/", "/api/v1/counts/", "/admin/"])
def test_a_session_that_cannot_be_read_is_503(
    address: str, monkeypatch: pytest.MonkeyPatch, admin_client: Client
) -> None:
    admin_client.raise_request_exception = False
    monkeypatch.setattr("config.sessions.SessionStore._get_session_from_db", locked)

    answer = admin_client.get(address)

    assert answer.status_code == 503
    assert answer["Retry-After"] == str(problems.WAIT)


def test_what_a_session_is_told_is_private(admin_client: Client) -> None:
    for address in ("/", "/api/v1/counts/", "/admin/", "/no/"):
        assert admin_client.get(address)["Cache-Control"] == "private, no-store"
