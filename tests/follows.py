"""Follow the changes while several processes write: each copy has to end with what may be read.

`python -m tests.scratch follows --count 1000`; the suite runs it with a smaller number.
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any, Final
from unittest.mock import patch

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, connections, transaction
from django.test import Client

from articles.codebook import Marking
from articles.models import Organisation
from incidents import joining, markings, purging, review
from incidents.codebook import State
from incidents.models import Incident, Record
from tests import make
from tests.copies import Copy, present

WORKERS: Final = 4
FIRST: Final = 12
MARKINGS: Final = (*Marking, Marking.CLEAR, Marking.CLEAR)
Draw = random.Random


def main(arguments: list[str]) -> int:
    """Write and follow, and say whether each copy is what may be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many writes")
    parser.add_argument("--seed", type=int, default=1, help="how they are drawn")
    said = parser.parse_args(arguments)
    settings.ALLOWED_HOSTS = ["testserver"]
    logging.disable()
    started = time.monotonic()
    copies = _copies()
    for copy in copies.values():
        copy.make()
    rounds = _follow_while_they_write(list(copies.values()), said.count, said.seed)
    seconds = time.monotonic() - started
    wrong = {}
    for name, copy in copies.items():
        copy.follow()
        there = present(copy.client)
        if copy.kept != there:
            wrong[name] = sorted(set(copy.kept.items()) ^ set(there.items()))
    told = ", ".join(f"{name} keeps {len(copy.kept)}" for name, copy in copies.items())
    failed = dict(sum((copy.failed for copy in copies.values()), Counter()))
    print(  # noqa: T201
        f"{connection.vendor}: {said.count} writes by {WORKERS} processes in {seconds:.0f} s, "
        f"followed in {rounds} rounds; {told}; asked again "
        f"after: {failed or 'nothing'}; wrong: {wrong or 'none'}"
    )
    return 1 if wrong else 0


def _copies() -> dict[str, Copy]:
    """Publish some records, and return an empty copy for each kind of reader."""
    make.user("writer", staff=True)
    make.reviewer()
    partner, analyst = make.user("partner"), make.user("analyst", staff=True)
    house = Organisation.objects.create(name="Partners", slug="partners")
    make.join(partner, house)
    for n in range(FIRST):
        made = make.incident(marking=list(Marking)[n % len(Marking)])
        if n < FIRST // 2:
            made.record.shared_with.add(house)
            made.record.readers.add(partner, analyst)
    copies = {"anonymous": Copy(Client(raise_request_exception=False), 7)}
    for user in (partner, analyst):
        client = Client(raise_request_exception=False)
        client.force_login(user)
        copies[user.username] = Copy(client, 7)
    return copies


def _follow_while_they_write(copies: list[Copy], writes: int, seed: int) -> int:
    """Return how often the copies were brought up to date while others wrote."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    workers = [
        fork.Process(target=_write, args=(n, writes // WORKERS, seed)) for n in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    rounds = 0
    while any(worker.is_alive() for worker in workers):
        for copy in copies:
            copy.follow()
        rounds += 1
        workers[rounds % WORKERS].join(1)
    if failed := [worker.exitcode for worker in workers if worker.exitcode]:
        sys.exit(f"{len(failed)} workers failed.")
    return rounds


def _write(worker: int, writes: int, seed: int) -> None:
    """Do what is drawn until so much of it was let in."""
    draw = Draw(seed * WORKERS + worker)
    done: Counter[str] = Counter()
    with patch.object(make, "_numbers", count(10**6 * (worker + 1))):
        for _patience in range(writes * 50):
            if done.total() == writes:
                break
            act = draw.choices(list(ACTS), list(ACTS.values()))[0]
            try:
                with transaction.atomic():
                    act(draw)
            except (ValidationError, OperationalError):
                continue
            done[act.__name__] += 1
    if done.total() < writes or (writes > len(ACTS) * 20 and len(done) < len(ACTS)):
        sys.exit(f"Too little was let in: {done}")


def _edition(draw: Draw, **said: Any) -> Incident:
    """Return any edition of a kind, and refuse where there is none."""
    keys = list(Incident.objects.filter(**said).values_list("pk", flat=True))
    if not keys:
        raise ValidationError("There is none.")
    return Incident.objects.select_related("record").get(pk=draw.choice(keys))


def _published(draw: Draw) -> None:
    make.incident(marking=draw.choice(MARKINGS))


def _drafted(draw: Draw) -> None:
    make.incident(marking=draw.choice(MARKINGS), state=draw.choice(("draft", "in_review")))


def _revised(draw: Draw) -> None:
    state = draw.choice((State.PUBLISHED, State.PUBLISHED, State.WITHDRAWN))
    draft = review.revise(_edition(draw, state=state, merged=False), by=make.user("writer"))
    draft.change_reason, draft.marking = "correction", draw.choice(MARKINGS)
    draft.save()
    make.publish(draft)


def _withdrawn(draw: Draw) -> None:
    edition = _edition(draw, state=State.PUBLISHED)
    review.withdraw(edition, by=make.reviewer(), reason="It was a drill.")


def _merged(draw: Draw) -> None:
    one, other = (_edition(draw, state=State.PUBLISHED).record for _n in range(2))
    make.publish(joining.join(one, other, by=make.user("writer")))


def _unmerged(draw: Draw) -> None:
    record = _edition(draw, merged=True, record__purged_at=None).record
    joining.take_apart(record, by=make.reviewer(), reason="They are two.")


def _marked(draw: Draw) -> None:
    record, to = _edition(draw, state=State.PUBLISHED).record, draw.choice(MARKINGS)
    asked = markings.change(record, to, by=make.user("writer"), reason="Found out.")
    if asked.granted is None:
        markings.decide(asked, by=make.reviewer(), granted=True)


def _purged(draw: Draw) -> None:
    keys = list(Record.objects.filter(purged_at=None).values_list("provisional", flat=True))
    purging.purge(draw.choice(keys), reason="By law.", by=make.reviewer())


ACTS: Final[dict[Callable[[Draw], None], int]] = {
    _published: 6,
    _drafted: 1,
    _revised: 6,
    _withdrawn: 2,
    _merged: 3,
    _unmerged: 4,
    _marked: 6,
    _purged: 1,
}
