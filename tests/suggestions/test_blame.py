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
