"""A login that expires loses nothing that was typed, and each sees and ends their own logins."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from incidents import guessing, logins
from incidents.models import Actor, Campaign

pytestmark = pytest.mark.django_db

ADD = "/admin/incidents/campaign/add/"
ACCOUNT = "/admin/account/"
PASSWORD = "the password of somebody"
TYPED = {
    "name": "Parcels & “fire”",
    "description": "First line\r\n\r\n<b>second</b> line",
    "slug": "",
    "external_ids": "misp: 1",
    "_continue": "Save and continue editing",
}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"


def account(name: str, *codenames: str, staff: bool = True) -> User:
    """Make an account that may do some things."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def anna() -> User:
    """Return an analyst."""
    return account("anna", "add_campaign", "view_campaign", "change_campaign")


def hidden(answer: Any) -> dict[str, list[str]]:
    """Return the hidden fields of a page, as a browser sends them."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(answer.content.decode()):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def again(answer: Any, name: str, password: str = PASSWORD) -> dict[str, Any]:
    """Return what the page that asks to log in again sends."""
    login = {"login-again-username": name, "login-again-password": password}
    return {**hidden(answer), **login}


# A login that expired


def test_whoever_posts_after_their_login_expired_is_asked_and_loses_nothing(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    Session.objects.all().delete()

    asked = client.post(f"{ADD}?_changelist_filters=q", TYPED)
    done = client.post(asked.request["PATH_INFO"], again(asked, "anna"))

    assert asked.status_code == 403
    assert f'action="{ADD}?_changelist_filters=q"' in asked.content.decode()
    assert asked["Cache-Control"] == "private, no-store"
    made = Campaign.objects.get()
    assert done["Location"] == f"/admin/incidents/campaign/{made.pk}/change/"
    assert made.name == TYPED["name"]
    assert made.description == "First line\n\n<b>second</b> line"
    assert made.external_ids == {"misp": "1"}
    assert LogEntry.objects.get().user == anna
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_asks_again_and_keeps_everything(client: Client, anna: User) -> None:
    first = client.post(ADD, {**TYPED, "several": ["1", "2", "3"]})

    second = client.post(ADD, again(first, "anna", "wrong"))
    third = client.post(ADD, again(second, "anna", "wrong again"))

    assert third.status_code == 403
    assert "Please enter the correct" in third.content.decode()
    assert "wrong" not in third.content.decode()
    token = "csrfmiddlewaretoken"
    assert {**hidden(third), token: None} == {**hidden(first), token: None}
    assert hidden(third)["several"] == ["1", "2", "3"]
    assert not Campaign.objects.exists()
    client.post(ADD, again(third, "anna"))
    assert Campaign.objects.count() == 1


def test_logging_in_again_needs_the_token_of_the_page(anna: User) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.get("/account/login/")
    page = careful.get("/account/login/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    asked = careful.post(ADD, {**TYPED, "csrfmiddlewaretoken": token[1]})
    sent = again(asked, "anna")
    own = sent.pop("csrfmiddlewaretoken")

    without = careful.post(ADD, sent)
    strange = Client(enforce_csrf_checks=True).post(ADD, {**sent, "csrfmiddlewaretoken": own})

    assert asked.status_code == 403
    assert "Your login has expired" in asked.content.decode()
    assert (without.status_code, strange.status_code) == (403, 403)
    assert "Your login has expired" not in without.content.decode()
    assert not Campaign.objects.exists()
    assert "_auth_user_id" not in careful.session
    careful.post(ADD, {**sent, "csrfmiddlewaretoken": own})
    assert Campaign.objects.count() == 1


def test_a_post_without_its_token_is_not_even_asked(anna: User) -> None:
    careful = Client(enforce_csrf_checks=True)

    refused = careful.post(ADD, TYPED)

    assert refused.status_code == 403
    assert "login-again" not in refused.content.decode()


def test_logging_in_again_takes_a_new_session_key_and_token(client: Client, anna: User) -> None:
    client.get("/account/login/")
    session = client.session
    session["mark"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)
    token = client.cookies["csrftoken"].value
    asked = client.post(ADD, TYPED)

    page = client.post(ADD, {**again(asked, "anna"), "name": ""})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.cookies["csrftoken"].value != token
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies
    fresh = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert fresh
    careful.post(ADD, {**TYPED, "csrfmiddlewaretoken": fresh[1]})
    assert Campaign.objects.count() == 1


def test_nothing_is_carried_out_for_somebody_without_permission(client: Client, anna: User) -> None:
    account("reader", "view_campaign")
    account("outsider", "add_campaign", staff=False)
    asked = client.post(ADD, TYPED)

    read_only = client.post(ADD, again(asked, "reader"))
    client.logout()
    no_staff = client.post(ADD, again(asked, "outsider"))

    assert read_only.status_code == 403
    assert "Your login has expired" not in read_only.content.decode()
    assert "Your login has expired" in no_staff.content.decode()
    assert "_auth_user_id" not in client.session
    assert not Campaign.objects.exists()


def test_who_logs_in_again_acts_under_their_own_name(client: Client, anna: User) -> None:
    boris = account("boris", "add_campaign")
    client.force_login(anna)
    client.session["mine"] = 1
    asked = Client().post(ADD, TYPED)

    client.post(ADD, again(asked, "boris"))

    assert LogEntry.objects.get().user == boris
    assert client.session["_auth_user_id"] == str(boris.pk)
    assert "mine" not in client.session


def test_an_account_that_was_closed_meanwhile_does_nothing(client: Client, anna: User) -> None:
    client.force_login(anna)
    User.objects.update(is_active=False)

    asked = client.post(ADD, TYPED)
    client.post(ADD, again(asked, "anna"))

    assert "Your login has expired" in asked.content.decode()
    assert not Campaign.objects.exists()


def test_passwords_tokens_and_rows_unseen_are_not_kept(client: Client) -> None:
    secret = {"password1": "s3cret one", "new_password2": "s3cret two", "password": "s3cret three"}
    kept = {"usable_password": "true", "username": "new", "passwordless": "yes"}
    dropped = {"csrfmiddlewaretoken": "t0ken", "select_across": "1"}

    asked = client.post("/admin/auth/user/add/", {**secret, **kept, **dropped})

    page = asked.content.decode()
    assert "s3cret" not in page
    assert "t0ken" not in page
    assert "Passwords are not kept" in page
    assert set(hidden(asked)) == {"csrfmiddlewaretoken", *kept}


def test_files_are_told_to_be_chosen_again(client: Client) -> None:
    asked = client.post(ADD, {**TYPED, "table": SimpleUploadedFile("a.csv", b"a,b")})

    assert "Files are not kept" in asked.content.decode()
    assert set(TYPED) < set(hidden(asked))


def test_what_is_kept_is_text_and_never_code(client: Client) -> None:
    nasty = "\"><script>alert(1)</script>{{ 7*7 }}{% debug %}'"

    asked = client.post(f"{ADD}?x={nasty}", {nasty: nasty})

    page = asked.content.decode()
    assert "<script>alert" not in page
    assert hidden(asked)[nasty] == [nasty]


@pytest.mark.parametrize("path", ["//evil.example/admin/", "/admin//evil.example/", "/admin/nope/"])
def test_what_was_posted_goes_back_to_this_site_only(client: Client, path: str) -> None:
    asked = client.post(path, TYPED)

    actions = re.findall(r'<form action="([^"]+)"', asked.content.decode())
    assert all(re.match(r"/[^/\\]", action) for action in actions)


def test_more_than_a_form_may_send_is_refused(client: Client) -> None:
    many = client.post(ADD, {f"field-{n}": "x" for n in range(2001)})
    large = client.post(ADD, {"description": "x" * (2 * 1024 * 1024 + 1)})

    assert (many.status_code, large.status_code) == (400, 400)


def test_reading_leads_to_the_login_as_ever(client: Client) -> None:
    answer = client.get(ADD)

    assert answer["Location"] == f"/admin/login/?next={ADD}"


def test_logging_out_twice_leads_to_the_start(client: Client) -> None:
    answer = client.post("/admin/logout/")

    assert answer["Location"] == "/admin/"


def test_actions_on_chosen_rows_survive_a_login_that_expired(client: Client) -> None:
    account("editor", "view_actor", "change_actor", "delete_actor")
    actors = [Actor.objects.create(name=f"A{n}", slug=f"a{n}", kind="proxy") for n in range(3)]
    chosen = [str(actor.pk) for actor in actors[:2]]
    sent = {"action": "merge_selected", "_selected_action": chosen, "select_across": "1"}

    asked = client.post("/admin/incidents/actor/", sent)
    done = client.post("/admin/incidents/actor/", again(asked, "editor"))

    assert done["Location"].endswith(f"/merge/?actor={chosen[0]}&actor={chosen[1]}")


# Your account


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
