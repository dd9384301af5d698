"""The site behind the server that it is run with, in a thread, and clients of two ages."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from waitress.server import create_server

PATIENCE: Final = 30


@contextmanager
def site() -> Iterator[int]:
    """Serve the database of the test; yield the port."""
    shared = connections["default"] if connection.vendor == "sqlite" else None
    application = get_wsgi_application()
    opened: list[Any] = []

    def answer(environ: Any, start: Any) -> Any:
        # SQLite in memory is there for one connection only.
        if shared is not None:
            connections["default"] = shared
        elif connections["default"] not in opened:
            opened.append(connections["default"])
        return application(environ, start)

    if shared is not None:
        shared.inc_thread_sharing()
    server: Any = create_server(answer, host="127.0.0.1", port=0, threads=1)

    def run() -> None:
        with suppress(OSError):  # its sockets are closed below while it waits for them
            server.run()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        server.asyncore.close_all(server._map)
        thread.join(PATIENCE)
        if shared is not None:
            shared.dec_thread_sharing()
        # A connection outlives its thread.
        for other in opened:
            other.inc_thread_sharing()
            other.close()


def ask(port: int, address: str, *, old: bool = False) -> http.client.HTTPResponse:
    """Return the answer to a client of HTTP/1.1, or to an old one of HTTP/1.0."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    if old:
        client._http_vsn, client._http_vsn_str = 10, "HTTP/1.0"  # type: ignore[attr-defined]
    client.request("GET", address, headers={"Host": "127.0.0.1", "Accept-Encoding": "identity"})
    return client.getresponse()
