"""What an address does not take is refused by name, at every door in the same words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from .parameters import did_you_mean, shown

MAX_LENGTH: Final = 200
MAX_VALUES: Final = 60


class InvalidQuestion(Exception):
    """A question that cannot be answered; `errors` holds messages by parameter."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(why)}" for name, why in errors.items()))
        self.errors = dict(errors)


def refuse(
    params: QueryDict,
    known: Collection[str],
    *,
    many: Collection[str] = (),
    elsewhere: Mapping[str, str] | None = None,
) -> None:
    """Refuse every parameter but `known`, and of those what is wrong whatever the value means.

    Those of `many` take several values. `elsewhere` says of parameters where they are read.
    Raises InvalidQuestion.
    """
    errors: dict[str, list[str]] = {}
    for name, values in params.lists():
        if name not in known:
            told = (elsewhere or {}).get(name) or _unread(name, known)
            errors[shown(name).strip("“”")] = [told]
        elif wrong := _wrong(name, values, several=name in many):
            errors[name] = [wrong]
    if errors:
        raise InvalidQuestion(errors)


# What other interfaces call something that has another name here.
_OTHERWISE: Final = {
    "limit": "page_size",
    "per_page": "page_size",
    "page": "cursor",
    "offset": "cursor",
    "sort": "order",
    "ordering": "order",
    "search": "q",
    "query": "q",
    "type": "event_type",
    "start": "from",
    "end": "to",
    "group_by": "by",
}


def _unread(name: str, known: Collection[str]) -> str:
    """Say that nobody reads a parameter here, and what was meant."""
    if not known:
        return _("No parameter is taken here.")
    close = did_you_mean(name, known)
    if name == "format":
        close = _(" The address says the format, as in incidents.csv.")
    elif (here := _OTHERWISE.get(name)) in known:
        close = _(" Here it is %(here)s.") % {"here": here}
    return _("No such parameter.%(close)s Known: %(known)s.") % {
        "close": close,
        "known": ", ".join(sorted(known)),
    }


def _wrong(name: str, values: list[str], *, several: bool) -> str | None:
    """Say what is wrong with the values of a parameter, whatever they mean."""
    if any("\x00" in value for value in values):
        return _("A value may not hold the character NUL.")
    if any(len(value) > MAX_LENGTH for value in values):
        return _("A value has at most %(n)d characters.") % {"n": MAX_LENGTH}
    if len(values) > 1 and not several:
        return _("One value, not %(n)d: %(values)s.") % {
            "n": len(values),
            "values": ", ".join(shown(value) for value in values[:3]),
        }
    if len(values) > MAX_VALUES:
        return _("At most %(n)d values.") % {"n": MAX_VALUES}
    if several and any("," in value for value in values):
        return _("Several values are repeated parameters: %(name)s=a&%(name)s=b.") % {"name": name}
    return None
