"""The overview and the list of incidents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from incidents.chips import chips
from incidents.filters import LISTED, ask
from incidents.listings import listing
from incidents.overview import overview
from incidents.records import is_reference
from incidents.refusals import InvalidQuestion

from .forms import filter_form
from .strict import reads


@reads()
def start(request: HttpRequest) -> HttpResponse:
    """Say what is logged, what changed, what others reported, and how it is counted."""
    return render(request, "incidents/start.html", {"overview": overview(request.user)})


def incidents(request: HttpRequest) -> HttpResponse:
    """List the incidents of a question, with its numbers and the form to change it."""
    params = request.GET
    blank = [name for name in params if not "".join(params.getlist(name)).strip()]
    if blank:
        # A form sends its empty inputs too; the address of a question names what it asks.
        asked = params.copy()
        for name in blank:
            del asked[name]
        return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}".rstrip("?"))
    words = params.get("q", "").strip().upper()
    if len(params) == 1 and is_reference(words):
        return HttpResponseRedirect(reverse("incident", args=(words,)))
    try:
        question = ask(params, request.user, LISTED)
        listed = listing(question)
    except InvalidQuestion as refused:
        form = filter_form(params, request.user, None, refused.errors)
        return render(request, "incidents/incidents.html", {"form": form}, status=400)
    made, more = chips(question)
    context: dict[str, Any] = {
        "form": filter_form(params, request.user, question),
        "chips": made,
        "more_chips": more,
        "listing": listed,
    }
    return render(request, "incidents/incidents.html", context)
