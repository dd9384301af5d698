"""Dates as people type them: what is read, what is asked back, and that nothing is guessed."""

from __future__ import annotations

import calendar
import re
from datetime import date

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles import edtf
from articles.dates import AmbiguousDate, Parts, composed, read, taken_apart
from articles.desk import DateField, DateInput
from articles.edtf import InvalidDate, in_words, parse, understood

DAYS = st.dates(date(edtf.FIRST_YEAR, 1, 1), date(edtf.LAST_YEAR, 12, 31))
MONTHS = calendar.month_name
# Forms that say which number is the month; each is given a day.
CLEAR_FORMS = (
    "{d}.{m}.{y}",
    "{d:02}.{m:02}.{y}",
    "{d}. {m}. {y}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m:02}/{d:02}",
    "{y}.{m}.{d}",
    "{y}. {m:02}. {d:02}.",
    "{d} {name} {y}",
    "{d}. {name} {y}",
    "{d} of {name} {y}",
    "{name} {d}, {y}",
    "{y} {name} {d}",
    "{d} {short} {y}",
    "  {d}  {upper} {y} ",
)
EITHER_FORMS = ("{a}/{b}/{y}", "{a}-{b}-{y}", "{a:02}/{b:02}/{y}")


def said(form: str, day: date) -> str:
    name = MONTHS[day.month]
    names = {"name": name, "short": name[:3], "upper": name.upper()}
    return form.format(d=day.day, m=day.month, y=day.year, **names)


@given(st.sampled_from(CLEAR_FORMS), DAYS)
def test_every_clear_form_of_a_day_is_read_as_that_day(form: str, day: date) -> None:
    assert read(said(form, day)) == day.isoformat()


@given(st.sampled_from(EITHER_FORMS), DAYS)
def test_slashes_and_hyphens_are_read_only_where_one_order_is_possible(
    form: str, day: date
) -> None:
    for a, b in ((day.day, day.month), (day.month, day.day)):
        typed = form.format(a=a, b=b, y=day.year)
        if day.day > 12 or day.day == day.month:
            assert read(typed) == day.isoformat()
        else:
            with pytest.raises(AmbiguousDate) as asked:
                read(typed)
            other = date(day.year, day.day, day.month)
            assert set(asked.value.readings) == {day.isoformat(), other.isoformat()}
            assert in_words(day.isoformat()) in str(asked.value)


def plain(*, seasons: bool = True) -> st.SearchStrategy[str]:
    """Draw a day, month, season or year of the grammar."""
    days = DAYS.map(date.isoformat)
    months = DAYS.map(lambda day: day.isoformat()[:7])
    years = DAYS.map(lambda day: str(day.year))
    marked = st.tuples(st.one_of(days, months, years), st.sampled_from(["", "?", "~", "%"]))
    drawn = marked.map("".join)
    named = st.tuples(years, st.sampled_from(["-21", "-22", "-23", "-24"])).map("".join)
    return st.one_of(drawn, named) if seasons else drawn


@st.composite
def written(draw: st.DrawFn) -> str:
    """Draw an EDTF text of the grammar."""
    first, last = draw(plain()), draw(plain())
    if parse(first).start.first > parse(last).start.last:
        first, last = last, first
    forms = (first, f"{first}/..", f"{first}/", f"{first}/{last}", f"[{first}..{last}]")
    return draw(st.sampled_from(forms).filter(is_valid))


def is_valid(text: str) -> bool:
    try:
        parse(text)
    except InvalidDate:
        return False
    return True


@given(written())
def test_what_is_said_of_a_date_can_be_typed_and_means_the_same(text: str) -> None:
    again = read(in_words(text))

    assert parse(again).start == parse(text).start
    assert parse(again).end == parse(text).end
    assert in_words(again) == in_words(text)


@given(written())
def test_edtf_is_taken_as_it_is(text: str) -> None:
    assert read(text) == text


@given(written())
def test_a_date_taken_apart_and_composed_again_is_the_same(text: str) -> None:
    assert composed(taken_apart(text)) == text


@given(st.text(max_size=130))
def test_whatever_is_typed_is_read_as_a_date_or_refused(typed: str) -> None:
    try:
        text = read(typed)
    except InvalidDate:
        return

    assert understood(text)


