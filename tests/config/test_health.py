"""A monitor hears the truth."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_the_site_is_healthy_when_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz/")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_the_site_is_unavailable_when_the_database_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", broken)

    answer = client.get("/healthz/")

    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


@pytest.mark.django_db
def test_an_answer_to_somebody_with_a_session_is_never_stored(admin_client: Client) -> None:
    assert admin_client.get("/admin/")["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_every_page_carries_a_policy_without_unsafe_words(client: Client) -> None:
    policy = client.get("/account/login/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
