"""What everybody is told is made once until it changes; who holds it is told that it did not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from articles.models import Article
from incidents import keeping, review, tokens
from incidents.api import kept
from incidents.codebook import Scope
from incidents.models import Record
from tests import follows, make
from tests.drawn import times

from .doors import (
    ACTORS,
    ARTICLES,
    CAMPAIGNS,
    CHANGES,
    CODEBOOK,
    COUNTS,
    CSV,
    FIGURES,
    LEDGER_HEAD,
    LIST,
    METADATA,
    QUESTIONS,
    ZIP,
    content,
    get,
    problem,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TAGGED = (*QUESTIONS, *(ARTICLES, ACTORS, CAMPAIGNS, FIGURES), CHANGES, CODEBOOK, LEDGER_HEAD, ZIP)
KEPT = tuple(url for url in TAGGED if url.endswith("/"))
# Panels and feeds are kept too: by question, and by where the marks of a panel lead.
MAPS = ("/dashboard/europe/", "/incidents/?layout=map")
FEEDS = ("/incidents.atom?country=PL", "/incidents.atom?country=LT")
PANELS = ("/dashboard/time/?country=PL", "/dashboard/time/?country=LT", *MAPS)
ON = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers of a test",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}


@pytest.fixture(autouse=True)
def _answers_are_kept(settings: LazySettings) -> None:
    """Keep answers, beginning with none."""
    settings.CACHES = ON
    from django.core.cache import caches  # noqa: PLC0415  the handler was made anew

    caches["answers"].clear()


def again(url: str, tag: str, client: Client | None = None) -> Any:
    """Ask an address once more, holding the answer of a tag."""
    return get(url, client, headers={"if-none-match": tag})  # type: ignore[arg-type]


def asked(act: Callable[[], object]) -> int:
    """Return how many questions of readers the database was asked meanwhile."""
    with CaptureQueriesContext(connection) as captured:
        act()
    reads = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    return len(reads)


@pytest.mark.parametrize("url", TAGGED)
def test_who_holds_an_answer_is_told_that_it_still_holds(url: str) -> None:
    make.incident()
    first = get(url)
    assert content(first)

    told = again(url, first["ETag"])

    assert (told.status_code, told.content) == (304, b"")
    assert told["ETag"] == first["ETag"]
    for answer in (first, told):
        assert answer["Cache-Control"] == "public, no-cache"
        assert {"Authorization", "Cookie"} <= set(answer["Vary"].split(", "))
    assert again(url, 'W/"another"').status_code == 200
    assert asked(lambda: again(url, first["ETag"])) == 1


@pytest.mark.parametrize("url", TAGGED)
def test_each_address_has_a_tag_of_its_own(url: str) -> None:
    others = {get(other)["ETag"] for other in TAGGED if other != url}

    assert get(url)["ETag"] not in others


@pytest.mark.parametrize("url", [*KEPT, METADATA])
def test_a_kept_answer_says_what_the_made_one_said(url: str) -> None:
    make.incident(citations=[make.article(marking="clear")], claims=[{}])
    # A file says when it was taken, to the second.
    with patch("django.utils.timezone.now", return_value=timezone.now()):
        with override_settings(CACHES={**ON, "answers": ON["default"]}):
            made = get(url)
        first = get(url)

    held = get(url)

    assert held.content == first.content == made.content
    assert held.headers == first.headers
    assert asked(lambda: get(url)) == 1


@pytest.mark.parametrize("urls", [PANELS[:2], MAPS, FEEDS])
def test_panels_and_feeds_are_kept_for_each_question_by_itself(urls: tuple[str, ...]) -> None:
    for country in ("PL", "LT", "LT"):
        make.incident(country=country)
    with patch.object(keeping, "known", lambda key: None):
        made = [content(get(url)) for url in urls]

    for _again in range(2):
        assert [content(get(url)) for url in urls] == made
    assert len(set(made)) == len(urls)


def test_what_is_published_is_told_at_once() -> None:
    tags = {url: get(url)["ETag"] for url in TAGGED}

    edition = make.incident()

    for url in (LIST, CSV, COUNTS):
        told = again(url, tags[url])
        assert told.status_code == 200
        assert told["ETag"] != tags[url]
    assert Record.objects.get(pk=edition.record_id).public_id in get(LIST).content.decode()
    assert get(COUNTS).json()["total"] == 1


def test_what_is_hidden_changes_no_tag_of_everybody() -> None:
    make.incident()
    tags = {url: get(url)["ETag"] for url in TAGGED}

    edition = make.incident(marking="amber")
    make.incident(state="draft")
    make.article(marking="green").save()
    review.withdraw(edition, by=make.reviewer(), reason="A drill.")

    assert {url: get(url)["ETag"] for url in TAGGED} == tags


# What moves a clock is code, which is the same on both; the second needs fewer rows of acts.
@pytest.mark.parametrize("seed", range(times(3 if connection.vendor == "sqlite" else 1)))
def test_whatever_is_written_a_kept_answer_is_the_one_that_would_be_made(seed: int) -> None:
    for marking in follows.MARKINGS:
        make.incident(marking=marking, claims=[{}])
    urls = (*KEPT, f"{LIST}?series=all", f"{COUNTS}?by=country&series=all")
    draw = Random(seed)  # noqa: S311  which acts are drawn is no secret
    acts = list(follows.ACTS)
    told = 0
    for n in range(12):
        # Pages take longer, so they are read now and then.
        read = (*urls, PANELS[0], MAPS[1], FEEDS[0]) if n % 6 == 5 else urls
        for url in read:
            get(url)
        with suppress(ValidationError), transaction.atomic():
            draw.choice(acts)(draw)
        for url in read:
            held = get(url)
            with patch.object(keeping, "known", lambda key: None):
                made = get(url)
            assert held.content == made.content, url
        told += 1
    assert told == 12


def test_a_question_is_one_in_whatever_order_it_is_put() -> None:
    make.incident()
    one = get(f"{COUNTS}?country=PL&by=country&country=LT&series=all")

    other = get(f"{COUNTS}?series=all&country=PL&country=LT&by=country")

    assert one["ETag"] == other["ETag"]
    assert one.content == other.content
    assert (
        get(f"{COUNTS}?by=country&by=domain")["ETag"]
        != (get(f"{COUNTS}?by=domain&by=country")["ETag"])
    )


def test_each_host_is_told_its_own_addresses() -> None:
    make.incident()
    hosts = ["one.example", "two.example"]
    with override_settings(ALLOWED_HOSTS=hosts):
        one, two = (Client().get(LIST, headers={"host": host}) for host in hosts)

    assert one["ETag"] != two["ETag"]
    assert "http://one.example/" in one.content.decode()
    assert "http://two.example/" in two.content.decode()


def test_a_tag_ends_with_its_day_and_its_release() -> None:
    first = get(COUNTS)["ETag"]

    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with patch("incidents.keeping.timezone.now", lambda: tomorrow):
        assert get(COUNTS)["ETag"] != first
    with patch.object(keeping, "_release", lambda: "another"):
        assert get(COUNTS)["ETag"] != first
    assert get(COUNTS)["ETag"] == first


def test_a_restored_database_gives_other_tags_for_the_same_version() -> None:
    make.incident()
    before = get(COUNTS)
    with transaction.atomic():
        point = transaction.savepoint()
        make.incident()
        lost = get(COUNTS)
        transaction.savepoint_rollback(point)
    make.incident("Another one")

    now = get(COUNTS)

    version = "public_version"
    assert now.json()[version] == lost.json()[version] == before.json()[version] + 1
    assert now["ETag"] != lost["ETag"]


def test_who_is_known_is_told_what_they_may_read_and_it_is_kept_for_nobody(staff: Client) -> None:
    make.incident()
    hidden = make.incident("A hidden fire", marking="amber")
    open_to_all = get(LIST)

    own = get(LIST, staff)

    assert "A hidden fire" in own.content.decode()
    assert own["ETag"] != open_to_all["ETag"]
    assert own["Cache-Control"] == "private, no-store"
    told = again(LIST, own["ETag"], staff)
    assert (told.status_code, told["Cache-Control"]) == (304, "private, no-store")
    assert again(LIST, open_to_all["ETag"], staff).status_code == 200
    review.withdraw(hidden, by=make.reviewer(), reason="A drill.")
    assert again(LIST, own["ETag"], staff).status_code == 200
    assert "A hidden fire" not in get(LIST).content.decode()
    assert get(LIST)["ETag"] == open_to_all["ETag"]


def test_a_token_of_everybody_is_told_the_kept_answer_which_no_proxy_keeps() -> None:
    make.incident()
    _token, text = tokens.make(make.user("program", staff=True), "Program", Scope.PUBLIC, 30)
    open_to_all = get(LIST)

    told = get(LIST, headers={"authorization": f"Bearer {text}"})  # type: ignore[arg-type]

    assert told.content == open_to_all.content
    assert told["ETag"] == open_to_all["ETag"]
    assert told["Cache-Control"] == "private, no-store"


def test_refusals_and_what_is_gone_have_no_tag() -> None:
    edition = make.incident()
    url = f"{LIST}{Record.objects.get(pk=edition.record_id).public_id}/"
    held = get(url)["ETag"]
    review.withdraw(edition, by=make.reviewer(), reason="A drill.")

    gone, refused = again(url, held), get(f"{LIST}?colour=red")

    missing = again(f"{LIST}HTI-1999-00001/", "*")
    assert (gone.status_code, refused.status_code, missing.status_code) == (410, 400, 404)
    for answer in (gone, refused, missing):
        problem(answer)
        assert "ETag" not in answer
        assert "Cache-Control" not in answer
    with patch("incidents.api.views.answer", side_effect=RuntimeError), suppress(RuntimeError):
        get(COUNTS)
    assert get(COUNTS).status_code == 200


def test_what_is_long_is_made_each_time() -> None:
    make.incident()

    with patch.object(keeping, "MOST", 100):
        get(LIST)
        few = asked(lambda: get(LIST))

    assert few > 1


def test_who_ask_the_same_at_once_wait_for_one_answer() -> None:
    made: list[int] = []
    told: list[HttpResponse] = []

    def make_slowly() -> Response:
        made.append(1)
        time.sleep(0.3)
        return Response({"total": 1})

    def ask() -> None:
        request = Request(RequestFactory().get(COUNTS))
        told.append(kept._to_everybody(request, make_slowly))  # type: ignore[arg-type]

    with patch.object(keeping, "key", lambda *parts: "one"):
        threads = [threading.Thread(target=ask) for _n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(made) == 1
    assert {answer.content for answer in told} == {b'{"total":1}'}
    assert len(told) == 8


def test_who_waits_for_an_answer_that_fails_makes_it_themselves() -> None:
    first, failed = threading.Event(), []

    def fail() -> Response:
        first.set()
        time.sleep(0.2)
        raise RuntimeError

    def ask() -> None:
        try:
            kept._to_everybody(Request(RequestFactory().get(COUNTS)), fail)
        except RuntimeError:
            failed.append(1)

    with patch.object(keeping, "key", lambda *parts: "two"):
        thread = threading.Thread(target=ask)
        thread.start()
        first.wait()
        request = Request(RequestFactory().get(COUNTS))
        told: Any = kept._to_everybody(request, lambda: Response({"total": 2}))
        thread.join()

    assert failed == [1]
    assert told.content == b'{"total":2}'


def test_an_article_that_everybody_reads_changes_the_tag_with_its_words() -> None:
    article = make.article(marking="clear", title="Before")
    first = get(ARTICLES)
    assert "Before" in first.content.decode()

    article = Article.objects.get(pk=article.pk)
    article.title = "After"
    article.save()

    told = again(ARTICLES, first["ETag"])
    assert (told.status_code, "After" in told.content.decode()) == (200, True)


def test_what_becomes_stricter_after_it_was_withdrawn_is_kept_no_longer() -> None:
    with make.at(datetime(2024, 5, 1, tzinfo=UTC)):
        edition = make.incident("A fire in May")
    with make.at(datetime(2024, 5, 3, tzinfo=UTC)):
        review.withdraw(edition, by=make.reviewer(), reason="A drill.")
    reference = Record.objects.get(pk=edition.record_id).public_id
    urls = [f"{LIST}{reference}/{end}" for end in ("?as_of=2024-05-02", "editions/", "editions/1/")]
    held = {url: get(url)["ETag"] for url in urls}
    draft = review.revise(edition, by=make.user("writer"))
    draft.marking, draft.change_reason = "green", "correction"
    draft.save()

    make.publish(draft)

    assert {again(url, held[url]).status_code for url in urls} == {404}
    assert "A fire in May" not in get(f"{LIST}?as_of=2024-05-02").content.decode()
