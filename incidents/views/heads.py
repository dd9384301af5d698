"""What a dashboard says first: each question in words and numbers, kept for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from incidents import keeping
from incidents.codebook import Audience
from incidents.dashboards import head
from incidents.filters import INTERVALS

from .panels import Asked

# Begins what is told of questions to which nothing fits, and only that.
_NOTHING: Final = "<!-- nothing fits -->"


@dataclass(frozen=True, slots=True)
class Told:
    """The first part of a dashboard as HTML."""

    text: SafeString

    @property
    def nothing(self) -> bool:
        """Whether no incident fits, so that there is nothing to draw."""
        return self.text.startswith(_NOTHING)


def heads_told(request: HttpRequest, asked: Asked) -> Told:
    """Return the first part of a dashboard, made once for everybody."""
    if request.user.is_authenticated:
        return Told(mark_safe(_made(request, asked)))  # noqa: S308  it is a template's
    text = keeping.text_made_once(_key(asked), lambda: _made(request, asked))
    return Told(mark_safe(text))  # noqa: S308


def heads_kept(request: HttpRequest, asked: Asked) -> Told | None:
    """Return the first part of a dashboard where it is kept already."""
    if request.user.is_authenticated:
        return None
    text = keeping.known(_key(asked))
    return None if text is None else Told(mark_safe(text))  # noqa: S308


def _key(asked: Asked) -> str:
    return keeping.key("heads", asked.query)


def _made(request: HttpRequest, asked: Asked) -> str:
    heads = [head(question) for question in asked.sides]
    nothing = not any(one.counts.high for one in heads)
    context = {
        "asked": asked,
        "heads": heads,
        "nothing": nothing,
        "intervals": INTERVALS,
        "audiences": Audience.choices if request.user.is_authenticated else (),
        "swapped": _swapped(asked),
    }
    text = render_to_string("dashboards/_heads.html", context, request)
    return f"{_NOTHING}{text}" if nothing else text


def _swapped(asked: Asked) -> str:
    """Return the query of the same two questions the other way round."""
    if len(asked.sides) < 2:
        return ""
    one, other = (question.query() for question in asked.sides)
    return f"{other}&{urlencode({'beside': one})}".lstrip("&")
