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
from .counters import Clock, ReferenceCounter
from .directories import Actor, ActorAlias, ActorParent, Campaign, Rendition, ReportedFigure
from .editions import Incident, Record
from .joining import Joining
from .reviewing import Comment, Comparison, MarkingChange, Notification
from .tokens import Token
from .traces import AuditEntry, LedgerEntry

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorParent",
    "AuditEntry",
    "Campaign",
    "Citation",
    "Claim",
    "Clock",
    "Coding",
    "Comment",
    "Comparison",
    "Effect",
    "Incident",
    "Joining",
    "LedgerEntry",
    "Location",
    "MarkingChange",
    "Notification",
    "Record",
    "ReferenceCounter",
    "Rendition",
    "ReportedFigure",
    "StatusFinding",
    "Target",
    "Token",
]
