"""Where it happened, as against what is only named."""

from __future__ import annotations

import pytest

from .reports import suggested, values


def test_an_earlier_case_is_not_where_it_happened() -> None:
    found = suggested(
        "Arsonists set fire to a depot in Poland on Monday. Police in Poland arrested two men. "
        "The arson was ordered from abroad. In 2016 an arson attack hit a depot in Finland.",
        day="2024-12-04",
    )

    assert values(found.event_countries) == ["PL"]
    assert found.countries_mentioned == ["PL", "FI"]


def test_a_word_that_differs_from_a_town_by_its_marks_is_no_town() -> None:
    found = suggested(
        "Sulm me eksploziv në kanal: Tetë të arrestuar në Kosovë.", url="https://a.example.al/x"
    )

    assert "MZ" not in found.countries_mentioned
    assert values(found.event_countries) == ["XK"]


@pytest.mark.parametrize(
    "text",
    [
        "Eine russlandnahe Gruppe legte Webseiten in der Schweiz lahm.",
        "Venäjämielinen ryhmä kaatoi verkkosivuja Sveitsissä palvelunestohyökkäyksellä.",
        "Un groupe prorusse a mené une attaque DDoS en Suisse.",
        "瑞士多个政府网站周一遭到亲俄黑客的网络攻击。",
    ],
)
def test_whose_side_a_group_takes_is_neither_where_it_happened_nor_who_is_blamed(text: str) -> None:
    found = suggested(text)

    assert values(found.event_countries) == ["CH"]
    assert values(found.responsible_states) == []


def test_a_small_town_that_is_part_of_a_name_is_no_town() -> None:
    found = suggested("In Bulgaria the poisoning was the work of one Salisbury Petrov, a spy.")

    assert [place.value for place in found.places] == []


def test_a_title_says_where_it_happened_in_words_of_no_act() -> None:
    found = suggested(
        "Many heard of it. It was false. Police are looking. It is election time there. Nobody "
        "was hurt. Accounts in Kenya spread disinformation.",
        title="Ghana: rumour of a coup",
    )

    assert values(found.event_countries)[0] == "GH"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Francisco Paz habló de un sabotaje en Perú.", ["PE"]),
        ("O Serviço de Segurança falou de sabotagem em Portugal.", ["PT"]),
        ("La Libertà scrive di un sabotaggio in Svizzera.", ["CH"]),
        ("Sabotage i Sverige, sade Nederländernas och Norges polis.", ["NL", "NO", "SE"]),
    ],
)
def test_where_names_do_not_change_no_country_begins_another_word(
    text: str, said: list[str]
) -> None:
    assert sorted(suggested(text).countries_mentioned) == said


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A drone crossed into Moldova from Ukraine and crashed in a field.", "MD"),
        ("Eine Drohne ist aus Belarus in den Luftraum von Litauen eingedrungen.", "LT"),
        ("Дрон залетел в Молдавию с территории Украины и упал в поле.", "MD"),
    ],
)
def test_where_a_drone_came_from_is_not_where_it_came_down(text: str, country: str) -> None:
    assert values(suggested(text, title=text).event_countries) == [country]


def test_two_countries_that_the_beginning_joins_are_both_where_it_happened() -> None:
    found = suggested(
        "Graffiti was daubed on synagogues in Austria and Belgium, where police arrested nobody. "
        "In Brussels they found paint. The vandals left Belgium. Vandalism cost Belgium dear."
    )

    assert values(found.event_countries) == ["BE", "AT"]


def test_a_number_in_words_is_no_town() -> None:
    found = suggested("Spionase di Ghana.", title="Penyadapan di Accra Selama Lima Tahun")

    assert "PE" not in found.countries_mentioned


def test_a_country_that_says_it_in_the_title_is_not_where_it_happened() -> None:
    found = suggested(
        "The plot was foiled by police. A man was arrested.",
        title="Iran behind assassination plot in Cyprus, says Japan",
    )

    assert values(found.event_countries) == ["CY"]


def test_the_flag_of_a_ship_is_not_where_it_was_hit() -> None:
    found = suggested(
        "A Japanese tanker was damaged by an explosive off Kenya. The Japanese ship sank off Kenya."
    )

    assert values(found.event_countries) == ["KE"]


def test_strangers_who_were_arrested_are_named_by_their_nationality() -> None:
    found = suggested(
        "Serbian nationals were arrested for vandalism. Graffiti was found on a mosque in Austria.",
        title="Vandalism of mosques: arrests in Serbia",
    )

    assert values(found.event_countries)[:1] == ["AT"]


def test_countries_that_a_list_joins_are_all_places_of_the_event() -> None:
    found = suggested(
        "Sabotaż w Polsce, Niemczech i Wielkiej Brytanii: policja bada podpalenie magazynów, "
        "w których zapaliły się paczki.",
        url="https://news.example.pl/a",
    )

    assert sorted(values(found.event_countries)) == ["DE", "GB", "PL"]


def test_where_the_event_names_no_country_that_of_the_outlet_is_meant() -> None:
    found = suggested(
        "Hackers stole data in 210 cyberattacks on ministries, the police agency said. The "
        "hackers broke into the network of the ministry. The cyberattack hit companies too. A "
        "cyberattack on a bank followed. A cyberattack on the website of a town was stopped. "
        "Hackers had used malware in Germany, and the cyberattack was told of in Germany.",
        url="https://news.example.jp/a",
    )

    assert values(found.event_countries)[0] == "JP"


def test_a_state_that_reports_often_blame_is_seldom_where_it_happened() -> None:
    found = suggested(
        "A fibre cable was damaged in the Arctic sea, and trawlers of Russia had crossed the "
        "cable. The cable of Norway is repaired now, said the operator."
    )

    assert values(found.responsible_states) == []
    assert values(found.event_countries) == ["NO"]


@pytest.mark.parametrize(("month", "said"), [("06", ["NO"]), ("01", ["NO", "EE"])])
def test_what_was_last_year_is_background_unless_the_year_has_just_begun(
    month: str, said: list[str]
) -> None:
    found = suggested(
        "A cable off Norway was cut in the sea on Monday. Police search a ship for it. "
        "The cable is repaired. Last year a cable of Estonia was cut in the sea, which was "
        "called sabotage of the cable in Estonia.",
        day=f"2024-{month}-10",
    )

    assert values(found.event_countries) == said


def test_the_country_of_a_language_is_not_guessed_where_the_text_names_another() -> None:
    found = suggested(
        "Një shpërthim dëmtoi kanalin në fshatin Varragë. Sulmi goditi qytete të Kosovës. "
        "Kryeministri foli për një sulm terrorist. Eksplozivi ishte i fuqishëm."
    )

    assert values(found.event_countries) == ["XK"]
