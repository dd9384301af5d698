"""A server that means harm takes neither our time nor our memory."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from articles.fetching import LIMITS, Unreachable, fetch

from .servers import HOST, Behaviour, dripping, pouring, saying, serving

TOTAL = 0.5
# The sizes are those of the product; only time is short.
QUICK = replace(LIMITS, total=TOTAL, connect=0.3)
MB = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def bomb() -> bytes:
    """Return more zeroes than memory is allowed, compressed a thousandfold."""
    machine = zlib.compressobj(wbits=31)
    return b"".join(machine.compress(bytes(MB)) for _ in range(80)) + machine.flush()


BOMB = bomb()


def silent(_caller: socket.socket, over: threading.Event) -> None:
    """Never answer."""
    over.wait(5)


def resetting(caller: socket.socket, _over: threading.Event) -> None:
    """Break off in the middle of a body, without a farewell."""
    caller.sendall(OK + b"Content-Length: 100\r\n\r\nabc")
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


HOSTILE: dict[str, tuple[Behaviour, str]] = {
    "never answers": (silent, "unreachable"),
    "drips the status line": (dripping(b"", b"H"), "unreachable"),
    "drips its headers": (dripping(OK + b"X: ", b"a"), "unreachable"),
    "drips its body": (dripping(OK + b"Content-Length: 9000\r\n\r\n", b"a"), "too_slow"),
    "drips a body without a length": (dripping(OK + b"\r\n", b"a"), "too_slow"),
    "drips chunks": (dripping(CHUNKED, b"1\r\na\r\n"), "too_slow"),
    "drips the size of a chunk": (dripping(CHUNKED, b"0"), "too_slow"),
    "drips trailers": (dripping(CHUNKED + b"1\r\na\r\n0\r\n", b"X: y\r\n"), "too_slow"),
    "drips what inflates to nothing": (
        dripping(GZIP + gzip.compress(b"")[:10], b"\0\0\0\xff\xff"), "too_slow"),
    "says continue without end": (pouring(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "too_large"),
    "sends chunks without end": (pouring(CHUNKED, b"10000\r\n" + bytes(65536) + b"\r\n"),
        "too_large"),
    "sends tiny chunks without end": (pouring(CHUNKED, b"1\r\na\r\n" * 5000), "too_large"),
    "sends a body without end": (pouring(OK + b"\r\n", bytes(65536)), "too_large"),
    "sends a PDF without end": (pouring(OK + b"\r\n%PDF-1.7\n", bytes(65536)), "too_large"),
    "sends trailers without end": (
        pouring(CHUNKED + b"1\r\na\r\n0\r\n", b"X: y\r\n" * 5000), "too_large"),
    "announces too much": (saying(OK + b"Content-Length: 99999999999\r\n\r\n"), "too_large"),
    "sends a bomb": (saying(GZIP, BOMB), "too_large"),
    "sends a bomb that is a PDF": (
        saying(GZIP, gzip.compress(b"%PDF-1.7\n" + bytes(40 * MB))), "too_large"),
    "compresses twice": (
        saying(OK + b"Content-Encoding: gzip, gzip\r\n\r\n", gzip.compress(BOMB)), "coding"),
    "compresses twice in two headers": (
        saying(OK + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n"), "coding"),
    "compresses the transfer": (
        saying(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n"), "coding"),
    "names a coding that nobody knows": (
        saying(OK + b"Content-Encoding: zzz\r\n\r\n"), "coding"),
    "says that it is compressed and is not": (saying(GZIP, b"hello"), "broken"),
    "cuts compressed data": (saying(GZIP, gzip.compress(os.urandom(9000))[:-99]), "broken"),
    "promises more than it sends": (
        saying(OK + b"Content-Length: 100\r\n\r\nabc"), "broken"),
    "promises two lengths": (
        saying(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nabc"), "unreachable"),
    "cuts its chunks": (saying(CHUNKED, b"100\r\nabc"), "broken"),
    "sends chunks of no size": (saying(CHUNKED, b"zz\r\nabc\r\n"), "broken"),
    "sends chunks of less than nothing": (pouring(CHUNKED, b"-1\r\nabc\r\n" * 999), "too_large"),
    "sends a chunk of minus five": (saying(CHUNKED, b"-5\r\nabc\r\n0\r\n\r\n"), "broken"),
    "sends a chunk of more than there is": (
        pouring(CHUNKED + b"f" * 30 + b"\r\n", bytes(65536)), "too_large"),
    "resets the connection": (resetting, "broken"),
    "closes at once": (saying(), "unreachable"),
    "closes within its headers": (saying(OK + b"Content-Type: text/ht"), "broken"),
    "has no status line": (saying(b"\r\n\r\nhello"), "unreachable"),
    "speaks HTTP/0.9": (saying(b"<html>hello</html>"), "unreachable"),
    "speaks something else": (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), "unreachable"),
    "sends garbage": (saying(bytes(range(256)) * 400), "unreachable"),
    "switches to something else": (
        saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), "broken"),
    "sends a large header": (saying(OK + b"X: " + b"a" * 102400 + b"\r\n\r\n"), "unreachable"),
    "sends headers that are large together": (
        saying(OK + (b"X: " + b"a" * 9000 + b"\r\n") * 12 + b"\r\n"), "too_large"),
    "sends thousands of headers": (
        saying(OK, b"".join(b"X%d: y\r\n" % n for n in range(4000)), b"\r\n"), "unreachable"),
    "sends a status line without end": (pouring(b"HTTP/1.1 200 ", b"a" * 65536), "unreachable"),
    "sends us round": (saying(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"), "redirects"),
    "sends us to a file": (
        saying(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"), "redirects"),
    "sends us to a long address": (
        saying(b"HTTP/1.1 302 Found\r\nLocation: /" + b"a" * 9000 + b"\r\n\r\n"), "redirects"),
    "sends us to no address": (
        saying(b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n"), "redirects"),
}  # fmt: skip


def sockets() -> int:
    """Count the open files of this process that are sockets."""
    return sum(
        1
        for file in Path("/proc/self/fd").iterdir()
        if file.is_symlink() and "socket:" in str(file.readlink())
    )


@pytest.fixture
def _bounded() -> Iterator[None]:
    """Fail where a test takes more memory, or leaves a thread or a socket."""
    # A look-up that another test left behind may end meanwhile.
    before, threads = sockets(), set(threading.enumerate())
    tracemalloc.start()
    yield
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 64 * MB
    assert not set(threading.enumerate()) - threads
    assert sockets() == before


@pytest.mark.usefixtures("_bounded")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_server_does_is_over_in_time(name: str) -> None:
    behaviour, code = HOSTILE[name]
    # How fast this machine inflates, poured or dripped, is no question of time alone.
    limits = QUICK if "drip" in name or "never" in name else replace(QUICK, total=15)
    with serving(behaviour) as server:
        begun = time.monotonic()
        with pytest.raises(Unreachable) as refused:
            fetch(f"http://{HOST}/", limits, allowed=server.allowed)
        taken = time.monotonic() - begun

    assert refused.value.code == code
    assert taken < limits.total + 0.3


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in /proc")
def test_a_process_that_is_sent_all_they_have_does_not_grow_beyond_what_is_allowed() -> None:
    """What libraries take beside Python counts here, and what is never given back."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.articles.fetching.grown"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    before, most = map(int, told.stdout.splitlines()[-1].split())
    assert most - before <= 64 * 1024


