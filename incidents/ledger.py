"""The ledger of reported figures: what each rendition of a figure changed, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
    """A figure beside our count, and a sentence on what its renditions changed."""

    beside: Beside
    drift: str


def ledger(user: User | AnonymousUser) -> list[Entry]:
    """Return the reported figures that `user` may see.

    Those beside a count of ours come first, then those told most often; a whole before its part.
    """
    entries = [Entry(beside, drift_in_words(beside)) for beside in figures(user)]
    return sorted(
        entries,
        key=lambda entry: (
            entry.beside.ours is None,
            entry.beside.part_of is not None,
            -len(entry.beside.drifts),
        ),
    )


def drift_in_words(beside: Beside) -> str:
    """Say how many renditions changed each part of a figure, the part most changed first."""
    total = len(beside.drifts)
    changed = {part: sum(part in drift.differs for drift in beside.drifts) for part in COMPARED}
    ranked = sorted(((n, part) for part, n in changed.items() if n), key=lambda pair: -pair[0])
    if not total:
        return ""
    if not ranked:
        return ngettext(
            "%(n)d rendition, which changed nothing.", "%(n)d renditions, none changed.", total
        ) % {"n": total}
    said = [
        _("%(n)d of %(total)d renditions changed %(part)s")
        % {"n": n, "total": total, "part": PARTS[part]}
        if place == 0
        else _("%(n)d %(part)s") % {"n": n, "part": PARTS[part]}
        for place, (n, part) in enumerate(ranked)
    ]
    return ", ".join(said) + "."
