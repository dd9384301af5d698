"""Whoever asks too often waits; others do not notice, and no header helps."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from incidents import tokens
from incidents.api import limits
from incidents.codebook import Scope
from tests import make
from tests.api.doors import CODEBOOK, CSV, GEOJSON, content, problem

pytestmark = pytest.mark.django_db

MOST = 10


@pytest.fixture(autouse=True)
def limited(settings: Settings) -> Settings:
    """Let everybody ask ten times a minute, and take five files."""
    settings.API_RATE_ANONYMOUS = (MOST, 60)
    settings.API_RATE_TOKEN = (2 * MOST, 60)
    settings.API_RATE_EXPORTS = (5, 60)
    return settings


def ask(n: int = 0, url: str = CODEBOOK, **more: Any) -> Any:
    """Ask from an address, or from one that a header forges."""
    told = {"x-forwarded-for": f"198.51.100.{n}", "x-real-ip": f"198.51.100.{n}"}
    headers = told | more.pop("headers", {})
    return Client().get(url, headers=headers, **more)


def statuses(times: int, **more: Any) -> list[int]:
    """Ask some times, each time as if from elsewhere."""
    return [ask(n, **more).status_code for n in range(times)]


def exactly(most: int) -> list[int]:
    """Return what a fifth more than the limit is answered."""
    return [200] * most + [429] * (most // 5)


def test_an_address_is_refused_exactly_past_its_limit_whatever_headers_say() -> None:
    assert statuses(MOST * 6 // 5) == exactly(MOST)

    refused = ask()
    assert problem(refused)["status"] == 429
    assert 1 <= int(refused["Retry-After"]) <= 61
    assert ask(REMOTE_ADDR="203.0.113.9").status_code == 200


def test_behind_our_proxy_the_address_is_what_it_says(settings: Settings) -> None:
    settings.PROXIES = 1
    forged = [
        ask(headers={"x-forwarded-for": f"1.2.3.{n}, 203.0.113.1"}).status_code
        for n in range(MOST * 6 // 5)
    ]

    assert forged == exactly(MOST)
    assert ask(headers={"x-forwarded-for": "203.0.113.2"}).status_code == 200


def test_a_network_of_64_bits_is_one_address() -> None:
    asked = [ask(REMOTE_ADDR=f"2001:db8::{n:x}").status_code for n in range(1, MOST + 2)]

    assert asked[-2:] == [200, 429]
    assert ask(REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_each_token_has_a_limit_of_its_own_wherever_it_is_used() -> None:
    owner = make.user("anna")
    first, other = (tokens.make(owner, name, Scope.PUBLIC)[1] for name in "ab")
    bearer = {"authorization": f"Bearer {first}"}

    asked = [
        ask(n, headers=bearer, REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n in range(2 * MOST * 6 // 5)
    ]

    assert asked == exactly(2 * MOST)
    assert ask(headers={"authorization": f"Bearer {other}"}).status_code == 200
    assert ask(REMOTE_ADDR="203.0.113.1").status_code == 200


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"headers": {"authorization": "Bearer hti_wrong"}}, 401),
        ({"url": f"{CODEBOOK}?token=1"}, 400),
    ],
)
def test_wrong_tokens_take_places_of_their_address(sent: dict[str, Any], refused: int) -> None:
    assert statuses(MOST + 2, **sent) == [refused] * MOST + [429] * 2
    assert ask().status_code == 429


def test_an_account_has_the_limit_of_a_token(django_user_model: type[User]) -> None:
    client = Client()
    client.force_login(make.user("anna"))

    assert [client.get(CODEBOOK).status_code for _n in range(24)] == exactly(2 * MOST)


def test_files_have_a_limit_of_their_own() -> None:
    taken = [ask(url=url) for url in (CSV, GEOJSON, CSV, CSV, GEOJSON, CSV)]

    assert [answer.status_code for answer in taken] == exactly(5)
    assert all(content(answer) for answer in taken[:5])
    assert ask().status_code == 200


def test_a_place_is_free_again_when_its_span_is_over(settings: Settings) -> None:
    assert statuses(MOST)[-1] == 200
    assert ask().status_code == 429

    cache.delete("limits:address:127.0.0.1:0")

    assert [ask().status_code for _n in range(2)] == [200, 429]


def test_requests_at_the_same_moment_do_not_share_a_place() -> None:
    waits: list[float | None] = []
    gate = threading.Barrier(20)

    def take() -> None:
        gate.wait()
        waits.append(limits._take("limits:test", (12, 60)))

    threads = [threading.Thread(target=take) for _n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert waits.count(None) == 12


def test_limits_can_be_switched_off(settings: Settings) -> None:
    settings.API_RATE_ANONYMOUS = settings.API_RATE_EXPORTS = None

    assert statuses(MOST * 2) == [200] * MOST * 2


def test_pages_and_health_are_not_limited() -> None:
    assert statuses(MOST * 2, url="/healthz/") == [200] * MOST * 2
    assert statuses(MOST * 2, url="/codebook/") == [200] * MOST * 2
