"""Guesses at passwords and codes lead nowhere, and the owner still gets in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from incidents import guessing
from incidents.models import Campaign

from .entering import LOGIN, log_in, masked
from .signing_in import ADD, PASSWORD, TYPED, account, again, anna

__all__ = ["anna"]

pytestmark = pytest.mark.django_db


def test_an_account_is_tried_ten_times_whoever_tries_and_however_it_is_written(
    anna: User,
) -> None:
    spelled = ("anna", "ＡＮＮＡ".lower(), "ａnna", "ANNA", "Anna")
    with (
        mock.patch("incidents.guessing.audit.address", side_effect=_addresses()),
        mock.patch.object(get_user_model(), "check_password", return_value=False) as checked,
    ):
        for n in range(200):
            log_in(Client(), spelled[n % len(spelled)], f"guess {n}")

    assert 0 < checked.call_count <= guessing.PER_ACCOUNT


def _addresses() -> Iterator[str]:
    n = 0
    while True:
        n += 1
        yield f"198.51.{n // 250}.{n % 250 + 1}"


def test_a_forged_header_moves_no_limit(anna: User, settings: Settings) -> None:
    for n in range(60):
        Client().post(
            LOGIN,
            {"login": f"somebody-{n}", "password": "guess"},
            headers={"x-forwarded-for": f"198.51.100.{n}"},
        )

    refused = log_in(Client(), "anna")

    assert "too many tries" in refused.content.decode()


def test_behind_our_proxy_each_address_has_tries_of_its_own(anna: User, settings: Settings) -> None:
    settings.PROXIES = 1
    for n in range(60):
        Client().post(
            LOGIN,
            {"login": f"somebody-{n}", "password": "guess"},
            headers={"x-forwarded-for": f"203.0.113.{n}, 198.51.100.1"},
        )

    sent = {"login": "anna", "password": PASSWORD}
    guesser = Client().post(LOGIN, sent, headers={"x-forwarded-for": "1.2.3.4, 198.51.100.1"})
    owner = Client().post(LOGIN, sent, headers={"x-forwarded-for": "198.51.100.2"})

    assert guesser.status_code == 200
    assert owner.status_code == 302


def test_the_owner_gets_in_from_a_browser_that_knows_the_account(anna: User) -> None:
    browser = Client()
    log_in(browser, "anna")
    browser.post("/account/logout/")
    for n in range(30):
        log_in(Client(), "anna", f"guess {n}")

    stranger, owner = log_in(Client(), "anna"), log_in(browser, "anna")

    assert stranger.status_code == 200
    assert owner.status_code == 302


def test_a_browser_that_knows_one_account_gains_nothing_at_another(anna: User) -> None:
    account("boris")
    browser = Client()
    log_in(browser, "boris")
    browser.post("/account/logout/")
    for n in range(10):
        log_in(Client(), "anna", f"guess {n}")

    assert log_in(browser, "anna").status_code == 200


def test_a_browser_that_knows_the_account_guesses_ten_times_too(anna: User) -> None:
    browser = Client()
    log_in(browser, "anna")
    browser.post("/account/logout/")
    for n in range(10):
        log_in(browser, "anna", f"guess {n}")

    assert log_in(browser, "anna").status_code == 200


def test_the_owner_gets_in_again_when_the_span_is_over(client: Client, anna: User) -> None:
    for n in range(10):
        log_in(Client(), "anna", f"guess {n}")
    assert log_in(client, "anna").status_code == 200

    with mock.patch("django.core.cache.backends.locmem.time.time", _later(guessing.SPAN + 1)):
        assert log_in(client, "anna").status_code == 302


def _later(seconds: int) -> Any:
    now = time.time()
    return lambda: now + seconds


def test_logins_that_succeed_take_no_try(anna: User) -> None:
    for _n in range(15):
        assert log_in(Client(), "anna").status_code == 302


def test_the_page_that_carries_on_counts_the_same_tries(client: Client, anna: User) -> None:
    for n in range(10):
        log_in(Client(), "anna", f"guess {n}")
    asked = client.post(ADD, TYPED)

    refused = client.post(ADD, again(asked, "anna"))

    assert "too many tries" in refused.content.decode()
    assert not Campaign.objects.exists()
    cache.clear()
    for n in range(10):
        client.post(ADD, again(asked, "anna", f"guess {n}"))
    assert log_in(Client(), "anna").status_code == 200


def test_an_unknown_name_is_answered_as_a_known_one(anna: User) -> None:
    with mock.patch("django.contrib.auth.hashers.MD5PasswordHasher.encode", autospec=True) as work:
        work.return_value = "md5$x$y"
        User.objects.filter(pk=anna.pk).update(is_active=False)
        answers, works = [], []
        for name in ("anna", "nobody"):
            before = work.call_count
            answers.append([masked(log_in(Client(), name, "guess"), name) for _n in range(12)])
            works.append(work.call_count - before)

    assert answers[0] == answers[1]
    assert "too many tries" in answers[0][-1]
    assert works[0] == works[1]
