"""One login for all, with a second factor where one is due, and guesses that lead nowhere."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import Settings

from articles.clearance import REVIEWERS
from config.sessions import SessionStore
from incidents import factors, guessing, logins
from incidents.models import AuditEntry, Campaign
from tests import make

from .test_accounts import ADD, PASSWORD, TYPED, account, again, anna, hidden

__all__ = ["anna"]

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"
CODE = "/account/code/"
SET_UP = "/account/second-factor/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
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


@pytest.fixture
def strict(settings: Settings) -> Settings:
    """Ask reviewers and administrators for a second factor, as a deployment does."""
    settings.MFA_REQUIRED = True
    return settings


@pytest.fixture
def chief() -> User:
    """Return a reviewer."""
    made = account("chief", "add_campaign", "view_campaign", "change_campaign")
    made.groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])
    make.join(made)
    return made


class Clock:
    """The clock of codes, which stands still until it is moved on to the next one."""

    now = 1_700_000_000.0

    def time(self) -> float:
        """Return what it shows."""
        return self.now

    def tick(self) -> None:
        """Move on to the next code."""
        self.now += 30

    def code(self, secret: str = SECRET) -> str:
        """Return the code of this moment."""
        return str(format_hotp_value(hotp_value(secret, int(self.now) // 30)))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Return the clock of codes."""
    with mock.patch("allauth.mfa.totp.internal.auth.time", Clock()) as clock:
        yield clock


def enrol(user: User) -> list[str]:
    """Give an account a second factor; return its recovery codes."""
    TOTP.activate(user, SECRET)
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def log_in(client: Client, name: str, password: str = PASSWORD, **more: Any) -> Any:
    """Send name and password."""
    return client.post(LOGIN, {"login": name, "password": password, **more})


def is_in(client: Client) -> bool:
    """Tell whether somebody is logged in."""
    return "_auth_user_id" in client.session


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


def test_one_answer_stands_for_a_wrong_password_and_a_missing_code(
    client: Client, chief: User
) -> None:
    enrol(chief)
    asked = client.post(ADD, TYPED)

    wrong = client.post(ADD, again(asked, "chief", "wrong"))
    missing = client.post(ADD, again(asked, "chief"))

    assert _masked(wrong) == _masked(missing)


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
    assert kept["Cache-Control"] == "no-store"
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


# Guessing


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
            answers.append([_masked(log_in(Client(), name, "guess"), name) for _n in range(12)])
            works.append(work.call_count - before)

    assert answers[0] == answers[1]
    assert "too many tries" in answers[0][-1]
    assert works[0] == works[1]


def _masked(answer: Any, name: str = "") -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value=)"[^"]*"', r"\1", answer.content.decode())
    return f"{answer.status_code} {page.replace(name, '') if name else page}"


# How long a login lasts


def at(moment: Any) -> Any:
    """Set the clock of sessions."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


def test_a_login_that_nobody_uses_ends_after_an_hour(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()

    with at(start + timedelta(minutes=59)):
        assert client.get("/admin/account/").status_code == 200
    with at(start + timedelta(minutes=110)):
        assert client.get("/admin/account/").status_code == 200
    with at(start + timedelta(minutes=172)):
        assert client.get("/admin/account/").status_code == 302


def test_a_login_in_use_ends_after_twelve_hours(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()
    for minutes in range(30, 12 * 60, 30):
        with at(start + timedelta(minutes=minutes)):
            assert client.get("/admin/account/").status_code == 200

    with at(start + timedelta(hours=12, seconds=1)):
        assert client.get("/admin/account/").status_code == 302


def test_what_is_kept_in_a_session_does_not_make_it_last_longer(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()
    with at(start + timedelta(minutes=50)):
        client.get("/admin/account/")

    with at(start + timedelta(minutes=55)):
        session = client.session
        session["more"] = 1
        session.save()

    ends = Session.objects.get(pk=session.session_key).expire_date
    assert ends <= start + timedelta(minutes=115, seconds=5)
    began = logins.began(client.session)
    assert began is not None
    assert abs(began - start) < timedelta(seconds=5)


def test_a_use_never_brings_an_ended_login_back(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()
    session = SessionStore(client.session.session_key)
    session.load()
    Session.objects.all().delete()

    with at(start + timedelta(minutes=30)):
        session.touch()

    assert not Session.objects.exists()


# Losing a right counts on the next request


def test_a_disabled_account_reads_nothing_on_the_next_request(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get("/admin/").status_code == 200

    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get("/admin/").status_code == 302
    assert client.get("/account/").status_code == 302


def test_who_is_no_longer_staff_reaches_no_desk_on_the_next_request(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    assert client.get("/admin/").status_code == 200

    User.objects.filter(pk=anna.pk).update(is_staff=False)

    assert client.get("/admin/").status_code == 302


def test_who_left_an_organisation_reads_its_drafts_no_more_on_the_next_request(
    client: Client,
) -> None:
    anna = make.user("anna", staff=True)
    draft = make.incident("Draft of the house", state="draft", marking="green")
    path = f"/incidents/{draft.record.provisional}/"
    client.force_login(anna)
    assert client.get(path).status_code == 200

    anna.membership.delete()

    assert client.get(path).status_code == 404


def test_who_left_the_reviewers_publishes_no_more_on_the_next_request(chief: User) -> None:
    client = Client()
    client.force_login(chief)
    draft = make.incident("Draft", state="in_review", marking="clear")

    chief.groups.clear()
    client.post(
        "/admin/incidents/incident/",
        {"action": "approve_selected", "_selected_action": [draft.pk]},
    )

    draft.refresh_from_db()
    assert draft.state == "in_review"


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