@given(st.text(alphabet="0123456789 ./-–tobecmarchiunjwsépril,()~?[]X", max_size=40))
def test_what_looks_like_a_date_is_read_as_a_date_or_refused(typed: str) -> None:
    try:
        text = read(typed)
    except InvalidDate:
        return

    assert understood(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("March 2024", "2024-03"),
        ("Mar. 2024", "2024-03"),
        ("3/2024", "2024-03"),
        ("03.2024", "2024-03"),
        ("2024-3", "2024-03"),
        ("14th of March 2024", "2024-03-14"),
        ("14. März 2024", "2024-03-14"),
        ("14 marca 2024", "2024-03-14"),
        ("14 березня 2024", "2024-03-14"),
        ("14 de marzo de 2024", "2024-03-14"),
        ("spring 2024", "2024-21"),
        ("the 2020s", "202X"),
        ("about 2024", "2024~"),
        ("c. March 2024", "2024-03~"),
        ("perhaps March 2024", "2024-03?"),
        ("March 2024?", "2024-03?"),
        ("perhaps ~2024", None),
        ("14 to 16 March 2024", "2024-03-14/2024-03-16"),
        ("14–16 March 2024", "2024-03-14/2024-03-16"),
        ("March–May 2024", "2024-03/2024-05"),
        ("30 March - 2 April 2024", "2024-03-30/2024-04-02"),
        ("2023-2024", "2023/2024"),
        ("between December 2023 and February 2024", "[2023-12..2024-02]"),
        ("between March and May 2024", "[2024-03..2024-05]"),
        ("since March 2024", "2024-03/.."),
        ("14.3.2024 until now", "2024-03-14/.."),
    ],
)
def test_what_people_type_is_read(typed: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(InvalidDate):
            read(typed)
    else:
        assert read(typed) == text


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("03/04/2024", {"2024-04-03", "2024-03-04"}),
        ("03-04-2024", {"2024-04-03", "2024-03-04"}),
        ("listopad 2024", {"2024-10", "2024-11"}),
        ("2000s", {"200X", "20XX"}),
        ("winter 2024", {"2024-24", "[2024-12..2025-02]", "[2023-12..2024-02]"}),
        ("from March 2024", {"2024-03/..", "2024-03/"}),
        ("03/04/2024 to 25/04/2024", {"2024-03-04/2024-04-25", "2024-04-03/2024-04-25"}),
        # Only one reading is in order; the other may be meant and mistyped, so it is asked too.
        ("05/06/2024 to 03/06/2024", {"2024-05-06/2024-06-03"}),
    ],
)
def test_what_can_mean_several_dates_is_asked_back(typed: str, readings: set[str]) -> None:
    with pytest.raises(AmbiguousDate) as asked:
        read(typed)

    assert set(asked.value.readings) == readings
    assert all(reading in str(asked.value) for reading in readings)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "March",
        "14 March",
        "14.03.24",
        "3.14.2024",
        "21/2024",
        "2024/03",
        "30 February 2024",
        "29.2.2023",
        "31/04/2024",
        "early 2024",
        "14 2024 March",
        "December to February 2024",
        "between March 2024",
        "２０２４",
        "1².3.2024",
        "14 March 1024",
        "March 2024 March",
        "x" * 121,
        "ﷺ" * 100,
    ],
)
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(InvalidDate, match="Write 2024-03-14"):
        read(typed)


def test_no_locale_that_separates_with_dots_puts_the_month_first() -> None:
    """The reason why 3.4.2024 is read as 3 April."""
    patterns = {
        re.sub(r"'[^']*'", "", Locale.parse(name).date_formats["short"].pattern)
        for name in locale_identifiers()
    }

    dotted = {pattern for pattern in patterns if re.search(r"[dM]+\s?\.\s?[dMy]", pattern)}
    assert len(dotted) > 5
    assert {p for p in dotted if p.index("M") < p.index("d") and "y" in p[p.index("M") :]} == set()


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (Parts("on", "14.3.2024"), "2024-03-14"),
        (Parts("on", "March 2024", about=True), "2024-03~"),
        (Parts("on", "2024~", uncertain=True), "2024%"),
        (Parts("lasted", "14 March 2024", "16.3.2024"), "2024-03-14/2024-03-16"),
        (Parts("lasted", "14", "16 March 2024"), "2024-03-14/2024-03-16"),
        (Parts("lasted", "2024-03", ""), "2024-03/"),
        (Parts("lasted", "2024", "2025", about=True, uncertain=True), "2024%/2025%"),
        (Parts("between", "2023-12", "2024-02"), "[2023-12..2024-02]"),
        (Parts("ongoing", "March 2024", "2025"), "2024-03/.."),
    ],
)
def test_a_date_is_composed_of_its_parts(parts: Parts, text: str) -> None:
    assert composed(parts) == text


