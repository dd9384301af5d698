"""What parameters, and codes that no vocabulary holds, are called on pages."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy

ORDER_LABELS: Final = {
    "-onset": gettext_lazy("Latest act first"),
    "onset": gettext_lazy("Earliest act first"),
    "-published": gettext_lazy("Latest published first"),
    "published": gettext_lazy("Earliest published first"),
    "severity": gettext_lazy("Least severe first"),
    "-severity": gettext_lazy("Most severe first"),
}
DATE_MATCHES: Final = {
    "certain": gettext_lazy("surely in the period"),
    "possible": gettext_lazy("possibly in it too"),
}
BASIS_LABELS: Final = {
    "onset": gettext_lazy("when it began"),
    "active": gettext_lazy("while it went on"),
    "reported": gettext_lazy("first cited article"),
    "attributed": gettext_lazy("first claim"),
    "recorded": gettext_lazy("first published here"),
}
# In addresses parameters keep their names.
LABELS: Final[dict[str, Any]] = {
    "q": gettext_lazy("Words"),
    "year": gettext_lazy("Year"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
    "date_match": gettext_lazy("Imprecise dates"),
    "time_basis": gettext_lazy("Date meant"),
    "event_type": gettext_lazy("Event type"),
    "domain": gettext_lazy("Domain"),
    "status": gettext_lazy("Status"),
    "outcome": gettext_lazy("Outcome"),
    "series": gettext_lazy("Series"),
    "severity": gettext_lazy("Severity"),
    "campaign": gettext_lazy("Campaign"),
    "state": gettext_lazy("State of the edition"),
    "marking": gettext_lazy("Marking"),
    "known_on": gettext_lazy("As known on"),
    "as_of": gettext_lazy("As published on"),
    "primary": gettext_lazy("Primary value only"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "bbox": gettext_lazy("Box"),
    "target_country": gettext_lazy("Country of the target"),
    "sector": gettext_lazy("Sector"),
    "target_kind": gettext_lazy("Kind of target"),
    "attributed_to": gettext_lazy("Traced to"),
    "actor": gettext_lazy("Accused actor"),
    "claimant_kind": gettext_lazy("Claim by"),
    "level": gettext_lazy("Highest level"),
    "min_level": gettext_lazy("Level at least"),
    "state_role": gettext_lazy("Role of the state"),
    "contested": gettext_lazy("Contested"),
    "publisher": gettext_lazy("Outlet"),
    "language": gettext_lazy("Language of an article"),
    "article": gettext_lazy("Article"),
    "independent_min": gettext_lazy("Independent sources at least"),
    "order": gettext_lazy("Order"),
    "page_size": gettext_lazy("Records a page"),
    "cursor": gettext_lazy("Page"),
    "fields": gettext_lazy("Fields"),
    "brief": gettext_lazy("Without rows"),
    "raw": gettext_lazy("Raw cells"),
    "by": gettext_lazy("Counted by"),
    "interval": gettext_lazy("Time buckets"),
    "assign": gettext_lazy("Several values"),
}
