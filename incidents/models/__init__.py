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
from .introductions import Introduction
from .joining import Joining
from .proposing import Proposed
from .reviewing import Comment, Comparison, MarkingChange, Notification
from .saved import Alert, SavedView, Subscription
from .searching import ArticleDocument, IncidentDocument, SearchDocument
from .tokens import Token
from .traces import AuditEntry, LedgerEntry

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorParent",
    "Alert",
    "ArticleDocument",
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
    "IncidentDocument",
    "Introduction",
    "Joining",
    "LedgerEntry",
    "Location",
    "MarkingChange",
    "Notification",
    "Proposed",
    "Record",
    "ReferenceCounter",
    "Rendition",
    "ReportedFigure",
    "SavedView",
    "SearchDocument",
    "StatusFinding",
    "Subscription",
    "Target",
    "Token",
]
