"""What is captured is kept byte for byte, judged, and changes an article only as far as it may."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as of_the_site
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from warcio.archiveiterator import ArchiveIterator

from articles import capturing, rechecking, warc
from articles.codebook import CaptureWay, CheckOutcome, Verdict
from articles.fetching import Answer, Unreachable
from articles.models import Article, Capture, Check, Content
from tests import make

from .site import page

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def http(name: str) -> str:
    """Return the address of a page of the site, without TLS."""
    return page(name).url.replace("https://", "http://")


def saying(body: str, status: int = 200, address: str = "") -> capturing.Fetch:
    """Return a fetch that is answered with a page of some paragraphs."""

    def fetch(url: str) -> Answer:
        return Answer(
            asked=url,
            address=address or url,
            redirects=(),
            status=status,
            reason="OK",
            headers=(("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=1")),
            body=body.encode(),
            received_at=NOW,
            seconds=0.1,
            protocol="HTTP/1.1",
            coding="",
        )

    return fetch


def story(ending: str = "Nobody was hurt.") -> str:
    """Return a page long enough to be an article."""
    told = "".join(
        f"<p>The ferry left the harbour {n} minutes late after a cable was found cut, "
        "the harbour master said, and the police looked for those who did it.</p>"
        for n in range(20, 40)
    )
    return (
        "<html lang='en'><head><title>A cable is cut</title>"
        "<meta property='article:published_time' content='2026-05-03T10:00:00Z'></head>"
        f"<body><article><h1>A cable is cut</h1>{told}<p>{ending}</p></article></body></html>"
    )


@pytest.mark.usefixtures("site")
def test_a_page_is_kept_as_it_came_with_what_it_says() -> None:
    expected = page("pl-tory")
    article = make.article(http("pl-tory"), marking="clear")

    capture = capturing.capture_address(article, by=make.user("analyst", staff=True))

    assert capture.verdict == Verdict.ARTICLE
    assert capturing.unpacked(capture.content) == expected.body
    assert capture.content_id == hashlib.sha256(expected.body).hexdigest()
    assert (capture.status, capture.title) == (200, expected.title)
    article.refresh_from_db()
    assert (article.title, article.language) == (expected.title, "pl")
    assert article.published == expected.published
    assert article.text == ""


def test_the_text_is_the_articles_once_somebody_says_so() -> None:
    article = make.article(marking="clear", title="As typed")
    by = make.user("analyst", staff=True)
    capture = capturing.capture_address(article, by=by, fetch=saying(story()))

    kept = capturing.confirm(capture, by=by)

    assert "cable was found cut" in kept.text
    assert kept.title == "As typed"
    assert Capture.objects.get().confirmed_by == by


def test_what_something_published_rests_on_takes_nothing_from_a_capture() -> None:
    article = make.article(marking="clear")
    make.incident(citations=[article])

    capturing.capture_address(article, by=None, fetch=saying(story()))

    article.refresh_from_db()
    assert (article.released, article.title, article.published) == (True, "", "")


@pytest.mark.parametrize("marking", ["amber", "amber_strict", "red"])
def test_a_site_is_not_asked_for_what_is_marked_until_somebody_accepts_that(marking: str) -> None:
    article = make.article(marking=marking)
    asked: list[str] = []

    def fetch(url: str) -> Answer:
        asked.append(url)
        return saying(story())(url)

    with pytest.raises(ValidationError, match="Its site will see"):
        capturing.capture_address(article, by=None, fetch=fetch)
    assert asked == []

    capturing.capture_address(article, by=None, seen=True, fetch=fetch)
    assert asked == [article.url]


def test_a_page_that_is_not_reached_leaves_nothing() -> None:
    article = make.article(marking="clear")

    def fetch(url: str) -> Answer:
        raise Unreachable("unreachable")

    with pytest.raises(ValidationError, match="cannot be reached"):
        capturing.capture_address(article, by=None, fetch=fetch)

    assert not Capture.objects.exists()
    assert not Content.objects.exists()


def test_another_capture_is_added_and_the_same_bytes_are_kept_once() -> None:
    article = make.article(marking="clear")
    for ending in ("First.", "First.", "Second."):
        capturing.capture_address(article, by=None, fetch=saying(story(ending)))

    assert Capture.objects.count() == 3
    assert Content.objects.count() == 2


def test_bytes_go_with_the_last_capture_that_shows_them() -> None:
    one, other = make.article(marking="clear"), make.article(marking="clear")
    for article in (one, other):
        capturing.capture_address(article, by=None, fetch=saying(story()))

    one.delete()
    assert Content.objects.count() == 1
    other.delete()
    assert Content.objects.count() == 0


def test_nobody_has_more_than_so_many_pages_fetched_in_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capturing, "A_MINUTE", 2)
    by, article = make.user("analyst", staff=True), make.article(marking="clear")

    def fetch(url: str) -> Answer:
        return replace(saying(story())(url), received_at=timezone.now())

    for _n in range(2):
        capturing.capture_address(article, by=by, fetch=fetch)
    with pytest.raises(ValidationError, match="2 pages were fetched"):
        capturing.capture_address(article, by=by, fetch=fetch)


def test_a_text_that_was_pasted_is_kept_as_typed() -> None:
    article = make.article()
    text = "Kabel 🚢 \ud800 " + "word " * 300

    capture = capturing.capture_text(article, text, by=None)

    assert capture.way == CaptureWay.PASTED
    assert capturing.unpacked(capture.content).startswith(b"Kabel")
    assert "word word" in capture.text


def test_an_empty_file_and_one_that_is_too_large_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capturing, "LARGEST_FILE", 10)
    for body in (b"", b"x" * 11):
        with pytest.raises(ValidationError, match=f"The file has {len(body)} bytes"):
            capturing.capture_file(make.article(), body, name="a", content_type="", by=None)


def test_captures_leave_as_a_warc_that_holds_what_came(tmp_path: Path) -> None:
    article = make.article(marking="clear")
    capture = capturing.capture_address(article, by=None, fetch=saying(story()))
    capturing.capture_text(article, "word " * 300, by=None)
    file = tmp_path / "captures.warc.gz"

    call_command("export_captures", file, stdout=StringIO())

    records = []
    for record in ArchiveIterator(BytesIO(file.read_bytes())):
        records.append((record.rec_type, record.content_stream().read()))
    assert [kind for kind, _body in records] == ["warcinfo", "response", "resource"]
    assert records[1][1] == story().encode()
    checked = subprocess.run(  # noqa: S603  the library's own check of a file made here
        [sys.executable, "-m", "warcio.cli", "check", "-v", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "digest pass" in checked.stdout
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_captures", file)
    assert capture.content.size == len(story().encode())


def test_a_warc_of_one_article_holds_no_other(tmp_path: Path) -> None:
    one, other = make.article(marking="clear"), make.article(marking="clear")
    for article in (one, other):
        capturing.capture_address(article, by=None, fetch=saying(story(article.url)))
    file = BytesIO()

    count = warc.write(one.captures.all(), file, software="HTI")

    assert count == 1
    assert other.url.encode() not in file.getvalue()


# The command


@pytest.mark.usefixtures("site")
def test_the_command_adds_articles_with_their_captures_and_fails_where_one_is_none() -> None:
    make.user("analyst", staff=True)
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 of 2"):
        call_command(
            "capture", http("pl-tory"), "http://127.0.0.1/", by="analyst", marking="clear",
            stdout=out, stderr=err,
        )  # fmt: skip

    assert Article.objects.get().captures.get().verdict == Verdict.ARTICLE
    assert "Article." in out.getvalue()
    assert "127.0.0.1" in err.getvalue()


def test_a_second_capture_of_an_address_in_another_form_leads_to_the_first_article() -> None:
    by = make.user("analyst", staff=True)
    for url in ("https://example.org/a?utm_source=x", "https://www.example.org/a/"):
        capturing.capture_new(url, by=by, marking="clear", fetch=saying(story()))

    assert Article.objects.count() == 1
    assert Capture.objects.count() == 2


# Looking again


def test_an_article_that_is_as_it_was_is_noted_and_not_kept_again() -> None:
    article = make.article(marking="clear")
    capturing.capture_address(article, by=None, fetch=saying(story()))

    check = rechecking.check(article, fetch=saying(story()))

    assert check.outcome == CheckOutcome.UNCHANGED
    assert Capture.objects.count() == 1


def test_an_article_that_changed_is_kept_beside_what_it_was() -> None:
    article = make.article(marking="clear")
    capturing.capture_address(article, by=None, fetch=saying(story()))

    check = rechecking.check(article, fetch=saying(story("Three people were hurt.")))

    assert check.outcome == CheckOutcome.CHANGED
    assert Capture.objects.count() == 2
    assert check.capture is not None
    assert "Three people" in check.capture.text


def test_an_article_that_is_gone_is_dead_from_that_day_until_it_is_back() -> None:
    article = make.article(marking="clear")
    capturing.capture_address(article, by=None, fetch=saying(story()))

    check = rechecking.check(article, fetch=saying("<h1>Not found</h1>", status=404))
    article.refresh_from_db()
    assert check.outcome == CheckOutcome.GONE
    assert article.dead_since is not None

    rechecking.check(article, fetch=saying(story()))
    article.refresh_from_db()
    assert article.dead_since is None


def test_a_site_that_does_not_answer_is_no_article_that_is_gone() -> None:
    article = make.article(marking="clear")
    capturing.capture_address(article, by=None, fetch=saying(story()))

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
        capturing.capture_address(article, by=None, seen=True, fetch=saying(story(article.url)))
    rechecking.check(looked, fetch=saying(story(looked.url)))
    soon = datetime(2026, 5, 5, tzinfo=UTC)

    assert rechecking.due(soon) == [clear]
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


def test_a_process_that_is_killed_leaves_an_article_with_its_capture_or_none(
    tmp_path: Path,
) -> None:
    """The command is killed while it writes, again and again; then it runs to its end."""
    database = tmp_path / "killed.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DEBUG": "1"}
    program = (
        "import django, os, sys; django.setup()\n"
        "from django.contrib.auth.models import User\n"
        "from django.db import transaction\n"
        "from tests.articles.test_capturing import saying, story\n"
        "from articles import capturing\n"
        "by = User.objects.get_or_create(username='analyst', is_staff=True)[0]\n"
        "print('ready', flush=True)\n"
        "for n in range(int(sys.argv[1])):\n"
        "    capturing.capture_new(f'https://example.org/{n}', by=by, marking='clear',\n"
        "                          fetch=saying(story(str(n))))\n"
    )
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    base = {"cwd": of_the_site.BASE_DIR, "env": environment}
    manage: Any = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(manage, check=True, **base)  # type: ignore[call-overload]  # noqa: S603
    for wait in (0.05, 0.3, 0.8):
        child = subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603
            [sys.executable, "-c", program, "500"], stdout=subprocess.PIPE, **base
        )
        assert child.stdout.readline() == b"ready\n"
        try:
            child.wait(timeout=2 + wait)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    check = (
        "import django; django.setup()\n"
        "from articles.models import Article, Capture, Content\n"
        "print(Article.objects.filter(captures=None).count(),\n"
        "      Content.objects.filter(captures=None).count(), Capture.objects.count() > 0)\n"
    )
    told = subprocess.run(  # type: ignore[call-overload]  # noqa: S603
        [sys.executable, "-c", check], capture_output=True, text=True, check=True, **base
    )
    assert told.stdout.strip() == "0 0 True"


def test_checks_say_what_was_found() -> None:
    article = make.article(marking="clear")
    capturing.capture_address(article, by=None, fetch=saying(story()))
    rechecking.check(article, fetch=saying(story()))

    assert [str(check)[-9:] for check in Check.objects.all()] == ["Unchanged"]
