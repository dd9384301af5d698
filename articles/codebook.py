"""The vocabulary of articles and outlets, and the classes that every vocabulary is made of.

Law: a word that is stored, filtered by or exported stands in a vocabulary, with its definition.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODEBOOK_VERSION: Final = "1"


class Vocabulary(models.TextChoices):
    """Codes, each with a definition; a member is written code, definition, label."""

    definition: str | Promise

    def __new__(cls, value: str, definition: str | Promise = "") -> Vocabulary:
        # Django takes the last item of a member as its label, so two are left here.
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        return member


class Grade(models.IntegerChoices):
    """Whole numbers on a scale, each with a definition; written number, definition, label."""

    definition: str | Promise

    def __new__(cls, value: int, definition: str | Promise = "") -> Grade:
        member = int.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        return member


class PublisherKind(Vocabulary):
    """What kind of outlet publishes a text."""

    WIRE = "wire", _("A news agency."), _("News agency")
    NEWSPAPER = "newspaper", _("A newspaper or news site."), _("Newspaper")
    BROADCASTER = "broadcaster", _("A radio or television station."), _("Broadcaster")
    GOVERNMENT = "government", _("A government body."), _("Government")
    COURT = "court", _("A court or prosecutor."), _("Court")
    COMPANY_REPORT = "company_report", _("A company that reports its findings."), _("Company")
    RESEARCH = "research", _("A research body or association."), _("Research")
    FACT_CHECKER = "fact_checker", _("An outlet that checks claims."), _("Fact checker")
    SOCIAL_ACCOUNT = "social_account", _("An account, blog, wiki or forum."), _("Social account")
    STATE_MEDIA_OF_ACCUSED = (
        "state_media_of_accused",
        _("A medium of a state that stands accused."),
        _("State media of the accused"),
    )


class Reliability(Vocabulary):
    """How reliable an outlet is: the Admiralty letter."""

    RELIABLE = "A", _("Reliable."), _("A Reliable")
    USUALLY = "B", _("Usually reliable."), _("B Usually reliable")
    FAIRLY = "C", _("Fairly reliable."), _("C Fairly reliable")
    NOT_USUALLY = "D", _("Not usually reliable."), _("D Not usually reliable")
    UNRELIABLE = "E", _("Unreliable."), _("E Unreliable")
    CANNOT_JUDGE = "F", _("Cannot be judged."), _("F Cannot be judged")


class Marking(Vocabulary):
    """Who may see it: the Traffic Light Protocol 2.0, from the least to the most strict."""

    CLEAR = "clear", _("No limit; only this becomes public."), _("TLP:CLEAR")
    GREEN = "green", _("The community."), _("TLP:GREEN")
    AMBER = "amber", _("The organisation and its clients, on need."), _("TLP:AMBER")
    AMBER_STRICT = "amber_strict", _("The organisation only."), _("TLP:AMBER+STRICT")
    RED = "red", _("Named recipients only."), _("TLP:RED")

    @property
    def strictness(self) -> int:
        """The place on the scale, 0 for CLEAR to 4 for RED."""
        return list(Marking).index(self)


def strictest(markings: list[str]) -> Marking:
    """Return the strictest of some markings; what is not a marking counts as RED."""
    known = [Marking(m) if m in Marking.values else Marking.RED for m in markings]
    return max(known, key=lambda marking: marking.strictness, default=Marking.CLEAR)
