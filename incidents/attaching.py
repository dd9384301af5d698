"""Articles that came in are cited by a record that is here already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from articles.codebook import Marking, Triage, beyond_usual, strictest

from . import drafting, needs, records, review
from .codebook import ChangeReason, State
from .locks import hold, hold_edition
from .models import Citation, Incident
from .services import move_clocks, settle


@transaction.atomic
def attach(
    urls: Iterable[str], reference: str, *, by: User, marking: str = Marking.CLEAR
) -> Incident:
    """Cite articles in the draft of a record, begun where there is none, and return the draft.

    `marking` is that of a draft that was typed: what is beyond the usual stays with its articles.
    Raises ValidationError where there is no such record, or nobody may work on it now.
    """
    return _cited(dict.fromkeys(urls, _own(marking)), _found(reference, by), by)


def told(draft: Incident) -> str:
    """Say what became of articles that were attached, and what follows for readers."""
    if not draft.record.first_published_at:
        return _("The article is cited in this draft now.")
    return _(
        "The article is cited in this draft of a new edition. Readers see what is published until "
        "you hand the draft in and a second person approves it."
    )


@transaction.atomic
def move(draft: Incident, reference: str, *, by: User) -> Incident:
    """Cite the articles of a draft in that of another record, and give the first one up.

    No citation becomes less strict by that. Returns the draft of the other record.
    Raises ValidationError where `attach` does, the draft was public, cites nothing or is its own.
    """
    found = _found(reference, by)
    # Both at once: two that move to each other would wait for each other.
    hold(Q(pk__in=(draft.record_id, found.record_id)))
    draft.refresh_from_db()
    own = _own(draft.effective_marking)
    cited = Citation.objects.visible_to(by).filter(incident=draft.pk).order_by("pk")
    rows = cited.values_list("article__url", "marking")
    articles = {url: strictest([marking, own]) for url, marking in rows}
    if draft.record.first_published_at or not articles:
        raise ValidationError(_("Only what was never public and cites an article."))
    if found.record_id == draft.record_id:
        raise ValidationError(_("This is the draft itself."))
    other = _cited(articles, found, by)
    review.discard(draft, by=by)
    return other


def _own(marking: str) -> Marking:
    """Return the marking that articles take along from a draft marked so."""
    return strictest([marking]) if beyond_usual(marking) else Marking.CLEAR


def _found(reference: str, by: User) -> Incident:
    try:
        found = records.find(reference.strip().upper(), by)
    except Http404:
        found = None
    if not isinstance(found, Incident):
        told = _("There is no record %(reference)s that you may read.")
        raise ValidationError({"reference": told % {"reference": reference[:40]}})
    return found


def _cited(articles: Mapping[str, str], found: Incident, by: User) -> Incident:
    """Cite articles, each with the marking of its citation, in the draft beside an edition.

    A revision without a reason so far then says that a new source came in, unless who reads the
    edition may not read the citation: its reason would tell of it.
    """
    draft = found if found.state != State.PUBLISHED else needs.open_beside(found, by)
    if draft is None:
        draft = review.revise(found, by=by)
    # Nobody hands it in meanwhile, and whoever reads it in a form is told of a newer version.
    hold_edition(draft)
    mine = needs.drafts_of(by).filter(state__in=review.EDITABLE)
    if not mine.filter(pk=draft.pk).exists():
        told = _("Somebody else works on this record, or it is in review.")
        raise ValidationError({"reference": told})
    shown = draft.citations.filter(marking=Marking.CLEAR)
    before = shown.count()
    for url, marking in articles.items():
        drafting.cite(draft, [url], by=by, state=Triage.ATTACHED, marking=marking)
    # What was never public needs no reason; one that somebody chose stays.
    if draft.record.first_published_at and shown.count() > before:
        draft.change_reason = draft.change_reason or ChangeReason.NEW_SOURCE
    draft.version += 1
    settle(draft)
    move_clocks(public=False)
    return draft
