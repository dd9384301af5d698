"""How tests send forms that went stale."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import make
from tests.forms import Fields, fields


def opened(client: Client, row: Any) -> Fields:
    """Return what a browser sends of the form of a row that it opened just now."""
    page = client.get(at(row))
    assert page.status_code == 200
    return fields(page.content.decode(), f"{row._meta.model_name}_form")


def at(row: Any) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def shown(page: Any, row: Any) -> Fields:
    """Return what a browser sends of the form that a page shows again."""
    return fields(page.content.decode(), f"{row._meta.model_name}_form")


@pytest.fixture
def chief(db: None) -> Client:
    """Log somebody in who may change everything."""
    client = Client()
    client.force_login(make.user("chief", staff=True, is_superuser=True))
    return client
