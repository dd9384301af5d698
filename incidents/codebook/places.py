"""Where it happened, what it was aimed at and what it did."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from articles.codebook import Vocabulary

SEA: Final = "sea"
NO_PLACE: Final = "no_place"
UNKNOWN_COUNTRY: Final = "ZZ"


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
