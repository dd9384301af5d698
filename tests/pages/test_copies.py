"""The page of an article says which copies are kept; their text is for staff."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from incidents import sources
from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
SAID = "Quiet kestrel over the harbour"


def of(article: Article, client: Client | None = None) -> str:
    return page(f"/articles/{article.address_digest}/", client)


def staff() -> Client:
    client = Client()
    client.force_login(make.user("sentinel", staff=True))
    return client


def test_everybody_reads_when_what_was_captured_and_its_digest() -> None:
    article = make.article(marking="clear")
    capture = make.capture(article, at=NOW, verdict="login_wall")

    html = of(article)

    assert "2026-05-04 12:30 UTC Login wall" in words(html)
    assert capture.content_id in html


def test_an_article_without_captures_says_that_no_copy_is_kept() -> None:
    assert "No copy is kept." in of(make.article(marking="clear"))


def test_nobody_but_staff_reads_the_text_or_what_was_read_in_a_capture() -> None:
    article = make.article(marking="clear", title="Named", text=SAID, language="ar")
    told = ("title", "outlet", "author", "origin", "file_name", "verdict_reason")
    make.capture(article, SAID, **dict.fromkeys(told, SAID))
    partner = Client()
    partner.force_login(make.user("partner"))

    assert SAID not in of(article)
    assert SAID not in of(article, partner)

    html = " ".join(of(article, staff()).split())
    assert html.count(SAID) == 1
    assert f'<div lang="ar" dir="rtl"><p>{SAID}</p></div>' in html
    assert "<details open" not in html


def test_a_text_is_shown_and_never_acts() -> None:
    article = make.article(marking="clear", text="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in of(article, staff())
    assert "<script>alert" not in of(article, staff())


def test_the_newest_captures_are_told_at_the_same_cost_and_how_many_more_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "KEPT", 2)
    article = make.article(marking="clear")
    make.capture(article, at=NOW)
    costs = []
    for n in (1, 2, 3):
        make.capture(article, f"Number {n}.", at=NOW + timedelta(days=n))
        with CaptureQueriesContext(connection) as asked:
            html = of(article)
        costs.append(len(asked))
        assert not any('"packed"' in query["sql"] for query in asked)

    assert "2 earlier copies are kept, too." in words(html)
    assert "2026-05-07" in html
    assert "2026-05-05" not in html
    assert costs[0] + 1 == costs[1] == costs[2]
