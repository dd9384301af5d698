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
# What senders of links, advertisers, newsletters and counters of visits add to an address.
_TRACKING = re.compile(
    r"utm_.*|fbclid|fb_(?:action_ids|action_types|ref|source)|igshid|igsh|mibextid|sfnsn"
    r"|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|gad_campaignid|srsltid|_ga|_gl"
    r"|msclkid|yclid|ysclid|_openstat|twclid|ttclid|li_fat_id|epik|wickedid|vero_id|rb_clickid"
    r"|mc_[ce]id|mkt_tok|_hsenc|_hsmi|__hs(?:tc|sc|fp)|hsctatracking|oly_(?:anon|enc)_id"
    r"|(?:pk|mtm|piwik|matomo)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)"
    r"|at_(?:medium|campaign|campaign_type|custom\d|format|link_id|link_origin|link_type|ptr_name"
    r"|bbc_team)|ns_(?:campaign|mchannel|source|linkname|fee)|wt_mc|xtor|s_cid|cmp|cmpid|icid"
    r"|ref_src|ref_url|__twitter_impression|guccounter|guce_referrer|guce_referrer_sig|soc_src"
    r"|soc_trk|smid|smtyp|spm|amp_(?:js_v|gsa|tf|kit|ct)|usqp|aoh"
)
_PREFIXES = ("www.", "m.", "mobile.", "amp.")
# Below a country, what stands where elsewhere the name of a site stands.
_SHARED = ("ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org", "or", "ne", "go", "in")
# Fast copies (AMP): parameters that ask for one, and caches that hold the original's address.
_AMP_PARAMETERS = {"amp": ("", "1", "true"), "_amp": ("", "1", "true"), "outputtype": ("amp",)}
_AMP_NAME = re.compile(r"(?<=[^/])\.amp(\.html?)?$")
_CACHE = re.compile(r"(?:.+\.)?cdn\.ampproject\.org")
_CACHED = re.compile(r"/(?:c|v|wp)/(?:s/)?(.+)")
_VIEWER = re.compile(r"google(?:\.com?)?\.[a-z]{2,3}")
_VIEWED = re.compile(r"/amp/(?:s/)?(.+)")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_SAFE = "/%:@!$&'()*+,;=~-._"


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


def validate_domain(domain: str) -> None:
    """Refuse what is not the name of a host.

    Raises ValidationError.
    """
    if len(domain) > MAX_HOST or not _is_name(domain):
        raise ValidationError(
            _("“%(domain)s” is not a domain, such as example.org."),
            code="domain",
            params={"domain": domain[:200]},
        )


def canonical(url: str) -> str:
    """Return the form of an address that is the same for all its copies.

    The host is in ASCII, lower case, without www, m, mobile or amp; what makes a fast copy (AMP)
    is gone from path and query, and one in a cache is read as its original. The query is sorted,
    without known tracking parameters; escapes are in capitals, and none that needs to be none;
    fragment and last slashes are dropped, but a fragment that begins with ! names a page.
    http is https.
    """
    parts = urlsplit(url)
    host, path = _original(parts.hostname or "", _escaped(parts.path))
    if parts.port not in (None, 80, 443):
        host = f"{host}:{parts.port}"
    kept = [
        (name, value)
        # As Latin-1 every byte is a letter of its own: not all sites write UTF-8.
        for name, value in parse_qsl(
            _escaped(parts.query, "?"), keep_blank_values=True, encoding="latin-1"
        )
        if not _TRACKING.fullmatch(name.lower())
        and value.lower() not in _AMP_PARAMETERS.get(name.lower(), ())
    ]
    query = urlencode(sorted(kept), encoding="latin-1")
    named = _escaped(parts.fragment, "?") if parts.fragment.startswith("!") else ""
    return urlunsplit(("https", host, _plain(path), query, named))


def digest(url: str) -> str:
    """Return the SHA-256 of the canonical form of an address, the key by which it is found."""
    return hashlib.sha256(canonical(url).encode()).hexdigest()


def domain(url: str) -> str:
    """Return the host of an address without www, as outlets are listed by it."""
    return _ascii_host(urlsplit(url).hostname or "").removeprefix("www.")


def domains(url: str) -> list[str]:
    """Return the domains that an address lies in, the narrowest first.

    Those of the original come first, then those of a copy for phones or in a cache.
    """
    hosts = (domain(canonical(url)), domain(url))
    labels = [host.split(".") for host in hosts]
    found = (".".join(some[n:]) for some in labels for n in range(len(some) - 1))
    return list(dict.fromkeys(found))


def site(url: str) -> str:
    """Return the name under which a site was registered, as far as its host shows."""
    labels = (urlsplit(url).hostname or "").lower().rstrip(".").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and _shared(labels) else labels[-2:])


def _shared(labels: list[str]) -> bool:
    """Tell whether a host ends with a name below a country that many sites share."""
    return len(labels) > 1 and len(labels[-1]) == 2 and labels[-2] in _SHARED


def _original(host: str, path: str) -> tuple[str, str]:
    """Return host and path of an address; those of its original where a cache holds a copy."""
    host, held = _bare(_ascii_host(host).rstrip(".")), None
    if _CACHE.fullmatch(host):
        held = _CACHED.fullmatch(_plain(path))
    elif _VIEWER.fullmatch(host):
        held = _VIEWED.fullmatch(path)
    if held:
        name, slash, rest = held[1].partition("/")
        name = name.lower()
        if _is_name(name) and not name[-1].isdigit():
            return _original(name, slash + rest)
    return host, path


def _bare(host: str) -> str:
    """Return a host without what only tells a way to look at its pages."""
    for prefix in _PREFIXES:
        rest = host.removeprefix(prefix).split(".")
        if host.startswith(prefix) and len(rest) > 1:
            # Of a name that many sites share, the first part is the site; all but www.
            if prefix != "www." and len(rest) == 2 and _shared(rest):
                continue
            return _bare(".".join(rest))
    return host


def _plain(path: str) -> str:
    """Return a path without what makes a fast copy of a page (AMP), and without last slashes."""
    segments = path.rstrip("/").split("/")
    if any(part not in ("", "amp") for part in segments):
        segments = [part for part in segments if part != "amp"]
    plain = "/".join(segments).rstrip("/")
    shorter = _AMP_NAME.sub(r"\1", plain)
    return plain if shorter == plain else _plain(shorter)


def _escaped(text: str, more: str = "") -> str:
    """Return a part of an address in which each letter is written in one way."""
    return quote(_ESCAPE.sub(_unescaped, _NO_ESCAPE.sub("%25", text)), safe=_SAFE + more)


def _unescaped(escape: re.Match[str]) -> str:
    letter = chr(int(escape[1], 16))
    return letter if letter in _UNRESERVED else escape[0].upper()


def _validate_host(url: str, host: str) -> None:
    try:
        ascii_host = _ascii_host(host)
    except UnicodeError:
        raise _refused(url, _("its host is not a name")) from None
    if len(ascii_host) > MAX_HOST or not _is_name(ascii_host.rstrip(".")):
        raise _refused(url, _("its host is not a public name"))
    try:
        ipaddress.ip_address(ascii_host)
    except ValueError:
        return
    raise _refused(url, _("its host is a number, not a name"))


def _is_name(host: str) -> bool:
    """Tell whether a host in lower case is a name of two labels or more."""
    labels = host.split(".")
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)


def _ascii_host(host: str) -> str:
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii").lower()


def _refused(url: str, why: str) -> ValidationError:
    return ValidationError(
        _("“%(url)s” is not the address of an article: %(why)s."),
        code="address",
        params={"url": url[:200], "why": why},
    )
