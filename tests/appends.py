"""Append to the ledger from several processes at once, then verify it: no alarm may be raised.

`python -m tests.scratch appends --count 10000`; the suite runs it with a smaller number.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time

from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections, transaction

from articles.codebook import Marking
from incidents import markings
from incidents.models import Record
from incidents.verification import verify
from tests import make

WORKERS = 4


def main(arguments: list[str]) -> int:
    """Append, verify, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many entries")
    count = parser.parse_args(arguments).count
    started = time.monotonic()
    keys = _records()
    share = count // WORKERS
    _work_at_once(keys, share)
    seconds = time.monotonic() - started
    return _verified(WORKERS + share * WORKERS, seconds)


def _records() -> list[int]:
    """Publish a record for each worker, one of them not for everybody."""
    make.reviewer()
    return [make.incident(marking="clear" if n else "green").record_id for n in range(WORKERS)]


def _work_at_once(keys: list[int], share: int) -> None:
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_append, args=(key, share)) for key in keys]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failed := [worker.exitcode for worker in workers if worker.exitcode]:
        sys.exit(f"{len(failed)} workers failed.")


def _append(key: int, share: int) -> None:
    """Make a record stricter and less strict again and again; each is an entry."""
    # What would make them writes, and is refused where the others keep the file for too long.
    writer, second = (User.objects.get(username=name) for name in ("writer", "second"))
    record = Record.objects.get(pk=key)
    loose = Marking(record.marking)
    for n in range(share):
        _until_it_is_let_in(record, loose if n % 2 else Marking.AMBER, n, writer, second)


def _until_it_is_let_in(record: Record, to: Marking, n: int, writer: User, second: User) -> None:
    """Change a marking; a writer whom SQLite refuses after waiting for the others tries again."""
    for _patience in range(60):
        try:
            with transaction.atomic():
                asked = markings.change(record, to, by=writer, reason=f"Change {n}.")
                if asked.granted is None:
                    markings.decide(asked, by=second, granted=True)
            return
        except OperationalError:
            record.refresh_from_db()
    raise TimeoutError(f"Change {n} was never let in.")


def _verified(count: int, seconds: float) -> int:
    report = verify()
    print(  # noqa: T201
        f"{connection.vendor}: {report.entries} in {seconds:.0f} s from {WORKERS} processes, "
        f"{len(report.faults)} faults, {len(report.warnings)} warnings"
    )
    for line in [*report.faults[:20], *report.warnings]:
        print(line)  # noqa: T201
    whole = report.entries["staff"] == count and not (report.faults or report.warnings)
    return 0 if whole else 1
