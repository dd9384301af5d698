"""Whether a text reports a hybrid incident at all."""

from __future__ import annotations

import pytest

from .reports import suggested


@pytest.mark.parametrize(
    "text",
    [
        "Police in Poland arrested two men who set fire to a depot for Russian intelligence.",
        "Drones were spotted over Oslo airport; police are investigating.",
        "Saboteurs cut a railway cable near Hamburg, prosecutors said.",
        "Pasieniečiai perėmė 15 balionų, kurie iš Baltarusijos įskrido į Lietuvą.",
        "当局称，一艘货轮切断了波罗的海的海底电缆，警方正在调查破坏行为。",
        "أعلنت الشرطة اعتقال رجلين بتهمة التجسس لصالح إيران في لندن.",
    ],
)
def test_a_report_is_a_report_in_any_language(text: str) -> None:
    assert suggested(text).verdict.is_report


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("The striker scored two goals; the coach praised the match.", "https://a.example/sport/x"),
        (
            "I think hybrid war is misunderstood. We must act. Sabotage is a word.",
            "https://a.example",
        ),
        ("A hospital was hit by ransomware; the gang wants a ransom.", "https://a.example"),
        ("The parliament adopted a bill on drone exercises and the budget.", "https://a.example"),
        (
            "The exercise began on Monday. In the exercise 3,000 soldiers rehearse how to find "
            "drones over a base and cut cables. The drill ends on Friday.",
            "https://a.example",
        ),
        ("The cable broke in a storm. It was an accident, the operator said.", "https://a.example"),
        ("A drunk man set fire to a bin and was held by police.", "https://a.example"),
        (
            "Artillery shelling continued at the front line; the offensive cost a brigade. Air "
            "defence shot down 20 drones near power stations and missiles hit the front.",
            "https://a.example",
        ),
    ],
)
def test_sport_opinion_crime_policy_accidents_and_war_are_none(text: str, url: str) -> None:
    assert not suggested(text, url=url).verdict.is_report


def test_an_opinion_that_somebody_is_quoted_with_makes_no_essay_of_a_report() -> None:
    story = "В Вильнюсе избили журналиста. Нападение заказали российские спецслужбы."

    plain, quoted = suggested(story), suggested(f"{story} Такое мнение высказал глава службы.")

    assert plain.verdict.is_report
    assert quoted.verdict.is_report
    assert quoted.verdict.score < plain.verdict.score


def test_a_verdict_gives_its_reasons() -> None:
    verdict = suggested("Drones were spotted over Oslo airport; police are investigating.").verdict

    assert verdict.score == pytest.approx(
        sum(reason.points for reason in verdict.reasons), abs=0.01
    )
    assert all(reason.why for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("text", "url", "why"),
    [
        ("An undersea cable was cut. It was an accident.", "", "an accident"),
        ("I think that sabotage is a word we must avoid.", "", "words of opinion"),
        ("Sabotage everywhere.", "https://a.example/opinion/x", "a page of opinion"),
        ("A drone fell after the match. The striker was late.", "", "words of sport"),
        ("The gang behind the ransomware wants a ransom.", "", "ransom or ordinary crime"),
        ("The budget and the strategy on drones were adopted.", "", "words of policy"),
        ("The next summit speaks of drones.", "", "nothing is said to have happened"),
    ],
)
def test_what_speaks_against_a_report_is_a_reason(text: str, url: str, why: str) -> None:
    reasons = {reason.why: reason.points for reason in suggested(text, url=url).verdict.reasons}

    assert reasons[why] < 0


@pytest.mark.parametrize(
    "text",
    [
        "Dron nepoznatog podrijetla pao je u četvrtak na predgrađe Splita, priopćila je policija.",
        "Un drone di origine ignota è caduto giovedì alla periferia di Trieste, dice la polizia.",
        "Неизвестный беспилотник упал в четверг на окраине Кишинёва, сообщила полиция.",
        "טיסת רחפן לא מזוהה נפל ביום חמישי ליד חיפה, מסרה המשטרה.",
    ],
)
def test_a_drone_that_came_down_is_a_report_whoever_sent_it(text: str) -> None:
    found = suggested(text, title=text)

    assert found.verdict.is_report
    assert [one.value for one in found.event_types][:1] == ["drone_incursion"]
