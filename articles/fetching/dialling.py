"""From a name to a connection: one look-up, every answer vetted, dialled as it was vetted."""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Final

from .limits import Deadline, Limits
from .networks import is_public
from .targets import Target

# A host name to all its addresses; raises OSError where there are none.
Resolver = Callable[[str], Sequence[str]]
# An IP address, a port and seconds to a connection; raises OSError.
Dial = Callable[[str, int, float], socket.socket]
# Names to an address and a port that are dialled in place of what would be found.
Allowed = Mapping[str, tuple[str, int]]

# The system's look-up cannot be stopped; so many may be waited for no longer and still run.
_LOOK_UPS: Final = threading.BoundedSemaphore(16)
# How many addresses of one name are tried.
TRIES: Final = 3


def look_up(host: str) -> list[str]:
    """Return the addresses of a host, asked for as a full name: no search list is tried."""
    found = socket.getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_rest, sockaddr in found))


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address; nothing is looked up."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with ExitStack() as failing:
        dialled = failing.enter_context(socket.socket(family, socket.SOCK_STREAM))
        dialled.settimeout(seconds)
        dialled.connect((address, port))
        failing.pop_all()
    return dialled


def connected(
    target: Target,
    deadline: Deadline,
    limits: Limits,
    *,
    allowed: Allowed,
    resolve: Resolver,
    dial: Dial,
) -> socket.socket:
    """Return a connection to the site of `target`, or raise OSError."""
    if target.host in allowed:
        address, port = allowed[target.host]
        return dial(address, port, deadline.left(most=limits.connect))
    found = _looked_up(target.host, resolve, deadline.left(most=limits.look_up))
    inward = [address for address in found if not is_public(address)]
    if inward or not found:
        # One bad address refuses the name: which one is dialled would be left to chance.
        raise OSError(f"addresses refused: {inward}" if inward else "no addresses")
    *others, last = found[:TRIES]
    for address in others:
        try:
            return dial(address, target.port, deadline.left(most=limits.connect))
        except OSError:
            continue
    return dial(last, target.port, deadline.left(most=limits.connect))


def _looked_up(host: str, resolve: Resolver, seconds: float) -> Sequence[str]:
    """Return what a resolver says within `seconds`, or raise OSError."""
    deadline = Deadline.after(seconds)
    said: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            said.put(resolve(host))
        except OSError as error:
            said.put(error)
        except UnicodeError as error:
            said.put(OSError(str(error)))
        finally:
            _LOOK_UPS.release()

    if not _LOOK_UPS.acquire(timeout=seconds):
        raise TimeoutError("too many look-ups are under way")
    threading.Thread(target=ask, name=f"look-up of {host}", daemon=True).start()
    try:
        answer = said.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError("the look-up took too long") from None
    if isinstance(answer, OSError):
        raise answer
    return answer
