"""How often the API is asked: by token, by account, else by address.

Law: a forged header moves no limit, and nothing is told about what others asked.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from incidents import audit, guessing
from incidents.models import Token

if TYPE_CHECKING:
    from rest_framework.views import APIView

# Others may take places at the same moment; so many of them are stepped over.
_STEPS: Final = 16


class Limit(BaseThrottle):
    """Lets each asker have a number of places in a span; a file takes one of its own besides."""

    _wait: float | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Take a place for a request; tell whether one was free."""
        asker = _asker(request)
        anonymous = asker.startswith("address:")
        rate = settings.API_RATE_ANONYMOUS if anonymous else settings.API_RATE_TOKEN
        waits = [_take(f"limits:{asker}", rate)]
        # The address of a file has an ending and no last slash.
        if not request.path.endswith("/"):
            waits.append(_take(f"limits:files:{asker}", settings.API_RATE_EXPORTS))
        self._wait = max((wait for wait in waits if wait is not None), default=None)
        return self._wait is None

    def wait(self) -> float | None:
        """Return after how many seconds a place is free again."""
        return self._wait


def slow_guesses(request: Request) -> None:
    """Take a place of the address that a request is from, before it is known who asks.

    Raises Throttled where none is free: whoever guesses tokens waits as everybody does.
    """
    network = guessing.network(audit.address(request))
    wait = _take(f"limits:address:{network}", settings.API_RATE_ANONYMOUS)
    if wait is not None:
        raise Throttled(wait)


def _asker(request: Request) -> str:
    if isinstance(request.auth, Token):
        return f"token:{request.auth.pk}"
    if isinstance(request.user, User):
        return f"user:{request.user.pk}"
    return f"address:{guessing.network(audit.address(request))}"


def _take(stem: str, rate: tuple[int, int] | None) -> float | None:
    """Take a place that is free again a span later; return how long to wait where none is free.

    Places are taken in turn, so that the next one is the oldest. Adding to the cache is one
    step: requests at the same moment, in whatever process, never share a place.
    """
    if rate is None:
        return None
    most, span = rate
    now = time.time()
    turn = cache.get(f"{stem}:turn", 0)
    steps = min(_STEPS, most)
    for n in range(turn, turn + steps):
        if cache.add(f"{stem}:{n % most}", now, span):
            cache.set(f"{stem}:turn", (n + 1) % most, 2 * span)
            return None
    oldest = cache.get(f"{stem}:{turn % most}", now)
    return max(0.0, float(oldest) + span - now)
