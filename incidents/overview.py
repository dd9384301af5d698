"""What the first page says: the totals, what is new, and what others reported."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from . import versions
from .figures import Beside, figures
from .filters import ask, query_of
from .listings import Listing, listing
from .models import Incident
from .pages import page_of_models

LATEST = "6"


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page."""

    core: Listing
    changed: list[Incident]
    figures: list[Beside]
    public_version: int


def overview(user: User | AnonymousUser) -> Overview:
    """Return what the first page says to `user`."""
    latest = ask(query_of({"page_size": [LATEST]}), user, {"page_size"})
    changed = {"series": ["all"], "order": ["-published"], "page_size": [LATEST]}
    return Overview(
        core=listing(latest),
        changed=page_of_models(ask(query_of(changed), user, {"order", "page_size"})).incidents,
        figures=[beside for beside in figures(user) if beside.ours],
        public_version=versions.of_public().version,
    )
