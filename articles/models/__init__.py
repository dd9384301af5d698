"""Tables of articles: outlets, texts, and who may read what is not for everybody."""

from .organisations import Membership, Organisation, Protected, known, validate_slug
from .texts import (
    COUNTRY_CHOICES,
    LANGUAGE_CHOICES,
    Article,
    Publisher,
)

__all__ = [
    "COUNTRY_CHOICES",
    "LANGUAGE_CHOICES",
    "Article",
    "Membership",
    "Organisation",
    "Protected",
    "Publisher",
    "known",
    "validate_slug",
]
