"""Guessing of passwords is slowed down, by account and by address, and nobody is locked out.

Law: within a span no account is tried more often than `PER_ACCOUNT`, whoever tries and however
its name is written; a browser that logged in to an account before has tries of its own, so that
a stranger's guesses cost its owner nothing; and no answer tells whether an account exists.
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import unicodedata
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from . import audit

SPAN: Final = 15 * 60
PER_ACCOUNT: Final = 10
# A newsroom behind one address makes typing errors, too.
PER_ADDRESS: Final = 50
REMEMBERED: Final = 90 * 24 * 60 * 60
_SALT: Final = "incidents.guessing"


def admit(request: HttpRequest, name: str) -> list[str] | None:
    """Take a try at the account of a name and return what to give back, or None where none is left.

    Each try takes one of a fixed number of places, which is free again a span later. Adding to
    the cache is one step, so tries at the same moment take different places.
    """
    browser = _browser(request, name)
    if browser:
        places = [("browser", browser, PER_ACCOUNT)]
    else:
        places = [
            ("account", folded(name), PER_ACCOUNT),
            ("address", network(audit.address(request)), PER_ADDRESS),
        ]
    taken: list[str] = []
    for kind, whose, most in places:
        place = _take(f"{kind}:{_digest(whose)}", most)
        if place is None:
            give_back(taken)
            return None
        taken.append(place)
    return taken


def give_back(taken: Sequence[str]) -> None:
    """Free the places that a login took which succeeded."""
    cache.delete_many(taken)


def first_refusal(name: str) -> bool:
    """Tell whether a name is refused for the first time within a span: a log stays short."""
    return cache.add(f"guessing:told:{_digest(folded(name))}", 1, SPAN)


def remember(response: HttpResponse, user: User) -> None:
    """Let this browser have tries of its own at an account from now on."""
    kept = signing.dumps([user.pk, secrets.token_hex(8)], salt=_SALT)
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        kept,
        max_age=REMEMBERED,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def folded(name: str) -> str:
    """Return a name as every spelling of it that reaches the same account is."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _take(stem: str, most: int) -> str | None:
    places = (f"guessing:{stem}:{n}" for n in range(most))
    return next((place for place in places if cache.add(place, 1, SPAN)), None)


def _browser(request: HttpRequest, name: str) -> str:
    """Return what tells a browser apart that logged in to the account of a name before."""
    kept = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    if not kept:
        return ""
    try:
        pk, token = signing.loads(kept, salt=_SALT, max_age=REMEMBERED)
    except signing.BadSignature:
        return ""
    owned = User.objects.filter(pk=pk, username=unicodedata.normalize("NFKC", name)).exists()
    return token if owned else ""


def network(address: str | None) -> str:
    """Return what one asker holds at once: an address, or a network of 64 bits."""
    if address is None:
        return ""
    found = ipaddress.ip_address(address)
    if found.version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
