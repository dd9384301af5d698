"""What became of what was proposed: whether a draft was saved with it, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q

from articles.countries import COUNTRIES
from incidents.models import Incident, Proposed

from .reading import Proposal
from .values import PARTS, Value


def note(proposal: Proposal, incident: Incident, sent: Mapping[str, str], *, by: User) -> None:
    """Keep what was proposed for a draft and whether it was kept, as codes without words."""
    Proposed.objects.bulk_create(
        Proposed(
            record=incident.record,
            language=proposal.found.language,
            part=value.part,
            value=value.code[:80] if value.part != "title" else "",
            kept=_kept(value, sent),
            by=by,
        )
        for value in proposal.values
    )


def _kept(value: Value, sent: Any) -> bool:
    """Tell whether what was sent still says it, in whatever row."""
    if value.row is None:
        said = sent.getlist(value.part)
        wanted = value.fields[value.part]
        if value.part == "country_name":
            return value.shown in said or value.code in said
        return said == wanted if isinstance(wanted, list) else wanted in said
    for number in range(int(sent.get(f"{value.part}-TOTAL_FORMS") or 0)):
        row = f"{value.part}-{number}"
        said = sent.get(f"{row}-{value.telling}", "")
        if said in (value.code, COUNTRIES.get(value.code)) and not sent.get(f"{row}-DELETE"):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Share:
    """How often something was proposed, and how often it was kept."""

    proposed: int
    kept: int

    @property
    def percent(self) -> int:
        """The kept ones in a hundred."""
        return round(100 * self.kept / self.proposed)


def precision(user: User) -> list[tuple[str, list[Share | None]]]:
    """Return, for each language, the share kept of each part, of drafts that `user` may read."""
    visible = Incident.objects.visible_to(user)
    rows = Proposed.objects.filter(record__in=visible.values("record")).order_by()
    counted = rows.values_list("language", "part").annotate(
        n=Count("pk"), good=Count("pk", filter=Q(kept=True))
    )
    found = {(language, part): Share(n, good) for language, part, n, good in counted}
    languages = sorted({language for language, _part in found})
    return [(language, [found.get((language, part)) for part in PARTS]) for language in languages]
