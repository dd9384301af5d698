"""A record through time: its history, what changed between two editions, and any edition."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from incidents import audit, histories
from incidents.dossiers import dossier

from .strict import reads


@reads("from", "to")
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """List the editions of a record, and compare two of them."""
    told = histories.history(reference, request.user)
    before, after = (request.GET.get(name, "").strip() for name in ("from", "to"))
    compared = histories.compared(told, before, after, request.user)
    for edition in (compared.before, compared.after) if compared else ():
        audit.read(request, edition)
    context = {"history": told, "compared": compared}
    return render(request, "incidents/history.html", context)


@reads()
def edition(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show what one edition of a record says, and that it is not what the record says now."""
    told = histories.history(reference, request.user)
    past = histories.one(told, number)
    audit.read(request, past.edition)
    own = reverse("edition", args=(told.reference, number))
    context = {
        "history": told,
        "past": past,
        "dossier": dossier(past.edition, request.user),
        "address": settings.SITE_URL + own,
        "contact": settings.CONTACT,
    }
    return render(request, "incidents/edition.html", context)
