"""Which state is blamed, as against states that are victims, speak, or have citizens."""

from __future__ import annotations

import pytest

from .reports import suggested, values


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "Die Ermordung des Journalisten in Berlin war vom saudischen Geheimdienst befohlen.",
            "SA",
        ),
        ("Morderstwo dziennikarza w Warszawie zlecone przez saudyjski wywiad.", "SA"),
        ("El asesinato del periodista en Lima fue encargado desde Caracas.", "VE"),
        ("L'assassinio dell'esule a Milano fu ordinato dai servizi segreti indiani.", "IN"),
        ("Убийство активиста в Риге: заказ пакистанской разведки, сообщила прокуратура.", "PK"),
    ],
)
def test_a_state_is_known_by_its_adjective_and_its_seat_in_every_language(
    text: str, state: str
) -> None:
    assert values(suggested(text, title=text).responsible_states) == [state]


@pytest.mark.parametrize(
    "text",
    [
        "Schiff im Hafen von Hamburg angegriffen. Man liest es auf Englisch und auf Russisch.",
        "Cyberattaque contre un hôpital à Lyon. Le groupe l'a revendiquée en anglais et en russe.",
        "Кибератака на больницу в Тбилиси. Хакеры сообщили об этом на английском.",
    ],
)
def test_the_name_of_a_language_names_no_country(text: str) -> None:
    assert not {"GB", "RU"} & set(suggested(text).countries_mentioned)


@pytest.mark.parametrize(
    "text",
    [
        "Chinese tankers were hit by sabotage off Oman on Monday, the port said.",
        "Chinesische Tanker waren vor Oman Ziel von Sabotage, teilte der Hafen mit.",
        "Китайские танкеры подверглись диверсии у берегов Омана, сообщил порт.",
    ],
)
def test_a_state_whose_ships_were_hit_is_not_blamed(text: str) -> None:
    assert values(suggested(text, title=text).responsible_states) == []


def test_a_state_that_a_group_answers_is_who_it_is_against() -> None:
    found = suggested(
        "A cyberattack stopped trains in Minsk. Hackers called it a response to Belarus and "
        "its regime."
    )

    assert "BY" not in values(found.responsible_states)


def test_who_says_for_whom_somebody_works_is_not_whom_they_work_for() -> None:
    found = suggested("Iran calls it a group ordered by Israel. The cyberattack hit Shiraz.")

    assert "IR" not in values(found.responsible_states)


@pytest.mark.parametrize(
    "text",
    [
        "Eleven Iranian nationals accused of vandalism of synagogues in Austria were arrested.",
        "Des ressortissants iraniens soupçonnés de vandalisme ont été arrêtés en Autriche.",
    ],
)
def test_a_state_is_not_blamed_for_its_nationals(text: str) -> None:
    assert values(suggested(text, title=text).responsible_states) == []


def test_a_service_that_a_state_does_not_name_is_not_its_own() -> None:
    found = suggested("They set fire to cars for a foreign intelligence service, Belgrade said.")

    assert values(found.responsible_states) == []


def test_a_state_blamed_for_earlier_cases_alone_is_not_blamed_for_this_one() -> None:
    told = (
        "Vandals sprayed graffiti on a mosque in Austria. Police search for them. Nobody is "
        "suspected. Similar graffiti in Vienna was earlier attributed to Russia."
    )
    found = suggested(told)

    assert values(found.responsible_states) == []
    assert "a state is blamed" in [reason.why for reason in found.verdict.reasons]


def test_a_persona_of_a_state_adds_to_what_blames_it() -> None:
    told = "The media call it a group linked to Israel. Nobody else in Iran knows who did it."
    before = "A cyberattack closed fuel stations. It lasted. It ended. It was long. It was bad. "

    assert values(suggested(before + told).responsible_states) == []
    assert values(suggested(f"{before}Predatory Sparrow did it. {told}").responsible_states) == [
        "IL"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Norway has expelled two Russian diplomats. They have a week to leave, the ministry said.",
        "Estland hat am Montag zwei russische Diplomaten ausgewiesen, wie das Ministerium in der "
        "Hauptstadt mitteilte. Sie müssen das Land binnen einer Woche verlassen.",
        "L’Estonie a expulsé lundi deux diplomates russes, a annoncé le ministère des Affaires "
        "étrangères. Ils doivent quitter le pays dans la semaine.",
    ],
)
def test_a_state_whose_diplomats_are_expelled_is_taken_to_have_spied(text: str) -> None:
    found = suggested(text)

    assert values(found.responsible_states) == ["RU"]
    assert values(found.event_types) == ["surveillance_recon"]


def test_a_state_that_expels_the_diplomats_of_another_is_not_blamed() -> None:
    found = suggested("Russia has expelled two Norwegian diplomats in response, Oslo said.")

    assert "RU" not in values(found.responsible_states)


def test_a_service_that_says_what_it_learned_is_not_what_did_it() -> None:
    found = suggested(
        "US intelligence discovered that the Russian government was planning to murder a maker "
        "of arms in Germany."
    )

    assert values(found.responsible_states) == ["RU"]
