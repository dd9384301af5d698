"""One incident as it is read: who says who did it, how firmly, and on how many sources.

The rows are those of `pages.with_rows`, which the reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.services import called

from .codebook import ONCE_PUBLIC, About, Stance, State
from .comparing import Related, related
from .filters import ask, query_of
from .histories import editions
from .independence import independent
from .listings import Listing, listing
from .models import Citation, Claim, Incident
from .pages import with_rows
from .records import parts_of

SOME: Final = "6"


_OF_NATURE: Final = {
    Stance.ASSERTS: _("says that it was deliberate"),
    Stance.SUGGESTS: _("hints that it was deliberate"),
    Stance.RULES_OUT: _("says that it was not deliberate"),
    Stance.DENIES: _("denies that it was deliberate"),
    Stance.WITHDRAWS: _("takes back what was said of its nature"),
}
_OF_ACTOR: Final = {
    Stance.ASSERTS: _("says that it was the work of"),
    Stance.SUGGESTS: _("hints that it was the work of"),
    Stance.RULES_OUT: _("rules out that it was the work of"),
    Stance.DENIES: _("denies that it was the work of"),
    Stance.WITHDRAWS: _("takes back an earlier claim against"),
}
_OF_NOBODY: Final = {
    Stance.ASSERTS: _("says that somebody did it, and names nobody"),
    Stance.SUGGESTS: _("hints that somebody did it, and names nobody"),
    Stance.RULES_OUT: _("rules out that a state was behind it"),
    Stance.DENIES: _("denies it"),
    Stance.WITHDRAWS: _("takes back an earlier claim"),
}


@dataclass(frozen=True, slots=True)
class Traced:
    """That live claims trace an act to a state, and the highest level at which one does."""

    state: str
    level: int


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with what became of it."""

    claim: Any
    superseded_by: Any | None
    replaces: Any | None

    @property
    def verb(self) -> str:
        """What the claimant does, to be read between claimant and accused."""
        claim = self.claim
        if claim.about == About.NATURE:
            return str(_OF_NATURE[claim.stance])
        named = claim.accused_actor or claim.responsible_state
        return str((_OF_ACTOR if named else _OF_NOBODY)[claim.stance])


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a page says of an incident."""

    incident: Incident
    claims: list[Told]
    traced: list[Traced]
    level: int
    contested: bool
    independent: int
    editions: list[Incident]
    campaign: Listing | None
    related: list[Incident]
    tied: list[Related]
    parts: list[str]


def dossier(found: Incident, user: User | AnonymousUser) -> Dossier:
    """Return an edition as `user` reads it; beside one of the past, nothing of today is shown."""
    past = found.state in ONCE_PUBLIC
    visible = Incident.objects.visible_to(user, past=past)
    question = ask(query_of({}), user)
    incident = with_rows(visible.filter(pk=found.pk), question, past=past).get()
    claims: list[Any] = list(incident.claims.all())
    citations = list(incident.citations.all())
    texts = [citation.article for citation in citations]
    stands = found.ended_at is None
    own = editions(user).filter(record=incident.record_id).order_by("-number")
    return Dossier(
        incident=incident,
        claims=told(claims),
        traced=traced(claims),
        level=highest(claims),
        contested=_contested(incident, user, past=past),
        independent=independent(texts, _readable_origins(citations, user), called(texts)),
        editions=list(own.select_related("record")),
        campaign=_of_campaign(incident, user) if stands else None,
        related=_resting_on_the_same(incident, citations, user) if stands else [],
        tied=related(incident.record, user) if stands else [],
        parts=parts_of(incident.record, user) if stands else [],
    )


def _contested(incident: Incident, user: User | AnonymousUser, *, past: bool) -> bool:
    """Tell whether live claims that `user` may read contradict each other."""
    live = Claim.objects.visible_to(user, past=past).live(None).filter(incident=incident.pk)
    return any(rows.exists() for rows in live.contesting())


def _of_campaign(incident: Incident, user: User | AnonymousUser) -> Listing | None:
    """Return the incidents of the campaign of an incident."""
    if incident.campaign is None:
        return None
    asked = {"campaign": [incident.campaign.slug], "series": ["all"], "page_size": [SOME]}
    return listing(ask(query_of(asked), user, {"page_size"}))


def _resting_on_the_same(
    incident: Incident, citations: list[Citation], user: User | AnonymousUser
) -> list[Incident]:
    """Return other published incidents that cite an article of this one."""
    articles = [citation.article_id for citation in citations]
    same = Citation.objects.visible_to(user).filter(article__in=articles)
    others = Incident.objects.visible_to(user).in_state(State.PUBLISHED).having(same)
    found = others.exclude(record=incident.record_id).select_related("record")
    return list(found.order_by("-onset_from", "-pk")[: int(SOME)])


def told(claims: Iterable[Any]) -> list[Told]:
    """Return claims in time, each with the one that took its place and the one it replaced."""
    ordered = sorted(claims, key=lambda claim: (claim.date_to, claim.date_from, claim.pk))
    by_key = {claim.pk: claim for claim in ordered}
    successors: dict[int, Claim] = {}
    for claim in ordered:
        if claim.supersedes_id:
            successors.setdefault(claim.supersedes_id, claim)
    return [
        Told(claim, successors.get(claim.pk), by_key.get(claim.supersedes_id)) for claim in ordered
    ]


def traced(claims: Iterable[Any]) -> list[Traced]:
    """Return the states to which live claims trace an act, most firmly traced first (R6)."""
    levels: dict[str, int] = {}
    for claim in claims:
        if claim.is_live and claim.traces:
            state = claim.responsible_state
            levels[state] = max(levels.get(state, 0), claim.level)
    ranked = sorted(levels.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Traced(state, level) for state, level in ranked]


def highest(claims: Iterable[Any]) -> int:
    """Return the highest level of the live claims, 0 for none."""
    return max((claim.level for claim in claims if claim.is_live), default=0)


def _readable_origins(citations: list[Citation], user: User | AnonymousUser) -> set[int]:
    """Return the articles that some cited ones were taken from, as far as `user` may read them."""
    origins = (citation.article.derived_from_id for citation in citations)
    keys = [key for key in origins if key is not None]
    readable = Article.objects.visible_to(user).filter(pk__in=keys)
    return set(readable.values_list("pk", flat=True))
