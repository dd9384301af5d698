"""A server process as the site runs it, and one client that keeps its connection."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .databases import KEPT, ROOT

PATIENCE: Final = 60
LONGEST: Final = 3600
BLOCK: Final = 1 << 20
LOG: Final = KEPT / "servers.log"
# Servers hang up on clients that are silent for longer.
IDLE: Final = 4
# As the proxy of a site would say it: without this, every request is sent on to HTTPS.
HEADERS: Final = {"X-Forwarded-Proto": "https", "Accept-Encoding": "identity"}


@dataclass(slots=True)
class Server:
    """A process that answers on a port of this machine."""

    process: subprocess.Popen[bytes]
    port: int
    connection: http.client.HTTPConnection
    asked_at: float = 0

    def get(self, address: str, *, keep: bool = True) -> bytes:
        """Return what an address answers, or nothing where it is only read to its end."""
        if time.monotonic() - self.asked_at > IDLE:
            self.connection.close()  # the next request opens it again
        self.connection.request("GET", address, headers=HEADERS)
        response = self.connection.getresponse()
        if response.status != 200:
            raise http.client.HTTPException(f"{response.status}: {response.read()[:300]!r}")
        body = response.read() if keep else b""
        while response.read(BLOCK):
            pass
        self.asked_at = time.monotonic()
        return body

    def memory(self, name: str = "VmRSS") -> int:
        """Return a figure of the memory of the process, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith(name)))

    def forget_peak(self) -> None:
        """Have the process count its highest memory anew."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")


@contextmanager
def served(command: Sequence[str]) -> Iterator[Server]:
    """Run a server whose command takes `{port}`, until it is no longer needed."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = [part.format(port=port) for part in command]
    (ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)  # or WhiteNoise warns
    KEPT.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        process = subprocess.Popen(told, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603  our own
        try:
            _wait_for(process, port)
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
            yield Server(process, port, client)
        finally:
            process.terminate()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"A server that is to be measured does not answer; see {LOG}.")


def waitress(application: str) -> list[str]:
    """Return the command that docs/operations.md runs the site with."""
    return [
        str(Path(sys.executable).with_name("waitress-serve")),
        "--listen=127.0.0.1:{port}",
        "--trusted-proxy=127.0.0.1",
        "--trusted-proxy-headers=x-forwarded-proto x-forwarded-for",
        application,
    ]
