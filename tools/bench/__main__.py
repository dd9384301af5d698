"""Measure what users wait for, and print one table."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys

from .databases import ROOT, database, settings
from .run import MARK
from .table import HEAD, Line, growth, shown


def main() -> None:
    """Load what is not there, measure one database after the other, and tell."""
    options = _options()
    lines: list[Line] = []
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"Load of the machine before: {load} on {os.cpu_count()} cores")  # noqa: T201
    for kind in options.database:
        for size in options.size:
            url = database(kind, size)
            print(f"\n{kind}, {size:,} records\n{HEAD}")  # noqa: T201
            lines += _measured(kind, size, url, options)
    if told := growth(lines):
        print("\nGrowth", *told, sep="\n")  # noqa: T201
    missed = [line for line in lines if line.verdict.startswith("misses")]
    print(f"\n{len(missed)} goals are missed.")  # noqa: T201


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", type=int, action="append", help="10000, 100000, 1000000")
    parser.add_argument("--database", action="append", choices=("sqlite", "postgresql"))
    parser.add_argument("--only", action="append", help="groups whose names hold this word")
    parser.add_argument("--no-peers", action="store_true", help="ours and limits only")
    options = parser.parse_args()
    options.size = sorted(options.size or [10_000, 100_000])
    there = ["postgresql"] if "BENCH_POSTGRES" in os.environ else []
    options.database = options.database or ["sqlite", *there]
    if "postgresql" in options.database and not there:
        parser.error("BENCH_POSTGRES says where PostgreSQL is, such as postgres:///")
    return options


def _measured(kind: str, size: int, url: str, options: argparse.Namespace) -> list[Line]:
    """Have a process of its own measure a database; print its lines as they come."""
    command = [
        sys.executable,
        "-m",
        "tools.bench.run",
        kind,
        str(size),
        "|".join(options.only or [""]),
    ]
    lines = []
    with subprocess.Popen(  # noqa: S603  this package
        [*command, *(["--no-peers"] if options.no_peers else [])],
        cwd=ROOT,
        env=os.environ | settings(url),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for said in process.stdout or ():
            if said.startswith(MARK):
                lines.append(Line(**json.loads(said.removeprefix(MARK))))
                print(shown(lines[-1]), flush=True)  # noqa: T201
    if process.returncode:
        sys.exit(process.returncode)
    return lines


if __name__ == "__main__":
    main()
