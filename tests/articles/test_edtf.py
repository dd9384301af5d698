"""Imprecise dates: what a text means, what is refused, and how it is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.edtf import (
    FIRST_YEAR,
    LAST_YEAR,
    OPEN_END,
    InvalidDate,
    day_in_words,
    in_words,
    parse,
)


def days(text: str) -> tuple[str, str, str, str]:
    span = parse(text)
    bounds = (span.start.first, span.start.last, span.end.first, span.end.last)
    first, last, end_first, end_last = (day.isoformat() for day in bounds)
    return first, last, end_first, end_last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-03-14", "2024-03-14", "2024-03-14"),
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("2024-04", "2024-04-01", "2024-04-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("2024-23", "2024-09-01", "2024-11-30"),
        ("2024-24", "2024-12-01", "2024-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-03-XX", "2024-03-01", "2024-03-31"),
        ("2024-XX-XX", "2024-01-01", "2024-12-31"),
        ("[2023-12..2024-02]", "2023-12-01", "2024-02-29"),
        ("[2024..2024]", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_date_is_all_the_days_that_it_can_mean(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last, first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-14", ("2024-03-14", "2024-03-14", "2024-03-14", "2024-03-14")),
        ("2024-03", ("2024-03-01", "2024-03-31", "2024-03-01", "2024-03-31")),
        ("2024", ("2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31")),
        ("[2023-12..2024-02]", ("2023-12-01", "2024-02-29", "2023-12-01", "2024-02-29")),
        ("2023-12/2024-02", ("2023-12-01", "2023-12-31", "2024-02-01", "2024-02-29")),
    ],
)
def test_w5_dates_have_the_bounds_of_the_worked_example(
    text: str, expected: tuple[str, str, str, str]
) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03/2024-05", ("2024-03-01", "2024-03-31", "2024-05-01", "2024-05-31")),
        ("2024-03/2024-03", ("2024-03-01", "2024-03-31", "2024-03-01", "2024-03-31")),
        ("2024-03/..", ("2024-03-01", "2024-03-31", "9999-12-31", "9999-12-31")),
        ("2024-03/", ("2024-03-01", "2024-03-31", "2024-03-01", "9999-12-31")),
        ("2024/2024-02", ("2024-01-01", "2024-12-31", "2024-02-01", "2024-02-29")),
    ],
)
def test_what_lasted_has_a_start_and_an_end(text: str, expected: tuple[str, str, str, str]) -> None:
    assert days(text) == expected
    assert date(9999, 12, 31) == OPEN_END


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2024-07", False, False),
        ("2024-07?", True, False),
        ("2024-07~", False, True),
        ("2024-07%", True, True),
        ("2024-07~/2024-08", False, True),
        ("[2024-07?..2024-08~]", True, True),
    ],
)
def test_a_mark_of_doubt_is_kept_and_widens_nothing(
    text: str, uncertain: bool, approximate: bool
) -> None:
    span, plain = parse(text), parse(text.translate(str.maketrans("", "", "?~%")))

    assert (span.uncertain, span.approximate) == (uncertain, approximate)
    assert (span.start, span.end) == (plain.start, plain.end)


REFUSED = (
    "",
    " ",
    "soon",
    "2023-02-29",
    "1900-02-29",
    "2024-02-30",
    "2024-04-31",
    "2024-13",
    "2024-00",
    "2024-25",
    "2024-20",
    "2024-01-00",
    "2024-01-32",
    "2024-XX-05",
    "202X-05",
    "20XX-05-01",
    "2XXX",
    "XXXX",
    "X024",
    "../..",
    "../2024",
    "/",
    "/2024",
    "2024//2025",
    "2024/2025/2026",
    "-0001",
    "0000",
    "1899",
    "2101",
    "21XX",
    "2024-6",
    "24-06",
    "2024-6-1",
    "20240601",
    "2024/06/01",
    "01.06.2024",
    "2024-06-01T12:00",
    "2024-06-01Z",
    "~2024",
    "?2024",
    "2004?-06-11",
    "2024??",
    "2024?~",
    "2024-21~",
    "2024-21-01",
    "2024-06-uu",
    "1950S2",
    "Y20240",
    "[1667,1668,1670..1672]",
    "[2024]",
    "[2024..]",
    "[..2024]",
    "[2024..2023]",
    "[2024..2025",
    "2024..2025]",
    "{2024..2025}",
    "2025/2024",
    "2024-05/2024-04",
    "[2024-01/2024-02..2024-03]",
    "[2024..2025]/2026",
    "２０２４",
    "٢٠٢٤",
    "2024-०६",
    "2024\n",
    "2024 ",
    " 2024",
    "2024\x00",
    "2024–06",
    "[" + "2024," * 10_000 + "2024]",
    "X" * 100_000,
    "9" * 41,
)


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text)[:30])
def test_what_is_no_date_here_is_refused_with_what_would_be(text: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse(text)

    message = str(refused.value)
    assert "Write 2024-03-14, 2024-03 or 2024" in message
    assert len(message) < 500


ACCEPTED = (
    "1985",
    "2004-06/2006-08",
    "1984?",
    "2004-06-11%",
    "201X",
    "20XX",
    "2004-XX",
    "1985-04-12/..",
)


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_reports_need_is_read(text: str) -> None:
    assert parse(text).start.first <= parse(text).end.last


YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
MARKS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def plain(draw: st.DrawFn) -> str:
    """Draw a date without slash or brackets."""
    day = draw(DAYS)
    form = draw(st.sampled_from(("%Y-%m-%d", "%Y-%m", "%Y", "%Y-XX", "%Y-%m-XX", "%Y-2", "X")))
    if form == "%Y-2":
        return f"{day:%Y}-2{draw(st.sampled_from('1234'))}"
    if form == "X":
        return f"{draw(st.integers(190, 209))}X"
    return day.strftime(form) + draw(MARKS)


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Draw a date of any form that is not refused."""
    one, other = sorted((draw(plain()), draw(plain())), key=lambda text: parse(text).start.first)
    form = draw(st.sampled_from(("{0}", "{0}/{1}", "[{0}..{1}]", "{0}/..", "{0}/")))
    return form.format(one, other)


