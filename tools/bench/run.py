"""Measure one database: a child process of the bench, as settings hold for one database each."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import Any, Final
from urllib.parse import quote

from . import cases, peers
from .databases import ROOT
from .site import Server, served, waitress
from .table import Line, asked, verdict

MARK: Final = "LINE "
ROUNDS, FEW = 7, 3
# A group that takes longer than this for one round is run fewer times, and the table says so.
LONG: Final = 60
WARM: Final = "/api/v1/incidents.csv?year=1990"


class Bench:
    """One database with its servers, and what they were asked."""

    def __init__(self, kind: str, size: int, stack: ExitStack, *, with_peers: bool) -> None:
        self.kind, self.size = kind, size
        self.site = stack.enter_context(served(waitress("config.wsgi:application")))
        # What a process loads with its first request is not what is measured.
        self.site.get(WARM)
        self.stock: Server | None = None
        self.datasette: Server | None = None
        file = ROOT / os.environ["DATABASE_URL"].removeprefix("sqlite:///")
        if with_peers:
            stock = waitress("tools.bench.stock:application")
            self.stock = stack.enter_context(served(stock))
        if kind == "sqlite" and with_peers and (command := peers.datasette(file)):
            self.datasette = stack.enter_context(served(command))
        self.words = cases.SPOKEN[kind] | _facts(size) | {"file": quote(file.stem)}
        self.words["country"] = quote(self.spoken(cases.COUNTRY))
        self.grown: dict[str, float] = {}

    def spoken(self, text: str) -> str:
        """Return an address or SQL with what depends on the database."""
        return re.sub(r"\{(\w+)\}", lambda found: self.words[found[1]], text)

    def measure(self, group: cases.Group) -> list[Line]:
        """Run the tasks of a group in turns; return what is to be told of them."""
        goals = [goal for goal in group.goals if self._told(goal)]
        told = {name for goal in goals for name in (goal.ours, goal.limit)}
        needed = [task for task in group.tasks if task.name in told]
        tasks = {task.name: run for task in needed if (run := self._task(task))}
        self.grown = {}
        began = time.monotonic()
        for name in list(tasks):  # once to warm up, which also tells how long it takes
            try:
                tasks[name]()
            except http.client.HTTPException as error:
                print(f"{group.name}, {name}: {error}", file=sys.stderr)  # noqa: T201
                del tasks[name]
        rounds = ROUNDS if time.monotonic() - began < LONG else FEW
        if group.same and set(group.same) <= set(tasks):
            self._compare(group, *group.same)
        times: dict[str, list[float]] = {name: [] for name in tasks}
        for _round in range(rounds):
            for name, run in tasks.items():
                times[name].append(run())
        took = {name: statistics.median(taken) * 1000 for name, taken in times.items()}
        return [self._line(group, goal, took, rounds) for goal in goals]

    def _told(self, goal: cases.Goal) -> bool:
        """Tell whether a goal says something of this kind of database."""
        kinds = {**(goal.at_most or {}), **(goal.at_least or {})}
        lite = "Datasette" in goal.limit
        return (not kinds or self.kind in kinds) and (self.kind == "sqlite" or not lite)

    def _line(
        self, group: cases.Group, goal: cases.Goal, took: dict[str, float], rounds: int
    ) -> Line:
        line = Line(
            database=self.kind,
            size=self.size,
            group=group.name,
            goal=goal.number,
            ours=goal.ours,
            limit=self.spoken(goal.limit),
            took=took.get(goal.ours),
            limit_took=took.get(goal.limit),
            rounds=rounds,
            asks=asked(goal, self.kind, self.size),
            verdict="not run",
        )
        if line.took is None or line.limit_took is None:
            return line
        both, grown = (line.took, line.limit_took), self.grown[goal.ours]
        return replace(line, verdict=verdict(goal, self.kind, self.size, *both, grown))

    def _task(self, task: cases.Task) -> Callable[[], float] | None:
        """Return what runs a task and says how many seconds it took."""
        what = self.spoken(task.what)
        if task.kind in ("site", "cached"):
            return lambda: self._site(task.name, what, cached=task.kind == "cached")
        if task.kind == "own":
            statements = _statements(what)
            return lambda: _timed(lambda: _run(statements))
        if task.kind == "sql":
            return lambda: _timed(lambda: _run([what]))
        if task.kind == "command":
            command = _command(self.kind, what)
            return lambda: _timed(lambda: _quietly(command))
        server = self.stock if task.kind == "stock" else self.datasette
        if server is None:
            return None
        return lambda: _timed(lambda: server.get(what, keep=False))

    def _site(self, name: str, address: str, *, cached: bool) -> float:
        """Ask the site; unless `cached`, as the first one after something changed."""
        from incidents.services import move_clocks  # noqa: PLC0415  needs the settings

        if cached:
            self.site.get(address, keep=False)
        else:
            move_clocks(public=True)
        self.site.forget_peak()
        before = self.site.memory()
        took = _timed(lambda: self.site.get(address, keep=False))
        grown = (self.site.memory("VmHWM") - before) / 1024
        self.grown[name] = max(self.grown.get(name, 0), grown)
        return took

    def _compare(self, group: cases.Group, ours: str, by_hand: str) -> None:
        """Refuse to measure two counts that differ, or an answer that is not of this moment."""
        what = {task.name: self.spoken(task.what) for task in group.tasks}
        answer = json.loads(self.site.get(what[ours]))
        cells = [cell for cell in answer["cells"] if "none" not in cell["key"].values()]
        largest = max(cell["low"] for cell in cells)
        found = max(row[-1] for row in _run([what[by_hand]])[-1])
        if largest != found:
            sys.exit(f"{what[ours]}: {largest} over HTTP, {found} by hand.")
        from incidents import versions  # noqa: PLC0415  needs the settings

        if answer["public_version"] != versions.of_public().version:
            sys.exit(f"{what[ours]} was answered from before the last change.")


def _facts(size: int) -> dict[str, str]:
    """Return what addresses name of a database: where its middle is, common and rare words."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415
    from django.http import QueryDict  # noqa: PLC0415

    from incidents import pages  # noqa: PLC0415
    from incidents.filters import LISTED, ask  # noqa: PLC0415

    asked_for = ask(QueryDict(), AnonymousUser(), frozenset(LISTED))
    rows = pages.ordered(asked_for).select_related("record")
    half = rows.count() // 2
    row: Any = rows[half]
    cursor = pages.cursor_at(asked_for.values["order"], row, backwards=False)
    titles = rows.values_list("title", flat=True)[:2000]
    names = Counter(re.findall(r"the (\w+)", " ".join(titles)))
    return {
        "halfway": quote(cursor),
        "halfway_page": str(half // 50),
        "common_word": "police",
        "rare_word": quote(min(sorted(names), key=lambda name: names[name])),
    }


def _statements(address: str) -> list[str]:
    """Return the SELECTs that an address of the site runs."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as captured:
        response: Any = Client(headers={"host": "127.0.0.1"}).get(address, secure=True)
    if response.status_code != 200:
        sys.exit(f"{address} answered {response.status_code}")
    return [q["sql"] for q in captured if q["sql"].startswith(("SELECT", "WITH"))]


def _run(statements: list[str]) -> list[Any]:
    """Run statements on the driver alone; return their rows."""
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    cursor = connection.connection.cursor()
    rows = []
    for statement in statements:
        cursor.execute(statement)
        rows.append(cursor.fetchall())
    cursor.close()
    return rows


def _command(kind: str, statement: str) -> list[str]:
    """Return the command by which a database's own program writes a SELECT as CSV."""
    url = os.environ["DATABASE_URL"]
    if kind == "sqlite":
        file = ROOT / url.removeprefix("sqlite:///")
        return ["sqlite3", "-readonly", "-csv", "-header", str(file), statement]
    return ["psql", "-d", url, "-c", f"\\copy ({statement}) TO STDOUT CSV HEADER"]


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  fixed words


def _timed(run: Callable[[], Any]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def main() -> None:
    """Measure the groups whose names hold one of some words; write each line as JSON."""
    kind, size, words, rest = sys.argv[1], int(sys.argv[2]), sys.argv[3].split("|"), sys.argv[4:]
    import django  # noqa: PLC0415

    django.setup()
    # Whoever ends this process ends its servers with it.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(1))
    with ExitStack() as stack:
        bench = Bench(kind, size, stack, with_peers="--no-peers" not in rest)
        for group in cases.GROUPS:
            named = any(word in group.name for word in words)
            if named and (kind == "sqlite" or group.name != "Datasette"):
                for line in bench.measure(group):
                    print(MARK + json.dumps(asdict(line)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
