"""Which records may be the same incident as a draft or an article, in what order, and why."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from incidents import comparing, resembling
from incidents.codebook import State
from incidents.models import Claim, Incident
from incidents.resembling import words
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return make.user("writer", staff=True)


@pytest.fixture
def others() -> list[Incident]:
    """Make records of all kinds, so that no word is rare only because there are few records."""
    made = []
    for n, (what, country) in enumerate(
        (what, country)
        for what in ("Drones over a port", "Mail servers attacked", "Posters of a false party")
        for country in ("DE", "FR", "ES", "SE")
    ):
        day = f"2023-{n + 1:02}-10"
        made.append(make.incident(f"{what} {n}", country=country, occurred=day))
    return made


def asked(user: User, title: str, **said: Any) -> list[str]:
    return [
        found.incident.title
        for found in resembling.candidates(resembling.signs(title, **said), user)
    ]


def anchor(**said: Any) -> Incident:
    """Make the record of a cable that a ship cut, of which an article of the next day tells."""
    said = {"occurred": "2024-12-25", "event_type": "undersea_damage", "country": "FI", **said}
    place = {"country": "FI", "place": "Porkkala", "lat": "59.98", "lon": "24.42"}
    target = {"country": "FI", "name": "Estlink 2"}
    report = {"title": "Tanker held after damage to Estlink 2", "published": "2024-12-26"}
    said.setdefault("citations", [make.article(marking="clear", **report)])
    return make.incident(
        "Power link cut by a dragged anchor", locations=[place], targets=[target], **said
    )


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Polish", "PL"),
        ("Dutch", "NL"),
        ("Iranian", "IR"),
        ("Litwie", "LT"),
        ("Польщі", "PL"),
        ("российские", "RU"),
        ("service", ""),
        ("malicious", ""),
        ("person", ""),
    ],
)
def test_a_country_is_known_by_its_adjective_and_in_many_languages(word: str, country: str) -> None:
    assert words.country(words.latin(word)) == country


@pytest.mark.parametrize(
    ("one", "other"), [("кибератака", "kyberattack"), ("Šiauliai", "Siauliai"), ("Туск", "Tusk")]
)
def test_a_word_is_one_in_every_script_and_spelling(one: str, other: str) -> None:
    assert words.stem(one) == words.stem(other)


def test_an_article_in_another_script_finds_its_incident(
    writer: User, others: list[Incident]
) -> None:
    anchor()

    told = asked(
        writer,
        "Фінляндія: танкер пошкодив кабель Estlink 2",
        published="2024-12-26",
        language="uk",
    )

    assert told[:1] == ["Power link cut by a dragged anchor"]


def test_each_reason_is_a_sentence(writer: User, others: list[Incident]) -> None:
    anchor()

    found = resembling.candidates(
        resembling.signs(
            "Anchor cuts Estlink 2 off Finland",
            occurred="2024-12-25",
            countries=["FI"],
            places=[resembling.Spot("Hanko", 59.82, 23.0)],
            event_types=["undersea_damage"],
            coded=True,
        ),
        writer,
    )

    assert set(found[0].reasons) >= {
        "The same day.",
        "The same country.",
        "The same type of event.",
        "Within 81 km.",
    }
    assert any(reason.startswith("Both say: Estlink") for reason in found[0].reasons)


def test_a_year_in_an_address_is_no_word_that_both_say(
    writer: User, others: list[Incident]
) -> None:
    anchor(citations=[make.article("https://news.example/2024/a")])

    found = resembling.candidates(
        resembling.signs(
            "Anchor",
            urls=["https://other.example/2024/12/"],
            occurred="2024-12-25",
            countries=["FI"],
            event_types=["undersea_damage"],
            coded=True,
        ),
        writer,
    )

    told = [reason for reason in found[0].reasons if reason.startswith("Both say")]
    assert told
    assert "2024" not in told[0]


def test_an_act_is_not_reported_before_it_began(writer: User, others: list[Incident]) -> None:
    anchor()
    said: dict[str, Any] = {"language": "fi"}

    assert asked(writer, "Estlink 2 damaged off Finland", published="2024-12-26", **said)
    assert not asked(writer, "Estlink 2 damaged off Finland", published="2024-11-26", **said)


def test_what_cites_the_article_comes_first_whatever_else_it_says(
    writer: User, others: list[Incident]
) -> None:
    anchor()
    report = make.article("https://example.org/round-up", marking="clear")
    make.incident("Fire at a depot", country="ES", occurred="2022-01-01", citations=[report])

    told = asked(
        writer,
        "Estlink 2 damaged off Finland by an anchor",
        urls=["https://www.example.org/round-up?utm_source=x"],
        published="2024-12-26",
    )

    assert told == ["Fire at a depot", "Power link cut by a dragged anchor"]


def test_another_act_of_the_same_kind_elsewhere_is_no_candidate(
    writer: User, others: list[Incident]
) -> None:
    anchor()

    told = asked(
        writer,
        "Thieves take copper from a railway in Portugal",
        published="2024-12-26",
        language="pt",
    )

    assert told == []


def test_hidden_records_change_neither_order_nor_points(
    writer: User, others: list[Incident]
) -> None:
    anchor()
    stranger = make.user("stranger", staff=True)
    signs = resembling.signs(
        "Anchor cuts Estlink 2 off Finland",
        urls=["https://example.org/secret"],
        published="2024-12-26",
        countries=["FI"],
    )

    def told() -> list[tuple[str, float, tuple[str, ...]]]:
        found = resembling.candidates(signs, stranger, most=20, least=-99)
        return [(one.incident.title, one.points, one.reasons) for one in found]

    before = told()
    secret = make.article("https://example.org/secret", marking="red", title="Anchor of Estlink")
    for n in range(8):
        anchor(marking="red", occurred=f"2024-12-{n + 1:02}", citations=[secret])
        anchor(marking="red", state=State.DRAFT, citations=[secret])

    assert told() == before
    assert len(before) > 10


def test_a_hidden_claim_is_no_reason(writer: User, others: list[Incident]) -> None:
    told, hidden = anchor(state=State.DRAFT), anchor(state=State.DRAFT)
    for incident, marking in ((told, "clear"), (hidden, "red")):
        made = make.claim(incident, actor=make.actor("Bear " + marking, state="RU"))
        Claim.objects.filter(pk=made.pk).update(marking=marking)
        make.publish(incident)
    stranger = make.user("stranger", staff=True)
    signs = resembling.signs("Estlink 2 off Finland", actors=["bear-clear", "bear-red"])

    found = resembling.candidates(signs, stranger, least=-99)

    accused = [one.incident for one in found if "The same actor is accused." in one.reasons]
    assert accused == [told]


def test_a_draft_is_compared_by_what_it_says_until_somebody_decided(
    writer: User, others: list[Incident]
) -> None:
    other = anchor()
    draft = anchor(state=State.DRAFT)
    draft.title = "Estlink 2 fails after a ship passed"
    draft.save()

    assert [one.incident for one in resembling.alike(draft, writer)] == [other]

    comparing.decide(draft.record, other.record, "distinct", by=writer)
    assert resembling.alike(draft, writer) == []


def test_a_published_record_is_compared_only_with_what_cites_its_articles(writer: User) -> None:
    report = make.article(marking="clear")
    one = anchor(citations=[report])
    anchor()

    assert resembling.alike(one, writer) == []

    citing = make.incident("Fire at a depot", country="ES", citations=[report])
    assert [other.incident for other in resembling.alike(one, writer)] == [citing]


def test_a_record_with_a_draft_beside_it_is_told_once(writer: User, others: list[Incident]) -> None:
    published = anchor()
    anchor(after=published, state=State.DRAFT)

    told = resembling.candidates(
        resembling.signs("Anchor cuts Estlink 2 off Finland", published="2024-12-26"), writer
    )

    assert [one.incident for one in told] == [published]


@pytest.mark.parametrize("title", ["", "…", "'\" OR 1=1 --", "% \x00", "a" * 300, "東京 電力 攻撃"])
def test_no_title_breaks_the_question(writer: User, title: str) -> None:
    anchor()

    assert asked(writer, title, urls=["https://example.org/%FF"], published="soon") == []


def test_a_record_that_is_called_the_same_is_shown_for_its_title(
    writer: User, others: list[Incident]
) -> None:
    named = make.incident("Operation Grey Heron", state=State.DRAFT, country="DE", author=writer)

    found = resembling.candidates(resembling.signs("Operation grey heron"), writer, least=-99)

    assert found[0].incident == named
    assert "The same title." in found[0].reasons
    assert all("The same title." not in one.reasons for one in found[1:])
