"""What watched sources announce comes in once, and is decided once, with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from articles import inbox
from articles.capturing import Fetch
from articles.codebook import Triage
from articles.extraction import Unreadable, announced
from articles.fetching import Answer, Unreachable
from articles.models import Item, Purged, Watch
from incidents import drafting
from tests import make

pytestmark = pytest.mark.django_db

ENTRY = (
    "<item><title>{title}</title><link>{url}</link>"
    "<description>&lt;p&gt;A &lt;b&gt;cable&lt;/b&gt; was cut.&lt;/p&gt;</description>"
    "<pubDate>Sun, 03 May 2026 10:00:00 GMT</pubDate></item>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>'
    '<title>Кабель перерізано</title><link href="https://example.org/uk/1"/>'
    "<updated>2026-05-03T10:00:00Z</updated></entry></feed>"
)
PAGE = (
    "<nav><a href='/sport'>Sport</a></nav>"
    "<a href='/2026/cable'>A cable was cut in the harbour on Sunday</a>"
    "<a href='javascript:alert(1)'>A headline that leads nowhere at all, really</a>"
)


def rss(*urls: str) -> str:
    entries = "".join(ENTRY.format(title=f"About {url[-1]}", url=url) for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{entries}</channel></rss>'


def answering(body: str, status: int = 200) -> Fetch:
    def fetch(url: str) -> Answer:
        return Answer(
            asked=url,
            address=url,
            redirects=(),
            status=status,
            reason="OK",
            headers=(),
            body=body.encode(),
            received_at=datetime(2026, 5, 4, tzinfo=UTC),
            seconds=0.1,
            protocol="HTTP/1.1",
            coding="",
        )

    return fetch


def test_a_feed_says_address_title_summary_and_day() -> None:
    found = announced(rss("https://example.org/1").encode(), url="https://e.org/", kind="feed")

    assert [(one.url, one.title, one.summary, one.published) for one in found] == [
        ("https://example.org/1", "About 1", "A cable was cut.", "2026-05-03")
    ]
    atom = announced(ATOM.encode(), url="https://e.org/", kind="feed")
    assert [(one.title, one.published) for one in atom] == [("Кабель перерізано", "2026-05-03")]


def test_of_a_page_the_links_that_read_like_headlines_are_taken() -> None:
    found = announced(PAGE.encode(), url="https://example.org/news/", kind="page")

    assert [one.url for one in found] == ["https://example.org/2026/cable"]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<rss><channel><item>", b"{}" * 1000])
def test_what_is_no_feed_announces_nothing(body: bytes) -> None:
    try:
        assert announced(body, url="https://example.org/", kind="feed") == ()
    except Unreadable:
        return


def test_a_body_that_names_a_file_of_ours_is_not_taken_for_that_file(tmp_path: Path) -> None:
    ours = tmp_path / "ours.xml"
    ours.write_text(rss("https://example.org/1"))

    assert announced(str(ours).encode(), url="https://example.org/", kind="feed") == ()


def test_xhtml_is_a_page_and_a_link_that_is_no_address_hides_no_other() -> None:
    link = "<a href='{}'>A cable was cut in the harbour on Sunday</a>"
    bad, good = link.format("http://["), link.format("/2026/cable")
    body = f'<?xml version="1.0" encoding="utf-8"?><html><body>{bad}{good}</body></html>'

    found = announced(body.encode(), url="https://example.org/news/", kind="page")

    assert [one.url for one in found] == ["https://example.org/2026/cable"]


@pytest.mark.parametrize("title", ["<!DOCTYPE html>", "<html><frameset>x</frameset></html>"])
def test_an_entry_whose_markup_cannot_be_read_hides_no_other(title: str) -> None:
    entries = ENTRY.format(title=f"<![CDATA[{title}]]>", url="https://example.org/1")
    feed = rss("https://example.org/2").replace("<item>", f"{entries}<item>", 1)

    found = announced(feed.encode(), url="https://example.org/", kind="feed")

    assert [(one.url[-1], one.title) for one in found] == [("1", ""), ("2", "About 2")]


def test_what_comes_again_in_another_form_of_its_address_comes_in_once() -> None:
    source = make.watch()

    first = inbox.look(source, fetch=answering(rss("https://example.org/1", "https://e.org/2")))
    again = rss("https://www.example.org/1?utm_source=feed", "https://e.org/3")
    second = inbox.look(source, fetch=answering(again))

    assert (first, second) == (2, 1)
    assert Item.objects.count() == 3
    assert set(Item.objects.values_list("state", flat=True)) == {Triage.NEW}


def test_what_fails_is_noted_and_forgotten_when_it_works_again() -> None:
    source = make.watch()

    def refuse(url: str) -> Answer:
        raise Unreachable("unreachable")

    inbox.look(source, fetch=refuse)
    inbox.look(source, fetch=answering("gone", status=404))
    source.refresh_from_db()
    assert (source.failures, source.failed) == (2, "The site answered with status 404.")

    inbox.look(source, fetch=answering(rss("https://example.org/1")))
    source.refresh_from_db()
    assert (source.failures, source.failed) == (0, "")


def test_a_source_is_due_after_its_hours_and_not_when_it_rests() -> None:
    now = timezone.now()
    never = make.watch("https://a.org/1")
    long_ago = make.watch("https://a.org/2", looked_at=now - timedelta(hours=7))
    make.watch("https://a.org/3", looked_at=now - timedelta(hours=5))
    make.watch("https://a.org/4", active=False)

    assert {source.pk for source in inbox.due()} == {never.pk, long_ago.pk}


def test_what_is_not_relevant_needs_a_reason_and_is_decided_once() -> None:
    by, one = make.user("analyst", staff=True), make.item()

    with pytest.raises(ValidationError, match="Say why"):
        inbox.decide(one, Triage.REFUSED, by=by, reason=" ")
    inbox.decide(one, Triage.LATER, by=by)
    inbox.decide(one, Triage.REFUSED, by=by, reason="Sport")
    with pytest.raises(ValidationError, match="analyst decided this by now: Not relevant"):
        inbox.decide(one, Triage.LATER, by=by)

    one.refresh_from_db()
    assert (one.state, one.reason, one.decided_by) == (Triage.REFUSED, "Sport", by)


def test_what_an_incident_rests_on_waits_no_more() -> None:
    by = make.user("analyst", staff=True)
    one = make.item("https://www.example.org/a?utm_source=feed")
    incident = make.incident(state="draft")

    drafting.cite(incident, ["https://example.org/a"], by=by)

    one.refresh_from_db()
    assert (one.state, one.decided_by) == (Triage.DRAFTED, by)
    assert one.article is not None


def test_what_was_purged_does_not_come_in_again_whatever_key_it_was_barred_by(
    settings: Settings,
) -> None:
    source, feed = make.watch(), rss("https://example.org/1", "https://example.org/2")
    inbox.look(source, fetch=answering(feed))
    gone = Item.objects.get(url="https://example.org/1")

    inbox.bar([gone.address_digest])
    gone.delete()
    inbox.look(source, fetch=answering(feed))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    inbox.look(source, fetch=answering(rss("https://www.example.org/1?utm_source=x")))

    assert [item.url for item in Item.objects.all()] == ["https://example.org/2"]
    # Whoever has the database alone cannot try addresses out.
    assert gone.address_digest not in Purged.objects.values_list("pk", flat=True)


def test_the_command_says_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    make.watch()
    # Nothing answers there: the address is refused before anything is dialled.
    Watch.objects.update(url="https://localhost.localdomain/feed")
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="1 of 1 sources failed"):
        call_command("watch", stdout=out, stderr=err)

    assert "localhost.localdomain" in err.getvalue()
    assert "1 sources looked at, 0 new." in out.getvalue()
