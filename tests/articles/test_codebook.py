"""Words about texts and outlets, and the order of the markings."""

import re

import pytest

from articles.codebook import (
    CaptureWay,
    CheckOutcome,
    Decision,
    DerivationSign,
    Grade,
    Marking,
    PublisherKind,
    Reliability,
    Triage,
    Verdict,
    Vocabulary,
    WatchKind,
    strictest,
)

CODED = [
    *(PublisherKind, Marking, CaptureWay, Verdict, CheckOutcome, DerivationSign, Decision),
    *(WatchKind, Triage),
]


@pytest.mark.parametrize("vocabulary", [*CODED, Reliability])
def test_every_code_has_a_label_and_a_definition(vocabulary: type[Vocabulary]) -> None:
    for member in vocabulary:
        assert str(member.label).strip(), member
        assert str(member.definition).strip(), member


@pytest.mark.parametrize("vocabulary", CODED)
def test_every_code_is_safe_in_an_address(vocabulary: type[Vocabulary]) -> None:
    assert [code for code in vocabulary.values if not re.fullmatch(r"[a-z0-9_]+", code)] == []


def test_a_member_is_its_code_and_keeps_its_definition() -> None:
    assert Marking("amber_strict") is Marking.AMBER_STRICT
    assert str(Marking.AMBER_STRICT) == "amber_strict"
    assert str(Marking.AMBER_STRICT.label) == "TLP:AMBER+STRICT"
    assert Marking.AMBER_STRICT.definition != Marking.AMBER_STRICT.label


def test_a_grade_is_a_number_with_a_definition() -> None:
    class Heat(Grade):
        COLD = 0, "No warmth.", "Cold"
        HOT = 1, "Warmth.", "Hot"

    assert Heat.choices == [(0, "Cold"), (1, "Hot")]
    assert Heat.HOT > Heat.COLD
    assert Heat.HOT.definition == "Warmth."


def test_reliability_is_the_admiralty_letter() -> None:
    assert Reliability.values == list("ABCDEF")


def test_there_are_ten_kinds_of_publisher() -> None:
    assert len(PublisherKind) == 10


def test_markings_go_from_clear_to_red() -> None:
    steps = {marking.value: marking.strictness for marking in Marking}

    assert steps == {"clear": 0, "green": 1, "amber": 2, "amber_strict": 3, "red": 4}


@pytest.mark.parametrize(
    ("markings", "expected"),
    [
        ([], Marking.CLEAR),
        (["clear", "clear"], Marking.CLEAR),
        (["red", "clear"], Marking.RED),
        (["amber", "amber_strict", "green"], Marking.AMBER_STRICT),
        (["clear", "white"], Marking.RED),
        (["CLEAR"], Marking.RED),
        ([""], Marking.RED),
    ],
)
def test_the_strictest_marking_rules_and_an_unknown_one_is_red(
    markings: list[str], expected: Marking
) -> None:
    assert strictest(markings) is expected
