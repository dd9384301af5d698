"""The ways to split incidents into groups, and what their groups are called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User

from articles.countries import COUNTRIES, LANGUAGES
from articles.models import Article

from .codebook import (
    AttributionLevel,
    ClaimantKind,
    Domain,
    EventType,
    Outcome,
    Sector,
    Severity,
    Status,
    TargetKind,
)
from .entries import SLUGGED
from .filters import DIMENSIONS as NAMES
from .models.children import PLACE_CHOICES, TARGET_COUNTRY_CHOICES
from .questions import GROUPS, NONE, PRIMARY
from .regions import REGIONS


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to split incidents.

    By its `column` an incident falls into one group; by the rows of its `group`, into each
    group that one of them touches. A dimension with a column and a group can be counted
    either way (R4).
    """

    name: str
    column: str | None
    group: str | None

    def overlaps(self, assign: str) -> bool:
        """Tell whether an incident may fall into several groups."""
        return self.name != "level" and self.by_rows(assign)

    def by_rows(self, assign: str) -> bool:
        """Tell whether the dimension is counted by child rows."""
        return self.group is not None and (self.column is None or assign == "any")


_COLUMNS: Final = {
    "status": "known_status",
    "outcome": "outcome",
    "severity": "severity",
    "campaign": "campaign__slug",
    **{name: name for name in PRIMARY},
}
DIMENSIONS: Final[dict[str, Dimension]] = {
    name: Dimension(name, _COLUMNS.get(name), "claim" if name == "level" else GROUPS.get(name))
    for name in NAMES
}
_FIXED: Final[dict[str, dict[str, Any]]] = {
    "country": dict(PLACE_CHOICES),
    "target_country": dict(TARGET_COUNTRY_CHOICES),
    "event_type": dict(EventType.choices),
    "domain": dict(Domain.choices),
    "status": dict(Status.choices),
    "outcome": dict(Outcome.choices),
    "severity": {str(code): label for code, label in Severity.choices},
    "sector": dict(Sector.choices),
    "target_kind": dict(TargetKind.choices),
    "attributed_to": COUNTRIES,
    "level": {str(code): label for code, label in AttributionLevel.choices},
    "claimant_kind": dict(ClaimantKind.choices),
    "language": LANGUAGES,
    "region": {code: region.label for code, region in REGIONS.items()},
}
_TITLED: Final = ("address_digest", "title", "url")
_NONE_LABELS: Final = {
    "attributed_to": "No state",
    "actor": "No actor",
    "claimant_kind": "No claim",
    "campaign": "No campaign",
    "severity": "Not judged",
    "region": "No region",
}


def labels(name: str, codes: Collection[str]) -> dict[str, str]:
    """Return what the groups of a dimension are called, by their codes."""
    if name in SLUGGED:
        listed: Any = SLUGGED[name]._default_manager
        known = dict(listed.filter(slug__in=codes).values_list("slug", "name"))
    else:
        known = _FIXED[name]
    none = _NONE_LABELS.get(name, "None")
    return {code: none if code == NONE else str(known.get(code, code)) for code in codes}


def article_titles(digests: Collection[str], user: User | AnonymousUser) -> dict[str, str]:
    """Return what articles are called that `user` may see, by their digests; none is grouped by."""
    found = Article.objects.visible_to(user).filter(address_digest__in=digests).order_by("-pk")
    return {article.address_digest: str(article) for article in found.only(*_TITLED)}
