"""What saved views and their news keep to themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from incidents import saved
from incidents.models import Alert, SavedView, Subscription
from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    """Make an analyst who keeps views."""
    return make.user("olga", staff=True, email="olga@example.org")


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def look() -> None:
    for subscription in Subscription.objects.select_related("user", "view"):
        saved.look(subscription)


def test_news_of_a_view_made_private_do_not_tell_its_new_name(owner: User) -> None:
    reader = make.user("petra")
    view = saved.save(owner, "Fires", "", "public")
    saved.subscribe(reader, view)
    make.incident()
    look()
    saved.save(owner, "Secret plan", "", "private", view)

    assert "Secret plan" not in words(page("/views/", logged_in(reader)))


def test_news_that_were_not_read_are_silent_once_the_record_is_hidden(owner: User) -> None:
    reader = make.user("petra", email="p@example.org")
    view = saved.save(owner, "Fires", "", "public")
    saved.subscribe(reader, view)
    fire = make.incident()
    look()
    make.marked(fire, "red")
    fire.record.refresh_from_db()

    assert fire.record.public_id not in words(page("/views/", logged_in(reader)))


def test_everybody_is_not_told_the_account_of_an_owner(owner: User) -> None:
    saved.save(owner, "Fires", "", "public")

    assert "olga" not in words(page("/views/"))


def test_own_views_are_shown_however_many_others_there_are(owner: User) -> None:
    other = make.user("carl", staff=True)
    SavedView.objects.bulk_create(
        SavedView(owner=other, name=f"A {n}", key=f"k{n}", audience="public") for n in range(160)
    )
    saved.save(owner, "Zebra", "", "private")

    assert "Zebra" in {shown.view.name for shown in saved.shown(owner)}


def test_a_view_that_cannot_be_asked_leads_nowhere(owner: User) -> None:
    view = SavedView.objects.create(
        owner=owner, name="X", query="actor=secret-unit", audience="public"
    )

    answer: Any = Client().get(f"/views/{view.key}/")

    assert "secret-unit" not in answer.headers.get("Location", "")


def test_an_answer_that_grew_too_long_makes_no_false_news(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST_WATCHED", 2)
    make.incident()
    make.incident()
    view = saved.save(owner, "Fires", "", "private")
    saved.subscribe(owner, view)
    for _ in range(5):
        make.incident()
    look()

    assert not Alert.objects.exists()
    assert len(Subscription.objects.get().seen) <= 2


def test_a_changed_question_makes_no_false_news(owner: User) -> None:
    make.incident()
    view = saved.save(owner, "Fires", "event_type=arson", "private")
    saved.subscribe(owner, view)
    saved.save(owner, "Fires", "event_type=vandalism", "private", view)
    look()

    assert not Alert.objects.exists()


def test_one_mail_that_cannot_be_addressed_does_not_stop_the_others(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = make.user("aaa", staff=True, email="a@b.org\nBcc: x@y.org")
    view = saved.save(owner, "Fires", "", "team")
    saved.subscribe(owner, view)
    saved.subscribe(wrong, view)
    make.incident()
    look()

    assert saved.mail() == (1, 1)
    assert len(mail.outbox) == 1
