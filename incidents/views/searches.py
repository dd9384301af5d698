"""The page of searches across incidents and articles."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from incidents import audit, searching
from incidents.parameters import MAX_WORDS
from incidents.records import is_reference
from incidents.refusals import InvalidQuestion, refuse


def search(request: HttpRequest) -> HttpResponse:
    """Show what holds the words of `q`, or only the form; a reference leads to its record."""
    text = request.GET.get("q", "")
    if is_reference(text.strip().upper()):
        return HttpResponseRedirect(reverse("incident", args=(text.strip().upper(),)))
    context = {"words": text, "most": MAX_WORDS, "counted": searching.COUNTED}
    try:
        refuse(request.GET, ("q", "after"))
        if text.strip():
            found = searching.search(text, request.user, request.GET.get("after", ""))
            audit.read(request, *found.editions)
            context |= {"found": found, "next": _query(found), "first": urlencode({"q": text})}
    except InvalidQuestion as refused:
        context["errors"] = [(name, why) for name, told in refused.errors.items() for why in told]
        return render(request, "incidents/search.html", context, status=400)
    return render(request, "incidents/search.html", context)


def _query(found: searching.Found) -> str:
    return urlencode({"q": found.words, "after": found.next}) if found.next else ""