@pytest.mark.usefixtures("_bounded")
def test_a_handshake_that_drips_is_over_in_time() -> None:
    # A record of TLS that promises much and comes byte by byte.
    behaviour = dripping(b"\x16\x03\x03\x40\x00", b"\x02")
    with serving(behaviour) as server:
        begun = time.monotonic()
        with pytest.raises(Unreachable) as refused:
            fetch(
                f"https://{HOST}/",
                QUICK,
                allowed=server.allowed,
                dial=lambda address, port, _seconds: socket.create_connection((address, port), 2),
            )
        taken = time.monotonic() - begun

    assert refused.value.code == "unreachable"
    assert taken < TOTAL + 0.3


@pytest.mark.usefixtures("_bounded")
def test_a_server_without_encryption_is_no_site() -> None:
    with serving(saying(OK + b"\r\n")) as server, pytest.raises(Unreachable) as refused:
        fetch(f"https://{HOST}/", QUICK, allowed=server.allowed)

    assert refused.value.code == "unreachable"


@pytest.mark.usefixtures("_bounded")
def test_a_page_that_comes_slower_than_the_least_rate_is_given_up() -> None:
    limits = replace(LIMITS, total=5, grace=0.2, rate=5000)
    with serving(dripping(OK + b"\r\n", b"a" * 10)) as server:
        begun = time.monotonic()
        with pytest.raises(Unreachable) as refused:
            fetch(f"http://{HOST}/", limits, allowed=server.allowed)
        taken = time.monotonic() - begun

    assert refused.value.code == "too_slow"
    assert taken < 1


@pytest.mark.usefixtures("_bounded")
def test_a_page_that_comes_slowly_but_fast_enough_is_taken() -> None:
    def steady(caller: socket.socket, over: threading.Event) -> None:
        caller.sendall(OK + b"\r\n")
        for _ in range(10):
            caller.sendall(b"a" * 1000)
            over.wait(0.05)

    limits = replace(LIMITS, total=5, grace=0.2, rate=5000)
    with serving(steady) as server:
        answer = fetch(f"http://{HOST}/", limits, allowed=server.allowed)

    assert len(answer.body) == 10_000


@pytest.mark.usefixtures("_bounded")
def test_all_redirects_share_one_deadline() -> None:
    def delaying(caller: socket.socket, over: threading.Event) -> None:
        over.wait(0.2)
        caller.sendall(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\n\r\n" % time.monotonic_ns())

    with serving(delaying) as server:
        begun = time.monotonic()
        with pytest.raises(Unreachable) as refused:
            fetch(f"http://{HOST}/", QUICK, allowed=server.allowed)
        taken = time.monotonic() - begun

    assert refused.value.code == "unreachable"
    assert taken < TOTAL + 0.3


@pytest.mark.usefixtures("_bounded")
def test_a_pdf_may_be_larger_than_a_page() -> None:
    size = 6 * MB
    for start, kept in ((b"%PDF-1.7\n", True), (b"\n %PDF-1.4", True), (b"<html>", False)):
        with serving(saying(OK + b"\r\n" + start, bytes(size))) as server:
            if kept:
                answer = fetch(f"http://{HOST}/", LIMITS, allowed=server.allowed)
                assert len(answer.body) == len(start) + size
            else:
                with pytest.raises(Unreachable):
                    fetch(f"http://{HOST}/", LIMITS, allowed=server.allowed)


@pytest.mark.usefixtures("_bounded")
def test_a_look_up_that_hangs_is_left_behind_and_ends_by_itself() -> None:
    free = threading.Event()

    def hanging(_host: str) -> list[str]:
        free.wait(5)
        return ["93.184.215.14"]

    begun = time.monotonic()
    with pytest.raises(Unreachable):
        fetch(f"http://{HOST}/", replace(QUICK, look_up=0.1), resolve=hanging)
    taken = time.monotonic() - begun
    free.set()
    for thread in threading.enumerate():
        if thread.name.startswith("look-up"):
            thread.join(5)

    assert taken < TOTAL
