"""The review queue, and who is told of what, at the desk and by mail."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents import review
from incidents.codebook import State
from incidents.models import Incident, Notification
from tests import make

from .reviewing import LIST, NOTICES, QUEUE, checker, second, state_of, step

__all__ = ["checker", "second"]

pytestmark = pytest.mark.django_db


def test_the_queue_is_sorted_by_age_and_says_who_may_decide(
    second: Client, checker: User, analyst: User
) -> None:
    first = make.incident("Fire that came first", state="in_review", author=analyst)
    make.incident("Fire that came later", state="in_review", author=checker)
    make.incident("Fire that is a draft", state="draft", author=analyst)
    Incident.objects.filter(pk=first.pk).update(submitted_at="2025-01-01T00:00Z")

    page = second.get(QUEUE).content.decode()

    assert page.index("Fire that came first") < page.index("Fire that came later")
    assert "Fire that is a draft" not in page
    assert page.index("You may decide.") < page.index("you are an author")
    assert "2 editions are in review." in page


def test_the_queue_asks_the_database_as_often_for_many_as_for_few(
    second: Client, analyst: User
) -> None:
    second.get("/admin/")  # what is asked once for a process
    asked = []
    for _n in range(2):
        for _edition in range(4):
            make.incident(state="in_review", author=analyst)
        with CaptureQueriesContext(connection) as captured:
            second.get(QUEUE)
            second.get("/admin/")
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_the_desk_counts_queue_drafts_and_news(desk: Client, analyst: User, checker: User) -> None:
    make.incident(state="draft", author=analyst)
    returned = make.incident(state="in_review", author=analyst)
    make.incident(state="in_review", author=analyst)
    review.send_back(returned, by=checker, reason="Which warehouse?")

    page = " ".join(desk.get("/admin/").content.decode().split())

    assert 'Review <span class="number">1</span>' in page
    assert 'My drafts <span class="number">3</span>' in page
    assert 'Notifications <span class="number unread">1' in page


def test_who_is_told_opens_it_and_has_read_it(
    desk: Client, second: Client, analyst: User, checker: User
) -> None:
    draft = make.incident(state="draft", author=analyst)
    step(desk, draft, "submit")
    waiting = Notification.objects.get(user=checker)

    listed = second.get(NOTICES).content.decode()
    second.get(f"{LIST}{draft.pk}/review/")
    unread = Notification.objects.get(user=checker).read_at
    opened = second.post(NOTICES, {"open": waiting.pk})

    assert "Waiting for you" in listed
    assert unread is None
    assert opened.headers["Location"] == f"{LIST}{draft.pk}/review/"
    assert Notification.objects.get(user=checker).read_at is not None


def test_a_notification_is_read_by_nobody_else(desk: Client, checker: User) -> None:
    edition = make.incident(state="draft")
    told = Notification.objects.create(
        user=checker, edition=edition, notice="waiting", by=edition.authors.get()
    )

    page = desk.post(NOTICES, {"open": told.pk}, follow=True).content.decode()
    desk.post(NOTICES)

    assert "is there no more" in page
    assert Notification.objects.get().read_at is None
    assert desk.post(NOTICES, {"open": "x"}).status_code == 400


def test_all_are_marked_as_read(second: Client, checker: User) -> None:
    for _n in range(2):
        draft = make.incident(state="draft")
        review.submit(draft, by=draft.authors.get())

    before = Notification.objects.filter(user=checker, read_at=None).count()
    second.post(NOTICES)

    assert before == 2
    assert not Notification.objects.filter(user=checker, read_at=None).exists()


def test_nobody_is_left_waiting_for_what_was_decided(checker: User) -> None:
    draft = make.incident(state="draft")
    third = make.reviewer("third")
    review.submit(draft, by=draft.authors.get())

    review.approve(draft, by=third)

    assert Notification.objects.get(user=checker).read_at is not None


def test_a_mail_says_what_kind_of_news_and_nothing_of_the_incident(
    settings: Any, checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    settings.HTI_MAIL, settings.SITE_URL = True, "https://hti.example.org"
    User.objects.filter(pk=checker.pk).update(email="checker@example.org")
    draft = make.incident("Fire that no mail tells of", state="draft")

    with django_capture_on_commit_callbacks(execute=True):
        review.submit(draft, by=draft.authors.get(), comment="A comment that no mail tells of")
        before = len(mail.outbox)

    (sent,) = mail.outbox
    assert before == 0
    assert (sent.to, sent.bcc) == ([], ["checker@example.org"])
    assert sent.subject == "HTI desk: Waiting for you"
    assert f"https://hti.example.org{NOTICES}" in sent.body
    assert "no mail tells of" not in str(sent.message())


def test_no_mail_is_sent_where_no_server_is_set(
    checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=checker.pk).update(email="checker@example.org")
    draft = make.incident(state="draft")

    with django_capture_on_commit_callbacks(execute=True):
        review.submit(draft, by=draft.authors.get())

    assert mail.outbox == []


def test_a_mail_server_that_fails_undoes_no_step_and_is_logged(
    settings: Any,
    checker: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def refuse(self: EmailBackend, messages: Any) -> int:
        raise ConnectionRefusedError("No server is there.")

    settings.HTI_MAIL = True
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    User.objects.filter(pk=checker.pk).update(email="checker@example.org")
    draft = make.incident("Fire that no log tells of", state="draft")

    with django_capture_on_commit_callbacks(execute=True):
        review.submit(draft, by=draft.authors.get())

    assert state_of(draft) == State.IN_REVIEW
    assert Notification.objects.filter(user=checker).exists()
    assert "No mail could be sent" in caplog.text
    assert "no log tells of" not in caplog.text
    assert "checker@example.org" not in caplog.text
