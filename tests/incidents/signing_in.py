"""Accounts that log in by the form, what they type, and the page that asks them again."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

PASSWORD = "the password of somebody"
ADD = "/admin/incidents/campaign/add/"
TYPED = {
    "name": "Parcels & “fire”",
    "description": "First line\r\n\r\n<b>second</b> line",
    "slug": "",
    "external_ids": "misp: 1",
    "_continue": "Save and continue editing",
}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


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
