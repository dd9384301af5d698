"""Tables of incidents: permanent records, their editions, what an edition says, directories."""

from .children import (
    Citation,
    Coding,
    Effect,
    Location,
    StatusFinding,
    Target,
)
from .claims import Claim
from .directories import Actor, ActorAlias, ActorParent, Campaign, Rendition, ReportedFigure
from .editions import Clock, Incident, Record, ReferenceCounter

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorParent",
    "Campaign",
    "Citation",
    "Claim",
    "Clock",
    "Coding",
    "Effect",
    "Incident",
    "Location",
    "Record",
    "ReferenceCounter",
    "Rendition",
    "ReportedFigure",
    "StatusFinding",
    "Target",
]
