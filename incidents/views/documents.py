"""The codebook, the method and the guides."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from incidents import documents
from incidents.answers import codebook as answered
from incidents.codebook import VOCABULARIES
from incidents.labels import LABELS

from .strict import reads

# Vocabularies of which every reader may ask a list, by the parameter of their name.
ASKED: Final = (
    "event_type",
    "domain",
    "status",
    "outcome",
    "severity",
    "series",
    "sector",
    "target_kind",
    "claimant_kind",
    "state_role",
    "level",
)

# What a vocabulary is called on this page, where its parameter is called otherwise.
TITLES: Final = {
    "about": _("What a claim is about"),
    "basis": _("Basis of a claim"),
    "claimant_kind": _("Kind of claimant"),
    "form": _("Form of a claim"),
    "level": _("Attribution level"),
    "marking": _("Marking"),
    "qualifier": _("Qualifier of a figure"),
}


@reads()
def codebook(request: HttpRequest) -> HttpResponse:
    """Show every vocabulary with codes, labels and definitions."""
    said: dict[str, Any] = answered()
    vocabularies = [
        {
            "name": name,
            "title": TITLES.get(name) or LABELS.get(name) or name.replace("_", " ").capitalize(),
            "about": VOCABULARIES[name].__doc__ or "",
            "entries": entries,
            "asked": name in ASKED,
        }
        for name, entries in said["vocabularies"].items()
    ]
    context = {"version": said["codebook_version"], "vocabularies": vocabularies}
    return render(request, "incidents/codebook.html", context)


@reads()
def method(request: HttpRequest) -> HttpResponse:
    """Show how the site counts."""
    return _shown(request, documents.METHOD)


@reads()
def help_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a guide or another document; the method has a page of its own."""
    return _shown(request, "" if name == documents.METHOD else name)


def _shown(request: HttpRequest, name: str) -> HttpResponse:
    context = {"document": documents.document(name), "guides": documents.guides()}
    return render(request, "incidents/document.html", context)
