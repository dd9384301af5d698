"""Tables of articles: outlets, texts, captures, and who may read what is not for everybody."""

from .captures import Capture, Check, Content
from .derivations import Band, Derivation
from .inbox import Item, Watch
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
    "Article",
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
    "Watch",
    "known",
    "validate_slug",
]
