"""Totals that others report."""

from __future__ import annotations

import pytest

from .reports import suggested


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("In 2024 about 500 suspicious incidents were counted in Europe.", [500]),
        ("There were 25,000 attacks.", [25000]),
        ("Es gab 1.200 Angriffe in Deutschland.", [1200]),
        ("Balsus pirko 130 tūkst. rinkėjų Lietuvoje, tai buvo ataka.", [130000]),
        ("Damage from the arson was put at £1 million.", [1000000]),
        ("Two spies were arrested.", [2]),
        ("북한이 932건의 공격을 했다고 밝혔다.", [932]),
        ("警方逮捕了3人，涉嫌间谍活动。", [3]),
        ("The cyberattack left 12,000 households without power.", [12000]),
        ("Bei dem Sabotageakt fielen 14 Züge aus.", [14]),
        ("サイバー攻撃で4万5000世帯が停電した。", [45000]),
        ("Zweden heeft drie Russische diplomaten uitgezet.", [3]),
        ("La Grecia ha espulso due funzionari russi.", [2]),
        ("Výbuch skladu zabil dva pracovníky.", [2]),
        ("The cyberattack hit more than 2000 websites in Norway.", [2000]),
        ("Im Mai in 20 Fällen: Drohnen über Kasernen.", [20]),
        ("კიბერშეტევამ 2000-ზე მეტი საიტი დააზიანა.", [2000]),
    ],
)
def test_a_number_beside_what_can_be_counted_is_a_figure(text: str, numbers: list[int]) -> None:
    assert [figure.number for figure in suggested(text).figures] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "The sabotage took 24 hours.",
        "Article 4 was invoked after the sabotage.",
        "疑遭破壞的海纜於晚間7時10分起中斷。",
        "서해에서 오전 5시 50분쯤 전파 교란 공격이 있었다.",
        "The arsonists were promised $100,000 for the attack.",
        "Dans la nuit du 13 au 14 mai 2024, des actes de vandalisme ont visé un mémorial.",
        "این گروه مسئولیت حمله سایبری سال ۱۴۰۰ را بر عهده گرفت.",
        "The cable Estlink 2 failed in a suspected attack.",
        "The explosion happened at 20:58.",
        "At 10:30 people were arrested after the sabotage.",
        "He is one of the men accused of sabotage.",
        "In 2024 sabotage grew.",
        "Millions of attacks hit the websites of Estonia.",
        "The attack is the work of unit 29155.",
        "27-летний мужчина задержан по делу о диверсии.",
        "Ein MiG-31 verletzte den Luftraum, die beiden 2 Männer wurden befragt.",
        "Die Kampagne „Ghost 7516“ war ein Angriff auf die Wahl.",
        "サイバー攻撃は4月下旬に始まり、12日に終わった。",
        "無人機22日起飛到機場附近攻擊。",
        "28 ოქტომბრის კიბერშეტევა რუსეთმა დაგეგმა.",
        "Vụ tấn công mạng vào các nhà đầu tư tại Việt Nam tạm dừng từ ngày 25/3.",
        "The 2015 attacks on the grid of Ukraine were sabotage.",
        "Trois d'entre elles ont été arrêtées pour sabotage.",
        "Six other men were arrested over the arson.",
        "Recalled were two operations blamed on Russia.",
        "After the arson 80 firefighters came.",
        "The two men set fire to the depot between 3 and 5 km from the border.",
    ],
)
def test_hours_years_names_and_clocks_are_no_figures(text: str) -> None:
    assert not suggested(text).figures


def test_a_number_that_the_title_rounds_is_given_once() -> None:
    found = suggested("In 2024 Estonia counted 9,972 cyberattacks.", title="10,000 cyberattacks")

    assert [figure.number for figure in found.figures] == [9972]


def test_a_figure_says_how_exact_it_is_and_of_when_where_and_by_whom() -> None:
    figure = suggested(
        "Foreign minister Anna Berg said more than 300 attacks were recorded in Europe in 2023."
    ).figures[0]

    assert (figure.number, figure.qualifier) == (300, "more_than")
    assert (figure.period, figure.area, figure.claimant) == ("2023", "Europe", "Anna Berg")


@pytest.mark.parametrize("end", ["警方逮捕了三百", "损失一千万。警方逮捕了嫌疑人"])
def test_a_sentence_without_spaces_may_end_with_a_number(end: str) -> None:
    found = suggested(f"俄罗斯黑客发动网络攻击，{end}")

    assert found.countries_mentioned == ["RU"]


def test_the_end_of_a_number_that_is_too_great_is_no_figure() -> None:
    assert not suggested("There were 123 456 789 012 345 678 attacks.").figures


@pytest.mark.parametrize(
    "text",
    [
        "Thousands of migrants came to the border of Poland, which calls it a hybrid attack.",
        "Χιλιάδες μετανάστες ήρθαν στα σύνορα, υβριδική επίθεση λέει η κυβέρνηση.",
        "The jamming began during an exercise of 50,000 soldiers in Norway.",
        "The saboteurs used three methods to cut the cable in Poland.",
    ],
)
def test_what_nobody_counted_and_what_took_part_in_a_drill_are_no_totals(text: str) -> None:
    assert suggested(text).figures == []
