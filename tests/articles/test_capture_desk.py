"""The page of an article's captures: who sees it, who keeps what, and that nothing in it acts."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import capturing
from articles.admin import captures as desk
from articles.models import Capture, Derivation
from tests import make

from .captured import HOSTILE, TYPED, address, desk_of, seen, sent, several
from .stories import story

pytestmark = pytest.mark.django_db

# The way there


def test_the_form_of_an_article_leads_to_its_captures() -> None:
    article = make.article()

    form = desk_of().get(address(article, "change/")).content.decode()

    assert f'href="{address(article)}"' in form


def test_the_form_of_an_incident_leads_to_the_captures_of_each_article_it_cites() -> None:
    articles = [make.article(), make.article()]
    author = make.user("author", staff=True, is_superuser=True)
    edition = make.incident(citations=articles, state="draft", author=author)
    client = Client()
    client.force_login(author)

    form = client.get(f"/admin/incidents/incident/{edition.pk}/change/").content.decode()

    assert all(form.count(f'href="{address(article)}"') == 1 for article in articles)


# Keeping


def test_what_its_site_may_see_is_fetched_without_that_question() -> None:
    assert 'name="seen"' not in seen(desk_of(), make.article(marking="green"))


def test_a_file_is_kept_under_its_name() -> None:
    article, body = make.article(), story().encode()
    client = desk_of()

    file = SimpleUploadedFile("saved page.html", body, content_type="text/html")
    assert sent(client, article, "uploaded", file=file).status_code == 303

    capture = Capture.objects.get()
    assert capturing.unpacked(capture.content) == body
    assert (capture.file_name, capture.by) == ("saved page.html", make.user("analyst"))
    assert "saved page.html" in seen(client, article)


def test_a_form_without_its_file_is_refused() -> None:
    answer = sent(desk_of(), make.article(), "uploaded")

    assert answer.status_code == 400
    assert "Choose a file." in answer.content.decode()


def test_a_text_is_kept_as_pasted() -> None:
    article = make.article()

    assert sent(desk_of(), article, "pasted", text=TYPED).status_code == 303

    assert capturing.unpacked(Capture.objects.get().content).decode() == TYPED


def test_a_pasted_text_that_reads_like_an_article_is_that_of_an_article_without_one() -> None:
    article = make.article()
    client = desk_of()

    sent(client, article, "pasted", text=TYPED)

    article.refresh_from_db()
    page = seen(client, article)
    assert article.text == Capture.objects.get().text
    assert '<span class="verdict good">This is the article</span>' in page
    assert "/confirm/" not in page


def test_a_pasted_text_takes_the_place_of_no_other_and_one_that_is_no_article_of_none() -> None:
    article, without = make.article(text="What was read before."), make.article()
    client = desk_of()

    sent(client, article, "pasted", text=TYPED)
    sent(client, without, "pasted", text="Log in to read on.")

    for one, text in ((article, "What was read before."), (without, "")):
        one.refresh_from_db()
        assert one.text == text
    assert "/confirm/" in seen(client, article)


def test_of_a_settled_article_a_pasted_text_waits_for_a_reviewer() -> None:
    article = make.article(marking="clear", released=True)
    client = desk_of()

    sent(client, article, "pasted", text=TYPED)

    article.refresh_from_db()
    assert (Capture.objects.count(), article.text) == (1, "")


def test_a_text_that_is_refused_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_said: Any) -> None:
        raise ValidationError("Not this one.")

    monkeypatch.setattr(capturing, "capture_text", refuse)

    answer = sent(desk_of(), make.article(), "pasted", text="What was <typed>")

    assert answer.status_code == 400
    assert "Not this one." in answer.content.decode()
    assert "What was &lt;typed&gt;</textarea>" in answer.content.decode()


def test_who_only_reads_articles_keeps_none() -> None:
    article = make.article()
    client = desk_of(may="view_article")

    assert "<textarea" not in seen(client, article)
    assert sent(client, article, "pasted", text=TYPED).status_code == 403
    assert not Capture.objects.exists()


def test_an_article_that_is_hidden_is_not_there() -> None:
    article = make.article(marking="red", added_by=make.user("other", staff=True))
    capture = make.capture(article)
    client = desk_of()

    for door in (
        *("captures/", "captures.warc.gz"),
        *(f"captures/{capture.uid}/raw/", f"captures/{capture.uid}/confirm/"),
    ):
        assert client.get(address(article, door)).status_code == 404
        assert client.post(address(article, door)).status_code == 404


def test_a_capture_of_another_article_is_not_there() -> None:
    capture = make.capture(make.article(marking="red"))
    client, article = desk_of(), make.article()

    assert client.get(address(article, f"captures/{capture.uid}/raw/")).status_code == 404
    assert client.post(address(article, f"captures/{capture.uid}/confirm/")).status_code == 404


# Confirming


def test_the_text_of_a_capture_is_taken_for_the_article() -> None:
    article = make.article()
    capture = make.capture(article)
    client = desk_of()

    answer = client.post(address(article, f"captures/{capture.uid}/confirm/"), follow=True)

    article.refresh_from_db()
    assert article.text == capture.text
    assert "The text is now that of the article." in answer.content.decode()


def test_one_capture_at_a_time_is_the_article_and_an_earlier_one_can_be_it_again() -> None:
    article = make.article()
    first, second = (make.capture(article, f"{TYPED} Number {n}.") for n in (1, 2))
    client = desk_of()
    for capture in (first, second, first):
        client.post(address(article, f"captures/{capture.uid}/confirm/"))

    html = seen(client, article)

    article.refresh_from_db()
    assert article.text == first.text
    assert html.count('<span class="verdict good">This is the article</span>') == 1
    assert f"{second.uid}/confirm/" in html
    assert f"{first.uid}/confirm/" not in html


def test_a_settled_article_takes_the_text_that_a_reviewer_confirms_alone() -> None:
    article = make.article(marking="clear")
    make.incident(citations=[article])
    capture = make.capture(article)
    confirm = address(article, f"captures/{capture.uid}/confirm/")
    analyst, reviewer = desk_of(), desk_of("second", reviews=True)

    assert "/confirm/" not in seen(analyst, article)
    assert analyst.post(confirm).status_code == 403
    article.refresh_from_db()
    assert article.text == ""

    assert "/confirm/" in seen(reviewer, article)
    assert reviewer.post(confirm).status_code == 302
    article.refresh_from_db()
    assert article.text


@pytest.mark.parametrize("from_the_source", [False, True])
def test_where_a_settled_article_is_from_is_decided_by_a_reviewer(from_the_source: bool) -> None:
    source, copy = make.article(), make.article(marking="clear")
    make.incident(citations=[copy])
    sign = Derivation.objects.create(article=copy, source=source, sign="copy", resemblance=0.9)
    decide = address(source, "origins/0/") if from_the_source else None
    decide = decide or address(copy, f"origins/{sign.pk}/")

    desk_of().post(decide, {"accept": ""})
    copy.refresh_from_db()
    assert copy.derived_from is None

    desk_of("second", reviews=True).post(decide, {"accept": ""})
    copy.refresh_from_db()
    assert copy.derived_from == source


def test_looking_at_the_address_confirms_nothing() -> None:
    article = make.article()
    capture = make.capture(article)

    answer = desk_of().get(address(article, f"captures/{capture.uid}/confirm/"))

    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.text == ""


# What is shown


def test_what_strangers_wrote_is_shown_and_never_acts() -> None:
    article = make.article(marking="green", title=HOSTILE)
    capture = make.capture(article, HOSTILE)
    told = ("title", "outlet", "author", "origin", "file_name", "verdict_reason", "reason_phrase")
    hostile = {**dict.fromkeys(told, HOSTILE), "status": 200}
    Capture.objects.filter(pk=capture.pk).update(
        **hostile, redirects=[[301, "x"]], address=f"https://a.example/{HOSTILE}"
    )

    html = seen(desk_of(), article)

    assert "<script>alert" not in html
    assert "<img" not in html.split('class="captures"')[1]
    assert html.count("&lt;script&gt;alert(1)") >= len(told) + 2
    assert "javascript:" not in html


def test_a_text_is_shown_in_the_direction_of_its_language() -> None:
    article = make.article()
    make.capture(article, language="ar")

    assert " ".join(seen(desk_of(), article).split()).count('lang="ar" dir="rtl"') == 1


def test_what_changed_since_the_capture_before_is_marked() -> None:
    article = make.article(marking="green")
    for ending in ("Nobody was hurt.", "Three people were hurt."):
        make.capture(article, f"{TYPED} {ending}")

    html = seen(desk_of(), article)

    assert html.count("What changed in the text since") == 1
    assert "<mark>" in html


def test_texts_that_have_little_in_common_are_said_to_instead_of_marked() -> None:
    article = make.article(marking="green")
    for text in (TYPED, "Кабель/якорь/берег/порт/судно/шторм! " * 30):
        make.capture(article, text)

    html = seen(desk_of(), article)

    assert "too little in common" in html
    assert "<mark>" not in html


def test_the_same_bytes_as_before_are_told() -> None:
    article = make.article()
    make.capture(article, TYPED)
    assert "the same bytes as before" not in seen(desk_of(), article)

    make.capture(article, TYPED)

    assert seen(desk_of("second"), article).count("the same bytes as before") == 1


def test_a_wall_is_not_set_beside_an_article() -> None:
    article = make.article()
    make.capture(article, verdict="article")
    make.capture(article, "Log in to read on.", verdict="login_wall")

    assert "What changed in the text" not in seen(desk_of(), article)


# What it costs


def test_the_page_tells_of_the_newest_captures_and_how_many_more_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(desk, "SHOWN", 2)
    article = make.article()
    several(article, 5)

    html = seen(desk_of(), article)

    assert html.count('<article class="capture"') == 2
    assert "3 earlier captures are kept, too" in html
    assert "Number 0." in html
    assert "Number 4." not in html


def test_more_captures_cost_no_more_queries_and_no_bytes_are_read() -> None:
    one, many = make.article(), make.article()
    several(one, 1)
    several(many, 8)
    client = desk_of()
    seen(client, one)
    queries = []
    for article in (one, many):
        with CaptureQueriesContext(connection) as captured:
            seen(client, article)
        queries.append([query["sql"] for query in captured])

    assert len(queries[0]) == len(queries[1])
    assert not any('"packed"' in sql for sql in queries[1])
    assert any(f"LIMIT {desk.SHOWN + 1}" in sql for sql in queries[1])


def test_a_page_that_says_one_word_over_and_over_keeps_nobody_waiting() -> None:
    article = make.article()
    for n in range(desk.COMPARED + 1):
        make.capture(article, "." * 4990 + str(n), at=timezone.now() - timedelta(hours=n))
    client = desk_of()
    begun = time.process_time()

    html = seen(client, article)

    assert time.process_time() - begun < 2
    assert html.count("What changed in the text since") == desk.COMPARED
