"""A token reads what its scope and its owner may, until anything about it ends."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import Membership
from incidents import tokens
from incidents.api import access
from incidents.codebook import Scope
from incidents.models import AuditEntry, Token
from tests import make
from tests.api.doors import CODEBOOK, COUNTS, CSV, LIST, content, get, problem
from tests.incidents.entering import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    """Make an analyst."""
    return make.user("anna", staff=True)


@pytest.fixture
def token(owner: User) -> str:
    """Make a token that reads as the analyst."""
    return tokens.make(owner, "notebook", Scope.READ)[1]


def ask(url: str, text: str, scheme: str = "Bearer", client: Client | None = None) -> Any:
    """Return what the bearer of a token is answered."""
    return (client or Client()).get(url, headers={"authorization": f"{scheme} {text}"})


def titles(text: str = "", client: Client | None = None) -> set[str]:
    """Return the titles of what is listed for the bearer of a token, or for a client."""
    url = f"{LIST}?series=all&page_size=200"
    answer = ask(url, text) if text else get(url, client)
    return {row["title"] for row in answer.json()["results"]}


def test_a_token_reads_exactly_what_its_owner_reads(owner: User, token: str) -> None:
    make.incident("Clear")
    make.incident("Green", marking="green")
    make.incident("Red of others", marking="red", author=make.user("bert", staff=True))
    logged_in = Client()
    logged_in.force_login(owner)

    assert titles(token) == titles(client=logged_in) == {"Clear", "Green"}
    assert titles(client=Client()) == {"Clear"}
    for url in (CSV, COUNTS, f"{LIST}?state=draft&series=all"):
        assert content(ask(url, token)) == content(get(url, logged_in))


def test_a_public_token_reads_what_everybody_reads(owner: User) -> None:
    make.incident("Clear")
    make.incident("Green", marking="green")
    text = tokens.make(owner, "site", Scope.PUBLIC)[1]

    assert titles(text) == {"Clear"}


def test_a_token_decides_beside_a_login(owner: User, token: str) -> None:
    client = Client()
    client.force_login(owner)
    public = tokens.make(owner, "site", Scope.PUBLIC)[1]
    make.incident("Green", marking="green")

    assert ask(LIST, public, client=client).json()["results"] == []
    assert ask(LIST, "hti_wrong", client=client).status_code == 401


def revoked(token: Token) -> None:
    tokens.revoke(token, token.user)


def expired(token: Token) -> None:
    Token.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def deleted(token: Token) -> None:
    token.delete()


def deleted_at_once(token: Token) -> None:
    Token.objects.filter(pk=token.pk).delete()


def disabled(token: Token) -> None:
    User.objects.filter(pk=token.user_id).update(is_active=False)


@pytest.mark.parametrize("end", [revoked, expired, deleted, deleted_at_once, disabled])
@pytest.mark.parametrize("scope", list(Scope))
def test_a_token_that_ended_is_refused_on_the_next_request(
    end: Callable[[Token], None], scope: Scope, owner: User
) -> None:
    token, text = tokens.make(owner, "notebook", scope)
    assert ask(CODEBOOK, text).status_code == 200

    end(token)

    assert ask(CODEBOOK, text).status_code == 401


def test_who_leaves_the_staff_or_the_organisation_reads_less_at_once(
    owner: User, token: str
) -> None:
    make.incident("Strict", marking="amber_strict")
    make.incident("Amber", marking="amber")
    assert titles(token) == {"Strict", "Amber"}

    Membership.objects.filter(user=owner).delete()
    assert titles(token) == {"Amber"}

    User.objects.filter(pk=owner.pk).update(is_staff=False)
    assert titles(token) == set()


def test_who_came_to_need_a_second_factor_reads_nothing_without(
    owner: User, token: str, settings: Settings
) -> None:
    settings.MFA_REQUIRED = True
    assert ask(CODEBOOK, token).status_code == 200

    make.reviewer("anna")
    assert ask(CODEBOOK, token).status_code == 401
    with pytest.raises(PermissionDenied):
        tokens.make(make.reviewer("second"), "notebook", Scope.PUBLIC)

    enrol(owner)
    assert ask(CODEBOOK, token).status_code == 200


def test_whatever_is_wrong_with_a_token_the_answer_is_the_same(owner: User, token: str) -> None:
    ended, old = tokens.make(owner, "old", Scope.READ)
    revoked(ended)
    wrong = [old, old[:-1], f"{token}x", token.upper(), "hti_", "", "é", token + " x"]

    answers = [ask(CODEBOOK, text) for text in wrong]
    answers += [ask(CODEBOOK, token, scheme) for scheme in ("Token", "Basic", "")]

    assert {answer.status_code for answer in answers} == {401}
    assert {answer["WWW-Authenticate"] for answer in answers} == {'Bearer realm="HTI"'}
    assert {problem(answer)["detail"] for answer in answers} == {access.REFUSED}


@pytest.mark.parametrize("name", ["token", "access_token"])
@pytest.mark.parametrize("url", [LIST, COUNTS, CSV, CODEBOOK])
def test_a_token_in_an_address_is_refused_and_not_repeated(url: str, name: str, token: str) -> None:
    answer = get(f"{url}?{name}={token}")

    assert answer.status_code == 400
    assert problem(answer)["detail"] == access.IN_ADDRESS
    assert token not in answer.content.decode()


@pytest.mark.parametrize("url", ["/admin/", "/account/", "/admin/account/", "/incidents/"])
def test_a_token_opens_no_page(url: str, token: str) -> None:
    make.incident("Green", marking="green")

    answer, public = ask(url, token), get(url)

    assert answer.status_code == public.status_code
    assert "Green" not in answer.content.decode()


def test_a_token_changes_nothing(token: str) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)(LIST, headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 405


def test_no_issued_token_is_in_the_database_or_the_log(
    owner: User, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        texts = [tokens.make(owner, f"Token {n}", Scope.READ)[1] for n in range(20)]
        for text in texts:
            assert ask(CODEBOOK, text).status_code == 200
            ask(f"{LIST}?token={text}", text)
            ask(f"/api/v1/no/{text[:3]}/", text)
    call_command("dumpdata", verbosity=0)
    kept = capsys.readouterr().out + caplog.text

    assert "Token 19" in kept
    assert [text for text in texts if text in kept or text[15:] in kept] == []
    assert len({text[:10] for text in texts}) == len(texts)


def test_a_token_lasts_a_year_at_most(owner: User) -> None:
    for days in (0, -1, 366):
        with pytest.raises(ValueError, match="365"):
            tokens.make(owner, "notebook", Scope.READ, days)
    with pytest.raises(ValidationError):
        tokens.make(owner, "", Scope.READ)

    usual, _text = tokens.make(owner, "notebook", Scope.READ)

    assert (usual.expires_at - usual.created_at).days in (89, 90)


def test_a_use_is_written_down_at_most_every_ten_minutes(owner: User) -> None:
    token, text = tokens.make(owner, "notebook", Scope.READ)
    start = timezone.now()

    for minutes, written in ((0, 0), (9, 0), (11, 11), (20, 11), (22, 22)):
        with make.at(start + timedelta(minutes=minutes)):
            ask(CODEBOOK, text)
        token.refresh_from_db()
        assert token.last_used_at == start + timedelta(minutes=written)


def test_what_becomes_of_a_token_is_in_the_audit_log(owner: User) -> None:
    token, _text = tokens.make(owner, "notebook", Scope.READ)
    revoked(token)
    token.delete()

    told = [
        entry.subject
        for entry in AuditEntry.objects.filter(subject__contains=": token ").order_by("pk")
    ]
    assert [line.split("… ")[1].split(":")[0] for line in told] == ["made", "revoked", "deleted"]
    assert all(line.startswith(f"anna: token {token.start}") for line in told)


def test_a_file_taken_out_by_a_token_is_in_the_audit_log(owner: User, token: str) -> None:
    content(ask(CSV, token))

    assert AuditEntry.objects.filter(deed="export", user=owner).count() == 1


def test_what_a_token_is_told_is_kept_in_no_cache(token: str) -> None:
    for url in (LIST, CSV, COUNTS, CODEBOOK):
        assert ask(url, token)["Cache-Control"] == "private, no-store"


def test_a_mistyped_token_asks_no_database(token: str) -> None:
    wrong = token[:-1] + ("0" if token[-1] != "0" else "1")
    with connection.execute_wrapper(_refuse):
        assert ask(CODEBOOK, wrong).status_code == 401


def _refuse(*_args: Any) -> None:
    raise AssertionError("The database was asked.")


def test_the_description_tells_how_a_token_is_sent() -> None:
    described = Client().get("/api/schema/", headers={"accept": "application/json"}).json()

    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {"token": []} in described["paths"][LIST]["get"]["security"]
