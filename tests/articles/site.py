"""A news site of the tests' own: frozen pages, what each says, and a server on 127.0.0.1.

The stories and outlets are invented. Pages are never changed to suit the code that reads them.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

FOLDER: Final = Path(__file__).parent / "site"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a server sends it, and what a reader finds on it."""

    file: str
    url: str
    content_type: str
    status: int
    verdict: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    origin: str = ""
    text: str = ""

    @property
    def body(self) -> bytes:
        """The bytes of the page."""
        return (FOLDER / self.file).read_bytes()


@cache
def pages() -> tuple[Page, ...]:
    """Return every page of the site."""
    rows = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    return tuple(Page(**row) for row in rows)


def articles() -> tuple[Page, ...]:
    """Return the pages that hold an article."""
    return tuple(page for page in pages() if page.verdict == "article")


def page(name: str) -> Page:
    """Return one page by the name of its file, with or without .html."""
    return next(p for p in pages() if p.file.removesuffix(".html") == name.removesuffix(".html"))


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        found = next(
            (p for p in pages() if path in (f"/{p.file}", urlsplit(p.url).path)),
            None,
        )
        body = found.body if found else b"nothing here"
        self.send_response(found.status if found else 404)
        self.send_header("Content-Type", found.content_type if found else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages by the names of their files; give the address before the name."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
