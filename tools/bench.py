"""Time counts, lists and exports against their own SQL, on the starter data.

Each case is asked over Django's test client; the statements it ran are then run alone, in
turns with it. The ratio says what the product adds to its database; on a few hundred records
that is mostly fixed cost, which the difference in milliseconds shows.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9
CASES = (
    "/api/v1/counts/",
    "/api/v1/counts/?by=country",
    "/api/v1/counts/?by=event_type&interval=month",
    "/api/v1/counts/?by=attributed_to&interval=year",
    "/api/v1/counts/?by=country&by=sector&year=2024&assign=any",
    "/api/v1/counts/?by=region&attributed_to=RU",
    "/api/v1/incidents/?page_size=50",
    "/api/v1/incidents/?country=AL",
    "/api/v1/incidents.csv?series=all",
    "/api/v1/incidents.geojson?series=all",
)


def main() -> None:
    """Load the starter data into a file of its own and print one table."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
        _measure()


def _measure() -> None:
    import django  # noqa: PLC0415  settings need the environment first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, reset_queries  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_starter")
    client = Client(headers={"host": "localhost"})
    print(f"{connection.vendor}, medians of {ROUNDS}, milliseconds")  # noqa: T201
    print(f"{'HTTP':>8}{'SQL':>8}{'ratio':>7}{'queries':>9}  address")  # noqa: T201
    for address in CASES:

        def ask(address: str = address) -> None:
            response = client.get(address)
            if response.status_code != 200:
                sys.exit(f"{address} answered {response.status_code}")
            b"".join(response) if response.streaming else response.content

        reset_queries()  # the log is bounded
        with CaptureQueriesContext(connection) as captured:
            ask()
        statements = [q["sql"] for q in captured if q["sql"].startswith("SELECT")]

        def run(statements: list[str] = statements) -> None:
            with connection.connection.cursor() as cursor:  # the driver alone
                for statement in statements:
                    cursor.execute(statement)
                    cursor.fetchall()

        if connection.vendor == "sqlite":

            def run(statements: list[str] = statements) -> None:
                for statement in statements:
                    connection.connection.execute(statement).fetchall()

        over_http, alone = _in_turns(ask, run)
        print(  # noqa: T201
            f"{over_http:8.1f}{alone:8.1f}{over_http / alone:7.1f}{len(statements):9}  {address}"
        )


def _in_turns(*tasks: Callable[[], None]) -> list[float]:
    """Return the median time of each task in milliseconds, run in turns."""
    times: list[list[float]] = [[] for _task in tasks]
    for _round in range(ROUNDS):
        for task, taken in zip(tasks, times, strict=True):
            start = time.perf_counter()
            task()
            taken.append((time.perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


if __name__ == "__main__":
    main()
