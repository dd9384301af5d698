"""One login for all: where it leads, what it refuses, and what it keeps."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from incidents.models import AuditEntry, Campaign
from tests import make

from .entering import LOGIN, chief, enrol, is_in, log_in, masked
from .signing_in import ADD, PASSWORD, TYPED, account, again, anna, hidden

__all__ = ["anna", "chief"]

pytestmark = pytest.mark.django_db


HOSTILE = (
    "//evil.example/",
    "///evil.example/",
    "////evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "\\/evil.example/",
    "https://evil.example/",
    "http:evil.example",
    "http:///evil.example/",
    "https:evil.example/",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    " //evil.example/",
    "\t//evil.example/",
    "/\t/evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//testserver@evil.example/",
    "ftp://testserver/",
)


# The one door


def test_the_login_of_the_desk_leads_to_the_one_login(client: Client) -> None:
    answer = client.get("/admin/login/?next=/admin/incidents/")

    assert answer["Location"] == f"{LOGIN}?next=%2Fadmin%2Fincidents%2F"


def test_a_password_posted_to_the_old_door_logs_nobody_in(client: Client, anna: User) -> None:
    client.post("/admin/login/", {"username": "anna", "password": PASSWORD})

    assert not is_in(client)


def test_staff_land_at_the_desk_and_partners_on_the_site(anna: User) -> None:
    account("partner", staff=False)

    assert log_in(Client(), "anna")["Location"] == "/admin/"
    assert log_in(Client(), "partner")["Location"] == "/"
    assert log_in(Client(), "partner", next="/admin/")["Location"] == "/"
    assert log_in(Client(), "partner", next="/actors/")["Location"] == "/actors/"


def test_a_partner_is_told_that_the_desk_is_not_for_them(client: Client) -> None:
    client.force_login(account("partner", staff=False))

    page = client.get("/admin/", follow=True)

    assert page.status_code == 403
    assert "the desk is for those who log incidents" in page.content.decode()


def test_a_partner_sees_their_account_changes_the_password_and_logs_out(client: Client) -> None:
    partner = account("partner", staff=False)
    make.join(partner)
    log_in(client, "partner")
    new = "another password of somebody"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    page = client.get("/account/").content.decode()
    client.post("/account/password/", sent)
    out = client.post("/account/logout/")

    assert "This organisation" in page
    assert "Log out" in page
    assert out.status_code == 200
    assert not is_in(client)
    assert log_in(client, "partner", new).status_code == 302


@pytest.mark.parametrize("aim", HOSTILE)
def test_nobody_is_led_off_the_site(client: Client, anna: User, aim: str) -> None:
    after = log_in(client, "anna", next=aim)
    already = client.get("/admin/login/", {"next": aim})
    out = client.post("/account/logout/", {"next": aim})

    for answer in (after, already, out):
        leads = answer.headers.get("Location", "/")
        assert re.match(r"/(?![/\\])", leads), leads


@pytest.mark.parametrize("path", ["signup", "password/reset", "email"])
def test_nobody_makes_an_account_or_resets_a_password_by_themselves(
    client: Client, path: str
) -> None:
    assert client.get(f"/account/{path}/").status_code == 404


def test_the_session_key_changes_at_login(client: Client, anna: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["mark"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)

    log_in(client, "anna")

    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


@pytest.mark.parametrize("password", ["short", "password1234", "x" * 257])
def test_a_bad_password_is_not_taken(client: Client, anna: User, password: str) -> None:
    client.force_login(anna)
    sent = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}

    client.post("/admin/password_change/", sent)

    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_one_answer_stands_for_a_wrong_password_and_a_missing_code(
    client: Client, chief: User
) -> None:
    enrol(chief)
    asked = client.post(ADD, TYPED)

    wrong = client.post(ADD, again(asked, "chief", "wrong"))
    missing = client.post(ADD, again(asked, "chief"))

    assert masked(wrong) == masked(missing)


# A form from before another login


def own_page(client: Client, data: Any, **headers: Any) -> Any:
    """Post as a browser does from a page of this site, with a token that is none any more."""
    sent = {**data, "csrfmiddlewaretoken": "x" * 64}
    return client.post(ADD, sent, headers={"origin": "http://testserver", **headers})


def test_a_form_from_before_another_login_is_kept_and_sent_again(anna: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)

    kept = own_page(client, {**TYPED, "password1": "s3cret"})
    done = client.post(ADD, hidden(kept))

    assert kept.status_code == 403
    assert "Please send it once more" in kept.content.decode()
    assert "s3cret" not in kept.content.decode()
    assert kept["Cache-Control"] == "private, no-store"
    assert done.status_code == 302
    assert Campaign.objects.get().name == TYPED["name"]


def test_without_a_login_such_a_form_asks_for_one(anna: User) -> None:
    client = Client(enforce_csrf_checks=True)

    kept = own_page(client, TYPED)
    client.post(ADD, again(kept, "anna"))

    assert "Your login has expired" in kept.content.decode()
    assert Campaign.objects.get().name == TYPED["name"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil", ""])
def test_what_comes_from_another_site_is_never_shown(anna: User, origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)

    refused = own_page(client, TYPED, origin=origin)

    assert refused.status_code == 403
    assert html.escape(TYPED["name"]) not in refused.content.decode()
    assert "hidden" not in re.findall(r'<input type="hidden" name="name"', refused.content.decode())


def test_cookies_of_a_deployment_are_bound_to_this_host() -> None:
    text = (django_settings.BASE_DIR / "config" / "settings.py").read_text(encoding="utf-8")

    names = re.findall(r'COOKIE_NAME = "[a-z]+" if DEBUG else "(__Host-[a-z]+)"', text)

    assert len(names) == 3


@override_settings(
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_NAME="__Host-sessionid",
    BROWSER_COOKIE_NAME="__Host-browser",
)
def test_cookies_are_secure_and_out_of_reach_of_scripts(anna: User) -> None:
    client = Client()

    log_in(client, "anna")

    for name in ("__Host-sessionid", "__Host-browser"):
        cookie = client.cookies[name]
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_every_refused_login_is_in_the_log(anna: User) -> None:
    for n in range(12):
        log_in(Client(), "anna", f"guess {n}")

    entries = AuditEntry.objects.filter(deed="login_failed", name="anna")

    assert entries.count() == 11
    assert entries.filter(subject="Too many tries.").count() == 1
