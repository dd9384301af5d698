"""Directories: each page is one question with its list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from articles import inbox
from incidents import directories, sources
from incidents.codebook import Subject
from incidents.figures import figures
from incidents.introductions import introduced
from incidents.listings import Listing

from .panels import panels_of
from .strict import reads

# The panels of a page that is about one thing.
SHOWN = ("time", "types", "blame", "outlets")


@reads()
def countries(request: HttpRequest) -> HttpResponse:
    """List countries with what happened in them, was aimed at them and is traced to them."""
    of_the_world, others = directories.countries(request.user)
    context = {"countries": of_the_world, "others": others}
    return render(request, "incidents/countries.html", context)


@reads()
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Show what happened in a country."""
    page = directories.country(code, request.user)
    return _page(request, Subject.COUNTRY, code, page, page.happened)


@reads()
def sectors(request: HttpRequest) -> HttpResponse:
    """List sectors with what was aimed at them."""
    return render(request, "incidents/sectors.html", {"sectors": directories.sectors(request.user)})


@reads()
def sector(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was aimed at a sector."""
    page = directories.sector(code, request.user)
    return _page(
        request, Subject.SECTOR, code, page, page.hit, "time", "countries", "types", "blame"
    )


@reads()
def actors(request: HttpRequest) -> HttpResponse:
    """List actors by state."""
    context = {"groups": directories.actors(request.user)}
    return render(request, "incidents/actors.html", context)


@reads()
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an actor, what it is accused of and what it said."""
    found = directories.actor(slug, request.user)
    if isinstance(found, str):
        return HttpResponseRedirect(reverse("actor", args=(found,)))
    return _page(request, Subject.ACTOR, slug, found, found.accused)


@reads()
def campaigns(request: HttpRequest) -> HttpResponse:
    """List campaigns."""
    context = {"campaigns": directories.campaigns(request.user)}
    return render(request, "incidents/campaigns.html", context)


@reads()
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the incidents of a campaign."""
    page = directories.campaign(slug, request.user)
    return _page(request, Subject.CAMPAIGN, slug, page, page.incidents)


@reads()
def outlets(request: HttpRequest) -> HttpResponse:
    """List outlets."""
    return render(request, "incidents/outlets.html", {"outlets": sources.outlets(request.user)})


@reads()
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an outlet, its articles and what rests on them."""
    page = sources.outlet(slug, request.user)
    if isinstance(page, str):
        return HttpResponseRedirect(reverse("outlet", args=(page,)))
    return _page(request, Subject.OUTLET, slug, page, page.incidents)


@reads()
def watched(request: HttpRequest) -> HttpResponse:
    """Say which outlets and languages are watched for news, and which are not."""
    return render(request, "incidents/watched.html", {"plan": inbox.plan(request.user)})


@reads("publisher", "language", "after")
def articles(request: HttpRequest) -> HttpResponse:
    """List articles, the latest published first."""
    page = sources.articles(request.user, **request.GET.dict())
    return render(request, "incidents/articles.html", {"page": page})


@reads()
def article(request: HttpRequest, digest: str) -> HttpResponse:
    """Show an article and what rests on it."""
    page = sources.article(digest, request.user)
    if isinstance(page, str):
        return HttpResponseRedirect(reverse("article", args=(page,)))
    return render(request, "incidents/article.html", {"page": page})


@reads()
def reported_figures(request: HttpRequest) -> HttpResponse:
    """Show the figures that others published, how they drifted, and our count beside them."""
    return render(request, "incidents/reported_figures.html", {"figures": figures(request.user)})


def _page(
    request: HttpRequest, kind: Subject, subject: str, page: Any, listed: Listing, *panels: str
) -> HttpResponse:
    """Show the page of a subject: its introduction, some panels of its question, and the list."""
    shown = panels_of(request, listed, *(panels or SHOWN))
    context = {"page": page, "introduction": introduced(kind, subject, request.user), **shown}
    return render(request, f"incidents/{kind}.html", context)
