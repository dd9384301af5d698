"""What is captured is kept byte for byte, judged, and changes an article only as far as it may."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from dataclasses import replace
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from articles import capturing, warc
from articles.codebook import CaptureWay, Verdict
from articles.extraction import Reading
from articles.fetching import Answer, Unreachable
from articles.models import Article, Capture, Content
from tests import make

from .site import page
from .stories import fetched, http, saying, story

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("site")
def test_a_page_is_kept_as_it_came_with_what_it_says() -> None:
    expected = page("pl-tory")
    article = make.article(http("pl-tory"), marking="green")

    capture = fetched(article, by=make.user("analyst", staff=True))

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
    capture = fetched(article, by=by, fetch=saying(story()))

    kept = capturing.confirm(capture, by=by)

    assert "cable was found cut" in kept.text
    assert kept.title == "As typed"
    assert Capture.objects.get().confirmed_by == by


def test_what_something_published_rests_on_takes_nothing_from_a_capture() -> None:
    article = make.article(marking="clear")
    make.incident(citations=[article])

    fetched(article, fetch=saying(story()))

    article.refresh_from_db()
    assert (article.released, article.title, article.published) == (True, "", "")


def test_what_everybody_reads_takes_from_a_capture_what_a_person_says_alone() -> None:
    article, by = make.article(marking="clear"), make.user("analyst", staff=True)

    capture = fetched(article, by=by, fetch=saying(story()))
    article.refresh_from_db()
    assert (article.title, article.language, article.published) == ("", "", "")

    capturing.confirm(capture, by=by)
    article.refresh_from_db()
    assert (article.title, article.published) == ("A cable is cut", "2026-05-03")


def test_an_article_that_was_made_clear_while_its_site_was_asked_takes_nothing() -> None:
    article = make.article(marking="green")
    looked = capturing.look(article, fetch=saying(story()))
    Article.objects.update(marking="clear")

    capturing.keep(article, looked, by=None)

    article.refresh_from_db()
    assert article.title == ""


@pytest.mark.parametrize("marking", ["amber", "amber_strict", "red"])
def test_a_site_is_not_asked_for_what_is_marked_until_somebody_accepts_that(marking: str) -> None:
    article = make.article(marking=marking)
    asked: list[str] = []

    def fetch(url: str) -> Answer:
        asked.append(url)
        return saying(story())(url)

    with pytest.raises(ValidationError, match="Its site will see"):
        fetched(article, fetch=fetch)
    assert asked == []

    fetched(article, seen=True, fetch=fetch)
    assert asked == [article.url]


def test_a_page_that_is_not_reached_leaves_nothing() -> None:
    article = make.article(marking="clear")

    def fetch(url: str) -> Answer:
        raise Unreachable("unreachable")

    with pytest.raises(ValidationError, match="cannot be reached"):
        fetched(article, fetch=fetch)

    assert not Capture.objects.exists()
    assert not Content.objects.exists()


def test_another_capture_is_added_and_the_same_bytes_are_kept_once() -> None:
    article = make.article(marking="clear")
    for ending in ("First.", "First.", "Second."):
        fetched(article, fetch=saying(story(ending)))

    assert Capture.objects.count() == 3
    assert Content.objects.count() == 2


def test_bytes_go_with_the_last_capture_that_shows_them() -> None:
    one, other = make.article(marking="clear"), make.article(marking="clear")
    for article in (one, other):
        fetched(article, fetch=saying(story()))

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
        fetched(article, by=by, fetch=fetch)
    with pytest.raises(ValidationError, match="2 pages were fetched"):
        fetched(article, by=by, fetch=fetch)


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
    capture = fetched(article, fetch=saying(story()))
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
        fetched(article, fetch=saying(story(article.url)))
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


def test_where_several_files_are_being_read_the_next_one_is_refused_and_takes_no_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(capturing, "PATIENCE", 0.1)
    article = make.article()
    begun, free = threading.Barrier(capturing.WAITING + 1), threading.Event()

    def read(_body: bytes, **_said: object) -> Reading:
        begun.wait(5)
        free.wait(5)
        return Reading("none", Verdict.NOT_TEXT, "")

    monkeypatch.setattr(capturing, "read", read)
    reading = [
        threading.Thread(target=capturing._read_now, args=(b"x",))
        for _n in range(capturing.WAITING)
    ]
    for one in reading:
        one.start()
    begun.wait(5)
    try:
        for keep in (
            partial(capturing.capture_text, article, "A text."),
            partial(capturing.capture_file, article, b"x", name="x", content_type="text/html"),
        ):
            with pytest.raises(ValidationError, match="Several files are being read"):
                keep(by=None)
    finally:
        free.set()
        for one in reading:
            one.join(5)

    assert not Capture.objects.exists()
