"""A second factor where one is due: set up, asked for, lost and taken away."""

from __future__ import annotations

import html
import re
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from articles.clearance import REVIEWERS
from incidents import factors
from incidents.models import Campaign

from .entering import CODE, SECRET, SET_UP, Clock, chief, clock, enrol, is_in, log_in, strict
from .signing_in import ADD, PASSWORD, TYPED, again, anna, hidden

__all__ = ["anna", "chief", "clock", "strict"]

pytestmark = pytest.mark.django_db


# The second factor


@pytest.mark.parametrize("path", ["/", "/admin/", "/incidents/", "/admin/account/", ADD])
def test_a_reviewer_without_a_second_factor_reaches_only_its_set_up(
    strict: Settings, client: Client, chief: User, path: str
) -> None:
    log_in(client, "chief")

    assert client.get(path)["Location"] == SET_UP
    assert client.post(path, TYPED)["Location"] == SET_UP
    assert not Campaign.objects.exists()


def test_the_api_tells_a_reviewer_without_a_second_factor_nothing(
    strict: Settings, client: Client, chief: User
) -> None:
    log_in(client, "chief")

    answer = client.get("/api/v1/incidents/")

    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert "results" not in answer.json()


def test_an_administrator_needs_one_and_an_analyst_does_not(
    strict: Settings, client: Client, anna: User
) -> None:
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    client.force_login(boss)
    other = Client()
    other.force_login(anna)

    assert client.get("/admin/")["Location"] == SET_UP
    assert other.get("/admin/").status_code == 200


def test_who_becomes_a_reviewer_needs_one_on_the_next_request(
    strict: Settings, client: Client, anna: User
) -> None:
    client.force_login(anna)
    assert client.get("/admin/").status_code == 200

    anna.groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])

    assert client.get("/admin/")["Location"] == SET_UP


def test_a_reviewer_sets_the_second_factor_up_and_goes_on(
    strict: Settings,
    client: Client,
    chief: User,
    clock: Clock,
    django_capture_on_commit_callbacks: Any,
) -> None:
    elsewhere = Client()
    for browser in (elsewhere, client):
        log_in(browser, "chief")
    asked = client.get(SET_UP)
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get(SET_UP).content.decode()
    secret = re.search(r"<code[^>]*>([A-Z2-7]+)</code>", page)
    assert secret

    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(SET_UP, {"code": clock.code(secret[1])})

    shown = client.get(done["Location"]).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", shown)) == 10
    assert re.findall(r"<code>\d{8}</code>", client.get(done["Location"]).content.decode()) == []
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/")["Location"].startswith("/admin/login/")
    assert factors.enrolled(chief)


def test_a_login_asks_for_the_code_and_takes_it_once(
    strict: Settings, chief: User, clock: Clock
) -> None:
    enrol(chief)
    first, second = Client(), Client()
    for client in (first, second):
        assert log_in(client, "chief")["Location"] == CODE
        assert not is_in(client)
        assert client.get("/admin/").status_code == 302

    code = clock.code()
    first.post(CODE, {"code": code})
    replayed = second.post(CODE, {"code": code})

    assert first.get("/admin/").status_code == 200
    assert replayed.status_code == 200
    assert "was used before" in replayed.content.decode()
    assert not is_in(second)


def test_a_recovery_code_is_good_for_one_login(strict: Settings, chief: User) -> None:
    code = enrol(chief)[3]
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, "chief")
        client.post(CODE, {"code": code})

    assert is_in(first)
    assert not is_in(second)
    assert factors.codes_left(chief) == 9


def test_a_new_password_does_not_stand_in_for_the_second_factor(
    strict: Settings, client: Client, chief: User
) -> None:
    enrol(chief)
    chief.set_password("given anew by somebody")
    chief.save()

    answer = log_in(client, "chief", "given anew by somebody")

    assert answer["Location"] == CODE
    assert not is_in(client)


def test_codes_are_guessed_ten_times_and_no_more(
    strict: Settings, client: Client, chief: User, clock: Clock
) -> None:
    enrol(chief)
    log_in(client, "chief")
    right = clock.code()
    wrong = next(code for code in ("000000", "111111") if code != right)
    for _n in range(10):
        client.post(CODE, {"code": wrong})

    client.post(CODE, {"code": right})

    assert not is_in(client)


