"""A login ends in time, and at once where somebody may no longer what they could."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from config.sessions import SessionStore
from incidents import logins
from tests import make

from .entering import chief, clock, log_in
from .signing_in import anna

__all__ = ["anna", "chief", "clock"]

pytestmark = pytest.mark.django_db


# How long a login lasts


def at(moment: Any) -> Any:
    """Set the clock of sessions."""
    return mock.patch("django.utils.timezone.now", return_value=moment)


def test_a_login_that_nobody_uses_ends_after_an_hour(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()

    with at(start + timedelta(minutes=59)):
        assert client.get("/admin/account/").status_code == 200
    with at(start + timedelta(minutes=110)):
        assert client.get("/admin/account/").status_code == 200
    with at(start + timedelta(minutes=172)):
        assert client.get("/admin/account/").status_code == 302


def test_a_login_in_use_ends_after_twelve_hours(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()
    for minutes in range(30, 12 * 60, 30):
        with at(start + timedelta(minutes=minutes)):
            assert client.get("/admin/account/").status_code == 200

    with at(start + timedelta(hours=12, seconds=1)):
        assert client.get("/admin/account/").status_code == 302


def test_what_is_kept_in_a_session_does_not_make_it_last_longer(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()
    with at(start + timedelta(minutes=50)):
        client.get("/admin/account/")

    with at(start + timedelta(minutes=55)):
        session = client.session
        session["more"] = 1
        session.save()

    ends = Session.objects.get(pk=session.session_key).expire_date
    assert ends <= start + timedelta(minutes=115, seconds=5)
    began = logins.began(client.session)
    assert began is not None
    assert abs(began - start) < timedelta(seconds=5)


def test_a_use_never_brings_an_ended_login_back(client: Client, anna: User) -> None:
    log_in(client, "anna")
    start = timezone.now()
    session = SessionStore(client.session.session_key)
    session.load()
    Session.objects.all().delete()

    with at(start + timedelta(minutes=30)):
        session.touch()

    assert not Session.objects.exists()


# Losing a right counts on the next request


def test_a_disabled_account_reads_nothing_on_the_next_request(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get("/admin/").status_code == 200

    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get("/admin/").status_code == 302
    assert client.get("/account/").status_code == 302


def test_who_is_no_longer_staff_reaches_no_desk_on_the_next_request(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    assert client.get("/admin/").status_code == 200

    User.objects.filter(pk=anna.pk).update(is_staff=False)

    assert client.get("/admin/").status_code == 302


def test_who_left_an_organisation_reads_its_drafts_no_more_on_the_next_request(
    client: Client,
) -> None:
    anna = make.user("anna", staff=True)
    draft = make.incident("Draft of the house", state="draft", marking="green")
    path = f"/incidents/{draft.record.provisional}/"
    client.force_login(anna)
    assert client.get(path).status_code == 200

    anna.membership.delete()

    assert client.get(path).status_code == 404


def test_who_left_the_reviewers_publishes_no_more_on_the_next_request(chief: User) -> None:
    client = Client()
    client.force_login(chief)
    draft = make.incident("Draft", state="in_review", marking="clear")

    chief.groups.clear()
    client.post(
        "/admin/incidents/incident/",
        {"action": "approve_selected", "_selected_action": [draft.pk]},
    )

    draft.refresh_from_db()
    assert draft.state == "in_review"
