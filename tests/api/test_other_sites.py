"""Pages of other sites read the API as everybody or by a token, and never by a login."""

from __future__ import annotations

import pytest
from django.test import Client

from incidents import tokens
from incidents.codebook import Scope
from tests import make
from tests.api.doors import CODEBOOK, COUNTS, CSV, LIST

pytestmark = pytest.mark.django_db

ELSEWHERE = {"origin": "https://notebook.example"}


@pytest.mark.parametrize(
    "url", [LIST, COUNTS, CSV, f"{LIST}?yaer=1", "/api/v1/no/", "/api/schema/"]
)
def test_the_api_is_open_to_pages_of_other_sites(url: str) -> None:
    for method in ("get", "head"):
        answer = getattr(Client(), method)(url, headers=ELSEWHERE)
        assert answer["Access-Control-Allow-Origin"] == "*"
        told = answer["Access-Control-Expose-Headers"]
        for name in (
            "ETag",
            "Retry-After",
            "X-Request-ID",
            "Content-Disposition",
            "Link",
            "HTI-Rows",
        ):
            assert name in told


def test_a_browser_may_ask_first_whether_it_may_send_a_token() -> None:
    asked = {**ELSEWHERE, "access-control-request-method": "GET"}
    answer = Client().options(LIST, headers=asked)

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" in answer["Access-Control-Allow-Headers"]


def test_a_page_elsewhere_reads_by_a_token_and_sees_why_one_is_refused() -> None:
    _token, text = tokens.make(make.user("anna"), "notebook", Scope.READ)

    for sent, status in ((text, 200), ("hti_wrong", 401)):
        headers = {**ELSEWHERE, "authorization": f"Bearer {sent}"}
        answer = Client().get(CODEBOOK, headers=headers)
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, "*")


def test_nobody_reads_by_the_login_of_somebody_else(admin_client: Client) -> None:
    answers = [admin_client.get(url, headers=ELSEWHERE) for url in (LIST, CODEBOOK, "/api/v1/no/")]

    for answer in answers:
        assert "Access-Control-Allow-Origin" not in answer
        assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("url", ["/", "/incidents/", "/admin/", "/account/login/", "/healthz/"])
def test_pages_are_not_open_to_other_sites(url: str) -> None:
    asked = {**ELSEWHERE, "access-control-request-method": "GET"}
    for answer in (Client().get(url, headers=ELSEWHERE), Client().options(url, headers=asked)):
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_credentials_are_never_allowed() -> None:
    for method in ("get", "options", "post"):
        answer = getattr(Client(), method)(LIST, headers=ELSEWHERE)
        assert "Access-Control-Allow-Credentials" not in answer
    assert "Access-Control-Allow-Origin" not in Client().post(LIST, headers=ELSEWHERE)
