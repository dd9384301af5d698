"""The week in brief, made for printing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from incidents.briefing import briefing
from incidents.snapshots import snapshot

from .strict import reads


@reads("week")
def week(request: HttpRequest) -> HttpResponse:
    """Show what came, changed, was ruled out or taken back in a week."""
    with snapshot():
        told = briefing(request.GET.get("week", ""), request.user)
    return render(request, "incidents/briefing.html", {"briefing": told})
