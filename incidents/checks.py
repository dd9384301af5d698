"""System checks that ask the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning

from . import triggers


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
