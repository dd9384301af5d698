"""An article that came in is cited by a record that is here already."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from articles import inbox
from articles.codebook import Triage
from articles.services import article_at

from . import drafting, needs, records, review
from .codebook import State
from .models import Incident
from .services import settle


@transaction.atomic
def attach(url: str, reference: str, *, by: User) -> Incident:
    """Cite an article in the draft of a record, begun where there is none, and return the draft.

    Raises ValidationError where there is no such record, or nobody may work on it now.
    """
    try:
        found = records.find(reference.strip().upper(), by)
    except Http404:
        found = None
    if not isinstance(found, Incident):
        told = _("There is no record %(reference)s that you may read.")
        raise ValidationError({"reference": told % {"reference": reference[:40]}})
    draft = found if found.state != State.PUBLISHED else needs.open_beside(found, by)
    if draft is None:
        draft = review.revise(found, by=by)
    mine = needs.drafts_of(by).filter(state__in=(State.DRAFT, State.CHANGES_REQUESTED))
    if not mine.filter(pk=draft.pk).exists():
        told = _("Somebody else works on this record, or it is in review.")
        raise ValidationError({"reference": told})
    article, _made = article_at(url, by=by)
    inbox.taken(article, by=by, state=Triage.ATTACHED)
    drafting.cite(draft, [url], by=by)
    settle(draft)
    return draft
