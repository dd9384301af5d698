"""What a report suggests: each kind of suggestion, with the words it rests on."""

from __future__ import annotations

from typing import Any

import pytest

from incidents.codebook import ClaimantKind, EventType, Outcome, Stance, Status
from incidents.suggestions import Article, KnownActor, directory, suggest

from .reports import suggested, values

CABLE = (
    "Police in Finland are investigating sabotage after an undersea cable to Estonia was cut on "
    "Monday. Interior minister Mari Laine said a tanker may have dragged its anchor."
)


def test_every_suggestion_points_at_words_and_says_why() -> None:
    found = suggested(CABLE, title="Cable to Estonia cut")

    rows: list[Any] = [
        *found.event_types,
        *found.event_countries,
        *found.occurred,
        *found.claimants,
        *found.places,
        *found.figures,
    ]
    assert rows
    for row in rows:
        source = "Cable to Estonia cut" if row.evidence.in_title else CABLE
        assert source[row.evidence.start : row.evidence.end].strip()
        assert row.why.endswith(".")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An undersea cable was cut in the Baltic Sea.", EventType.UNDERSEA_DAMAGE),
        ("Two men set fire to a warehouse.", EventType.ARSON),
        ("A parcel bomb exploded in a depot.", EventType.EXPLOSIVE_DEVICE),
        ("Saboteurs cut the railway line.", EventType.INFRASTRUCTURE_DAMAGE),
        ("A monument was vandalised with graffiti.", EventType.VANDALISM),
        ("Hackers defaced the website of a ministry.", EventType.CYBER_DISRUPTION),
        ("Hackers used phishing and spied on the cyber agency.", EventType.CYBER_INTRUSION),
        ("After the cyberattack emails were leaked online.", EventType.HACK_LEAK),
        ("A disinformation campaign used fake accounts.", EventType.INFO_OPERATION),
        ("GPS was jammed over the coast.", EventType.GNSS_INTERFERENCE),
        ("A drone was seen over the airport.", EventType.DRONE_INCURSION),
        ("A balloon drifted over the border.", EventType.AIRSPACE_VIOLATION),
        ("He was arrested for espionage.", EventType.SURVEILLANCE_RECON),
        ("They interfered in the election.", EventType.ELECTION_COVERT_FUNDING),
        ("Migrants were pushed to the border.", EventType.MIGRATION_INSTRUMENTALISED),
        ("Schools received bomb threats by email.", EventType.BOMB_THREAT_HOAX),
        ("He plotted to kill a dissident.", EventType.ASSASSINATION),
        ("The murder of the exile was ordered abroad.", EventType.ASSASSINATION),
        ("Red hands were painted on the Holocaust memorial.", EventType.VANDALISM),
        ("Schools were evacuated after threats of explosives.", EventType.BOMB_THREAT_HOAX),
        ("Hackers got into the ministry network.", EventType.CYBER_INTRUSION),
        ("Intruders broke into the waterworks.", EventType.SUSPICIOUS_EVENT),
        ("На синагоге появилась краска: красные руки.", EventType.VANDALISM),
        ("Haker włamał się do sieci ministerstwa.", EventType.CYBER_INTRUSION),
    ],
)
def test_a_kind_of_event_is_known_by_its_words(text: str, kind: EventType) -> None:
    assert kind in values(suggested(text).event_types)


def test_words_of_two_sentences_name_no_event() -> None:
    one = suggested("The GPS of the port was jammed.")
    two = suggested("Farmers steer by GPS. The radio of the port was jammed.")

    assert EventType.GNSS_INTERFERENCE in values(one.event_types)
    assert EventType.GNSS_INTERFERENCE not in values(two.event_types)


def test_an_election_far_from_the_word_for_meddling_is_none_of_that_kind() -> None:
    found = suggested(
        "The election was held in May, and after a long summer of rain and quiet the new law on "
        "fishing interfered with nobody."
    )

    assert EventType.ELECTION_COVERT_FUNDING not in values(found.event_types)


def test_what_was_not_there_is_not_suggested() -> None:
    assert EventType.EXPLOSIVE_DEVICE not in values(
        suggested("It came without explosives.").event_types
    )


def test_the_country_of_the_event_is_told_from_countries_mentioned() -> None:
    found = suggested(
        "Arsonists set fire to a depot in Lithuania. Prosecutors said Russian military "
        "intelligence ordered it. One suspect, a Colombian national, was held in Spain last year."
    )

    assert values(found.event_countries) == ["LT"]
    assert {"LT", "RU", "CO", "ES"} <= set(found.countries_mentioned)


def test_who_the_accused_are_says_nothing_of_where() -> None:
    found = suggested("Two Ukrainians set fire to a depot in Poland.")

    assert values(found.event_countries) == ["PL"]


def test_a_state_that_is_blamed_is_not_where_it_happened() -> None:
    found = suggested(
        "Russian intelligence ordered the arson in Lithuania. Russia paid for the sabotage."
    )

    assert values(found.event_countries) == ["LT"]