def test_who_still_needs_a_second_factor_is_offered_no_way_that_leads_back(
    client: Client, chief: User
) -> None:
    log_in(client, "chief")

    asked = client.get(SET_UP, follow=True).content.decode()
    shown = client.post(
        "/account/confirm/", {"password": PASSWORD, "next": SET_UP}, follow=True
    ).content.decode()

    assert "Is it you?" in asked
    assert "Set up your second factor" in shown
    for page in (asked, shown):
        assert "To the public site" not in page
        assert 'action="/account/logout/"' in page


def test_the_second_factor_is_removed_only_with_the_second_factor(
    client: Client, chief: User, clock: Clock
) -> None:
    enrol(chief)
    log_in(client, "chief")
    client.post(CODE, {"code": clock.code()})

    asked = client.post("/account/second-factor/remove/")
    by_password = client.post("/account/confirm/", {"password": PASSWORD})

    assert asked["Location"].startswith("/account/code/confirm/")
    assert by_password["Location"].startswith("/account/code/confirm/")
    assert factors.enrolled(chief)


def test_the_secrets_of_second_factors_are_unreadable_without_the_key(chief: User) -> None:
    codes = enrol(chief)

    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept
    assert not [code for code in codes if code in kept]


def test_second_factors_outlive_a_new_key_while_the_old_one_is_named(settings: Settings) -> None:
    kept = get_adapter().encrypt("secret")

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    assert get_adapter().decrypt(kept) == "secret"


def test_an_administrator_takes_a_lost_second_factor_away(client: Client, chief: User) -> None:
    enrol(chief)
    theirs = Client()
    theirs.force_login(chief)
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    enrol(boss)
    client.force_login(boss)
    sent = {"action": "remove_second_factor", "_selected_action": [chief.pk, boss.pk]}

    client.post("/admin/auth/user/", sent)

    assert not factors.enrolled(chief)
    assert theirs.get("/admin/").status_code == 302
    assert factors.enrolled(boss)


def test_the_second_factor_of_the_only_administrator_is_taken_away_on_the_server(
    chief: User,
) -> None:
    enrol(chief)

    call_command("remove_second_factor", "chief", stdout=StringIO())

    assert not factors.enrolled(chief)
    for name in ("chief", "nobody"):
        with pytest.raises(CommandError):
            call_command("remove_second_factor", name)


# The login that expired


def test_carrying_on_asks_for_the_second_factor_too(
    strict: Settings, client: Client, chief: User, clock: Clock
) -> None:
    enrol(chief)
    asked = client.post(ADD, TYPED)

    without = client.post(ADD, again(asked, "chief"))
    wrong = client.post(ADD, {**again(without, "chief"), "login-again-code": "000000"})
    assert not Campaign.objects.exists()
    assert not is_in(client)
    client.post(ADD, {**again(wrong, "chief"), "login-again-code": clock.code()})

    assert (without.status_code, wrong.status_code) == (403, 403)
    assert Campaign.objects.get().name == TYPED["name"]
    assert client.get("/admin/").status_code == 200


def test_a_code_that_logged_in_does_not_carry_on(
    strict: Settings, client: Client, chief: User, clock: Clock
) -> None:
    enrol(chief)
    log_in(client, "chief")
    client.post(CODE, {"code": clock.code()})
    stranger = Client()
    asked = stranger.post(ADD, TYPED)

    stranger.post(ADD, {**again(asked, "chief"), "login-again-code": clock.code()})

    assert not Campaign.objects.exists()
    clock.tick()
    stranger.post(ADD, {**again(asked, "chief"), "login-again-code": clock.code()})
    assert Campaign.objects.exists()


def test_carrying_on_is_refused_to_a_reviewer_without_a_second_factor(
    strict: Settings, client: Client, chief: User
) -> None:
    asked = client.post(ADD, TYPED)

    refused = client.post(ADD, again(asked, "chief"))

    assert "needs a second factor first" in refused.content.decode()
    assert hidden(refused)["name"] == [html.unescape(TYPED["name"])]
    assert not is_in(client)
    assert not Campaign.objects.exists()
