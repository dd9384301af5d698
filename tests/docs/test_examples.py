"""Every example in the documents runs, and answers what the document shows."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.tables.columns import parted
from tests.databases import TRIAL, filled, password, shared_folder
from tests.docs.examples import ROOT, TOOLS, Example, examples

WRITTEN_FOR = "http://127.0.0.1:8000"
PATIENCE = 180


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def answers(address: str) -> bool:
    """Tell whether the site at `address` is up."""
    try:
        with urlopen(f"{address}/healthz/", timeout=5) as response:  # noqa: S310
            return bool(response.status == 200)
    except URLError:
        return False


@pytest.fixture
def site(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the starter data as `make run` does a second time, from a database of its own."""
    shared = shared_folder(tmp_path_factory)
    shutil.copyfile(filled(shared, (TRIAL,), password(shared)), tmp_path / "site.sqlite3")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {
        "DEBUG": "1",
        "DEMO": "1",
        "SITE_URL": address,
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
    }
    log = tmp_path / "site.log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        # The port is taken before the data is looked at, so an early question waits or fails.
        deadline = time.monotonic() + PATIENCE
        while "HTI is at" not in log.read_text(encoding="utf-8") or not answers(address):
            told = log.read_text(encoding="utf-8")
            assert process.poll() is None, told
            assert time.monotonic() < deadline, told
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def command(example: Example) -> list[str]:
    """Return how to run an example."""
    if example.language == "python":
        return [sys.executable, "-"]
    if example.language == "bash":
        return [shutil.which("bash") or "bash", "-eu"]
    return [shutil.which(TOOLS[example.language]) or TOOLS[example.language], "-"]


def lacking(example: Example) -> list[str]:
    """Return what an example needs that is not on this machine."""
    tool = TOOLS[example.language]
    here: dict[str, Callable[[str], object]] = {
        "bash": shutil.which,
        "python": importlib.util.find_spec,
        "r": has_r_package,
    }
    if example.language != "python" and shutil.which(tool) is None:
        return [tool]
    return [name for name in example.needs if not here[example.language](name)]


def has_r_package(name: str) -> bool:
    """Tell whether R has a package."""
    asked = f'quit(status = !requireNamespace("{name}", quietly = TRUE))'
    ran = subprocess.run(  # noqa: S603
        [shutil.which("Rscript") or "Rscript", "-e", asked], capture_output=True, check=False
    )
    return ran.returncode == 0


# Starting the site takes longer than all examples, so they share one.
@pytest.mark.slow
def test_every_example_answers_what_the_document_shows(
    site: str, subtests: pytest.Subtests
) -> None:
    for example in examples():
        with subtests.test(example.name):
            if missing := lacking(example):
                pytest.skip(f"{', '.join(missing)}: not on this machine")

            ran = subprocess.run(  # noqa: S603
                command(example),
                input=example.code.replace(WRITTEN_FOR, site),
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )

            assert ran.returncode == 0, ran.stderr
            shown = ran.stdout.replace(site, WRITTEN_FOR).replace("\r\n", "\n")
            assert shown.strip(), ran.stderr
            if example.output is not None:
                assert shown == example.output


def test_there_is_a_recipe_for_each_tool_that_is_named() -> None:
    needed = {name for example in examples() for name in example.needs}

    assert needed == {"pandas", "jsonlite", "ogrinfo"}
    assert {example.language for example in examples()} == set(TOOLS)


@given(texts=st.lists(st.text(alphabet="a; \\\n", min_size=1), max_size=4))
def test_the_recipe_for_joined_cells_gives_back_what_was_joined(texts: list[str]) -> None:
    example = next(example for example in examples() if "def parted" in example.code)
    function = re.search(r"^def parted.*?(?=^\S)(?!def)", example.code, re.MULTILINE | re.DOTALL)
    assert function
    known: dict[str, Any] = {"re": re}
    exec(function[0], known)  # noqa: S102

    cell = "; ".join(text.replace("\\", "\\\\").replace("; ", "\\; ") for text in texts)

    assert known["parted"](cell) == texts == parted(cell)


def test_the_documents_show_the_numbers_that_the_project_stands_for() -> None:
    shown = "".join(example.output or "" for example in examples())

    for number in ("207", "73", "47", "55"):
        assert number in shown
