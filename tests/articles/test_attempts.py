"""A page is asked for while nobody waits: the state of each attempt is told, and nothing twice."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from articles import attempts, capturing
from articles.models import LONGEST_ATTEMPT, Article, Attempt, Capture
from tests import make
from tests.reachable import reachable

from .captured import TYPED, desk_of, seen, sent
from .site import page
from .stories import http, saying, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Keep what is to be done until a test does it."""
    work: list[Callable[[], None]] = []

    def keep(one: Callable[[], None]) -> bool:
        work.append(one)
        return True

    monkeypatch.setattr(attempts, "start", keep)
    return work


@pytest.fixture
def _answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every site answer with a story."""
    monkeypatch.setattr(capturing, "ask", partial(capturing.ask, fetch=saying(story())))


def begun(article: Article, seconds: float = 0, **said: Any) -> Attempt:
    """Note an attempt that began so long ago."""
    at = timezone.now() - timedelta(seconds=seconds)
    by = make.user("analyst", staff=True)
    return Attempt.objects.create(article=article, by=by, begun_at=at, **said)


@pytest.mark.usefixtures("site")
def test_the_page_of_an_article_is_fetched() -> None:
    article = make.article(http("pl-tory"), marking="green")
    client = desk_of()

    answer = sent(client, article, "fetched")

    assert answer.status_code == 303
    html = seen(client, article)
    assert "The page was fetched and kept:" in html
    assert page("pl-tory").title in html
    assert hashlib.sha256(page("pl-tory").body).hexdigest() in html
    assert LogEntry.objects.get().user == make.user("analyst")


@pytest.mark.usefixtures("site")
def test_what_is_marked_is_fetched_only_once_somebody_accepts_that_its_site_sees_it() -> None:
    article = make.article(http("pl-tory"), marking="amber")
    client = desk_of()
    assert 'name="seen"' in seen(client, article)

    answer = sent(client, article, "fetched")

    assert answer.status_code == 400
    assert "Its site will see" in answer.content.decode()
    assert not Attempt.objects.exists()

    assert sent(client, article, "fetched", seen="on").status_code == 303
    assert Capture.objects.count() == 1


def test_a_page_that_is_not_reached_says_so_and_keeps_nothing() -> None:
    article = make.article("http://closed.example/", marking="green")
    client = desk_of()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with reachable({"closed.example": ("127.0.0.1", port)}):
        answer = sent(client, article, "fetched")

    assert answer.status_code == 303
    html = seen(client, article)
    assert 'role="alert"' in html
    assert "cannot be reached" in html
    assert not Capture.objects.exists()


@pytest.mark.usefixtures("_answers")
def test_the_answer_comes_at_once_and_the_page_says_how_it_stands_until_it_is_done(
    later: list[Callable[[], None]],
) -> None:
    article, client = make.article(marking="green"), desk_of()

    sent(client, article, "fetched")
    waiting = seen(client, article)
    later[0]()
    done = seen(client, article)

    assert "The page is being fetched for analyst, since 0\u00a0s." in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "See how it stands" in waiting  # where no script renews it
    assert "The page was fetched and kept:" in done
    assert "hx-trigger" not in done
    assert Capture.objects.get().by == make.user("analyst")


@pytest.mark.usefixtures("_answers")
def test_whoever_asks_twice_or_beside_somebody_else_has_the_page_fetched_once(
    later: list[Callable[[], None]],
) -> None:
    article, client = make.article(marking="green"), desk_of()

    for browser in (client, client, desk_of("second")):
        assert sent(browser, article, "fetched").status_code == 303
    for work in later:
        work()
    seen(client, article)

    assert len(later) == 1
    assert Capture.objects.count() == LogEntry.objects.count() == 1


def test_the_database_lets_no_second_attempt_begin_beside_one() -> None:
    article = make.article()
    begun(article)

    with pytest.raises(IntegrityError):
        begun(article)


@pytest.mark.usefixtures("_answers")
def test_an_attempt_that_nobody_ended_is_told_as_cut_off_and_another_takes_its_place(
    later: list[Callable[[], None]],
) -> None:
    article, client = make.article(marking="green"), desk_of()
    lost = begun(article, LONGEST_ATTEMPT.total_seconds())

    html = seen(client, article)
    assert "was cut off, and nothing was kept" in html
    assert "hx-trigger" not in html

    sent(client, article, "fetched")
    lost.refresh_from_db()
    assert lost.failed == "It was cut off."
    assert "is being fetched" in seen(client, article)


@pytest.mark.usefixtures("_answers")
def test_what_comes_of_an_attempt_whose_place_was_taken_is_not_kept(
    later: list[Callable[[], None]],
) -> None:
    article, client = make.article(marking="green"), desk_of()
    sent(client, article, "fetched")
    Attempt.objects.update(begun_at=timezone.now() - LONGEST_ATTEMPT)
    sent(client, article, "fetched")

    for work in later:
        work()

    assert len(later) == 2
    assert Capture.objects.get() == Attempt.objects.get(failed="").capture


def test_a_fault_of_our_own_ends_the_attempt_and_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object, **_said: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(capturing, "keep", fail)
    monkeypatch.setattr(capturing, "ask", partial(capturing.ask, fetch=saying(story())))
    article = make.article(marking="green")

    with pytest.raises(ZeroDivisionError):
        attempts.begin(article, by=make.user("analyst", staff=True))

    assert "broke off here" in Attempt.objects.get().failed
    assert not Capture.objects.exists()


def test_attempts_of_which_nothing_comes_count_as_pages_that_one_person_had_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capturing, "A_MINUTE", 2)
    by = make.user("analyst", staff=True)
    begun(make.article(), ended_at=timezone.now(), failed="x")
    begun(make.article())

    with pytest.raises(ValidationError, match="2 pages were fetched"):
        attempts.begin(make.article(marking="green"), by=by)


def test_where_all_threads_are_busy_that_is_said_and_nothing_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attempts, "start", attempts.in_thread)
    article, by = make.article(marking="green"), make.user("analyst", staff=True)
    free, begin = threading.Event(), threading.Barrier(attempts.AT_ONCE + 1)

    def work() -> None:
        begin.wait(5)
        free.wait(5)

    assert all(attempts.in_thread(work) for _n in range(attempts.AT_ONCE))
    begin.wait(5)
    attempt, new = attempts.begin(article, by=by)
    free.set()
    for thread in threading.enumerate():
        if thread.name == "capture":
            thread.join(5)

    attempt.refresh_from_db()
    assert new
    assert "try again in a moment" in attempt.failed
    assert attempts.in_thread(lambda: None)


def test_an_attempt_is_not_told_of_any_more_once_something_else_was_captured() -> None:
    article, client = make.article(), desk_of()
    begun(article, 60, ended_at=timezone.now(), failed="The site was closed.")
    assert "The site was closed." in seen(client, article)

    sent(client, article, "pasted", text=TYPED)

    assert "The site was closed." not in seen(client, article)


def test_where_the_system_has_no_thread_left_the_attempt_ends_and_the_next_one_may_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    article, by = make.article(marking="green"), make.user("analyst", staff=True)
    monkeypatch.setattr(attempts, "start", attempts.in_thread)
    monkeypatch.setattr(threading.Thread, "start", refuse)

    for _time in range(attempts.AT_ONCE + 1):
        attempt, new = attempts.begin(article, by=by)
        attempt.refresh_from_db()
        assert new
        assert "try again in a moment" in attempt.failed

    free = [attempts._threads.acquire(blocking=False) for _time in range(attempts.AT_ONCE)]
    for _taken in filter(None, free):
        attempts._threads.release()
    assert all(free)
