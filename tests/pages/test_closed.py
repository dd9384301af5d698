"""A site that is not for all is read by those it knows, at every address."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import Settings

from incidents import tokens
from incidents.codebook import Scope
from tests import make
from tests.api.doors import CODEBOOK, LIST, content, get, problem
from tests.surfaces import OPEN

pytestmark = pytest.mark.django_db

ANYWAY = {"healthz/"}
PAGES = sorted(route for route in OPEN if not route.startswith("api/") and route not in ANYWAY)
API = sorted(route for route in OPEN if route.startswith("api/"))


@pytest.fixture
def closed(settings: Settings) -> None:
    """Let only those read who are known."""
    settings.PUBLIC_READ = False


@pytest.mark.usefixtures("closed")
def test_every_page_leads_to_the_login() -> None:
    make.incident("Great fire")

    for route in PAGES:
        for url in OPEN[route]:
            answer = get(url)
            assert answer.status_code == 302, url
            onward = urlencode({"next": url.removesuffix("?")}, safe="/")
            assert answer["Location"] == f"/account/login/?{onward}"


@pytest.mark.usefixtures("closed")
def test_every_address_of_the_api_is_401() -> None:
    make.incident("Great fire")

    for route in API:
        for url in OPEN[route]:
            answer = get(url)
            assert answer.status_code == 401, url
            assert answer["WWW-Authenticate"] == 'Bearer realm="HTI"'
            assert problem(answer)["request_id"]
            assert b"fire" not in content(answer)


@pytest.mark.usefixtures("closed")
def test_health_and_the_login_stay_open() -> None:
    assert get("/healthz/").status_code == 200
    assert get("/account/login/").status_code == 200
    assert get("/admin/")["Location"].startswith("/admin/login/")
    for url in ("/account/", "/account/tokens/"):
        assert get(url)["Location"].startswith("/account/login/")


@pytest.mark.usefixtures("closed")
def test_who_is_known_reads() -> None:
    make.incident("Great fire")
    client = Client()
    client.force_login(make.user("petra"))
    for url in ("/", "/incidents/", LIST, CODEBOOK):
        assert get(url, client).status_code == 200

    for scope in Scope:
        text = tokens.make(make.user("petra"), "notebook", scope)[1]
        bearer = {"authorization": f"Bearer {text}"}
        assert b"Great fire" in Client().get(LIST, headers=bearer).content


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("sent", ["Bearer hti_wrong", "Bearer", "Basic YTpi", "x"])
def test_a_wrong_token_reads_nothing(sent: str) -> None:
    make.incident("Great fire")

    for route in API:
        for url in OPEN[route]:
            answer = Client().get(url, headers={"authorization": sent})
            assert answer.status_code in ({401, 404} if "^" in route else {401}), url
            assert b"fire" not in content(answer)


@pytest.mark.usefixtures("closed")
def test_a_token_opens_no_page() -> None:
    text = tokens.make(make.user("petra"), "notebook", Scope.READ)[1]

    for route in PAGES:
        answer = Client().get(OPEN[route][0], headers={"authorization": f"Bearer {text}"})
        assert answer.status_code == 302, route


def test_everybody_reads_what_is_public_unless_the_site_says_otherwise() -> None:
    make.incident("Great fire")

    assert b"Great fire" in content(get(LIST))
    assert b"Great fire" in content(get("/incidents/"))
