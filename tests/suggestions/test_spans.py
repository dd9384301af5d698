"""What lasted from one date to another, or happened between the two."""

from __future__ import annotations

import pytest

from .reports import suggested, values


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sabotage took place between August 2023 and 5 March 2024.", "2023-08/2024-03-05"),
        ("Les sabotages ont eu lieu entre mai 2023 et août 2023.", "2023-05/2023-08"),
        ("Sabotage took place between 2019 and 2023.", "2019/2023"),
        ("Sabotageakte gab es von 2019 bis 2023.", "2019/2023"),
    ],
)
def test_what_happened_between_two_dates_lasted(text: str, date: str) -> None:
    assert values(suggested(text).occurred) == [date]


def test_two_spans_are_joined_to_no_third() -> None:
    story = "Saboteurs were busy from 3 to 5 May, until 5 to 7 June, in the ports of Poland."

    found = values(suggested(story).occurred)

    assert found
    assert all(value.count("/") <= 1 for value in found)


def test_two_years_that_nothing_joins_are_two() -> None:
    found = values(suggested("Sabotage hit the depot in 2019, and in 2023 the railway.").occurred)

    assert "2019/2023" not in found


def test_what_lasts_from_one_day_to_another_is_both_and_what_is_between() -> None:
    found = suggested(
        "GPS-signalene i Øst-Finnmark ble forstyrret i høst. Jammingen pågikk fra 16. oktober til "
        "7. november, bekrefter Forsvarsdepartementet.",
        url="https://news.example.no/a",
        day="2018-11-13",
    )

    assert values(found.occurred)[0] == "2018-10-16/2018-11-07"


def test_what_lasted_is_no_day_of_a_statement() -> None:
    found = suggested(
        "Police said on Tuesday that the suspects had sabotaged railways in Poland from April to "
        "September 2024. They were told what to do by a man whom they had never met.",
        day="2024-10-02",
    )

    assert values(found.occurred) == ["2024-04/2024-09"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("From November 3 to 5, hackers attacked banks in Norway.", "2024-11-03/2024-11-05"),
        ("Between 3 and 5 November hackers attacked banks.", "2024-11-03/2024-11-05"),
        ("Entre el 3 y el 5 de noviembre, hackers atacaron bancos.", "2024-11-03/2024-11-05"),
        ("November 3. és 5. között hackerek bankokat támadtak.", "2024-11-03/2024-11-05"),
        ("Vom 03.11. bis 05.11.2024 griffen Hacker Banken an.", "2024-11-03/2024-11-05"),
        ("From May to July, drones flew over bases in Germany.", "2024-05/2024-07"),
        ("Toukokuusta heinäkuuhun droonit lensivät Suomessa.", "2024-05/2024-07"),
        ("Maist juulini lendasid droonid Eestis baaside kohal.", "2024-05/2024-07"),
        ("2023年8月から2024年3月にかけて、倉庫への放火が相次いだ。", "2023-08/2024-03"),
        ("5월부터 7월까지 기지 상공에 드론이 비행했다.", "2024-05/2024-07"),
        ("2023年11月至1月,波兰仓库接连遭人纵火。", "2023-11/2024-01"),
        ("2023 augusztusa és 2024 márciusa között raktárakat gyújtottak fel.", "2023-08/2024-03"),
        ("Nuo 2023 m. rugpjūčio iki 2024 m. kovo padeginėti sandėliai.", "2023-08/2024-03"),
    ],
)
def test_what_lasted_is_said_with_words_before_between_and_behind(text: str, date: str) -> None:
    assert values(suggested(text).occurred) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "Drones were seen over Oslo in March, April and May.",
        "Drones were seen over Oslo on 3 March, 5 April and 9 May.",
        "5月、7月にドローンが基地上空を飛行した。",
    ],
)
def test_dates_of_a_list_are_several_and_no_span(text: str) -> None:
    assert not any("/" in value for value in values(suggested(text).occurred))
