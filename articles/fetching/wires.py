"""A connection on which every wait ends in time and every count of bytes in bounds.

Timeouts of sockets begin anew with each byte; so before each read the time that is left is set
again. No thread watches over it.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from typing import TYPE_CHECKING, Final

from .answers import Unreachable
from .limits import Deadline, Limits

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# How far is read beyond what was asked for; http.client reads headers through it.
_AHEAD: Final = 8192


class Wire:
    """What http.client takes for a socket."""

    def __init__(self, dialled: socket.socket, deadline: Deadline, limits: Limits) -> None:
        self._socket = dialled
        self._deadline = deadline
        self._limits = limits
        self._most = limits.headers + _AHEAD
        self._received = 0
        self.ended = False
        self._begun = time.monotonic()

    def encrypt(self, host: str, context: ssl.SSLContext) -> None:
        """Speak TLS from here on, with a site that proves to be `host`."""
        self._socket = context.wrap_socket(
            self._socket, server_hostname=host, do_handshake_on_connect=False
        )
        self._socket.settimeout(self._deadline.left())
        self._socket.do_handshake()

    def allow(self, body: int, step: int) -> None:
        """Let `step` bytes come beyond those of the `body`, whose chunks may take as many again.

        Chunks of a byte each, and trailers without end, cost more time than they bring text.
        """
        self._most = 2 * (self._limits.headers + body + step) + _AHEAD

    def sendall(self, data: bytes) -> None:
        """Send the request."""
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def receive_into(self, buffer: WriteableBuffer) -> int:
        """Wait for bytes; raise TimeoutError where they come late, Unreachable where too many."""
        limits = self._limits
        due = Deadline(self._begun + limits.grace + self._received / limits.rate)
        self._socket.settimeout(self._deadline.left(most=due.left()))
        count = self._socket.recv_into(buffer)
        self._received += count
        self.ended = not count
        if self._received > self._most:
            raise Unreachable("too_large")
        return count

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the file that an answer is read from."""
        return io.BufferedReader(_Incoming(self), _AHEAD)

    def settimeout(self, _seconds: object) -> None:
        """Keep our own time."""

    def close(self) -> None:
        """Stay open: http.client closes its socket before the body is read."""

    def hang_up(self) -> None:
        """End the connection."""
        self._socket.close()


class _Incoming(io.RawIOBase):
    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        return self._wire.receive_into(buffer)