@pytest.mark.parametrize(
    "parts",
    [
        Parts("on", ""),
        Parts("on", "2024/2025"),
        Parts("on", "between 2023 and 2024"),
        Parts("between", "2024", ""),
        Parts("between", "2024", "soon"),
        Parts("lasted", "2025", "2024"),
        Parts("on", "spring 2024", about=True),
        Parts("begun", "2024"),
        Parts("on", "2024" * 40),
    ],
)
def test_parts_that_make_no_date_are_refused(parts: Parts) -> None:
    with pytest.raises(InvalidDate):
        composed(parts)


def test_an_ambiguous_part_is_asked_back_as_the_whole() -> None:
    with pytest.raises(AmbiguousDate) as asked:
        composed(Parts("ongoing", "03/04/2024"))

    assert set(asked.value.readings) == {"2024-03-04/..", "2024-04-03/.."}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-03-14", "14 March 2024"),
        ("2024-03", "March 2024: between 1 and 31 March 2024"),
        ("2024", "2024: between 1 January and 31 December 2024"),
        ("2024-03~", "March 2024 (about): between 1 and 31 March 2024"),
        (
            "[2023-12..2024-02]",
            "some time between 1 December 2023 and 29 February 2024; "
            "counted in 2023 or 2024 only as possible",
        ),
        (
            "202X",
            "the 2020s: between 1 January 2020 and 31 December 2029; "
            "counted in each year from 2020 to 2029 only as possible",
        ),
        (
            "2024-03-14/2024-05",
            "from 14 March 2024 to May 2024; ended between 1 and 31 May 2024",
        ),
        (
            "2024-03/..",
            "from March 2024, still going on; began between 1 and 31 March 2024",
        ),
        ("2024-03-14/2024-03-16", "from 14 March 2024 to 16 March 2024"),
    ],
)
def test_how_a_date_is_understood_is_told_with_its_days(text: str, told: str) -> None:
    assert understood(text) == told


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("analyst", is_staff=True))
    return client


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "14 March 2024"}, ("2024-03-14", "14 March 2024", "", [])),
        ({"text": ""}, ("", "", "", [])),
        ({}, ("", "", "", [])),
        ({"shape": "on", "first": ""}, ("", "", "", [])),
        (
            {"shape": "lasted", "first": "14.3.2024", "last": "2024-03-16", "about": "1"},
            (
                "2024-03-14~/2024-03-16~",
                "from 14 March 2024 (about) to 16 March 2024 (about)",
                "",
                [],
            ),
        ),
    ],
)
def test_the_desk_is_told_how_a_date_is_understood(
    staff: Client, query: dict[str, str], expected: tuple[str, str, str, list[str]]
) -> None:
    told = staff.get(reverse("admin:edtf-in-words"), query).json()

    assert (told["edtf"], told["understood"], told["error"], told["readings"]) == expected


def test_the_desk_is_told_what_is_wrong_as_a_form_says_it(staff: Client) -> None:
    for typed in ("soon", "03/04/2024", "x" * 5000, "\0", "2024-13"):
        told = staff.get(reverse("admin:edtf-in-words"), {"text": typed}).json()

        with pytest.raises(InvalidDate) as refused:
            read(typed)
        assert told["error"] == str(refused.value)
        assert told["edtf"] == told["understood"] == ""
        assert len(told["error"]) < 400


def test_the_readings_of_an_ambiguous_date_are_offered_with_their_words(staff: Client) -> None:
    told = staff.get(reverse("admin:edtf-in-words"), {"text": "03/04/2024"}).json()

    assert told["readings"] == [
        {"edtf": "2024-03-04", "words": "4 March 2024"},
        {"edtf": "2024-04-03", "words": "3 April 2024"},
    ]


@pytest.mark.django_db
def test_only_staff_ask_how_a_date_is_understood() -> None:
    client = Client()
    client.force_login(User.objects.create_user("reader"))

    answer = client.get(reverse("admin:edtf-in-words"), {"text": "2024"})

    assert answer.status_code == 302


def test_a_form_keeps_edtf_of_what_was_typed_and_says_how_it_is_understood() -> None:
    field = DateField(required=False)

    line = DateInput().render("occurred", "March 2024", {"id": "id_occurred"})

    assert field.clean(" 14. März 2024 ") == "2024-03-14"
    assert field.clean("") == ""
    assert "March 2024: between 1 and 31 March 2024" in line
    assert 'aria-describedby="id_occurred_understood"' in line
