"""Of which version the data is: what the clocks show, and who reads which of them."""

from __future__ import annotations

from .models import Clock


def of_public() -> Clock:
    """Return the clock of what everybody reads; one at 0 where nothing was ever public."""
    return Clock.objects.filter(name="public").first() or Clock(name="public", stamp="")


def of_all() -> dict[str, str]:
    """Return the stamps of all clocks, which differ where anything anybody reads does."""
    return dict(Clock.objects.values_list("name", "stamp"))
