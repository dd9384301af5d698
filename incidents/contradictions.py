"""Parameters that exclude each other: each may be fine by itself, together they ask for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from .codebook import Series, State
from .questions import GROUPS, LEVELLED, NONE, OFFICIAL

ALWAYS_ANY: Final = ("attributed_to", "actor", "claimant_kind", "publisher", "language", "region")
# The groups in which `none` is asked alone: there it means that no row has a value.
ALONE: Final = tuple(name for name in GROUPS if name not in ("event_type", "domain", "state_role"))


def contradictions(
    asked: Mapping[str, tuple[str, ...]], values: dict[str, Any]
) -> dict[str, list[str]]:
    """Return which parameters exclude each other."""
    errors: dict[str, list[str]] = {}
    first, last = values["from"], values["to"]
    if values["year"] and (first or last):
        errors["year"] = [_("Either year, or from and to.")]
    if first and last and first > last:
        errors["from"] = [
            _("The period begins on %(first)s, after its end on %(last)s.")
            % {"first": first.isoformat(), "last": last.isoformat()}
        ]
    if values["as_of"] and values["state"] not in ("", State.PUBLISHED):
        errors["state"] = [_("as_of asks what was published; it excludes other states.")]
    if values["series"] not in ("", Series.ALL) and (values["status"] or values["outcome"]):
        errors["series"] = [
            _("A series is made of statuses and outcomes: ask for the one or for the others.")
        ]
    for name in ALONE:
        if NONE in values[name] and len(values[name]) > 1:
            errors[name] = [_("none stands alone here; it excludes other values.")]
    always_any = [name for name in values["by"] if name in ALWAYS_ANY]
    if values["assign"] == "primary" and always_any:
        errors["assign"] = [
            _("%(name)s has no primary value: leave assign out, or ask assign=any.")
            % {"name": always_any[0]}
        ]
    if len(values["by"]) > 2:
        errors["by"] = [_("At most two dimensions, not %(n)d.") % {"n": len(values["by"])}]
    least = values["min_level"]
    if least and _below(values["level"], least):
        errors["level"] = [_("It is below min_level.")]
    accused = any(set(values[name]) - {NONE} for name in LEVELLED)
    if accused and not least and _below(values["level"], OFFICIAL):
        errors["level"] = [
            _("Where a state or actor is asked for, min_level is 3: add min_level=1.")
        ]
    for name in values["primary"]:
        if ":" not in name and name not in asked:
            errors["primary"] = [
                _("%(name)s is not filtered here: add %(name)s=…, or ask primary=%(name)s:VALUE.")
                % {"name": name}
            ]
    return errors


def _below(levels: list[int], least: int) -> bool:
    """Tell whether levels are asked for and all lie below the least one."""
    return bool(levels) and max(levels) < least
