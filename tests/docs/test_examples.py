"""Every example in the documents runs, and answers what the document shows."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

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
def site(tmp_path: Path) -> Iterator[str]:
    """Serve the starter data as `make run` does, from a database of its own."""
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
        # The port is taken before the data is loaded, so an early question waits or fails.
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


def command(example: Example) -> list[str] | None:
    """Return how to run an example, or None where its tool is not on this machine."""
    if example.language == "python":
        return [sys.executable, "-"]
    tool = shutil.which(TOOLS[example.language])
    if tool is None:
        return None
    shell = shutil.which("bash") or "bash"
    return [shell, "-eu"] if example.language == "bash" else [tool, "-"]


# Starting the site takes longer than all examples, so they share one.
def test_every_example_answers_what_the_document_shows(
    site: str, subtests: pytest.Subtests
) -> None:
    for example in examples():
        with subtests.test(example.name):
            arguments = command(example)
            if arguments is None:
                pytest.skip(f"{TOOLS[example.language]} is not on this machine")

            ran = subprocess.run(  # noqa: S603
                arguments,
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


def test_the_documents_show_the_numbers_that_the_project_stands_for() -> None:
    shown = "".join(example.output or "" for example in examples())

    for number in ("207", "73", "47", "55"):
        assert number in shown
