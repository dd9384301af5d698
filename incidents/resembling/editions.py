"""The records that may be the same incident as an edition that is worked on."""

from __future__ import annotations

from math import inf
from typing import Final

from django.contrib.auth.models import User

from incidents.codebook import Sector
from incidents.comparing import decided_on
from incidents.models import Citation, Claim, Incident, Location, Target

from .candidates import MOST, Candidate, candidates
from .known import spots
from .signs import NOWHERE, Signs, signs

MOST_SOURCES: Final = 20


def of_edition(edition: Incident, user: User) -> Signs:
    """Return the signs of an edition, as far as `user` may read it."""
    locations = list(Location.objects.visible_to(user).filter(incident=edition.pk))
    targets = list(Target.objects.visible_to(user).filter(incident=edition.pk))
    claims = Claim.objects.visible_to(user).filter(incident=edition.pk)
    cited = Citation.objects.visible_to(user).filter(incident=edition.pk).order_by("pk")
    return signs(
        edition.title,
        edition.summary,
        urls=cited.values_list("article__url", flat=True)[:MOST_SOURCES],
        occurred=edition.occurred,
        countries={row.country for row in (*locations, *targets)} - NOWHERE,
        places=spots(locations),
        event_types=[edition.event_type, *edition.other_event_types],
        sectors={row.sector for row in targets} - {Sector.UNKNOWN},
        actors=claims.exclude(accused_actor=None).values_list("accused_actor__slug", flat=True),
        names=[row.name for row in targets] + [row.place for row in locations],
        coded=True,
    )


def alike(edition: Incident, user: User, most: int = MOST) -> list[Candidate]:
    """Return the records that may be the same incident as an edition, and on which nobody decided.

    What was public already is only compared with what cites an article of it.
    """
    left_out = decided_on(edition.record, user) | {edition.record_id, edition.takes_in_id or 0}
    least = inf if edition.record.first_published_at else None
    asked = of_edition(edition, user)
    return candidates(asked, user, most=most, least=least, without=left_out)
