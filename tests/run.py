"""Run the suite on SQLite, then on PostgreSQL, and say loudly what could not be run."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.chromium import chromium  # noqa: E402  the root is on the path only now

SERVERS = (
    "postgresql:///postgres",
    "postgresql:///postgres?host=/var/run/postgresql",
    "postgresql://127.0.0.1:5432/postgres",
    "postgresql://postgres@127.0.0.1:5432/postgres",
)
NOTHING_SELECTED = 5
# As many tests at once as there are cores, those of a file in one process, so that what a module
# builds is built once, and in the order of `tests/conftest.py`; the slowest are named at the end.
EVERYWHERE = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "--durations", "20")
# Not those of whoever runs the tests. Without compiled files each of the processes compiles all
# modules and rewrites all assertions anew, which is half of what collecting the tests costs.
NOT_HANDED_ON = frozenset({"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"})
# What asks no database answers the same beside each, and browsers are served from SQLite. Tests
# that are marked `once` look at what is made of answers; other tests ask both databases for these.
ON_A_SERVER = "database and not browser and not once"


def may_create(url: str) -> bool:
    """Say whether a server answers at `url` and lets us make databases."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    return bool(row and row[0])


def postgresql() -> str | None:
    """Return the address of a PostgreSQL server to test on, as the environment says or as found."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        if not may_create(given):
            raise SystemExit(
                "TEST_DATABASE_URL: no server answers there that lets us make databases."
            )
        return given
    return next((url for url in SERVERS if may_create(url)), None)


def not_durable(url: str) -> str:
    """Return the address of a server with commits that need not survive a loss of power.

    Django's own options hide those of PGOPTIONS.
    """
    if "options=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}options=-c%20synchronous_commit%3Doff"


def banner(*lines: str) -> None:
    """Print what nobody should overlook."""
    width = max(map(len, lines)) + 4
    print("\n" + "!" * width)  # noqa: T201
    for line in lines:
        print(f"! {line:<{width - 4}} !")  # noqa: T201
    print("!" * width + "\n", flush=True)  # noqa: T201


def run(name: str, environment: dict[str, str], *arguments: str) -> tuple[str, int, float]:
    """Run pytest once; return its name, exit code and seconds."""
    print(f"\n== {name} ==", flush=True)  # noqa: T201
    started = time.monotonic()
    clean = {key: value for key, value in os.environ.items() if key not in NOT_HANDED_ON}
    code = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pytest", *EVERYWHERE, *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        check=False,
    ).returncode
    return name, code, time.monotonic() - started


def main() -> int:
    """Run what this machine can run; where CI=true, what it cannot run is a failure."""
    extra = sys.argv[1:]
    server = postgresql()
    missing = []
    if server is None:
        missing.append("PostgreSQL was not reachable: ONLY SQLITE IS TESTED.")
    if chromium() is None:
        missing.append("Chromium was not found: NO BROWSER TEST IS RUN.")
    if missing:
        banner(*missing)
        if os.environ.get("CI") == "true":
            return 1
    runs = [run("SQLite", {}, *extra)]
    if server is not None:
        environment = {"DATABASE_URL": not_durable(server)}
        runs.append(run("PostgreSQL", environment, "-m", ON_A_SERVER, *extra))
    if missing:
        banner(*missing)
    for name, code, seconds in runs:
        verdict = {0: "passed", NOTHING_SELECTED: "no test selected"}.get(code, "FAILED")
        print(f"{name}: {verdict} in {seconds:.0f} s")  # noqa: T201
    if len(runs) > 1:
        print("What asks no database, runs in a browser or is marked once ran on SQLite alone.")  # noqa: T201
    codes = {code for _, code, _ in runs}
    if codes == {NOTHING_SELECTED}:
        return NOTHING_SELECTED
    return 1 if codes - {0, NOTHING_SELECTED} else 0


if __name__ == "__main__":
    sys.exit(main())
