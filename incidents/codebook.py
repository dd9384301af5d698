"""The vocabulary of incidents, with a definition of each word.

What the admin explains, what filters and the API accept, what exports and the codebook page
say, is all made from this module. Three axes never share a field: what kind of event it was,
what is known about it, and who says who did it. Codes are stable; labels are translated.
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.codebook import Grade, Marking, PublisherKind, Reliability, Vocabulary

SEA: Final = "sea"
NO_PLACE: Final = "no_place"


class EventType(Vocabulary):
    """What kind of act it was; one of them names the act best."""

    ARSON = "arson", _("Fire set, or suspected set, against property."), _("Arson")
    EXPLOSIVE_DEVICE = (
        "explosive_device",
        _("Explosive or incendiary device, parcels included."),
        _("Explosive device"),
    )
    INFRASTRUCTURE_DAMAGE = (
        "infrastructure_damage",
        _("Cutting, ramming, tampering with rail, grid, plant, pipe, cable on land."),
        _("Infrastructure damage"),
    )
    UNDERSEA_DAMAGE = (
        "undersea_damage",
        _("Cutting or dragging at cables and pipelines under water."),
        _("Undersea damage"),
    )
    VANDALISM = "vandalism", _("Symbolic or nuisance damage."), _("Vandalism")
    CONTAMINATION = (
        "contamination",
        _("Tampering with water, food, air or supplies."),
        _("Contamination"),
    )
    ASSASSINATION = (
        "assassination",
        _("Killing or plan to kill a chosen person."),
        _("Assassination"),
    )
    VIOLENT_ATTACK = (
        "violent_attack",
        _("Attack on a group of people, or plan of one, by whatever means."),
        _("Violent attack"),
    )
    ASSAULT_THREAT = (
        "assault_threat",
        _("Beating, abduction, credible threat to a person."),
        _("Assault or threat"),
    )
    BOMB_THREAT_HOAX = (
        "bomb_threat_hoax",
        _("Mass false alarms and bomb threats."),
        _("Bomb threat or hoax"),
    )
    CYBER_INTRUSION = (
        "cyber_intrusion",
        _("Access mainly to collect information."),
        _("Cyber intrusion"),
    )
    CYBER_DISRUPTION = (
        "cyber_disruption",
        _("Availability loss that can be restored: flood, defacement, lock-out."),
        _("Cyber disruption"),
    )
    CYBER_DESTRUCTION = (
        "cyber_destruction",
        _("Wiping, corrupting, or physical damage through systems."),
        _("Cyber destruction"),
    )
    HACK_LEAK = "hack_leak", _("Stolen material released to influence."), _("Hack and leak")
    INFO_OPERATION = (
        "info_operation",
        _("Coordinated deceptive content or accounts (FIMI)."),
        _("Information operation"),
    )
    FORGERY_IMPERSONATION = (
        "forgery_impersonation",
        _("Single faked document, site, call or identity."),
        _("Forgery or impersonation"),
    )
    GNSS_INTERFERENCE = (
        "gnss_interference",
        _("Jamming or spoofing of navigation or radio."),
        _("GNSS interference"),
    )
    DRONE_INCURSION = (
        "drone_incursion",
        _("Uncrewed aircraft where it may not be."),
        _("Drone incursion"),
    )
    AIRSPACE_VIOLATION = (
        "airspace_violation",
        _("Crewed aircraft, missile or balloon crossing; unsafe intercept."),
        _("Airspace violation"),
    )
    MARITIME_SUSPICIOUS = (
        "maritime_suspicious",
        _("Loitering, dark transponder, shadowing, water violation."),
        _("Suspicious vessel"),
    )
    SURVEILLANCE_RECON = (
        "surveillance_recon",
        _("Spying on, mapping or photographing a site or person."),
        _("Surveillance or reconnaissance"),
    )
    RECRUITMENT_INFILTRATION = (
        "recruitment_infiltration",
        _("Recruiting agents, placing insiders."),
        _("Recruitment or infiltration"),
    )
    ELECTION_COVERT_FUNDING = (
        "election_covert_funding",
        _("Hidden money, vote buying, interference in a vote."),
        _("Election interference or covert funding"),
    )
    TRANSNATIONAL_REPRESSION = (
        "transnational_repression",
        _("Coercion of exiles or diaspora."),
        _("Transnational repression"),
    )
    MIGRATION_INSTRUMENTALISED = (
        "migration_instrumentalised",
        _("State-steered pressure at a border."),
        _("Instrumentalised migration"),
    )
    ECONOMIC_ENERGY_COERCION = (
        "economic_energy_coercion",
        _("Supply, trade or payment pressure for a political end."),
        _("Economic or energy coercion"),
    )
    SUSPICIOUS_EVENT = (
        "suspicious_event",
        _("Unexplained fire, outage, sighting, break-in not yet typed."),
        _("Suspicious event"),
    )


# The domain of the JRC and Hybrid CoE model that an event type falls into by default.
DEFAULT_DOMAIN: Final[dict[str, str]] = {
    EventType.ARSON: "infrastructure",
    EventType.EXPLOSIVE_DEVICE: "infrastructure",
    EventType.INFRASTRUCTURE_DAMAGE: "infrastructure",
    EventType.UNDERSEA_DAMAGE: "infrastructure",
    EventType.VANDALISM: "social",
    EventType.CONTAMINATION: "infrastructure",
    EventType.ASSASSINATION: "intelligence",
    EventType.VIOLENT_ATTACK: "intelligence",
    EventType.ASSAULT_THREAT: "social",
    EventType.BOMB_THREAT_HOAX: "social",
    EventType.CYBER_INTRUSION: "cyber",
    EventType.CYBER_DISRUPTION: "cyber",
    EventType.CYBER_DESTRUCTION: "cyber",
    EventType.HACK_LEAK: "information",
    EventType.INFO_OPERATION: "information",
    EventType.FORGERY_IMPERSONATION: "information",
    EventType.GNSS_INTERFERENCE: "space",
    EventType.DRONE_INCURSION: "military_defence",
    EventType.AIRSPACE_VIOLATION: "military_defence",
    EventType.MARITIME_SUSPICIOUS: "military_defence",
    EventType.SURVEILLANCE_RECON: "intelligence",
    EventType.RECRUITMENT_INFILTRATION: "intelligence",
    EventType.ELECTION_COVERT_FUNDING: "political",
    EventType.TRANSNATIONAL_REPRESSION: "social",
    EventType.MIGRATION_INSTRUMENTALISED: "diplomacy",
    EventType.ECONOMIC_ENERGY_COERCION: "economy",
}


class Domain(Vocabulary):
    """The 13 domains of the JRC and Hybrid CoE model."""

    INFRASTRUCTURE = "infrastructure", _("Assets and networks."), _("Infrastructure")
    CYBER = "cyber", _("Information systems."), _("Cyber")
    SPACE = "space", _("Satellite services."), _("Space")
    ECONOMY = "economy", _("Production, trade, finance."), _("Economy")
    MILITARY_DEFENCE = (
        "military_defence",
        _("Forces and their readiness."),
        _("Military and defence"),
    )
    CULTURE = "culture", _("Values, arts, heritage."), _("Culture")
    SOCIAL = "social", _("Cohesion, groups."), _("Social")
    PUBLIC_ADMINISTRATION = (
        "public_administration",
        _("State services."),
        _("Public administration"),
    )
    LEGAL = "legal", _("Rules and courts."), _("Legal")
    INTELLIGENCE = "intelligence", _("Collecting and secret action."), _("Intelligence")
    DIPLOMACY = "diplomacy", _("Relations between states."), _("Diplomacy")
    POLITICAL = "political", _("Institutions, parties, votes."), _("Political")
    INFORMATION = "information", _("Media and communication."), _("Information")


class Means(Vocabulary):
    """The instrument used."""

    INCENDIARY = "incendiary", _("Something that sets fire."), _("Incendiary")
    EXPLOSIVE = "explosive", _("Something that blows up."), _("Explosive")
    MECHANICAL = "mechanical", _("Tools, vehicles or bare force."), _("Mechanical")
    VESSEL_ANCHOR = "vessel_anchor", _("A ship, its anchor or its gear."), _("Vessel's anchor")
    DRONE = "drone", _("An uncrewed aircraft."), _("Drone")
    FIREARM_BLADE = "firearm_blade", _("A gun, a knife or the like."), _("Firearm or blade")
    TOXIC = "toxic", _("A poison, a pathogen or a radioactive substance."), _("Toxic")
    MALWARE = "malware", _("Harmful software."), _("Malware")
    PHISHING_CREDENTIALS = (
        "phishing_credentials",
        _("Stolen or tricked-out access."),
        _("Phishing credentials"),
    )
    TRAFFIC_FLOOD = (
        "traffic_flood",
        _("Requests in a mass that blocks a service."),
        _("Traffic flood"),
    )
    JAMMER = "jammer", _("A transmitter that disturbs or deceives."), _("Jammer")
    FORGED_MEDIA = (
        "forged_media",
        _("Faked text, picture, sound, site or identity."),
        _("Forged media"),
    )
    MONEY = "money", _("Payment, bribe or loan."), _("Money")
    HUMAN_AGENT = "human_agent", _("A recruited person as the instrument."), _("Human agent")
    OTHER = "other", _("An instrument not in this list."), _("Other")
    UNKNOWN = "unknown", _("The sources do not say."), _("Unknown")


class Status(Vocabulary):
    """Was it a hostile act? What is known of it."""

    ALLEGED = (
        "alleged",
        _("Someone reports it; no authority or independent check yet."),
        _("Alleged"),
    )
    SUSPECTED = (
        "suspected",
        _("Authority investigates, or 2 independent sources treat as probably deliberate."),
        _("Suspected"),
    )
    CONFIRMED = (
        "confirmed",
        _("Authority finding, charge, court or published forensics say deliberate."),
        _("Confirmed"),
    )
    DISPUTED = "disputed", _("Named authorities or independent experts disagree."), _("Disputed")
    RULED_OUT = (
        "ruled_out",
        _("Finding of accident, nature, hoax or ordinary crime; record stays visible."),
        _("Ruled out"),
    )


class Outcome(Vocabulary):
    """How far the act got."""

    FOILED = "foiled", _("Stopped before the act began."), _("Foiled")
    ATTEMPTED = "attempted", _("Began, intended effect not reached."), _("Attempted")
    EXECUTED = "executed", _("Carried through."), _("Executed")
    UNKNOWN = "unknown", _("Sources do not say."), _("Unknown")


class Severity(Grade):
    """How bad it was, from the effects recorded."""

    NONE = 0, _("No effect."), _("None")
    NUISANCE = 1, _("A nuisance; no service was lost."), _("Nuisance")
    LOCAL = 2, _("Local damage, or an outage of less than 24 hours."), _("Local damage")
    SERIOUS = 3, _("An injury, a national service hit, or more than 24 hours."), _("Serious")
    GRAVE = (
        4,
        _("A death, or an essential service lost for more than 3 days or in several countries."),
        _("Grave"),
    )


class State(Vocabulary):
    """Where an edition is on its way from draft to public."""

    DRAFT = "draft", _("Being written."), _("Draft")
    IN_REVIEW = "in_review", _("Handed in; a second person reads it."), _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Sent back with a reason."), _("Changes requested")
    PUBLISHED = "published", _("What is public now, as far as its marking lets it."), _("Published")
    SUPERSEDED = (
        "superseded",
        _("Was public until a later edition took its place."),
        _("Superseded"),
    )
    WITHDRAWN = "withdrawn", _("Was public and was taken back; a tombstone stays."), _("Withdrawn")
    DISCARDED = "discarded", _("Given up before it was public."), _("Discarded")


class Sector(Vocabulary):
    """What a target belongs to: 18 sectors of NIS2 and nine that are hit in practice."""

    ENERGY = "energy", _("Power, heat, oil, gas, hydrogen."), _("Energy")
    TRANSPORT = "transport", _("Air, rail, water, road."), _("Transport")
    BANKING = "banking", _("Banks and other credit institutions."), _("Banking")
    FINANCIAL_MARKET = "financial_market", _("Exchanges, clearing."), _("Financial market")
    HEALTH = "health", _("Health care, laboratories and medicines."), _("Health")
    DRINKING_WATER = "drinking_water", _("Supply of drinking water."), _("Drinking water")
    WASTE_WATER = "waste_water", _("Collection and treatment of waste water."), _("Waste water")
    DIGITAL_INFRASTRUCTURE = (
        "digital_infrastructure",
        _("Exchange points, cloud, telecom networks."),
        _("Digital infrastructure"),
    )
    ICT_SERVICES = "ict_services", _("Managed providers."), _("ICT services")
    PUBLIC_ADMINISTRATION = (
        "public_administration",
        _("Government and its offices."),
        _("Public administration"),
    )
    SPACE = "space", _("Ground segment."), _("Space")
    POSTAL_COURIER = "postal_courier", _("Post and couriers."), _("Postal courier")
    WASTE = "waste", _("Waste management."), _("Waste")
    CHEMICALS = "chemicals", _("Making and trading of chemicals."), _("Chemicals")
    FOOD = "food", _("Making and trading of food."), _("Food")
    MANUFACTURING = (
        "manufacturing",
        _("Making of devices, machines and vehicles."),
        _("Manufacturing"),
    )
    DIGITAL_PROVIDERS = "digital_providers", _("Markets, search, social."), _("Digital providers")
    RESEARCH = "research", _("Research bodies."), _("Research")
    MILITARY_DEFENCE = (
        "military_defence",
        _("Armed forces and their sites."),
        _("Military and defence"),
    )
    DEFENCE_INDUSTRY = (
        "defence_industry",
        _("Makers of arms and military goods."),
        _("Defence industry"),
    )
    POLITICS_ELECTIONS = (
        "politics_elections",
        _("Parties, candidates, votes."),
        _("Politics and elections"),
    )
    MEDIA = "media", _("Newspapers, broadcasters, journalists."), _("Media")
    CIVIL_SOCIETY_DIASPORA = (
        "civil_society_diaspora",
        _("Associations, exiles, communities abroad."),
        _("Civil society or diaspora"),
    )
    EDUCATION_CULTURE_RELIGION = (
        "education_culture_religion",
        _("Schools, museums, memorials, places of worship."),
        _("Education, culture or religion"),
    )
    COMMERCE_OTHER = "commerce_other", _("Shops, restaurants and other trade."), _("Other commerce")
    GENERAL_PUBLIC = "general_public", _("Everybody, no sector in particular."), _("General public")
    UNKNOWN = "unknown", _("The sources do not say."), _("Unknown")


class TargetKind(Vocabulary):
    """What kind of body or thing was hit."""

    GOVERNMENT = "government", _("A ministry, authority or municipality."), _("Government")
    ARMED_FORCES = "armed_forces", _("A unit or site of armed forces."), _("Armed forces")
    OPERATOR = "operator", _("The operator of a service or a network."), _("Operator")
    COMPANY = "company", _("Another company."), _("Company")
    PARTY_CANDIDATE = "party_candidate", _("A party or a candidate."), _("Party or candidate")
    MEDIA_OUTLET = "media_outlet", _("A newspaper, broadcaster or news site."), _("Media outlet")
    NGO = "ngo", _("An association or charity."), _("NGO")
    INDIVIDUAL = "individual", _("A person."), _("Individual")
    PUBLIC_SPACE = "public_space", _("A street, square or shopping centre."), _("Public space")
    SYMBOL = "symbol", _("A memorial, grave or flag."), _("Symbol")
    INTL_BODY = "intl_body", _("A body of several states."), _("International body")
    UNKNOWN = "unknown", _("The sources do not say."), _("Unknown")


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


class LocationRole(Vocabulary):
    """What a place has to do with an act."""

    OCCURRED = "occurred", _("The act happened there."), _("Occurred")
    AFFECTED = "affected", _("The act was felt there."), _("Affected")
    LAUNCHED = "launched", _("The act came from there."), _("Launched")


class Precision(Vocabulary):
    """How exactly a place is known."""

    EXACT = "exact", _("To 100 metres."), _("Exact")
    PLACE = "place", _("To the town or site."), _("Place")
    ADMIN1 = "admin1", _("To the region."), _("Region")
    COUNTRY = "country", _("To the country."), _("Country")
    MARITIME_AREA = "maritime_area", _("To a sea area."), _("Maritime area")
    NONE = "none", _("There is no place."), _("None")


class EffectKind(Vocabulary):
    """What an act did."""

    DEATHS = "deaths", _("People died."), _("Deaths")
    INJURIES = "injuries", _("People were hurt."), _("Injuries")
    DAMAGE = "damage", _("Things were damaged."), _("Damage")
    SERVICE_OUTAGE = "service_outage", _("A service failed."), _("Service outage")
    DATA_TAKEN = "data_taken", _("Data were copied."), _("Data taken")
    DATA_DESTROYED = "data_destroyed", _("Data were lost."), _("Data destroyed")
    MONEY_LOSS = "money_loss", _("Money was lost."), _("Money loss")
    TRANSPORT_DISRUPTION = (
        "transport_disruption",
        _("Traffic was held up."),
        _("Transport disruption"),
    )
    EVACUATION = "evacuation", _("People had to leave."), _("Evacuation")
    EXPOSURE = "exposure", _("People saw the content."), _("Exposure")
    NONE_REPORTED = "none_reported", _("No effect was reported."), _("None reported")
    UNKNOWN = "unknown", _("The sources do not say."), _("Unknown")


class EffectCertainty(Vocabulary):
    """Who vouches for an effect."""

    REPORTED = "reported", _("It was reported."), _("Reported")
    OFFICIAL = "official", _("An authority stated it."), _("Official")


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


class ChangeReason(Vocabulary):
    """Why a published edition was changed."""

    NEW_SOURCE = "new_source", _("A new source came in."), _("New source")
    CORRECTION = "correction", _("Something was wrong."), _("Correction")
    RECLASSIFIED = "reclassified", _("A code changed."), _("Reclassified")
    RE_DATED = "re_dated", _("The date changed."), _("Re-dated")
    RE_ATTRIBUTED = "re_attributed", _("The claims changed."), _("Re-attributed")
    MERGED = "merged", _("Two records were one incident."), _("Merged")
    SCOPE_CHANGE = "scope_change", _("The definition of an incident changed."), _("Scope change")


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


class Series(Vocabulary):
    """Which incidents are counted."""

    CORE = "core", _("Suspected and confirmed, without foiled."), _("Core")
    LOGGED = "logged", _("Core, alleged and disputed, without foiled."), _("Logged")
    CONFIRMED = "confirmed", _("Confirmed, without foiled."), _("Confirmed")
    FOILED = "foiled", _("Foiled, and not ruled out."), _("Foiled")
    RULED_OUT = (
        "ruled_out",
        _("Found to be accident, nature, hoax or ordinary crime."),
        _("Ruled out"),
    )
    ALL = "all", _("Logged, foiled and ruled out."), _("All")


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
}