def test_an_outlet_stands_for_its_country_where_none_is_named() -> None:
    found = suggested(
        "Sabotage at the waterworks: police investigate the attack.", url="https://a.example.ee/x"
    )

    assert values(found.event_countries) == ["EE"]


def test_towns_are_located_in_every_case_of_their_language() -> None:
    found = suggested(
        "Policja zatrzymała w Polsce dwóch mężczyzn, którzy podpalili magazyn w Radomiu.",
        url="https://a.example.pl/x",
    )

    place = found.places[0]
    assert (place.value, place.country, place.precision) == ("Radom", "PL", "place")
    assert 51 < float(place.lat) < 52
    assert 21 < float(place.lon) < 22


@pytest.mark.parametrize(
    ("said", "state", "stance"),
    [
        ("Russian intelligence ordered the sabotage.", "RU", Stance.ASSERTS),
        ("Russian intelligence may have ordered the sabotage.", "RU", Stance.SUGGESTS),
        ("The cyberattack was carried out by Iran, officials said.", "IR", Stance.ASSERTS),
        ("Prague blamed China for the cyberattack.", "CN", Stance.ASSERTS),
        ("Agents of the GRU planned the arson.", "RU", Stance.ASSERTS),
    ],
)
def test_a_state_is_blamed_with_a_stance(said: str, state: str, stance: Stance) -> None:
    found = suggested(f"Police in Estonia investigate. {said}")

    assert [(blame.state, blame.stance) for blame in found.blamed] == [(state, stance)]


@pytest.mark.parametrize(
    "said",
    [
        "A pro-Russian cyberattack hit Oslo.",
        "Russian hackers attack websites in Oslo.",
        "A Russian hacker group attacked the website.",
        "A Ukrainian national was arrested for arson in Poland.",
        "The drones came from the direction of Belarus.",
        "Russia won the match.",
    ],
)
def test_leaning_nationality_and_direction_blame_no_state(said: str) -> None:
    assert not suggested(said).blamed


def test_who_blames_is_named_with_the_state() -> None:
    found = suggested("Foreign minister Anna Berg said Russia was behind the sabotage in Norway.")

    [blame] = found.blamed
    assert blame.claimant is not None
    assert (blame.state, blame.claimant.value) == ("RU", "Anna Berg")


def test_claimants_are_persons_in_office_unnamed_sources_and_authorities() -> None:
    found = suggested(
        "Interior minister Mari Laine said the sabotage was deliberate. "
        "A security source said the attack was cheap. The Prosecutor's Office said nothing."
    )

    told = {one.value: one.kind for one in found.claimants}
    assert "Mari Laine" in told
    assert ClaimantKind.UNNAMED_OFFICIAL in told.values()


def test_names_parted_by_a_comma_are_two() -> None:
    found = suggested(
        "Ministers Anna Berg, Carla Dahl said that Russia was behind the sabotage at the depot."
    )

    assert {"Anna Berg", "Carla Dahl"} <= set(values(found.claimants))


def test_a_persona_that_claims_an_act_is_its_claimant() -> None:
    found = suggested("NoName057 claimed responsibility for the DDoS attack on Danish websites.")

    assert [(c.value, c.kind) for c in found.claimants] == [
        ("NoName057", ClaimantKind.PERPETRATOR_PERSONA)
    ]
    assert [actor.entry for actor in found.actors] == ["NoName057(16)"]


def test_actors_of_a_directory_are_found_by_their_aliases() -> None:
    known = directory([KnownActor("Night Owl", "", aliases=("Nachteule",))])

    found = suggest(Article("", "The Nachteule network spread disinformation."), known)

    assert [(actor.value, actor.entry) for actor in found.actors] == [("Nachteule", "Night Owl")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A court sentenced the arsonist.", Status.CONFIRMED),
        ("Police are investigating the fire.", Status.SUSPECTED),
        ("The cable broke in a storm; it was an accident.", Status.RULED_OUT),
    ],
)
def test_words_hint_at_the_status(text: str, status: Status) -> None:
    found = suggested(text).status

    assert found is not None
    assert found.value == status


def test_a_plot_that_was_thwarted_is_foiled() -> None:
    found = suggested("Police thwarted a plot to kill a dissident journalist.").outcome

    assert found is not None
    assert found.value == Outcome.FOILED


@pytest.mark.parametrize(
    "text",
    [
        "A cyberattack hit two hospitals.",
        "Кібератака паралізувала роботу двох лікарень у Києві.",
        "Siber saldırı iki hastaneyi etkiledi.",
        "黑客对医院发动网络攻击。",
        "Kibernetinė ataka sutrikdė ligoninės darbą Vilniuje.",
    ],
)
def test_sectors_come_from_what_stands_beside_the_act(text: str) -> None:
    assert "health" in values(suggested(text).sectors)


def test_the_origin_of_a_copied_text_is_told() -> None:
    assert suggested("Drones were seen.\nSource: Reuters").origin == "Reuters"
