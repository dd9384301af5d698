"""Directories: each page is one question with its list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from incidents import directories, sources
from incidents.figures import figures

from .strict import reads


@reads()
def countries(request: HttpRequest) -> HttpResponse:
    """List countries with what happened in them, was aimed at them and is traced to them."""
    of_the_world, others = directories.countries(request.user)
    context = {"countries": of_the_world, "others": others}
    return render(request, "incidents/countries.html", context)


@reads()
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Show what happened in a country."""
    context = {"page": directories.country(code, request.user)}
    return render(request, "incidents/country.html", context)


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
    return render(request, "incidents/actor.html", {"page": found})


@reads()
def campaigns(request: HttpRequest) -> HttpResponse:
    """List campaigns."""
    context = {"campaigns": directories.campaigns(request.user)}
    return render(request, "incidents/campaigns.html", context)


@reads()
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the incidents of a campaign."""
    context = {"page": directories.campaign(slug, request.user)}
    return render(request, "incidents/campaign.html", context)


@reads()
def outlets(request: HttpRequest) -> HttpResponse:
    """List outlets."""
    return render(request, "incidents/outlets.html", {"outlets": sources.outlets(request.user)})


@reads()
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an outlet, its articles and what rests on them."""
    return render(request, "incidents/outlet.html", {"page": sources.outlet(slug, request.user)})


@reads("publisher", "language", "after")
def articles(request: HttpRequest) -> HttpResponse:
    """List articles, the latest published first."""
    page = sources.articles(request.user, **request.GET.dict())
    return render(request, "incidents/articles.html", {"page": page})


@reads()
def article(request: HttpRequest, digest: str) -> HttpResponse:
    """Show an article and what rests on it."""
    return render(
        request, "incidents/article.html", {"page": sources.article(digest, request.user)}
    )


@reads()
def reported_figures(request: HttpRequest) -> HttpResponse:
    """Show the figures that others published, how they drifted, and our count beside them."""
    return render(request, "incidents/reported_figures.html", {"figures": figures(request.user)})
