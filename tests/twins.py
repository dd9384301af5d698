"""Two databases with the same public rows, one of them with hidden rows in between.

Whatever the public asks of the one and the other has to be answered alike. The suite asks a few
questions; `python -m tests.scratch twins --hidden 5000 --questions 2000` asks many.
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, cycle
from typing import Any, Final
from unittest import mock
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone

from articles.models import Publisher
from incidents import merging, review
from incidents.filters import DIMENSIONS
from incidents.models import Actor, Campaign, Comparison, Incident, MarkingChange
from tests import make, world
from tests.api.doors import COUNTS, COUNTS_CSV, LIST, QUESTIONS, content
from tests.incidents.test_properties import BOXES, CHOICES, DAYS, PERIODS
from tests.surfaces import OPEN

NOW: Final = datetime(2026, 11, 1, 12, tzinfo=UTC)
# What differs between any two answers or databases: tokens, signed addresses of pages, drawn keys
# of rows, hashes of the ledger, whose salts are drawn.
MASKED: Final = re.compile(
    rb"(?<=cursor=)[\w.%:-]+|\b[A-Za-z0-9]{64}\b|(?<=>)[0-9a-f]{16}(?=</code>)"
    rb"|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
)
# A tag follows from a stamp that is drawn with each move of the clock.
UNEQUAL: Final = ("Content-Length", "Expires", "Content-Security-Policy", "ETag")
Answers = dict[str, tuple[int, dict[str, str], bytes]]


def answers(hidden: int, addresses: list[str], pages: int, seed: int) -> Answers:
    """Write the public rows and `hidden` others, and return what the public is then told."""
    with (
        mock.patch.object(timezone, "now", return_value=NOW),
        mock.patch.object(make, "_numbers", count(1)),
    ):
        public = _public()
        between = _hidden(random.Random(seed))  # noqa: S311
        for number, event in enumerate(public):
            for _n in range(hidden // len(public) + (number < hidden % len(public))):
                next(between)
            world.write(event, None)
        return {**_told(addresses), **_crawled(pages)}


def _public() -> list[world.Event]:
    """Write the directories of the world of tests, and return its public events."""
    clear = [
        replace(event, texts=tuple(replace(text, marking="clear") for text in event.texts))
        for event in world.EVENTS
        if event.state == "published"
        and event.marking == "clear"
        and not (event.present or event.merged or event.until or event.after)
    ]
    for writer in world.WRITERS:
        make.user(writer, staff=True)
    for name in world.PUBLISHERS:
        make.publisher(name)
    for name, state in world.ACTORS.items():
        make.actor(name, state=state)
    for name in world.CAMPAIGNS:
        make.campaign(name)
    for name, into in world.MERGED.items():
        merging.merge(Actor.objects.get(slug=into), [make.actor(name)])
    return clear


def _hidden(draw: random.Random) -> Iterator[None]:
    """Write a hidden row each time, one kind after the other."""
    numbers = count(10**6)
    kinds = cycle(
        [_draft, _marked, _raised, _withdrawn, _revision, _entries, _rows_of_a_public_one]
    )
    for kind in kinds:
        with mock.patch.object(make, "_numbers", numbers):
            kind(draw)
        yield


def _event(draw: random.Random, **said: Any) -> Any:
    """Write an incident that would be in many answers, were it not hidden."""
    actor = draw.choice(Actor.objects.filter(merged_into=None).order_by("pk"))
    article = make.article(
        publisher=Publisher.objects.earliest("pk") if draw.random() < 0.5 else make.publisher(),
        language=draw.choice(("en", "pl", "mt")),
        published=f"20{draw.randint(19, 25)}",
        marking=draw.choice(("green", "amber", "red")),
    )
    made: Incident = make.incident(
        f"Hidden fire {draw.random()}",
        occurred=f"{draw.randint(2019, 2025)}-0{draw.randint(1, 9)}",
        event_type=draw.choice(("arson", "vandalism", "hack_leak")),
        country=draw.choice(("PL", "DE", "FI", "MT", "SE")),
        status=draw.choice(("confirmed", "suspected", "ruled_out")),
        severity=draw.choice((None, 1, 4)),
        campaign=draw.choice([Campaign.objects.earliest("pk"), make.campaign()]),
        claims=[{"state": draw.choice(("RU", "KP")), "actor": actor, "date": "2024-06-01"}],
        citations=[article],
        **said,
    )
    return made


def _draft(draw: random.Random) -> None:
    made = _event(draw, state=draw.choice(("draft", "in_review", "changes_requested")))
    review.comment(made, by=make.user("writer"), text="Look at this.")


def _marked(draw: random.Random) -> None:
    _event(draw, marking=draw.choice(("green", "amber", "amber_strict", "red")))


def _raised(draw: random.Random) -> None:
    make.marked(_event(draw, marking="green"), draw.choice(("amber", "red")))


def _withdrawn(draw: random.Random) -> None:
    review.withdraw(_event(draw, marking="amber"), by=make.reviewer(), reason="Hidden reason.")


def _revision(draw: random.Random) -> None:
    """Work on a record that is public."""
    public = _one_public(draw)
    if public is not None:
        _event(draw, state="draft", after=public)


def _rows_of_a_public_one(draw: random.Random) -> None:
    """Ask for another marking of what is public, and relate it to what is not."""
    public, other = _one_public(draw), _event(draw, state="draft")
    if public is not None:
        one, two = sorted((public.record, other.record), key=lambda record: record.pk)
        by = make.user("writer", staff=True)
        Comparison.objects.create(one=one, other=two, verdict="related", decided_by=by)
        if not MarkingChange.objects.filter(record=public.record).exists():
            MarkingChange.objects.create(
                record=public.record, before="clear", after="amber", reason="Why", asked_by=by
            )


def _entries(draw: random.Random) -> None:
    """Enter what nothing visible names."""
    make.user()
    make.actor(state=draw.choice(("RU", "")))
    make.rendition(make.figure(marking=draw.choice(("green", "red"))), make.article())


def _one_public(draw: random.Random) -> Any:
    published = Incident.objects.filter(state="published", effective_marking="clear")
    free = published.exclude(record__editions__state="draft")
    keys = list(free.order_by("pk").values_list("pk", flat=True))
    return Incident.objects.get(pk=draw.choice(keys)) if keys else None


def _crawled(pages: int) -> Answers:
    """Return what is told by pages that are linked from the overview on."""
    told: Answers = {}
    found = ["/"]
    for url in found:
        if len(told) == pages:
            break
        told |= _told([url])
        links = re.findall(r'href="(/[^"#]*)', told[url][2].decode())
        plain = dict.fromkeys(link.replace("&amp;", "&") for link in links)
        new = (link for link in plain if link not in found)
        found += [link for link in new if "cursor=" not in link and link[:8] != "/static/"]
    return told


def questions(number: int, seed: int) -> list[str]:
    """Draw questions to the API: filters, splits, order, sizes, words; some of them wrong."""
    draw = random.Random(seed)  # noqa: S311
    urls = []
    for _n in range(number):
        door = draw.choice(QUESTIONS)
        params: list[tuple[str, str]] = []
        for name in draw.sample(sorted(CHOICES), draw.randint(0, 3)):
            picked = draw.sample(CHOICES[name], draw.randint(1, 2))
            params += [(name, code) for code in picked]
        extra: list[tuple[str, str]] = [
            ("series", draw.choice(("all", "core"))),
            ("bbox", draw.choice(BOXES)),
            ("known_on", draw.choice(DAYS)),
            ("as_of", "2026-10-31"),
            ("q", draw.choice(("fire", "hidden", "cable"))),
            ("min_level", draw.choice("1234")),
            *((name, value[0]) for name, value in draw.choice(PERIODS).items()),
        ]
        params += draw.sample(extra, draw.randint(0, 3))
        if door in (COUNTS, COUNTS_CSV):
            params += [("by", name) for name in draw.sample(DIMENSIONS, draw.randint(0, 2))]
        elif door == LIST:
            params.append(("page_size", str(draw.choice((1, 5, 200)))))
        urls.append(f"{door}?{urlencode(params)}")
    return urls


def _told(urls: list[str]) -> Answers:
    """Return all that the public gets to see of each address, what has to differ masked."""
    client, found = Client(), {}
    for url in urls:
        response: Any = client.get(url)
        body = MASKED.sub(b"*", content(response))
        headers = {name: value for name, value in response.items() if name not in UNEQUAL}
        found[url] = (response.status_code, headers, body)
    return found


def differences(hidden: int, addresses: list[str], pages: int, seed: int = 1) -> list[str]:
    """Return the addresses at which the twins answer differently."""
    told = []
    for rows in (0, hidden):
        with transaction.atomic():
            told.append(answers(rows, addresses, pages, seed))
            transaction.set_rollback(True)
    alone, beside = told
    return [
        url for url in sorted(alone.keys() | beside.keys()) if alone.get(url) != beside.get(url)
    ]


def main(arguments: list[str]) -> int:
    """Compare, and say what was found."""
    logging.disable()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hidden", type=int, default=5_000, help="how many hidden rows")
    parser.add_argument("--questions", type=int, default=2_000, help="how many questions")
    parser.add_argument("--pages", type=int, default=200, help="how many linked pages")
    options = parser.parse_args(arguments)
    setup_test_environment()
    started = time.monotonic()
    addresses = [*(url for urls in OPEN.values() for url in urls), *questions(options.questions, 1)]
    differ = differences(options.hidden, addresses, options.pages)
    seconds = time.monotonic() - started
    many = len(set(addresses)) + options.pages
    print(f"{connection.vendor}: {many} addresses in {seconds:.0f} s, {len(differ)} differ")  # noqa: T201
    for url in differ[:20]:
        print(url)  # noqa: T201
    return 1 if differ else 0
