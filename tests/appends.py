"""Append to the ledger from several processes at once, then verify it: no alarm may be raised.

`python -m tests.appends --count 10000` takes a SQLite file of its own, or makes a database on the
PostgreSQL server of DATABASE_URL. The suite runs it with a smaller number.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = 4


def main() -> int:
    """Append, verify, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many entries")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)):
        started = time.monotonic()
        keys = _records()
        share = count // WORKERS
        _work_at_once(keys, share)
        seconds = time.monotonic() - started
        return _verified(WORKERS + share * WORKERS, seconds)


@contextmanager
def _database(folder: Path) -> Iterator[None]:
    """Make a database that is gone afterwards, with an anchor file beside it."""
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'appends.sqlite3'}")
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= {"LEDGER_ANCHOR": str(folder / "ledger.anchor")}
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    import django  # noqa: PLC0415  settings need the environment first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        yield
        return
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _records() -> list[int]:
    """Publish a record for each worker, one of them not for everybody."""
    from tests import make  # noqa: PLC0415

    make.reviewer()
    return [make.incident(marking="clear" if n else "green").record_id for n in range(WORKERS)]


def _work_at_once(keys: list[int], share: int) -> None:
    from django.db import connections  # noqa: PLC0415

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
    from articles.codebook import Marking  # noqa: PLC0415
    from incidents import markings  # noqa: PLC0415
    from incidents.models import Record  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    record, writer, second = Record.objects.get(pk=key), make.user("writer"), make.reviewer()
    loose = Marking(record.marking)
    for n in range(share):
        to = loose if n % 2 else Marking.AMBER
        asked = markings.change(record, to, by=writer, reason=f"Change {n}.")
        if asked.granted is None:
            markings.decide(asked, by=second, granted=True)


def _verified(count: int, seconds: float) -> int:
    from django.db import connection  # noqa: PLC0415

    from incidents.verification import verify  # noqa: PLC0415

    report = verify()
    print(  # noqa: T201
        f"{connection.vendor}: {report.entries} in {seconds:.0f} s from {WORKERS} processes, "
        f"{len(report.faults)} faults, {len(report.warnings)} warnings"
    )
    for line in [*report.faults[:20], *report.warnings]:
        print(line)  # noqa: T201
    whole = report.entries["staff"] == count and not (report.faults or report.warnings)
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
