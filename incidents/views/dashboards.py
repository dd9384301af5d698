"""Dashboards: a question, or two side by side, split in every way that says something."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.codebook import Marking
from incidents import versions
from incidents.chips import chips
from incidents.dashboards import at_once
from incidents.filters import INTERVALS, ask
from incidents.formats import csv
from incidents.ladders import ladders
from incidents.panels import PANELS, Number, Panel, body
from incidents.questions import Question
from incidents.refusals import InvalidQuestion
from incidents.snapshots import snapshot
from incidents.words import in_words

from .forms import filter_form
from .heads import heads_kept, heads_told
from .panels import WHOLE, WIDE, Asked, content, frame, frames
from .strict import refuse_others, single, without, without_blanks

OWN: Final = ("interval", "beside")
# The part of the page that the filter form exchanges.
FORM_EXCHANGES: Final = "dashboard"


def _answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have a view see the data of one moment, and show what it refuses beside the form."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with snapshot():
                return view(request, *args, **kwargs)
        except InvalidQuestion as refused:
            form = filter_form(without(request.GET, OWN), request.user, None, refused.errors)
            return render(request, "dashboards/dashboard.html", {"form": form}, status=400)

    return answered


@_answered
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show a question as charts, each with its table."""
    return _page(request, patience=settings.PANELS_WITHIN / 1000)


@_answered
def whole(request: HttpRequest) -> HttpResponse:
    """Show the same with every panel in place, to be printed or read without scripts."""
    return _page(request, patience=None)


def _page(request: HttpRequest, patience: float | None) -> HttpResponse:
    began = monotonic()
    if tidied := without_blanks(request, "beside"):
        return HttpResponseRedirect(tidied)
    asked = _asked(request)
    until = None if patience is None else began + patience
    told = heads_told(request, asked) if until is None or at_once() else heads_kept(request, asked)
    there = () if told is not None and told.nothing else PANELS
    shown = frames(request, asked, there, until)
    # The form on a page that stays takes its numbers from this answer, or has none.
    exchanged = request.headers.get("HX-Target") == FORM_EXCHANGES
    counted = exchanged or until is None or (at_once() and monotonic() < until)
    said, more = chips(asked.sides[0])
    form = filter_form(without(request.GET, OWN), request.user, asked.sides[0] if counted else None)
    context = {
        "form": form,
        "filters_at": "" if counted else f"{reverse('dashboard-filters')}?{asked.query}",
        "asked": asked,
        "besides": asked.besides,
        "told": told,
        "words": [in_words(question) for question in asked.sides],
        "frames": shown,
        "chips": said,
        "more_chips": more,
        "intervals": INTERVALS,
        "printing": patience is None,
        "printed_at": timezone.now(),
        "site": settings.SITE_URL,
    }
    response = render(request, "dashboards/dashboard.html", context)
    patch_vary_headers(response, ["HX-Target"])
    return response


@_answered
def heads(request: HttpRequest) -> HttpResponse:
    """Return what is asked, in words and numbers, for a page that waits for it."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{reverse('dashboard')}?{request.GET.urlencode()}")
    response = HttpResponse(heads_told(request, _asked(request)).text)
    response["Vary"] = "HX-Request"
    return response


@_answered
def panel(request: HttpRequest, name: str) -> HttpResponse:
    """Show one panel: its body for a page that waits for it, else a page of its own."""
    found = _panel(name)
    asked = _asked(request)
    made = content(request, found, asked)
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(format_html('<div class="body">{}</div>', made))
    else:
        context = {
            "asked": asked,
            "frame": frame(found, made, asked),
            "words": [in_words(question) for question in asked.sides],
            "markings": [ladders(question).marking for question in asked.sides],
        }
        response = render(request, "dashboards/panel.html", context)
    response["Vary"] = "HX-Request"
    return response


@_answered
def filters(request: HttpRequest) -> HttpResponse:
    """Return the filters of a dashboard with their numbers, for a page that waits for them."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{reverse('dashboard')}?{request.GET.urlencode()}")
    asked = _asked(request)
    context = {
        "form": filter_form(without(request.GET, OWN), request.user, asked.sides[0]),
        "chips": chips(asked.sides[0])[0],
        "besides": asked.besides,
        "answering": reverse("dashboard"),
        "exchanged": FORM_EXCHANGES,
    }
    response = render(request, "incidents/_filters.html", context)
    response["Vary"] = "HX-Request"
    return response


@_answered
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Return the picture of a panel as a file that says where it is from."""
    found = _panel(name)
    asked = _asked(request)
    question = _alone(asked)
    made = body(found.name, question, asked.interval)
    if made.draw is None:
        raise Http404
    own = settings.SITE_URL + reverse("dashboard") + "?" + question.query()
    marking = ladders(question).marking
    source = f"HTI, public version {versions.of_public().version}, CC BY 4.0, {own}"
    if marking != Marking.CLEAR:
        source = f"{marking.label}: not for passing on. HTI, {own}"
    lines = [made.says, *made.notes, source]
    text = made.draw(WHOLE if found.wide else WIDE).as_file(
        f"{found.title}: {in_words(question)}", lines
    )
    response = HttpResponse(text, content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = _attached(found, marking, "svg")
    return response


@_answered
def table(request: HttpRequest, name: str) -> HttpResponse:
    """Return the table of a panel as CSV."""
    found = _panel(name)
    asked = _asked(request)
    question = _alone(asked)
    made = body(found.name, question, asked.interval).table
    rows = [[cell.count if isinstance(cell, Number) else cell for cell in row] for row in made.rows]
    text = "".join(csv.line(row) for row in (made.head, *rows))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _attached(found, ladders(question).marking, "csv")
    return response


# -- what is asked -------------------------------------------------------------------------


def _panel(name: str) -> Panel:
    if name not in PANELS:
        raise Http404
    return PANELS[name]


def _asked(request: HttpRequest) -> Asked:
    """Read the address of a dashboard; raises InvalidQuestion."""
    interval = single(request.GET, "interval")
    if interval:
        refuse_others("interval", interval, INTERVALS)
    beside = single(request.GET, "beside") if "beside" in request.GET else None
    sides = [ask(without(request.GET, OWN), request.user)]
    if beside is not None:
        try:
            sides.append(ask(QueryDict(beside), request.user))
        except InvalidQuestion as refused:
            raise InvalidQuestion({"beside": [str(refused)]}) from None
    return Asked(tuple(sides), interval)


def _alone(asked: Asked) -> Question:
    """Return the only question of a file; raises InvalidQuestion where another stands beside."""
    if len(asked.sides) > 1:
        raise InvalidQuestion({"beside": [_("A file holds one question; ask for each by itself.")]})
    return asked.sides[0]


def _attached(panel: Panel, marking: Marking, kind: str) -> str:
    """Return the header of a file whose name says what is not for everybody."""
    marked = f"-tlp-{marking.value.replace('_', '-')}" if marking != Marking.CLEAR else ""
    return f'attachment; filename="hti-{panel.name}{marked}.{kind}"'
