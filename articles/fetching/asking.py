"""A page is asked for, from address to address, until one answers with something else."""

from __future__ import annotations

import functools
import http.client
import logging
import re
import socket
import ssl
import time
from contextlib import closing
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, cast
from zlib import error as ZlibError  # noqa: N812

from django.conf import settings
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import HTTPResponse

from . import bodies, dialling
from .answers import Answer, Redirect, Unreachable
from .limits import LIMITS, Deadline, Limits
from .targets import Target, onward, target
from .wires import Wire

logger = logging.getLogger(__name__)

NOBODY: Final[dialling.Allowed] = MappingProxyType({})
MAX_REASON: Final = 200
_ONWARD: Final = frozenset({301, 302, 303, 307, 308})
# RFC 9110, 5.5: whoever keeps a field value puts a space where a control stands.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def fetch(
    url: str,
    limits: Limits = LIMITS,
    *,
    allowed: dialling.Allowed = NOBODY,
    resolve: dialling.Resolver = dialling.look_up,
    dial: dialling.Dial = dialling.dial,
    trust: ssl.SSLContext | None = None,
) -> Answer:
    """Return what the site at an address answers, or raise Unreachable.

    Everything behind `limits` is for tests: names in `allowed` are not looked up, and `trust` says
    whose certificates hold. No setting reaches it, and tests/architecture lets no caller name it.
    """
    begun = time.monotonic()
    deadline = Deadline.after(limits.total)
    redirects: list[Redirect] = []
    seen: set[str] = set()
    there = target(url)
    while True:
        seen.add(there.url)
        wire = _connected(there, deadline, limits, allowed=allowed, resolve=resolve, dial=dial)
        try:
            response, headers = _asked(there, wire, trust or _authorities())
            with closing(response):
                location = bodies.values(headers, "location")
                if response.status in _ONWARD and location:
                    redirects.append(Redirect(response.status, there.url))
                    there = onward(there, location[0])
                    if len(redirects) > limits.redirects or there.url in seen:
                        raise Unreachable("redirects")
                    continue
                coding = bodies.coding(headers)
                return Answer(
                    asked=url,
                    address=there.url,
                    redirects=tuple(redirects),
                    status=response.status,
                    reason=_CONTROLS.sub(" ", response.reason or "")[:MAX_REASON],
                    headers=headers,
                    body=_body(response, coding, limits, wire),
                    coding=coding,
                    received_at=datetime.now(UTC),
                    seconds=time.monotonic() - begun,
                    protocol="HTTP/1.0" if response.version == 10 else "HTTP/1.1",
                )
        finally:
            wire.hang_up()


def _connected(
    there: Target,
    deadline: Deadline,
    limits: Limits,
    *,
    allowed: dialling.Allowed,
    resolve: dialling.Resolver,
    dial: dialling.Dial,
) -> Wire:
    try:
        dialled = dialling.connected(
            there, deadline, limits, allowed=allowed, resolve=resolve, dial=dial
        )
    except OSError as error:
        raise _unreachable(there, error) from None
    return Wire(dialled, deadline, limits)


class _Connection(HTTPConnection):
    """A connection that keeps its answer as it was read: urllib3 sorts headers by their names."""

    read: http.client.HTTPResponse

    # http.client calls it, and asks no more of a class.
    def response_class(  # type: ignore[override]
        self, *args: Any, **kwargs: Any
    ) -> http.client.HTTPResponse:
        self.read = http.client.HTTPResponse(*args, **kwargs)
        return self.read


def _asked(there: Target, wire: Wire, trust: ssl.SSLContext) -> tuple[HTTPResponse, bodies.Headers]:
    """Send the request and return what is answered, as far as its headers.

    Until there are headers, whatever goes wrong has the one message of all that is not reached.
    """
    connection = _Connection(there.host, there.port)
    asking = {
        "Host": there.authority,
        "User-Agent": settings.CAPTURE_AGENT,
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    try:
        if there.scheme == "https":
            wire.encrypt(there.host, trust)
        connection.sock = cast(socket.socket, wire)
        connection.request("GET", there.path, headers=asking, preload_content=False)
        response = connection.getresponse()
    except ssl.SSLCertVerificationError as error:
        _log(there, error)
        raise Unreachable("certificate") from None
    except (OSError, http.client.HTTPException, HTTPError) as error:
        raise _unreachable(there, error) from None
    received = tuple(
        (name, _CONTROLS.sub(" ", value)) for name, value in connection.read.msg.items()
    )
    # Where the connection ends among the headers, http.client takes those that came for all.
    if response.status < 200 or wire.ended:
        raise Unreachable("broken")
    return response, received


def _body(response: HTTPResponse, coding: str, limits: Limits, wire: Wire) -> bytes:
    if (response.length_remaining or 0) > limits.pdf:
        raise Unreachable("too_large")
    pieces = response.stream(bodies.STEP, decode_content=False)
    try:
        return bodies.whole(pieces, coding, limits, wire)
    except (TimeoutError, ReadTimeoutError):
        raise Unreachable("too_slow") from None
    except (OSError, ValueError, http.client.HTTPException, HTTPError, ZlibError):
        raise Unreachable("broken") from None


@functools.cache
def _authorities() -> ssl.SSLContext:
    """Return who is believed about names: the authorities that this system trusts."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _unreachable(there: Target, error: Exception) -> Unreachable:
    _log(there, error)
    return Unreachable("unreachable")


def _log(there: Target, error: Exception) -> None:
    """Tell whoever has the server why; the path may hold what nobody else is to know."""
    logger.info(
        "%s was not reached: %s %s", there.host, type(error).__name__, ascii(str(error))[:200]
    )
