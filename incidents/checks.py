"""System checks: what the database lacks, and whether the ledger is anchored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning

from . import anchors, triggers


@register
def anchor_can_be_written(**_kwargs: Any) -> list[CheckMessage]:
    """Warn of an anchor file that is set and cannot be written to."""
    if settings.LEDGER_ANCHOR is None or not (trouble := anchors.trouble()):
        return []
    return [
        CheckWarning(
            f"The heads of the ledger are not anchored: {trouble}.",
            hint="Let the site write to the file that LEDGER_ANCHOR names.",
            id="incidents.W002",
        )
    ]


@register(deploy=True)
def anchor_is_set(**_kwargs: Any) -> list[CheckMessage]:
    """Warn where no file outside the database holds the heads of the ledger."""
    if settings.LEDGER_ANCHOR is not None:
        return []
    return [
        CheckWarning(
            "LEDGER_ANCHOR is not set: a ledger that is cut short or made anew is not noticed.",
            hint="Name a file, best on another disk than the database.",
            id="incidents.W003",
        )
    ]


@register(Tags.database)
def triggers_are_there(
    databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Warn of missing triggers, without which a published edition could be changed.

    It is no error, for `migrate` runs the checks before it can put them back.
    """
    return [
        CheckWarning(
            f"The database {name} lacks the triggers {', '.join(missing)}.",
            hint="Run `manage.py migrate`: it puts them back.",
            id="incidents.W001",
        )
        for name in databases or ()
        if (missing := triggers.missing(name))
    ]
