"""What kind of event it was, what is known about it, and the life of its editions."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from articles.codebook import Grade, Vocabulary


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


WORKED_ON: Final = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)
ONCE_PUBLIC: Final = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN)


class ChangeReason(Vocabulary):
    """Why a published edition was changed."""

    NEW_SOURCE = "new_source", _("A new source came in."), _("New source")
    CORRECTION = "correction", _("Something was wrong."), _("Correction")
    RECLASSIFIED = "reclassified", _("A code changed."), _("Reclassified")
    RE_DATED = "re_dated", _("The date changed."), _("Re-dated")
    RE_ATTRIBUTED = "re_attributed", _("The claims changed."), _("Re-attributed")
    MERGED = "merged", _("Two records were one incident."), _("Merged")
    UNMERGED = "unmerged", _("A merge was taken back."), _("Merge taken back")
    SCOPE_CHANGE = "scope_change", _("The definition of an incident changed."), _("Scope change")
