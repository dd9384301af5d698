"""What a new draft is given beside what was typed: articles cited, a place, sources of claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User

from articles import inbox
from articles.codebook import Marking, Triage, strictest
from articles.services import article_at

from .codebook import NO_PLACE, SEA, CitationRole, Precision
from .models import Citation, Claim, Incident, Location, Target


def cite(
    incident: Incident,
    urls: Iterable[str],
    *,
    by: User,
    state: Triage = Triage.DRAFTED,
    marking: str = Marking.CLEAR,
) -> list[Citation]:
    """Cite the articles at some addresses, the first one as the first report where none is there.

    An article that is new is no less strict than the edition; `marking` is that of a citation
    that is new.
    """
    logged = strictest([Marking.AMBER, incident.effective_marking, marking])
    cited: list[Citation] = []
    reported = incident.citations.filter(role=CitationRole.FIRST_REPORT).exists()
    for url in urls:
        article, _new = article_at(url, by=by, marking=logged)
        inbox.taken(article, by=by, state=state)
        role = CitationRole.DETAIL if cited or reported else CitationRole.FIRST_REPORT
        citation, _new = Citation.objects.get_or_create(
            incident=incident, article=article, defaults={"role": role, "marking": marking}
        )
        cited.append(citation)
    return cited


def locate(incident: Incident, code: str) -> None:
    """Add a country as place and target where the rows of an edition do not name it."""
    places, targets = incident.locations, incident.targets
    if code != SEA and not places.filter(country=code).exists():
        Location.objects.create(
            incident=incident,
            country=code,
            precision=Precision.NONE if code == NO_PLACE else Precision.COUNTRY,
            primary=not places.filter(primary=True).exists(),
        )
    if code not in (SEA, NO_PLACE) and not targets.exists():
        Target.objects.create(incident=incident, country=code, primary=True)


def rest(claim: Claim, numbers: Iterable[int], cited: Sequence[Citation]) -> None:
    """Rest a claim on the citations with these numbers, of which the first is 1."""
    claim.citations.add(*(cited[n - 1] for n in numbers if n <= len(cited)))


def rest_claims(incident: Incident, *, by: User) -> None:
    """Rest claims without a source on the first report, or else on the first article.

    Only an article that `by` may read is taken.
    """
    cited = Citation.objects.visible_to(by).filter(incident=incident)
    first = cited.filter(role=CitationRole.FIRST_REPORT).order_by("pk").first()
    source = first or cited.order_by("pk").first()
    if source is None:
        return
    for claim in incident.claims.filter(citations=None):
        claim.citations.add(source)
