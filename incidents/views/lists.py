"""The overview and the list of incidents."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from incidents.chips import chips
from incidents.codebook import Audience
from incidents.dashboards import at_once
from incidents.filters import LISTED, ask
from incidents.listings import Listing, listing
from incidents.overview import overview
from incidents.records import is_reference
from incidents.refusals import InvalidQuestion

from .forms import filter_form
from .layouts import MAPS, OWN, Layout, layout_of
from .panels import Asked, Frame, frames, panels_of
from .strict import reads, without, without_blanks

# The part of the page that the filter form exchanges.
FORM_EXCHANGES: Final = "results"


@reads()
def start(request: HttpRequest) -> HttpResponse:
    """Say what is logged, what changed, what others reported, and how it is counted."""
    told = overview(request.user)
    shown = panels_of(request, told.core, "time", "europe", "types", "blame")
    return render(request, "incidents/start.html", {"overview": told, **shown})


def incidents(request: HttpRequest) -> HttpResponse:
    """List the incidents of a question, with its numbers and the form to change it."""
    params = request.GET
    if tidied := without_blanks(request):
        return HttpResponseRedirect(tidied)
    words = params.get("q", "").strip().upper()
    if len(params) == 1 and is_reference(words):
        return HttpResponseRedirect(reverse("incident", args=(words,)))
    try:
        question = ask(without(params, OWN), request.user, LISTED)
        layout = layout_of(params, question)
        listed = listing(question, layout.pages)
    except InvalidQuestion as refused:
        form = filter_form(without(params, OWN), request.user, None, refused.errors)
        return render(request, "incidents/incidents.html", {"form": form}, status=400)
    made, more = chips(question)
    counted = at_once() or request.headers.get("HX-Target") == FORM_EXCHANGES
    filters_at = f"{reverse('incidents-filters')}?{params.urlencode()}"
    context: dict[str, Any] = {
        "form": filter_form(without(params, OWN), request.user, question if counted else None),
        "filters_at": "" if counted else filters_at,
        "layout": layout,
        "kept": layout.kept,
        "besides": layout.pairs,
        "frames": _maps(request, layout, listed),
        "chips": made,
        "more_chips": more,
        "listing": listed,
        "audiences": Audience.choices if request.user.is_authenticated else (),
    }
    response = render(request, "incidents/incidents.html", context)
    patch_vary_headers(response, ["HX-Target"])
    return response


def filters(request: HttpRequest) -> HttpResponse:
    """Return the filters of a list with their numbers, for a page that waits for them."""
    params = request.GET
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(f"{reverse('incidents')}?{params.urlencode()}")
    try:
        question = ask(without(params, OWN), request.user, LISTED)
        layout = layout_of(params, question)
    except InvalidQuestion as refused:
        form = filter_form(without(params, OWN), request.user, None, refused.errors)
        return render(request, "incidents/incidents.html", {"form": form}, status=400)
    context = {
        "form": filter_form(without(params, OWN), request.user, question),
        "chips": chips(question)[0],
        "besides": layout.pairs,
        "answering": reverse("incidents"),
        "exchanged": FORM_EXCHANGES,
    }
    response = render(request, "incidents/_filters.html", context)
    response["Vary"] = "HX-Request"
    return response


def _maps(request: HttpRequest, layout: Layout, listed: Listing) -> list[Frame]:
    """Return the maps of a list that is shown on maps; their marks narrow it."""
    if layout.name != "map" or not listed.counts.high:
        return []
    asked = Asked((listed.question,), "", door="incidents", kept=layout.kept)
    return frames(request, asked, MAPS, until=None if at_once() else 0)
