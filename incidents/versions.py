"""Of which version the data is: what the clocks show, and who reads which of them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User

from .models import Clock


def of_public() -> Clock:
    """Return the clock of what everybody reads; one at 0 where nothing was ever public."""
    return Clock.objects.filter(name="public").first() or Clock(name="public", stamp="")


def read_by(user: User | AnonymousUser) -> dict[str, str]:
    """Return the stamps of the clocks that move with what somebody reads.

    Whoever reads what everybody does is never told, by a file that does not begin, that
    something hidden changed.
    """
    clocks = Clock.objects.all() if user.is_authenticated else Clock.objects.filter(name="public")
    return dict(clocks.values_list("name", "stamp"))
