"""Names that resolve as a test says, and a dial that keeps a list instead of a connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

GOOD = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"


@dataclass
class Names:
    """A resolver: the answers of each name, one after the other; the last one stays."""

    answers: dict[str, list[list[str]]]
    anything: list[list[str]] | None = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str) -> Sequence[str]:
        """Return the next answer for `host`."""
        self.asked.append(host)
        turns = self.answers.get(host, self.anything)
        if turns is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answer = turns.pop(0) if len(turns) > 1 else turns[0]
        if answer == ["SLOW30"]:
            threading.Event().wait(3)
        return answer


@dataclass
class Dialled:
    """A dial that keeps where it was to go; there `answer` is read, or nobody listens."""

    answer: Callable[[str], bytes] | bytes | None = None
    to: list[tuple[str, int]] = field(default_factory=list)
    requests: list[socket.socket] = field(default_factory=list)

    def __call__(self, address: str, port: int, _seconds: float) -> socket.socket:
        """Keep the address, and return a connection to nobody."""
        self.to.append((address, port))
        if self.answer is None:
            raise ConnectionRefusedError("refused")
        ours, theirs = socket.socketpair()
        theirs.sendall(self.answer(address) if callable(self.answer) else self.answer)
        theirs.shutdown(socket.SHUT_WR)
        self.requests.append(theirs)
        return ours

    def heard(self) -> list[bytes]:
        """Return the requests that were sent, and end the connections."""
        said = []
        for theirs in self.requests:
            with theirs:
                theirs.settimeout(1)
                said.append(theirs.recv(65536))
        self.requests.clear()
        return said
