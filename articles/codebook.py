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


class CaptureWay(Vocabulary):
    """How what was kept of an article came here."""

    FETCHED = "fetched", _("Asked for at its address."), _("Fetched")
    UPLOADED = "uploaded", _("A file that somebody handed in."), _("Handed in as a file")
    PASTED = "pasted", _("A text that somebody pasted."), _("Pasted")


class Verdict(Vocabulary):
    """What was captured, as far as its text shows."""

    ARTICLE = "article", _("A text that reads like an article."), _("Article")
    LOGIN_WALL = "login_wall", _("A page that asks for a login or payment."), _("Login wall")
    CONSENT_WALL = "consent_wall", _("A page that asks for consent first."), _("Consent wall")
    ERROR_PAGE = "error_page", _("A page that says something failed."), _("Error page")
    TOO_SHORT = "too_short", _("A page with hardly any text."), _("Too short")
    NOT_TEXT = "not_text", _("A file without text that can be read."), _("No text")


class CheckOutcome(Vocabulary):
    """What another look at an address found."""

    UNCHANGED = "unchanged", _("The text is what it was."), _("Unchanged")
    CHANGED = "changed", _("The text differs from the one kept last."), _("Changed")
    GONE = "gone", _("The site answers without the article."), _("Gone")
    UNREACHED = "unreached", _("The site did not answer."), _("Not reached")


class DerivationSign(Vocabulary):
    """Why an article looks as if it was taken from another one."""

    COPY = "copy", _("The texts share most of their passages."), _("Same text")
    NAMED = "named", _("The text names the source it was taken from."), _("Names its source")


class Decision(Vocabulary):
    """What somebody decided on a proposal."""

    OPEN = "open", _("Nobody has decided."), _("Open")
    ACCEPTED = "accepted", _("It is so."), _("Accepted")
    REFUSED = "refused", _("It is not so."), _("Refused")


class WatchKind(Vocabulary):
    """What is watched."""

    FEED = "feed", _("An RSS or Atom feed."), _("Feed")
    PAGE = "page", _("A page whose links are read."), _("Page")


class Triage(Vocabulary):
    """What somebody made of what came in."""

    NEW = "new", _("Nobody has looked at it."), _("New")
    LATER = "later", _("Looked at, and put off."), _("Later")
    DRAFTED = "drafted", _("It reports an incident that was drafted."), _("Drafted")
    ATTACHED = "attached", _("It reports an incident that was here already."), _("Attached")
    REFUSED = "refused", _("It reports no incident."), _("Not relevant")


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


def beyond_usual(marking: str) -> bool:
    """Tell whether a marking is stricter than AMBER, with which drafts and articles begin."""
    return strictest([marking]).strictness > Marking.AMBER.strictness


def strictest(markings: list[str]) -> Marking:
    """Return the strictest of some markings; what is not a marking counts as RED."""
    known = [Marking(m) if m in Marking.values else Marking.RED for m in markings]
    return max(known, key=lambda marking: marking.strictness, default=Marking.CLEAR)
