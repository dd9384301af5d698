"""The ledger of reported figures: what each rendition of a figure changed, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .figures import COMPARED, Beside, figures

PARTS: Final = {
    "value": gettext_lazy("the value"),
    "qualifier": gettext_lazy("how exact it is said to be"),
    "what": gettext_lazy("what is counted"),
    "area": gettext_lazy("the area"),
    "period": gettext_lazy("the period"),
    "attributed_to": gettext_lazy("to whom it is traced"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure beside our count, with a sentence for each part that renditions changed."""

    beside: Beside
    changes: list[str]

    @property
    def faithful(self) -> int:
        """How many renditions changed nothing."""
        return sum(not drift.differs for drift in self.beside.drifts)


def ledger(user: User | AnonymousUser) -> list[Entry]:
    """Return the reported figures that `user` may see, those that drifted most first."""
    entries = [Entry(beside, _changes(beside)) for beside in figures(user)]
    return sorted(entries, key=lambda entry: -len(entry.beside.drifts))


def _changes(beside: Beside) -> list[str]:
    """Say how many renditions changed each part of a figure."""
    total = len(beside.drifts)
    changed = {part: sum(part in drift.differs for drift in beside.drifts) for part in COMPARED}
    return [
        _("%(n)d of %(total)d changed %(part)s") % {"n": n, "total": total, "part": PARTS[part]}
        for part, n in changed.items()
        if n
    ]
