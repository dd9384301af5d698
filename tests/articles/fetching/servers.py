"""A server on this machine that behaves as a test says, one connection after the other."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

HOST = "news.example.org"
Behaviour = Callable[[socket.socket, threading.Event], None]


@dataclass
class Server:
    """Where it listens, and what it was sent."""

    port: int
    heard: list[bytes] = field(default_factory=list)

    @property
    def allowed(self) -> dict[str, tuple[str, int]]:
        """What leads a name to it."""
        return {HOST: ("127.0.0.1", self.port)}


@contextmanager
def serving(behaviour: Behaviour, *, hears: bool = True) -> Iterator[Server]:
    """Serve until the end of the block; the event tells the behaviour that it has come."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])

    def serve() -> None:
        while not over.is_set():
            try:
                caller, _address = listener.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(5)
                try:
                    if hears:
                        server.heard.append(caller.recv(65536))
                    behaviour(caller, over)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, name="serving")
    thread.start()
    try:
        yield server
    finally:
        over.set()
        with closing(listener):
            listener.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        assert not thread.is_alive()


def saying(*parts: bytes) -> Behaviour:
    """Return the behaviour that sends `parts` and hangs up."""

    def say(caller: socket.socket, _over: threading.Event) -> None:
        for part in parts:
            caller.sendall(part)
        caller.shutdown(socket.SHUT_WR)
        caller.recv(1)

    return say


def dripping(start: bytes, drop: bytes, every: float = 0.02) -> Behaviour:
    """Return the behaviour that sends `start` and then `drop` again and again, slowly."""

    def drip(caller: socket.socket, over: threading.Event) -> None:
        caller.sendall(start)
        while not over.wait(every):
            caller.sendall(drop)

    return drip


def pouring(start: bytes, drop: bytes) -> Behaviour:
    """Return the behaviour that sends `start` and then `drop` without end, as fast as it can."""

    def pour(caller: socket.socket, over: threading.Event) -> None:
        caller.sendall(start)
        while not over.is_set():
            caller.sendall(drop)

    return pour
