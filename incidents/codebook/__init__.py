"""The vocabulary of incidents, with a definition of each word.

What the admin explains, what filters and the API accept, what exports and the codebook page
say, is all made from this module. Three axes never share a field: what kind of event it was,
what is known about it, and who says who did it. Codes are stable; labels are translated.
"""

from __future__ import annotations

from typing import Final

from django.db import models

from articles.codebook import Marking, PublisherKind, Reliability

from .access import Scope
from .claims import (
    About,
    ActorKind,
    ActorRelation,
    AttributionLevel,
    Basis,
    CitationRole,
    ClaimantKind,
    ConfidenceStated,
    Credibility,
    FigureKind,
    Form,
    LikelihoodTerm,
    Qualifier,
    Stance,
    StateRole,
)
from .events import (
    DEFAULT_DOMAIN,
    ONCE_PUBLIC,
    WORKED_ON,
    ChangeReason,
    Domain,
    EventType,
    Means,
    Outcome,
    Series,
    Severity,
    State,
    Status,
)
from .places import (
    NO_PLACE,
    SEA,
    EffectCertainty,
    EffectKind,
    LocationRole,
    Precision,
    Sector,
    TargetKind,
)
from .review import Act, Chain, Deed, LedgerAction, Notice, Relation, Verdict

VOCABULARIES: Final[dict[str, type[models.Choices]]] = {
    "event_type": EventType,
    "domain": Domain,
    "means": Means,
    "status": Status,
    "outcome": Outcome,
    "severity": Severity,
    "series": Series,
    "state": State,
    "marking": Marking,
    "sector": Sector,
    "target_kind": TargetKind,
    "about": About,
    "claimant_kind": ClaimantKind,
    "stance": Stance,
    "state_role": StateRole,
    "form": Form,
    "basis": Basis,
    "confidence_stated": ConfidenceStated,
    "likelihood_term": LikelihoodTerm,
    "level": AttributionLevel,
    "actor_kind": ActorKind,
    "actor_relation": ActorRelation,
    "location_role": LocationRole,
    "precision": Precision,
    "effect_kind": EffectKind,
    "effect_certainty": EffectCertainty,
    "citation_role": CitationRole,
    "credibility": Credibility,
    "publisher_kind": PublisherKind,
    "reliability": Reliability,
    "change_reason": ChangeReason,
    "qualifier": Qualifier,
    "figure_kind": FigureKind,
    "verdict": Verdict,
    "relation": Relation,
    "ledger_action": LedgerAction,
}

__all__ = [
    "DEFAULT_DOMAIN",
    "NO_PLACE",
    "ONCE_PUBLIC",
    "SEA",
    "VOCABULARIES",
    "WORKED_ON",
    "About",
    "Act",
    "ActorKind",
    "ActorRelation",
    "AttributionLevel",
    "Basis",
    "Chain",
    "ChangeReason",
    "CitationRole",
    "ClaimantKind",
    "ConfidenceStated",
    "Credibility",
    "Deed",
    "Domain",
    "EffectCertainty",
    "EffectKind",
    "EventType",
    "FigureKind",
    "Form",
    "LedgerAction",
    "LikelihoodTerm",
    "LocationRole",
    "Means",
    "Notice",
    "Outcome",
    "Precision",
    "Qualifier",
    "Relation",
    "Scope",
    "Sector",
    "Series",
    "Severity",
    "Stance",
    "State",
    "StateRole",
    "Status",
    "TargetKind",
    "Verdict",
]
