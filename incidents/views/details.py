"""The page of one incident, of its tombstone, or the way to where it went."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from incidents import audit
from incidents.dossiers import dossier
from incidents.records import Moved, Removed, Tombstone, find

from .strict import reads


@reads()
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is known of an incident, and who says who did it."""
    found = find(reference, request.user)
    if isinstance(found, Moved):
        # Not for good: a merge can be taken back.
        return HttpResponseRedirect(reverse("incident", args=(found.reference,)))
    if isinstance(found, Tombstone):
        return render(request, "incidents/withdrawn.html", {"tombstone": found}, status=410)
    if isinstance(found, Removed):
        return render(request, "incidents/removed.html", {"removed": found}, status=410)
    audit.read(request, found)
    context = {
        "dossier": dossier(found, request.user),
        "address": settings.SITE_URL + reverse("incident", args=(found.record.public_id,)),
        "contact": settings.CONTACT,
    }
    return render(request, "incidents/incident.html", context)
