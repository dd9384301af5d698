"""Numbers in texts are counted for who reads, lead to lists, and are refused when wrong."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents.livenumbers import MOST, Live, check, paragraphs
from tests import make

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def numbers(text: str, user: object = NOBODY) -> list[int | None]:
    """Return the numbers of a text as somebody reads it."""
    found = paragraphs(text, user)  # type: ignore[arg-type]
    return [piece.number for pieces in found for piece in pieces if isinstance(piece, Live)]


def test_a_number_is_counted_and_says_its_question_and_its_day() -> None:
    make.incident(occurred="2024-05")
    make.incident(occurred="2023")

    (pieces,) = paragraphs("In 2024 {count year=2024&country=PL} of {count}.", NOBODY)

    assert [piece if isinstance(piece, str) else piece.number for piece in pieces] == [
        *("In 2024 ", 1, " of ", 2, "."),
    ]
    first = pieces[1]
    assert isinstance(first, Live)
    assert first.query == "country=PL&year=2024"
    assert first.words.endswith("in Poland in 2024")
    assert first.day == timezone.now().date()


def test_a_question_about_a_day_says_that_day() -> None:
    ((piece,),) = paragraphs("{count as_of=2026-01-31}", NOBODY)

    assert isinstance(piece, Live)
    assert (piece.number, piece.day) == (0, date(2026, 1, 31))


def test_each_reader_is_told_what_they_may_read() -> None:
    make.incident()
    make.incident(marking="green")

    assert numbers("{count}") == [1]
    assert numbers("{count}", make.user("staff", staff=True)) == [2]


def test_what_may_lie_in_a_period_is_the_high_number() -> None:
    make.incident(occurred="2024")

    ((piece,),) = paragraphs("{count from=2024-06&to=2024-06}", NOBODY)

    assert isinstance(piece, Live)
    assert (piece.number, piece.high) == (0, 1)


def test_blank_lines_part_paragraphs_and_other_braces_are_text() -> None:
    assert paragraphs("A {b} {counting}\nc\n\n \nd", NOBODY) == [["A {b} {counting}\nc"], ["d"]]
    assert paragraphs(" \n ", NOBODY) == []


def test_what_cannot_be_asked_any_more_has_no_number_and_names_nothing() -> None:
    ((piece,),) = paragraphs("{count actor=gone}", NOBODY)

    assert isinstance(piece, Live)
    assert (piece.number, piece.query, piece.words) == (None, "", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{count country=Poland}", "Poland: PL."),
        ("{count yaer=2024}", "Did you mean year?"),
        ("{count country=PL", "is no live number"),
        ("{ count country=PL}", "is no live number"),
        ("{Count country=PL}", "is no live number"),
        ("{count page_size=5}", "page_size"),
        ("{count actor=hidden-unit}", "hidden-unit"),
    ],
)
def test_a_wrong_number_refuses_to_be_kept(text: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check(f"Well: {text}.")

    assert told in " ".join(refused.value.messages)


def test_what_only_staff_may_name_is_refused_as_what_is_not_there() -> None:
    hidden = make.actor("Hidden unit")
    make.incident(claims=[{"actor": hidden}], marking="amber")

    def told(slug: str) -> str:
        with pytest.raises(ValidationError) as refused:
            check(f"{{count actor={slug}}}")
        return " ".join(refused.value.messages).replace(slug, "X")

    assert told(hidden.slug) == told("nothing-at-all")


def test_a_text_holds_only_so_many_numbers_and_each_is_counted_once() -> None:
    many = " ".join(f"{{count year={2000 + n}}}" for n in range(MOST + 1))
    with pytest.raises(ValidationError, match="at most"):
        check(many)
    assert numbers(many)[-1] is None

    with CaptureQueriesContext(connection) as once:
        numbers("{count year=2024}")
    with CaptureQueriesContext(connection) as often:
        assert numbers("{count year=2024}" * 50) == [0] * 50
    assert len(often) == len(once)
