"""Panels as pages hold them: made once for everybody, each by itself, or asked for later."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from incidents import keeping
from incidents.charts.drawing import Drawing
from incidents.dashboards import at_once
from incidents.listings import Listing
from incidents.panels import PANELS, Body, Panel, body
from incidents.questions import Question
from incidents.refusals import InvalidQuestion
from incidents.words import in_words

logger = logging.getLogger(__name__)

WIDE: Final = 500
WHOLE: Final = 1020
NARROW: Final = 340


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a dashboard says: a question, perhaps another one, and an interval."""

    sides: tuple[Question, ...]
    interval: str
    # Where marks lead, and what the address there says beside the question.
    door: str = "dashboard"
    kept: str = ""

    @property
    def query(self) -> str:
        """The query of the same dashboard."""
        return self.turned(0, self.sides[0].query())

    @property
    def plain(self) -> str:
        """The query of the same dashboard, with an interval that fits."""
        return self.turned(0, self.sides[0].query(), interval=False)

    @property
    def besides(self) -> list[tuple[str, str]]:
        """What the address says besides the first question, for its form to carry along."""
        own = [("interval", self.interval)] if self.interval else []
        return [*own, *(("beside", question.query()) for question in self.sides[1:])]

    def turned(self, side: int, query: str, *, interval: bool = True) -> str:
        """Return the query of a dashboard with the question of one side replaced."""
        queries = [question.query() for question in self.sides]
        queries[side] = query
        own = {"interval": self.interval} if self.interval and interval else {}
        if len(queries) > 1:
            own["beside"] = queries[1]
        return "&".join(part for part in (queries[0], urlencode(own)) if part)

    def address(self, side: int, query: str) -> str:
        """Return where a mark leads: the same dashboard of what it stands for."""
        return f"{reverse(self.door)}?{self.turned(side, query, interval=False)}{self.kept}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A panel on a page: its body where it is made already, and where it is to be had."""

    panel: Panel
    content: SafeString | None
    query: str
    # A file holds one question.
    as_files: bool


def panels_of(request: HttpRequest, listed: Listing, *names: str) -> dict[str, Any]:
    """Return what a page needs that shows some panels beside a list which is not empty."""
    if not listed.counts.high:
        return {}
    asked = Asked((listed.question,), "")
    until = monotonic() + settings.PANELS_WITHIN / 1000
    return {"asked": asked, "frames": frames(request, asked, names, until)}


def frames(
    request: HttpRequest, asked: Asked, names: Iterable[str], until: float | None
) -> list[Frame]:
    """Return panels by name; those not begun at the moment `until` are left to be asked for."""
    found = []
    for name in names:
        panel = PANELS[name]
        if until is None or (at_once() and monotonic() < until):
            made: SafeString | None = content(request, panel, asked)
        else:
            made = _kept(request, panel, asked)
        found.append(frame(panel, made, asked))
    return found


def _kept(request: HttpRequest, panel: Panel, asked: Asked) -> SafeString | None:
    """Return the body of a panel where it is kept already."""
    if request.user.is_authenticated:
        return None
    text = keeping.known(_key(panel, asked))
    return None if text is None else mark_safe(text)  # noqa: S308


def _key(panel: Panel, asked: Asked) -> str:
    return keeping.key("panel", panel.name, asked.query, asked.door + asked.kept)


def frame(panel: Panel, made: SafeString | None, asked: Asked) -> Frame:
    """Return the frame around the body of a panel."""
    return Frame(panel, made, asked.query, as_files=len(asked.sides) == 1)


def content(request: HttpRequest, panel: Panel, asked: Asked) -> SafeString:
    """Return the body of a panel as HTML; what fails says so and leaves its neighbours alone."""

    def make() -> str:
        # What the database refuses here is undone here: the neighbours still ask it.
        with transaction.atomic():
            return _made(panel, asked)

    try:
        if request.user.is_authenticated:
            return mark_safe(make())  # noqa: S308  it is a template's
        return mark_safe(keeping.text_made_once(_key(panel, asked), make))  # noqa: S308
    except InvalidQuestion as refused:
        return _failed(panel, str(refused))
    except OperationalError:
        logger.warning("The panel %s was not made in time.", panel.name)
        return _failed(panel, "It took too long. Ask for less, or try again.")
    except Exception:
        logger.exception("The panel %s failed.", panel.name)
        return _failed(panel, "It could not be made; the fault is noted.")


def _failed(panel: Panel, why: str) -> SafeString:
    return SafeString(render_to_string("dashboards/_failed.html", {"panel": panel, "why": why}))


def _made(panel: Panel, asked: Asked) -> str:
    bodies = [body(panel.name, question, asked.interval) for question in asked.sides]
    most = max(made.most for made in bodies) if len(bodies) > 1 else 0
    sides = [
        {
            "body": made,
            "words": in_words(asked.sides[n]) if len(bodies) > 1 else "",
            "pictures": _pictures(panel, made, asked, n, most),
        }
        for n, made in enumerate(bodies)
    ]
    return render_to_string("dashboards/_body.html", {"panel": panel, "sides": sides})


def _pictures(panel: Panel, made: Body, asked: Asked, side: int, most: int) -> list[SafeString]:
    """Return a picture for a wide screen and one for a narrow one."""
    if made.draw is None:
        return []
    look = "other " if side else ""
    wide = WHOLE if panel.wide and len(asked.sides) == 1 else WIDE

    def address(query: str) -> str:
        return asked.address(side, query)

    label = f"{panel.title}. {made.says}"
    kinds = (("fixed", wide),) if made.fixed else (("wide", wide), ("narrow", NARROW))
    return [_svg(made.draw(width, most, look), label, kind, address) for kind, width in kinds]


def _svg(drawing: Drawing, label: str, kind: str, address: Callable[[str], str]) -> SafeString:
    return format_html(
        '<svg class="chart {}" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        kind,
        f"{drawing.width:g}",
        f"{drawing.height:g}",
        label,
        mark_safe(drawing.on_page(address)),  # noqa: S308  it escapes what it writes
    )
