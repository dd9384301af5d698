"""Looking again whether articles are still there, politely, and keeping what has changed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from . import capturing
from .canonical import domain
from .codebook import CaptureWay, CheckOutcome, Marking, Verdict
from .fetching import Answer, Unreachable, fetch
from .models import Article, Capture, Check

OK: Final = 200
GONE: Final = (404, 410, 451)


def due(before: datetime) -> list[Article]:
    """Return the articles that were fetched once and not looked at since, the oldest look first.

    Only those whose site may see it unasked: CLEAR and GREEN. Their texts, which may be many, are
    left where they are.
    """
    looked = Max("checks__at")
    rows = (
        Article.objects.filter(
            marking__in=(Marking.CLEAR, Marking.GREEN), captures__way=CaptureWay.FETCHED
        )
        .annotate(captured=Max("captures__at"), looked=looked)
        .filter(Q(looked=None) | Q(looked__lt=before), captured__lt=before)
        .order_by(F("looked").asc(nulls_first=True), "pk")
        .defer("text")
    )
    return list(rows)


def still(article: Article) -> Article | None:
    """Return an article as it is now, unless it is gone or its site may not see it unasked.

    A run takes long: meanwhile one may have been purged, or its marking raised.
    """
    present: Article | None = Article.objects.filter(pk=article.pk).first()
    return present if present and capturing.unasked(present) else None


def check(article: Article, *, fetch: capturing.Fetch = fetch) -> Check:
    """Look at one article again, and keep the answer where it is not what is kept already.

    An article that is gone is marked as dead since today; one that is back is not any more.
    """
    try:
        looked = capturing.look(article, fetch=fetch)
    except ValidationError:
        return _written(article, CheckOutcome.UNREACHED, None)
    before = article.captures.filter(verdict=Verdict.ARTICLE).exclude(text="").first()
    gone = looked.answer.status in GONE or looked.reading.verdict == Verdict.ERROR_PAGE
    with transaction.atomic():
        if not gone and before and before.text == looked.reading.text:
            return _written(article, CheckOutcome.UNCHANGED, None)
        capture = capturing.keep(article, looked, by=None)
        return _written(article, CheckOutcome.GONE if gone else CheckOutcome.CHANGED, capture)


@transaction.atomic
def _written(article: Article, outcome: CheckOutcome, capture: Capture | None) -> Check:
    """Keep what a look found, and whether the article answers."""
    answers = outcome in (CheckOutcome.UNCHANGED, CheckOutcome.CHANGED)
    present = Article.objects.select_for_update().get(pk=article.pk)
    if answers and present.dead_since:
        present.dead_since = None
        present.save(update_fields=["dead_since"])
    if outcome == CheckOutcome.GONE and not present.dead_since:
        present.dead_since = timezone.localdate()
        present.save(update_fields=["dead_since"])
    return Check.objects.create(
        article=present, at=timezone.now(), outcome=outcome, capture=capture
    )


@dataclass(slots=True)
class Pace:
    """Lets a host be asked once in so many seconds."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def ordered(self, articles: list[Article]) -> Iterator[Article]:
        """Yield articles, each when its host may be asked; the others meanwhile."""
        waiting: dict[str, deque[tuple[int, Article]]] = {}
        for number, article in enumerate(articles):
            waiting.setdefault(domain(article.url), deque()).append((number, article))
        # For each host when it may be asked, and the number of the article that it is asked for.
        hosts = [(0.0, queue[0][0], host) for host, queue in waiting.items()]
        while hosts:
            free_at, _number, host = heappop(hosts)
            wait = free_at - self.clock()
            if wait > 0:
                self.sleep(wait)
            queue = waiting[host]
            yield queue.popleft()[1]
            if queue:
                heappush(hosts, (self.clock() + self.seconds, queue[0][0], host))


class Robots:
    """What the sites' robots.txt lets somebody fetch, asked once for each host."""

    def __init__(self, agent: str, *, fetch: Callable[[str], Answer] = fetch) -> None:
        self.agent, self.fetch = agent, fetch
        self.rules: dict[str, RobotFileParser] = {}

    def allow(self, url: str) -> bool:
        """Tell whether a page may be fetched; a site without rules allows it."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self.rules:
            self.rules[root] = self._read(f"{root}/robots.txt")
        return self.rules[root].can_fetch(self.agent, url)

    def _read(self, url: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            answer = self.fetch(url)
            told = answer.body.decode("utf-8", "replace") if answer.status == OK else ""
        except Unreachable:
            told = ""
        rules.parse(told.splitlines())
        return rules


def long_ago(days: int) -> datetime:
    """Return the moment so many days ago."""
    return timezone.now() - timedelta(days=days)
