"""Tables of articles: outlets, texts, captures, and who may read what is not for everybody."""

from .attempts import LONGEST_ATTEMPT, Attempt
from .captures import Capture, Check, Content
from .derivations import Band, Derivation
from .inbox import Item, Purged, Watch
from .organisations import Membership, Organisation, Protected, known, validate_slug
from .texts import (
    COUNTRY_CHOICES,
    LANGUAGE_CHOICES,
    Article,
    Publisher,
    PublisherDomain,
)

__all__ = [
    "COUNTRY_CHOICES",
    "LANGUAGE_CHOICES",
    "LONGEST_ATTEMPT",
    "Article",
    "Attempt",
    "Band",
    "Capture",
    "Check",
    "Content",
    "Derivation",
    "Item",
    "Membership",
    "Organisation",
    "Protected",
    "Publisher",
    "PublisherDomain",
    "Purged",
    "Watch",
    "known",
    "validate_slug",
]