@given(dates())
@example("2024-02-29/..")
def test_a_start_and_an_end_are_in_order(text: str) -> None:
    span = parse(text)

    assert span.start.first <= span.start.last
    assert span.end.first <= span.end.last
    assert span.start.first <= span.end.last
    if "[" in text:
        assert span.start == span.end


@given(dates())
def test_every_date_can_be_said_in_words(text: str) -> None:
    words = in_words(text)

    assert words == words.strip()
    assert "[" not in words
    assert "%" not in words
    assert str(parse(text).start.first.year)[:2] in words


@given(st.text("0123456789-/.[]X?~% T", max_size=45) | st.text(max_size=45))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        span = parse(text)
    except InvalidDate:
        with pytest.raises(InvalidDate):
            in_words(text)
    else:
        assert span.start.first <= span.end.last
        assert in_words(text)


@given(DAYS)
def test_a_day_means_itself_and_lies_in_its_month_and_year(day: date) -> None:
    exact, month, year = (parse(day.strftime(form)) for form in ("%Y-%m-%d", "%Y-%m", "%Y"))

    assert exact.start.first == exact.start.last == day
    assert month.start.first <= day <= month.start.last
    assert year.start.first <= month.start.first <= month.start.last <= year.start.last


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-03-14", "14 March 2024"),
        ("2024-03", "March 2024"),
        ("2024", "2024"),
        ("2024~", "2024 (about)"),
        ("2024-07?", "July 2024 (uncertain)"),
        ("2024-07-01%", "1 July 2024 (about, uncertain)"),
        ("2024-21", "spring 2024"),
        ("2024-24", "December (winter) 2024"),
        ("201X", "the 2010s"),
        ("20XX", "2000–2099"),
        ("2024-XX", "2024"),
        ("2024-03-XX", "March 2024"),
        ("[2023-12..2024-02]", "some time between December 2023 and February 2024"),
        ("2023-12/2024-02", "from December 2023 to February 2024"),
        ("2024-03/..", "from March 2024, still going on"),
        ("2024-03/", "from March 2024, end not known"),
        ("2024-03/2024-03", "March 2024"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(text: str, words: str) -> None:
    assert in_words(text) == words


def test_a_day_is_said_as_in_running_text() -> None:
    assert day_in_words(date(2024, 3, 4)) == "4 March 2024"
