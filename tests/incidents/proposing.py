"""An article that proposes a draft, and the form that it fills."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from incidents import proposals
from tests import make
from tests.forms import fields

ADD = "/admin/incidents/incident/add/"
TITLE = "Warehouse fire in Vilnius was arson, prosecutors say"
TEXT = (
    "VILNIUS, 12 March 2024. A warehouse of a logistics company in Vilnius was set on fire on "
    "10 March 2024, Lithuanian prosecutors said on Tuesday. The arson attack was ordered by "
    "Russia, the prosecutor general said. The men were arrested and charged with sabotage.\n"
    "Officials have counted 43 acts of sabotage in Europe in 2023."
)


@pytest.fixture
def analyst(db: None) -> User:
    """Make somebody who may do everything at the desk."""
    return make.user("analyst", staff=True, is_superuser=True)


def story(**said: Any) -> Article:
    told = {"title": TITLE, "text": TEXT, "published": "2024-03-12", **said}
    return make.article("https://example.org/fire", **told)


def read(text: str, user: User) -> proposals.Proposal:
    """Return what an article of a text proposes."""
    found = proposals.of_article(str(story(text=text).pk), user)
    assert found is not None
    return found


def form_of(page: Any) -> dict[str, Any]:
    """Return what the form would send as it stands."""
    return {**fields(page.content.decode(), "incident_form"), "_save": ["Save"]}
