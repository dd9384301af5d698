"""Who says who did it, on what grounds, in which articles; and published figures."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from articles.codebook import Grade, Vocabulary


class About(Vocabulary):
    """What a claim speaks of."""

    ACTOR = "actor", _("Who did it."), _("Actor")
    NATURE = "nature", _("Whether it was deliberate at all."), _("Nature")


class ClaimantKind(Vocabulary):
    """Who makes a claim."""

    AFFECTED_GOVERNMENT = (
        "affected_government",
        _("A government whose country was hit."),
        _("Affected government"),
    )
    OTHER_GOVERNMENT = "other_government", _("Another government."), _("Other government")
    INTL_ORG = "intl_org", _("An international organisation."), _("International organisation")
    SECURITY_SERVICE = (
        "security_service",
        _("An intelligence, security or police service."),
        _("Security service"),
    )
    PROSECUTOR_COURT = (
        "prosecutor_court",
        _("A prosecutor, court or statutory inquiry."),
        _("Prosecutor or court"),
    )
    COMPANY = "company", _("A company, such as a security firm."), _("Company")
    RESEARCH_NGO = "research_ngo", _("A research body or association."), _("Research body or NGO")
    MEDIA_INVESTIGATION = (
        "media_investigation",
        _("A medium by its own work only."),
        _("Media investigation"),
    )
    EXPERT = "expert", _("An expert who speaks alone."), _("Expert")
    UNNAMED_OFFICIAL = (
        "unnamed_official",
        _("An official whose name is not given."),
        _("Unnamed official"),
    )
    PERPETRATOR_PERSONA = (
        "perpetrator_persona",
        _("A name under which the perpetrator speaks."),
        _("Perpetrator persona"),
    )
    ACCUSED_STATE = "accused_state", _("The state that is accused."), _("Accused state")
    ACCUSED_PARTY = (
        "accused_party",
        _("A person or group that answers an accusation."),
        _("Accused party"),
    )
    VICTIM = "victim", _("Who was hit."), _("Victim")
    POLITICIAN = "politician", _("A politician without office in the case."), _("Politician")


class Stance(Vocabulary):
    """What a claim does."""

    ASSERTS = "asserts", _("Says that it was so."), _("Asserts")
    SUGGESTS = "suggests", _("Hints: likely, similar to, cannot be excluded."), _("Suggests")
    RULES_OUT = "rules_out", _("Says that it was not so, or that it was no actor."), _("Rules out")
    DENIES = "denies", _("The accused rejects the accusation."), _("Denies")
    WITHDRAWS = "withdraws", _("The claimant takes an earlier claim back."), _("Withdraws")


class StateRole(Vocabulary):
    """What the claim says the state had to do with it."""

    ORGAN = "organ", _("A body of the state did it."), _("Organ")
    DIRECTED = "directed", _("The state ordered it."), _("Directed")
    SUPPORTED = "supported", _("The state gave means or money."), _("Supported")
    TOLERATED = "tolerated", _("The state let it happen."), _("Tolerated")
    LINKED = "linked", _("A tie is stated, its nature is not."), _("Linked")
    NONE = "none", _("The claim says that no state was behind it."), _("None")
    NOT_STATED = "not_stated", _("The claim does not say."), _("Not stated")


class Form(Vocabulary):
    """How a claim was made."""

    ON_RECORD_STATEMENT = (
        "on_record_statement",
        _("A statement on the record."),
        _("On record statement"),
    )
    FORMAL_ATTRIBUTION = (
        "formal_attribution",
        _("A formal attribution by a government or several."),
        _("Formal attribution"),
    )
    SANCTIONS = "sanctions", _("Sanctions that state the link."), _("Sanctions")
    CHARGES = "charges", _("Charges or a warrant that state the link."), _("Charges")
    CONVICTION = "conviction", _("A conviction that finds the link."), _("Conviction")
    TECHNICAL_REPORT = "technical_report", _("A technical report."), _("Technical report")
    MEDIA_REPORT = "media_report", _("A report in a medium."), _("Media report")
    ANONYMOUS_BRIEFING = (
        "anonymous_briefing",
        _("A briefing by somebody unnamed."),
        _("Anonymous briefing"),
    )
    SOCIAL_POST = "social_post", _("A post on a social network or channel."), _("Social post")


class Basis(Vocabulary):
    """What a claim says it rests on."""

    TECHNICAL = "technical", _("Technical evidence."), _("Technical")
    JUDICIAL_EVIDENCE = "judicial_evidence", _("Evidence in proceedings."), _("Judicial evidence")
    CONFESSION_WITNESS = (
        "confession_witness",
        _("A confession or a witness."),
        _("Confession or witness"),
    )
    UNDISCLOSED_INTELLIGENCE = (
        "undisclosed_intelligence",
        _("Intelligence that is not shown."),
        _("Undisclosed intelligence"),
    )
    OSINT = "osint", _("Open sources."), _("Open sources")
    PATTERN = "pattern", _("Likeness to earlier acts."), _("Pattern")
    MOTIVE = "motive", _("Who gains by it."), _("Motive")
    SELF_CLAIM = "self_claim", _("The perpetrator says so."), _("Self claim")
    NOT_DISCLOSED = "not_disclosed", _("The claim does not say."), _("Not disclosed")


class ConfidenceStated(Vocabulary):
    """How sure the claimant says to be."""

    LOW = "low", _("Low confidence."), _("Low")
    MODERATE = "moderate", _("Moderate confidence."), _("Moderate")
    HIGH = "high", _("High confidence."), _("High")
    CERTAIN = "certain", _("Without doubt."), _("Certain")
    NOT_STATED = "not_stated", _("The claimant does not say."), _("Not stated")


class LikelihoodTerm(Vocabulary):
    """The likelihood that the claimant states, on the PHIA yardstick."""

    REMOTE = "remote", _("0 to 5 per cent."), _("Remote")
    HIGHLY_UNLIKELY = "highly_unlikely", _("10 to 20 per cent."), _("Highly unlikely")
    UNLIKELY = "unlikely", _("25 to 35 per cent."), _("Unlikely")
    REALISTIC_POSSIBILITY = (
        "realistic_possibility",
        _("40 to under 50 per cent."),
        _("Realistic possibility"),
    )
    LIKELY = "likely", _("55 to 75 per cent."), _("Likely")
    HIGHLY_LIKELY = "highly_likely", _("80 to 90 per cent."), _("Highly likely")
    ALMOST_CERTAIN = "almost_certain", _("95 to 100 per cent."), _("Almost certain")


class AttributionLevel(Grade):
    """How firmly an act is attributed: the highest live claim."""

    NONE = 0, _("No live claim has a level."), _("None")
    REPORTED = (
        1,
        _("Unnamed officials, unsourced media, any hint, or a persona's own claim."),
        _("Reported"),
    )
    EXPERT = (
        2,
        _("A named company, association, academic or media investigation asserts it."),
        _("Expert"),
    )
    OFFICIAL = (
        3,
        _("A named official, service or international body asserts it on the record."),
        _("Official"),
    )
    FORMAL = (
        4,
        _("A government attribution, sanctions or charges state the link."),
        _("Formal"),
    )
    ADJUDICATED = 5, _("A court found the link."), _("Adjudicated")


class ActorKind(Vocabulary):
    """What an actor is."""

    STATE = "state", _("A state as a whole."), _("State")
    STATE_ORGAN = "state_organ", _("A body of a state."), _("State organ")
    PROXY = "proxy", _("A group tied to a state."), _("Proxy")
    HACKTIVIST = "hacktivist", _("A group that hacks for a cause."), _("Hacktivist")
    CRIMINAL_GROUP = "criminal_group", _("A group that acts for gain."), _("Criminal group")
    POLITICAL_GROUP = "political_group", _("A party or movement."), _("Political group")
    COMPANY = "company", _("A company."), _("Company")
    INTL_ORG = "intl_org", _("An international organisation."), _("International organisation")
    PERSONA = "persona", _("A front name."), _("Persona")
    INDIVIDUAL = "individual", _("A person; named only at level 4 or 5."), _("Individual")
    UNKNOWN_GROUP = "unknown_group", _("A group of which no more is known."), _("Unknown group")


class ActorRelation(Vocabulary):
    """How an actor is tied to another one."""

    PART_OF = "part_of", _("It is a part of it."), _("Part of")
    WORKS_FOR = "works_for", _("It works for it."), _("Works for")
    FRONT_OF = "front_of", _("It is a front name of it."), _("Front of")
    OVERLAPS = "overlaps", _("The two share members or means."), _("Overlaps")


class CitationRole(Vocabulary):
    """What an article does for an incident."""

    FIRST_REPORT = "first_report", _("The first report."), _("First report")
    DETAIL = "detail", _("Adds facts."), _("Detail")
    ATTRIBUTION = "attribution", _("Carries a claim of who did it."), _("Attribution")
    OFFICIAL_DOCUMENT = (
        "official_document",
        _("Is a document of an authority."),
        _("Official document"),
    )
    CORRECTION = "correction", _("Corrects an earlier report."), _("Correction")
    DENIAL = "denial", _("Carries a denial."), _("Denial")
    FOLLOW_UP = "follow_up", _("Tells what came later."), _("Follow up")


class Credibility(Grade):
    """How credible a report is: the Admiralty digit, never averaged with the letter."""

    CONFIRMED = 1, _("Confirmed by other sources."), _("1 Confirmed")
    PROBABLY_TRUE = 2, _("Probably true."), _("2 Probably true")
    POSSIBLY_TRUE = 3, _("Possibly true."), _("3 Possibly true")
    DOUBTFUL = 4, _("Doubtful."), _("4 Doubtful")
    IMPROBABLE = 5, _("Improbable."), _("5 Improbable")
    CANNOT_JUDGE = 6, _("Cannot be judged."), _("6 Cannot be judged")


class Qualifier(Vocabulary):
    """How exactly a figure was said."""

    EXACTLY = "exactly", _("The number itself."), _("Exactly")
    ABOUT = "about", _("About the number."), _("About")
    UP_TO = "up_to", _("The number at most."), _("Up to")
    AT_LEAST = "at_least", _("The number at least."), _("At least")
    MORE_THAN = "more_than", _("More than the number."), _("More than")


class FigureKind(Vocabulary):
    """What a figure counts; only a count is a number of incidents."""

    COUNT = "count", _("Incidents."), _("Count")
    PEOPLE = "people", _("People."), _("People")
    ATTEMPTS = "attempts", _("Attempts, such as border crossings."), _("Attempts")
    FALSE_CLAIMS = "false_claims", _("False claims."), _("False claims")
    PERCENT = "percent", _("Per cent; not a count."), _("Percent")
    GROWTH_FACTOR = "growth_factor", _("A factor of growth; not a count."), _("Growth factor")


# An accused cannot dispute an accusation into being contested; a denial is shown, not counted.
ACCUSED_KINDS: Final = (
    ClaimantKind.PERPETRATOR_PERSONA,
    ClaimantKind.ACCUSED_STATE,
    ClaimantKind.ACCUSED_PARTY,
)
# Of whose assertions the attribution level is made.
WEAK_KINDS: Final = (ClaimantKind.UNNAMED_OFFICIAL, ClaimantKind.PERPETRATOR_PERSONA)
EXPERT_KINDS: Final = (
    ClaimantKind.COMPANY,
    ClaimantKind.RESEARCH_NGO,
    ClaimantKind.MEDIA_INVESTIGATION,
    ClaimantKind.EXPERT,
    ClaimantKind.VICTIM,
    ClaimantKind.POLITICIAN,
)
FORMAL_FORMS: Final = (
    Form.FORMAL_ATTRIBUTION,
    Form.SANCTIONS,
    Form.CHARGES,
    Form.CONVICTION,
)
