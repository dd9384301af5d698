"""Each sees where they are logged in, and ends their own logins."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from incidents import guessing, logins

from .signing_in import PASSWORD, account, anna

__all__ = ["anna"]

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"


def log_in(name: str, browser: str) -> Client:
    """Log in by the form, in some browser."""
    client = Client(headers={"user-agent": browser})
    client.post("/account/login/", {"login": name, "password": PASSWORD, "next": "/admin/"})
    return client


def test_the_account_tells_name_groups_and_logins(anna: User) -> None:
    anna.groups.add(Group.objects.create(name="Analysts"))
    here, _there = log_in("anna", FIREFOX), log_in("anna", SAFARI)

    page = here.get(ACCOUNT).content.decode()

    assert "anna" in page
    assert "Analysts" in page
    assert "Firefox on Linux" in page
    assert "Safari on iOS" in page
    assert page.index("Firefox on Linux") < page.index("this one") < page.index("Safari on iOS")
    assert timezone.now().strftime("%-d %B %Y") in page
    assert 'href="/admin/password_change/"' in page


def test_a_login_under_a_key_in_use_before_is_ended_too(anna: User, settings: Settings) -> None:
    settings.SECRET_KEY = "the-key-in-use-before" * 3
    other = log_in("anna", SAFARI)
    before, settings.SECRET_KEY = settings.SECRET_KEY, "the-key-in-use-now" * 3
    settings.SECRET_KEY_FALLBACKS = [before]
    here = log_in("anna", FIREFOX)

    here.post(ACCOUNT, {"others": "1"})

    assert other.get(ACCOUNT).status_code == 302
    assert here.get(ACCOUNT).status_code == 200


def test_one_login_is_ended_and_the_others_stay(anna: User) -> None:
    here, phone, third = (log_in("anna", name) for name in (FIREFOX, SAFARI, "curl"))
    names = {login.browser: login.name for login in logins.logins(anna, None)}

    here.post(ACCOUNT, {"login": names[SAFARI]})

    assert phone.get(ACCOUNT).status_code == 302
    assert (here.get(ACCOUNT).status_code, third.get(ACCOUNT).status_code) == (200, 200)


def test_all_others_are_ended_at_once(anna: User) -> None:
    here, *others = (log_in("anna", name) for name in (FIREFOX, SAFARI, "curl"))

    told = here.post(ACCOUNT, {"others": "1"}, follow=True).content.decode()

    assert "2 other logins ended." in told
    assert [client.get(ACCOUNT).status_code for client in others] == [302, 302]
    assert here.get(ACCOUNT).status_code == 200


def test_nobody_ends_or_sees_the_login_of_somebody_else(anna: User) -> None:
    account("boris")
    anna_here, boris_here = log_in("anna", FIREFOX), log_in("boris", SAFARI)
    theirs = logins.logins(anna, None)[0].name

    boris_here.post(ACCOUNT, {"login": theirs})
    page = boris_here.get(ACCOUNT).content.decode()
    boris_here.post(ACCOUNT, {"others": "1"})

    assert "Firefox" not in page
    assert anna_here.get(ACCOUNT).status_code == 200


def test_reading_the_account_ends_nothing(anna: User) -> None:
    here, other = log_in("anna", FIREFOX), log_in("anna", SAFARI)
    name = logins.logins(anna, here.session.session_key)[1].name

    here.get(ACCOUNT, {"login": name, "others": "1"})

    assert other.get(ACCOUNT).status_code == 200


def test_ending_a_login_needs_the_token(anna: User) -> None:
    other = log_in("anna", SAFARI)
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(anna)

    refused = careful.post(ACCOUNT, {"others": "1"})

    assert refused.status_code == 403
    assert other.get(ACCOUNT).status_code == 200


def test_no_key_of_a_session_is_told(anna: User) -> None:
    here = log_in("anna", FIREFOX)
    log_in("anna", SAFARI)

    page = here.get(ACCOUNT).content.decode()

    assert not [key for key in Session.objects.values_list("pk", flat=True) if key in page]


def test_logins_that_expired_are_not_told(anna: User) -> None:
    here = log_in("anna", FIREFOX)
    log_in("anna", SAFARI)
    old = timezone.now() - timedelta(hours=1)
    Session.objects.exclude(pk=here.session.session_key).update(expire_date=old)

    assert [login.browser for login in logins.logins(anna, None)] == [FIREFOX]


def test_a_new_password_ends_the_logins_elsewhere(anna: User) -> None:
    here, other = log_in("anna", FIREFOX), log_in("anna", SAFARI)
    new = "another password of somebody"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    done = here.post("/admin/password_change/", sent, follow=True)

    assert "Your password was changed" in done.content.decode()
    assert other.get(ACCOUNT).status_code == 302
    anna.refresh_from_db()
    assert [login.browser for login in logins.logins(anna, None)] == [FIREFOX]


@pytest.mark.parametrize("door", ["/admin/password_change/", "/account/password/"])
def test_whoever_finds_a_browser_logged_in_does_not_guess_the_password(
    anna: User, door: str
) -> None:
    here, new = log_in("anna", FIREFOX), "another password of somebody"
    cache.clear()
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": "another one"}

    # The right password costs no try, whatever is wrong with the new one.
    unlike = [here.post(door, sent).status_code for _n in range(guessing.PER_ACCOUNT + 1)]
    wrong = [
        here.post(door, {**sent, "old_password": f"guess {n}"}).status_code
        for n in range(guessing.PER_ACCOUNT)
    ]
    refused = here.post(door, {**sent, "new_password2": new})

    assert {*unlike, *wrong} == {200}
    assert refused.status_code == 429
    assert "too many tries" in refused.content.decode()
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_an_account_that_was_disabled_has_no_login_when_it_is_enabled_again(anna: User) -> None:
    account("bob")
    here, other = log_in("anna", FIREFOX), log_in("bob", SAFARI)

    for active in (False, True):
        anna.is_active = active
        anna.save()

    assert here.get(ACCOUNT).status_code == 302
    assert other.get(ACCOUNT).status_code == 200


def test_a_browser_that_says_nothing_or_nonsense_is_shown_all_the_same(anna: User) -> None:
    here = log_in("anna", "")
    log_in("anna", "<script>" + "x" * 5000)

    page = here.get(ACCOUNT).content.decode()

    assert "An unknown browser" in page
    assert "<script>x" not in page


def test_the_account_is_for_those_who_logged_in(client: Client) -> None:
    assert client.get(ACCOUNT)["Location"] == f"/admin/login/?next={ACCOUNT}"


# The door


def test_the_login_page_says_where_one_is(client: Client) -> None:
    page = client.get("/account/login/").content.decode()

    assert "a tracking database of hybrid-threat incidents" in page
    assert re.search(r'<a href="/">\s*To the public site', page)
