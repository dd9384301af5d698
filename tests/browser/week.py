"""Add a week in which as much became of the database as its page in brief shows.

Run as a module, with the environment of the site.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any, Final

import django

COUNTRIES: Final = ("PL", "DE", "LT", "LV", "EE", "FI", "SE", "NO", "CZ")
# As long as many a title is.
TITLE: Final = "Fire at the main depot of a carrier that delivers to the north, number {}"
REASON: Final = "Two reports spoke of two fires, of which only one was set, as a court has found."


def main() -> None:
    """Add them."""
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from incidents import review  # noqa: PLC0415
    from incidents.briefing import SHOWN  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    reviewer = User.objects.get(username="reviewer")
    before = timezone.now() - timedelta(days=7)

    def some(**said: Any) -> list[Any]:
        return [
            make.incident(TITLE.format(n), country=country, approver=reviewer, **said)
            for n, country in enumerate(COUNTRIES[: SHOWN + 1])
        ]

    some()
    some(state="in_review")
    for first in some(published=before):
        make.incident(TITLE.format("one"), after=first, approver=reviewer)
    for first in some(published=before, status="suspected"):
        make.incident(TITLE.format("two"), after=first, approver=reviewer, status="ruled_out")
    for first in some(published=before):
        review.withdraw(first, by=reviewer, reason=REASON)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
