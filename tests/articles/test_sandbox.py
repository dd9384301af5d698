"""Files that do harm: limits hold, nothing leaks, and the next file is read as if nothing was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from articles import fetching
from articles.extraction import Limits, Verdict, read, workers
from articles.sizes import LARGEST_FILE

PAGE: Final = b"<html lang=en><title>Boat</title><p>" + b"A boat left the port at night. " * 30
PROJECT: Final = Path(__file__).parents[2]


def confined(program: str, limits: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program in a process that has given up everything."""
    source = f"from articles.extraction.limits import *\nconfine(Limits({limits}))\n{program}"
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"import socket, subprocess, os, ctypes\n{source}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000,
        b"<p " + b"a=1 " * 100_000 + b">x",
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>x",
        b'<script type="application/ld+json">' + b'{"a":' * 50_000 + b"</script><p>x",
        b'<script type="application/ld+json">{"@type":"NewsArticle","headline":7,"author":[[1]],'
        b'"publisher":{"name":{}},"datePublished":{"x":1}}</script><p>x',
        b"<!DOCTYPE a [<!ENTITY b 'cc'><!ENTITY d '&b;&b;'>]><html><p>&d;",
        b"<html><meta charset='no-such'><p>\xff\xfe\x00\x81",
        b"<html><meta charset='rot13'><p>\xff",
        b"<html><p>a" + "\u0301".encode() * 50_000,
        b"<html><p>&#0;&#xD800;&#x202E;&#xFFFF;",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" * 200,
        b"%PDF-1.7\n" + bytes(range(256)) * 200,
        b"\x1f\x8b\x08\x00" + b"\x00" * 100,
        bytes(range(256)) * 100,
    ],
)
def test_no_file_raises(body: bytes) -> None:
    assert read(body, content_type="text/html; charset=utf-8").verdict in Verdict


@pytest.mark.parametrize("name", ["author", "publisher", "headline", "articleBody"])
def test_data_of_a_page_in_lists_without_end_does_not_hide_its_text(name: str) -> None:
    nested = f'{"[" * 900}"Somebody"{"]" * 900}'
    data = f'<script type="application/ld+json">{{"@type": "Report", "{name}": {nested}}}</script>'
    page = f"<title>Boat</title>{data}<p>{'A boat left the harbour at night. ' * 60}"

    assert read(page.encode(), content_type="text/html").verdict == Verdict.ARTICLE


def test_a_file_that_takes_too_long_is_given_up() -> None:
    found = read(PAGE * 2000, content_type="text/html", limits=Limits(wall=0.2))
    assert (found.verdict, "longer" in found.reason) == (Verdict.NOT_TEXT, True)


def test_a_file_that_computes_too_much_is_given_up() -> None:
    found = read(PAGE * 2000, content_type="text/html", limits=Limits(cpu=0.2))
    assert (found.verdict, "longer" in found.reason) == (Verdict.NOT_TEXT, True)


def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    links = b"<a href=x>y</a>" * 60_000
    found = read(links, content_type="text/html", limits=Limits(memory=330_000_000))
    assert (found.verdict, "memory" in found.reason) == (Verdict.NOT_TEXT, True)


def test_a_file_that_is_too_large_is_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers.WORKER, "ask", None)
    assert "larger" in read(b"x" * (LARGEST_FILE + 1)).reason


def test_whatever_may_be_fetched_or_handed_in_is_read() -> None:
    assert "holds no text" in read(bytes(LARGEST_FILE)).reason
    assert fetching.LIMITS.pdf == LARGEST_FILE


def test_a_file_is_read_after_one_that_was_given_up() -> None:
    read(PAGE * 2000, content_type="text/html", limits=Limits(wall=0.2))
    assert read(PAGE, content_type="text/html").verdict == Verdict.ARTICLE


def test_a_file_is_read_after_the_child_was_killed() -> None:
    read(PAGE, content_type="text/html")
    child = workers.WORKER._child
    assert child
    os.kill(child.pid, 9)
    assert read(PAGE, content_type="text/html").verdict == Verdict.ARTICLE


def test_the_child_knows_no_secret_and_is_not_started_twice() -> None:
    read(PAGE, content_type="text/html")
    child = workers.WORKER._child
    assert child
    known = Path(f"/proc/{child.pid}/environ").read_bytes()
    assert all(name not in known for name in (b"SECRET", b"DATABASE", b"PASSWORD", b"TOKEN"))
    read(PAGE, content_type="text/html")
    assert workers.WORKER._child is child


def test_an_answer_that_says_what_it_may_not_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    answer: dict[str, object] = {
        "kind": "html",
        "verdict": "article",
        "why": "9",
        "title": ["no text"],
        "published": "2024-13-99",
        "language": "klingon",
        "text": "short",
        "origin": "A" * 5000,
        "origin_span": [3, 900],
        "addresses": ["https://10.0.0.1/", 7],
    }
    monkeypatch.setattr(workers.WORKER, "ask", lambda *_: answer)
    found = read(b"x")
    assert (found.title, found.published, found.language) == ("", "", "")
    assert (found.origin_span, found.canonical, len(found.origin)) == (None, "", 120)


def test_an_answer_with_a_text_that_no_text_may_be_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer: dict[str, object] = {"kind": "html", "verdict": "article", "text": "a\u202eb"}
    monkeypatch.setattr(workers.WORKER, "ask", lambda *_: answer)
    assert read(b"x").verdict == Verdict.NOT_TEXT


FORBIDDEN: Final = (
    "socket.create_connection(('127.0.0.1', 9))",
    "socket.getaddrinfo('localhost', 80)",
    "subprocess.run(['true'])",
    "os.system('true')",
    "os.fork()",
    "open('nowhere/written', 'w')",
    "os.open('nowhere/written', os.O_CREAT | os.O_WRONLY)",
    "os.remove('nowhere/written')",
    "ctypes.CDLL('libc.so.6')",
)


@cache
def tried() -> dict[str, str]:
    """Try everything that is forbidden in one confined process; return the error of each."""
    program = (
        "import json\nfound = {}\n"
        f"for program in {FORBIDDEN!r}:\n"
        "    try:\n        eval(program)\n"
        "    except Exception as error:\n        found[program] = type(error).__name__\n"
        "print(json.dumps(found))"
    )
    found: dict[str, str] = json.loads(confined(program).stdout)
    return found


@pytest.mark.parametrize("program", FORBIDDEN)
def test_a_confined_process_may_not(program: str) -> None:
    assert tried().get(program) == "PermissionError"


def test_a_confined_process_may_read() -> None:
    assert confined("open('README.md').read()").returncode == 0


def test_a_confined_process_that_computes_on_is_ended() -> None:
    assert confined("while True: pass", "cpu=0.2").returncode < 0


def test_a_confined_process_that_waits_on_is_ended() -> None:
    assert confined("import time; time.sleep(20)", "wall=0.2").returncode < 0


def test_a_confined_process_gets_no_more_memory() -> None:
    assert "MemoryError" in confined("bytes(10**9)").stderr
