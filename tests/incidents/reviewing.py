"""How tests take steps at the desk, and a reviewer who is logged in."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from incidents.models import Incident
from tests import make

from .test_admin import ANALYST

LIST = "/admin/incidents/incident/"


QUEUE = f"{LIST}queue/"


NOTICES = f"{LIST}notices/"


@pytest.fixture
def checker() -> User:
    """Make somebody who reviews."""
    user = make.reviewer("checker")
    user.user_permissions.set(Permission.objects.filter(codename__in=ANALYST))
    return user


@pytest.fixture
def second(checker: User) -> Client:
    """Log the reviewer in."""
    client = Client()
    client.force_login(checker)
    return client


def step(client: Client, edition: Incident, name: str, **sent: Any) -> Any:
    """Post a step on the version that stands, as its page does."""
    edition.refresh_from_db()
    said = {"version": edition.version, **sent}
    return client.post(f"{LIST}{edition.pk}/step/{name}/", said, follow=True)


def at_once(client: Client, name: str, *editions: Incident, **sent: Any) -> str:
    """Choose editions in the list, and confirm the step on the page that asks."""
    keys = [edition.pk for edition in editions]
    action = f"{name.replace('-', '_')}_selected"
    asked = client.post(LIST, {"action": action, "_selected_action": keys})
    chosen = [f"{edition.pk}:{edition.version}" for edition in editions]
    assert all(pair in asked.content.decode() for pair in chosen)
    page = client.post(f"{LIST}steps/{name}/", {"edition": chosen, **sent}, follow=True)
    return page.content.decode()


def page_of(client: Client, edition: Incident, name: str = "review") -> str:
    return client.get(f"{LIST}{edition.pk}/{name}/").content.decode()


def state_of(edition: Incident) -> str:
    return Incident.objects.get(pk=edition.pk).state
