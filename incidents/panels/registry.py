"""Which panels there are, in the order of a dashboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from incidents.questions import Question

from .blame import ladder
from .bodies import Body
from .groups import by_one, by_two
from .lags import lag
from .places import on_map
from .reported import figures, outlets
from .times import over_time


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: its name in addresses, its title, and how it is made of a question."""

    name: str
    title: Any
    make: Callable[[Question], Body]
    wide: bool = False


PANELS: Final[dict[str, Panel]] = {
    panel.name: panel
    for panel in (
        Panel("time", _("When it began"), over_time, wide=True),
        Panel("europe", _("Where in Europe"), lambda q: on_map(q, "europe")),
        Panel("countries", _("In which country"), lambda q: by_one(q, "country")),
        Panel("world", _("Where in the world"), lambda q: on_map(q, "world"), wide=True),
        Panel("types", _("What happened"), lambda q: by_one(q, "event_type")),
        Panel("blame", _("Who is blamed, and how firmly"), ladder),
        Panel("lag", _("How long blame took, and what was ruled out"), lag),
        Panel(
            "types-sectors",
            _("What, against what"),
            lambda q: by_two(q, "event_type", "sector"),
            wide=True,
        ),
        Panel(
            "types-countries",
            _("What, where"),
            lambda q: by_two(q, "event_type", "country"),
            wide=True,
        ),
        Panel("outlets", _("Who reported it"), outlets),
        Panel("languages", _("In which languages"), lambda q: by_one(q, "language", "any")),
        Panel("figures", _("What others counted"), figures, wide=True),
    )
}


def body(name: str, question: Question, interval: str = "") -> Body:
    """Return what a panel shows of a question; time by the interval asked, if one is.

    Raises KeyError where there is no such panel.
    """
    if name == "time" and interval:
        return over_time(question, interval)
    return PANELS[name].make(question)
