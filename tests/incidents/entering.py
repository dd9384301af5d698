"""How tests log in, and the second factors and clocks that they use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from articles.clearance import REVIEWERS
from tests import make

from .signing_in import PASSWORD, account

LOGIN = "/account/login/"


CODE = "/account/code/"


SET_UP = "/account/second-factor/"


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


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


def masked(answer: Any, name: str = "") -> str:
    """Return an answer without its token and without a name."""
    page = re.sub(r'(csrfmiddlewaretoken" value=)"[^"]*"', r"\1", answer.content.decode())
    return f"{answer.status_code} {page.replace(name, '') if name else page}"


def started(page: str) -> dict[str, str]:
    """Return what a form says it started from, where it does."""
    return dict(re.findall(r'<input type="hidden" name="(_read)" value="([^"]*)"', page))
