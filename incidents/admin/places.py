"""Towns as one types the name of a place, for those who write about places."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse

from articles.countries import COUNTRIES, country_code
from incidents import gazetteer
from incidents.codebook import Precision


def towns(request: HttpRequest) -> JsonResponse:
    """Answer which towns have a name that begins with `q`, those of `country` where it has any."""
    user = request.user
    if not any(user.has_perm(f"incidents.{may}_incident") for may in ("add", "change")):
        raise PermissionDenied
    typed = request.GET.get("q", "")
    country = country_code(request.GET.get("country", "")[: gazetteer.LONGEST_NAME])
    found = gazetteer.find(typed, country)
    if country and not found:
        found = gazetteer.find(typed)
    places = [
        {
            "label": str(town),
            "name": town.name,
            "country": COUNTRIES[town.country],
            "admin1": town.region,
            "lat": town.lat,
            "lon": town.lon,
            "precision": Precision.PLACE,
        }
        for town in found
    ]
    return JsonResponse({"places": places, "country": COUNTRIES.get(country or "", "")})
