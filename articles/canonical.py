"""Addresses of articles: what is accepted, and when two addresses are one article."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .text import refuse_line

MAX_LENGTH = 2000
MAX_HOST = 253
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|ref_src|cmpid"
)
_PREFIXES = ("www.", "m.", "mobile.", "amp.")


def validate_address(url: str) -> None:
    """Refuse what is not the http(s) address of a page on a public host name.

    Raises ValidationError.
    """
    refuse_line(url)
    if len(url) > MAX_LENGTH:
        raise ValidationError(
            _("The address has %(n)d characters; at most %(most)d are kept."),
            code="length",
            params={"n": len(url), "most": MAX_LENGTH},
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(url, _("it cannot be taken apart")) from None
    if parts.scheme not in ("http", "https"):
        raise _refused(url, _("it must begin with https:// or http://"))
    if parts.username is not None or parts.password is not None:
        raise _refused(url, _("a user name or password may not stand in it"))
    if port not in (None, 80, 443, 8080, 8443):
        raise _refused(url, _("the port %(port)s is unusual for a page") % {"port": port})
    if "\\" in url or "%00" in url or any(char.isspace() for char in url):
        raise _refused(url, _("it holds a backslash, a space or an encoded zero"))
    _validate_host(url, host)


def canonical(url: str) -> str:
    """Return the form of an address that is the same for copies with tracking parameters.

    The host is in ASCII, lower case, without www, m or amp; the query is sorted, without
    known tracking parameters; the fragment and a last slash are dropped; http is https.
    """
    parts = urlsplit(url)
    host = _ascii_host(parts.hostname or "")
    for prefix in _PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
    if parts.port not in (None, 80, 443):
        host = f"{host}:{parts.port}"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name.lower())
    ]
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._").rstrip("/")
    return urlunsplit(("https", host, path, urlencode(sorted(kept)), ""))


def digest(url: str) -> str:
    """Return the SHA-256 of the canonical form of an address, the key by which it is found."""
    return hashlib.sha256(canonical(url).encode()).hexdigest()


def domain(url: str) -> str:
    """Return the host of an address without www, as outlets are listed by it."""
    return _ascii_host(urlsplit(url).hostname or "").removeprefix("www.")


def _validate_host(url: str, host: str) -> None:
    try:
        ascii_host = _ascii_host(host)
    except UnicodeError:
        raise _refused(url, _("its host is not a name")) from None
    labels = ascii_host.rstrip(".").split(".")
    if (
        len(labels) < 2
        or len(ascii_host) > MAX_HOST
        or not all(_LABEL.fullmatch(label) for label in labels)
    ):
        raise _refused(url, _("its host is not a public name"))
    try:
        ipaddress.ip_address(ascii_host)
    except ValueError:
        return
    raise _refused(url, _("its host is a number, not a name"))


def _ascii_host(host: str) -> str:
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()


def _refused(url: str, why: str) -> ValidationError:
    return ValidationError(
        _("“%(url)s” is not the address of an article: %(why)s."),
        code="address",
        params={"url": url[:200], "why": why},
    )
