"""Addresses that may be asked for, told by their shape alone: what is not listed is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin

from articles.canonical import MAX_HOST, MAX_LENGTH

from .answers import Unreachable

PORTS: Final = {"http": 80, "https": 443}
# Names of networks at home: RFC 6761, RFC 6762 appendix G, RFC 7686, RFC 8375, RFC 9476.
INWARD: Final = frozenset(
    {
        "alt", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain",
        "localhost", "onion", "private", "home.arpa",
    }
)  # fmt: skip
_SHAPE: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^/?#@:\\%\[\]]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>[/?][^#]*)?(?:#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Controls, spaces, breaks and halves of characters.
_NOWHERE: Final = frozenset({"Cc", "Cs", "Zs", "Zl", "Zp"})
# What stays as it is in a path or a query; everything else is percent-encoded, as browsers do.
_KEPT: Final = "%/?:@!$&'()*+,;=~-._[]|"


@dataclass(frozen=True, slots=True)
class Target:
    """An address of accepted shape: nothing in it needs to be read twice."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host, with its port where that is not the one of the scheme."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The address in ASCII, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def target(url: str) -> Target:
    """Return the parts of an address, or raise Unreachable where its shape is not accepted."""
    shape = _SHAPE.fullmatch(url)
    if (
        shape is None
        or len(url) > MAX_LENGTH
        or "\\" in url
        or any(unicodedata.category(char) in _NOWHERE for char in url)
    ):
        raise Unreachable("address")
    scheme = shape["scheme"].lower()
    port = int(shape["port"] or PORTS[scheme])
    if port not in PORTS.values():
        raise Unreachable("address")
    path = quote(shape["path"] or "/", safe=_KEPT)
    return Target(scheme, _host(shape["host"]), port, path if path[0] == "/" else f"/{path}")


def onward(base: Target, location: str) -> Target:
    """Return where a redirect leads, or raise Unreachable where it is not followed."""
    # Headers are read as Latin-1; what was sent as UTF-8 is put back.
    sent = location.encode("latin-1", "replace")
    try:
        said = sent.decode()
    except UnicodeDecodeError:
        said = location
    if len(said) > MAX_LENGTH:
        raise Unreachable("redirects")
    try:
        next_one = target(urljoin(base.url, said.strip(" \t").replace(" ", "%20")))
    except (ValueError, Unreachable):
        raise Unreachable("redirects") from None
    if base.scheme == "https" and next_one.scheme == "http":
        raise Unreachable("downgrade")
    return next_one


def _host(said: str) -> str:
    """Return a host in ASCII and lower case, or raise Unreachable where it is no public name."""
    if any(unicodedata.category(char) == "Cf" for char in said):
        raise Unreachable("address")
    try:
        host = said if said.isascii() else said.encode("idna").decode("ascii")
    except UnicodeError:
        raise Unreachable("address") from None
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if (
        len(labels) < 2
        or len(host) > MAX_HOST
        or not all(_LABEL.fullmatch(label) for label in labels)
        or _NUMBER.fullmatch(labels[-1])  # 127.1 and 0x7f.0.0.1 are addresses to some systems
        or not INWARD.isdisjoint({labels[-1], ".".join(labels[-2:])})
    ):
        raise Unreachable("address")
    return host
