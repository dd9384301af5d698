"""Which incidents rest on an article, by whatever form of its address."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles.canonical import validate_address
from articles.models import Article
from articles.text import normalised
from incidents.codebook import State
from incidents.models import Citation, Incident
from incidents.querysets.editions import IncidentQuerySet

PRESENT = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED, State.PUBLISHED)


def resting_on_address(url: str, user: User) -> IncidentQuerySet:
    """Return the present editions that `user` may read and that cite the article at `url`.

    None where `url` is no address.
    """
    address = normalised(url)
    try:
        validate_address(address)
    except ValidationError:
        return Incident.objects.none()
    articles = Article.objects.visible_to(user).at_address(address)
    citing = Citation.objects.visible_to(user).filter(article__in=articles)
    known = Incident.objects.visible_to(user).having(citing).filter(state__in=PRESENT)
    return known.select_related("record").order_by("-pk")
