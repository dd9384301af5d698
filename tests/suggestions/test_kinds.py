"""Which kinds of events a text tells of, as against what only stands beside them."""

from __future__ import annotations

import pytest

from .reports import suggested, values


@pytest.mark.parametrize(
    "text",
    [
        "A drone with explosives crashed in a field in Moldova. The bomb was defused.",
        "Un dron cargado de explosivos cayó en Moldavia. El explosivo fue desactivado.",
        "Дрон з вибухівкою впав у Молдові. Вибухівку знешкодили.",
    ],
)
def test_what_a_drone_carried_is_no_explosive_device(text: str) -> None:
    assert values(suggested(text, title=text).event_types) == ["drone_incursion"]


@pytest.mark.parametrize(
    "text",
    [
        "Russian hackers: a destructive cyberattack damaged a water plant in Norway.",
        "Russische Hacker: zerstörerischer Cyberangriff auf ein Wasserwerk in Norwegen.",
    ],
)
def test_a_cyberattack_on_a_plant_is_no_damage_of_another_kind(text: str) -> None:
    assert "infrastructure_damage" not in values(suggested(text, title=text).event_types)


@pytest.mark.parametrize(
    "text",
    [
        "북한 해커가 암호화폐를 유출했다. 경찰은 거래소 해킹을 수사하고 있다.",
        "北朝鮮のハッカーがビットコインを流出させた。警察は不正アクセスを捜査している。",
    ],
)
def test_money_that_hackers_took_was_not_published(text: str) -> None:
    assert "hack_leak" not in values(suggested(text, title=text).event_types)


def test_clients_of_a_company_are_no_agents() -> None:
    found = suggested("تعرضت ناقلة نفط للتخريب قرب عمان وكانت تحمل الخام لعملاء في اليابان.")

    assert "surveillance_recon" not in values(found.event_types)


def test_a_word_for_any_attack_tells_of_an_assault_where_a_person_stands_beside_it() -> None:
    person = suggested("Neznámý muž napadl v Praze ruského disidenta, policie ho zadržela.")
    server = suggested(
        "Neznámí útočníci napadli servery ministerstva v Praze, policie útok vyšetřuje."
    )

    assert "assault_threat" in values(person.event_types)
    assert "assault_threat" not in values(server.event_types)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Unidentified drones kept the airport of Oslo closed.", "drone_incursion"),
        ("Moskau wird Wahleinmischung in Moldau vorgeworfen.", "election_covert_funding"),
        ("Slovenské školy dostali e-maily: bombových hrozieb bolo 995.", "bomb_threat_hoax"),
    ],
)
def test_one_word_or_phrase_may_say_all_of_a_kind(text: str, kind: str) -> None:
    assert kind in values(suggested(text).event_types)
