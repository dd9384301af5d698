"""Fixtures that several tests of incidents share."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Publisher
from incidents.models import Actor, ActorAlias
from tests import make

from .test_admin import ANALYST, member


@pytest.fixture
def analyst(db: None) -> User:
    """Make somebody who logs incidents."""
    return member("analyst", *ANALYST)


@pytest.fixture
def desk(analyst: User) -> Client:
    """Log the analyst in."""
    client = Client()
    client.force_login(analyst)
    return client


@pytest.fixture
def bear() -> Actor:
    """Return the entry that stays."""
    actor = make.actor("APT28", kind="state_organ", state="RU")
    ActorAlias.objects.create(actor=actor, name="Sofacy")
    return actor


@pytest.fixture
def twin(bear: Actor) -> Actor:
    """Return a second entry of the same actor."""
    return make.actor("Fancy Bear")


@pytest.fixture
def herald() -> Publisher:
    """Return the outlet that stays."""
    return make.publisher("Herald", domain="herald.example")


@pytest.fixture
def older() -> Publisher:
    """Return a second entry of the same outlet."""
    return make.publisher("The Herald", domain="herald.test")
