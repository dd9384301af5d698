"""Tokens are made and revoked on a page of the account, and revoked by administrators."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from incidents import tokens
from incidents.codebook import Scope
from incidents.models import AuditEntry, Token
from tests import make

from .entering import enrol

pytestmark = pytest.mark.django_db

PAGE = "/account/tokens/"
DESK = "/admin/incidents/token/"
SAID = {"name": "notebook", "scope": "read", "days": "30"}


@pytest.fixture
def partner() -> User:
    """Make somebody who is no staff."""
    return make.user("petra")


def inside(user: User) -> Client:
    """Log in."""
    client = Client()
    client.force_login(user)
    return client


def made(client: Client, **said: str) -> str:
    """Make a token on the page and return it."""
    page = client.post(PAGE, SAID | said).content.decode()
    found = re.search(r"<code>(hti_\w{20,})</code>", page)
    assert found, page
    return found[1]


def works(text: str) -> bool:
    """Tell whether a token is taken."""
    answer = Client().get("/api/v1/codebook/", headers={"authorization": f"Bearer {text}"})
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


@pytest.mark.parametrize("staff", [True, False])
def test_any_account_makes_a_token_that_is_shown_once(staff: bool) -> None:
    client = inside(make.user("somebody", staff=staff))

    text = made(client)
    again = client.get(PAGE)

    assert works(text)
    assert text not in again.content.decode()
    assert text[:10] in again.content.decode()
    assert again["Cache-Control"] == "private, no-store"
    assert str(client.session.items()).find(text) == -1


def test_a_token_says_what_it_is_and_when_it_ends(partner: User) -> None:
    client = inside(partner)
    made(client, name="  Weekly  report ", scope="public", days="7")

    token = Token.objects.get()
    page = client.get(PAGE).content.decode()

    assert (token.scope, (token.expires_at - token.created_at).days) in (
        ("public", 6),
        ("public", 7),
    )
    assert "Reads: What is public" in page
    assert f"{token.expires_at:%Y-%m-%d %H:%M} UTC" in page
    assert "never used" in page


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "a\u202eb"}, {"scope": "write"}, {"days": "366"}, {"days": "x"}],
)
def test_a_token_that_cannot_be_is_not_made(wrong: dict[str, str], partner: User) -> None:
    page = inside(partner).post(PAGE, SAID | wrong)

    assert "errorlist" in page.content.decode()
    assert not Token.objects.exists()


def test_an_owner_revokes_a_token(partner: User) -> None:
    client = inside(partner)
    text = made(client)

    client.post(PAGE, {"revoke": str(Token.objects.get().pk)})

    assert not works(text)
    assert "hti_" not in client.get(PAGE).content.decode().split("</section>")[0]
    subjects = AuditEntry.objects.filter(user=partner).values_list("subject", flat=True)
    assert [line for line in subjects if line.endswith("revoked")]


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999", "theirs"])
def test_nobody_revokes_the_token_of_somebody_else(key: str, partner: User) -> None:
    token, text = tokens.make(make.user("owner"), "theirs", Scope.READ)
    sent = str(token.pk) if key == "theirs" else key

    answer = inside(partner).post(PAGE, {"revoke": sent})

    assert answer.status_code == 302
    assert works(text)


def test_nobody_revokes_by_a_link(partner: User) -> None:
    client = inside(partner)
    text = made(client)

    client.get(f"{PAGE}?revoke={Token.objects.get().pk}")

    assert works(text)


def test_a_form_from_elsewhere_makes_no_token(partner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(partner)

    assert client.post(PAGE, SAID).status_code == 403
    assert not Token.objects.exists()


def test_the_page_is_for_those_who_logged_in() -> None:
    assert Client().get(PAGE)["Location"].startswith("/account/login/")


def test_who_needs_a_second_factor_sets_it_up_before_making_tokens(settings: Settings) -> None:
    settings.MFA_REQUIRED = True
    user = make.reviewer("rita")
    client = inside(user)

    for answer in (client.get(PAGE), client.post(PAGE, SAID)):
        assert answer["Location"] == "/account/second-factor/"
    assert not Token.objects.exists()

    enrol(user)
    assert works(made(client))


# Administrators


@pytest.fixture
def desk(admin_client: Client) -> Client:
    """Log an administrator in."""
    return admin_client


def act(desk: Client, name: str, token: Token) -> Any:
    """Choose an action for a token in the list."""
    return desk.post(DESK, {"action": name, "_selected_action": [str(token.pk)], "post": "yes"})


def test_administrators_see_every_token_but_not_what_it_is(desk: Client, partner: User) -> None:
    token, text = tokens.make(partner, "notebook", Scope.READ)

    for url in (DESK, f"{DESK}{token.pk}/change/", f"{DESK}?q=notebook"):
        page = desk.get(url).content.decode()
        assert token.start in page
        assert text not in page
        assert token.digest not in page


def test_an_administrator_revokes_by_the_action(desk: Client, partner: User) -> None:
    token, text = tokens.make(partner, "notebook", Scope.READ)

    act(desk, "revoke", token)

    assert not works(text)
    assert AuditEntry.objects.filter(name="admin", subject__endswith="revoked").count() == 1


def test_an_administrator_revokes_by_the_button(desk: Client, partner: User) -> None:
    token, text = tokens.make(partner, "notebook", Scope.READ)
    page = f"{DESK}{token.pk}/change/"
    assert 'name="revoke"' in desk.get(page).content.decode()

    desk.post(page, {"revoke": "1"})

    assert not works(text)
    assert 'name="revoke"' not in desk.get(page).content.decode()


def test_a_deleted_token_reads_nothing(desk: Client, partner: User) -> None:
    (one, first), (other, second) = (tokens.make(partner, name, Scope.READ) for name in "ab")

    act(desk, "delete_selected", one)
    desk.post(f"{DESK}{other.pk}/delete/", {"post": "yes"})

    assert not works(first)
    assert not works(second)
    assert AuditEntry.objects.filter(name="admin", subject__endswith="deleted").count() == 2


def test_no_administrator_makes_or_changes_a_token(desk: Client, partner: User) -> None:
    token, _text = tokens.make(partner, "notebook", Scope.PUBLIC)

    assert desk.get(f"{DESK}add/").status_code == 403
    desk.post(f"{DESK}{token.pk}/change/", {"scope": "read", "name": "other"})

    token.refresh_from_db()
    assert (token.scope, token.name) == ("public", "notebook")


def test_a_token_is_not_revoked_by_an_analyst(partner: User) -> None:
    token, text = tokens.make(partner, "notebook", Scope.READ)
    analyst = inside(make.user("anna", staff=True))

    act(analyst, "revoke", token)
    analyst.post(f"{DESK}{token.pk}/change/", {"revoke": "1"})

    assert works(text)


def test_the_answer_to_a_form_loaded_again_makes_no_second_token(client: Client) -> None:
    owner = make.user("owner")
    client.force_login(owner)
    sent = {"name": "Chart", "scope": "public", "days": "30", "once": "drawn-for-this-form"}

    first: Any = client.post("/account/tokens/", sent)
    again: Any = client.post("/account/tokens/", sent, follow=True)

    assert "Your new token" in first.content.decode()
    assert "it made one token, no second" in again.content.decode()
    assert tokens.of(owner).count() == 1


def test_an_account_has_so_many_tokens_and_no_more(client: Client) -> None:
    owner = make.user("owner")
    client.force_login(owner)
    made = [tokens.make(owner, f"Token {n}", Scope.PUBLIC)[0] for n in range(tokens.MOST)]
    sent = {"name": "One more", "scope": "public", "days": "30", "once": "x"}

    refused: Any = client.post("/account/tokens/", sent)

    assert "at most 20 tokens" in refused.content.decode()
    assert 'value="One more"' in refused.content.decode()
    tokens.revoke(made[0], owner)
    assert "Your new token" in client.post("/account/tokens/", sent).content.decode()
