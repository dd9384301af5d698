"""Articles are looked at again, politely; what changed is kept beside what was there."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from articles import rechecking
from articles.codebook import CheckOutcome
from articles.fetching import Answer, Unreachable
from articles.models import Article, Capture, Check
from tests import make

from .stories import fetched, saying, story

pytestmark = pytest.mark.django_db


def test_an_article_that_is_as_it_was_is_noted_and_not_kept_again() -> None:
    article = make.article(marking="clear")
    fetched(article, fetch=saying(story()))

    check = rechecking.check(article, fetch=saying(story()))

    assert check.outcome == CheckOutcome.UNCHANGED
    assert Capture.objects.count() == 1


def test_an_article_that_changed_is_kept_beside_what_it_was() -> None:
    article = make.article(marking="clear")
    fetched(article, fetch=saying(story()))

    check = rechecking.check(article, fetch=saying(story("Three people were hurt.")))

    assert check.outcome == CheckOutcome.CHANGED
    assert Capture.objects.count() == 2
    assert check.capture is not None
    assert "Three people" in check.capture.text


def test_an_article_that_is_gone_is_dead_from_that_day_until_it_is_back() -> None:
    article = make.article(marking="clear")
    fetched(article, fetch=saying(story()))

    check = rechecking.check(article, fetch=saying("<h1>Not found</h1>", status=404))
    article.refresh_from_db()
    assert check.outcome == CheckOutcome.GONE
    assert article.dead_since is not None

    rechecking.check(article, fetch=saying(story()))
    article.refresh_from_db()
    assert article.dead_since is None


def test_a_site_that_does_not_answer_is_no_article_that_is_gone() -> None:
    article = make.article(marking="clear")
    fetched(article, fetch=saying(story()))

    def fetch(url: str) -> Answer:
        raise Unreachable("unreachable")

    check = rechecking.check(article, fetch=fetch)
    article.refresh_from_db()

    assert check.outcome == CheckOutcome.UNREACHED
    assert article.dead_since is None


def test_only_what_sites_may_see_is_looked_at_again_and_what_was_looked_at_is_not() -> None:
    clear, amber = make.article(marking="clear"), make.article(marking="amber")
    looked = make.article(marking="green")
    for article in (clear, amber, looked):
        fetched(article, seen=True, fetch=saying(story(article.url)))
    rechecking.check(looked, fetch=saying(story(looked.url)))
    soon = datetime(2026, 5, 5, tzinfo=UTC)

    assert rechecking.due(soon) == [clear]
    assert rechecking.due(soon)[0].get_deferred_fields() == {"text"}
    assert rechecking.due(datetime(2026, 5, 1, tzinfo=UTC)) == []


def test_a_host_is_asked_at_a_pace_and_others_meanwhile() -> None:
    clock = [0.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    rows = [make.article(f"https://{host}/{n}") for host, n in
            [("a.org", 1), ("a.org", 2), ("b.org", 1)]]  # fmt: skip
    pace = rechecking.Pace(5.0, clock=lambda: clock[0], sleep=sleep)

    order = [article.url for article in pace.ordered(rows)]

    assert order == ["https://a.org/1", "https://b.org/1", "https://a.org/2"]
    assert slept == [5.0]


def test_the_next_host_is_found_in_a_time_that_does_not_grow_with_the_articles() -> None:
    clock = [0.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    rows = [Article(url=f"https://h{n % 50}.org/{n}") for n in range(20_000)]
    pace = rechecking.Pace(1.0, clock=lambda: clock[0], sleep=sleep)
    begun = time.monotonic()

    order = [article.url for article in pace.ordered(rows)]

    assert time.monotonic() - begun < 2
    assert order == [row.url for row in rows]
    assert clock[0] == 399


def test_robots_are_read_once_for_a_host_and_obeyed() -> None:
    asked: list[str] = []

    def fetch(url: str) -> Answer:
        asked.append(url)
        return saying("User-agent: *\nDisallow: /private/")(url)

    robots = rechecking.Robots("HTI", fetch=fetch)

    assert robots.allow("https://a.org/news/1")
    assert not robots.allow("https://a.org/private/1")
    assert asked == ["https://a.org/robots.txt"]


def test_what_robots_keep_away_does_not_use_up_the_limit_of_a_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CAPTURE_ROBOTS = True
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    for n in range(4):
        where = "private" if n < 2 else "news"
        make.capture(
            make.article(f"https://a.org/{where}/{n}", marking="clear"), way="fetched", at=long_ago
        )
    looked: list[str] = []

    def check(article: Article) -> Check:
        looked.append(article.url)
        return Check(outcome=CheckOutcome.UNCHANGED)

    monkeypatch.setattr(rechecking, "check", check)
    monkeypatch.setattr(rechecking.Robots, "allow", lambda _self, url: "private" not in url)
    out = StringIO()

    call_command("recheck", limit=1, pace=0, stdout=out)

    assert looked == ["https://a.org/news/2"]
    assert out.getvalue() == "1 articles looked at. Left alone as robots.txt asks 2, Unchanged 1\n"


def test_what_is_marked_or_purged_while_a_run_takes_its_time_is_not_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    rows = [make.article(f"https://a.org/{n}", marking="clear") for n in range(3)]
    for row in rows:
        make.capture(row, way="fetched", at=long_ago)
    looked: list[str] = []

    def check(article: Article) -> Check:
        looked.append(article.url)
        Article.objects.filter(pk=rows[1].pk).update(marking="red")
        rows[2].delete()
        return Check(outcome=CheckOutcome.UNCHANGED)

    monkeypatch.setattr(rechecking, "check", check)
    out = StringIO()

    call_command("recheck", pace=0, stdout=out)

    assert looked == ["https://a.org/0"]
    assert "Left alone as they are marked now 2" in out.getvalue()


def test_checks_say_what_was_found() -> None:
    article = make.article(marking="clear")
    fetched(article, fetch=saying(story()))
    rechecking.check(article, fetch=saying(story()))

    assert [str(check)[-9:] for check in Check.objects.all()] == ["Unchanged"]
