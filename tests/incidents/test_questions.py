"""What a question refuses and how it helps, and what a question means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from incidents.counts import count
from incidents.filters import BESIDE, IncidentFilterSet, ask
from incidents.questions import Question
from incidents.refusals import InvalidQuestion
from tests import make

pytestmark = pytest.mark.django_db

PUBLIC = AnonymousUser()


def asked(text: str, *besides: str) -> Question:
    return ask(QueryDict(text), PUBLIC, besides or BESIDE)


def refusal(text: str, *besides: str) -> dict[str, list[str]]:
    with pytest.raises(InvalidQuestion) as refused:
        asked(text, *besides)
    return refused.value.errors


# Two days, as a suite may run over midnight.
LATER = (timezone.now().date() + timedelta(days=2)).isoformat()


@pytest.mark.parametrize(
    ("text", "name", "help_text"),
    [
        ("yaer=2024", "yaer", "Did you mean year?"),
        ("incident__id=1", "incident__id", "Known: "),
        ("country__in=PL", "country__in", "Did you mean country?"),
        ("Country=PL", "Country", "country"),
        ("year=soon", "year", "“soon” is not a whole number from 1900 to 2100"),
        ("year=1899", "year", "1900"),
        ("year=2024.0", "year", "2024.0"),
        ("year=２０２４", "year", "whole number"),
        ("year=-2024", "year", "-2024"),
        ("year=2023&year=2024", "year", "One value, not 2: “2023”, “2024”"),
        ("year=2024&from=2024-01", "year", "Either year, or from and to"),
        ("year=2024&to=2024", "year", "Either year, or from and to"),
        ("from=2024-05&to=2023-01", "from", "2024-05-01, after its end on 2023-01-31"),
        ("from=2024-13", "from", "2024-03-14, 2024-03 or 2024"),
        ("to=2023-02-29", "to", "2023-02-29"),
        ("from=2024-03~", "from", "2024-03~"),
        ("from=14.03.2024", "from", "14.03.2024"),
        ("to=2024-21", "to", "2024-21"),
        ("event_type=picnic", "event_type", "Known: arson"),
        ("event_type=arsson", "event_type", "Did you mean arson?"),
        ("event_type=arson,vandalism", "event_type", "event_type=a&event_type=b"),
        ("event_type=Arson", "event_type", "Did you mean arson?"),
        ("domain=weather", "domain", "Known: "),
        ("status=guilty", "status", "Known: alleged, suspected, confirmed"),
        ("outcome=won", "outcome", "foiled"),
        ("series=best", "series", "core"),
        ("series=core&series=all", "series", "One value"),
        ("series=core&status=confirmed", "series", "A series is made of statuses and outcomes"),
        ("series=foiled&outcome=foiled", "series", "ask for the one or for the others"),
        ("severity=5", "severity", "“5” is not known here"),
        ("severity=x", "severity", "Known: 0, 1, 2, 3, 4"),
        ("campaign=No Such", "campaign", "address name"),
        ("campaign=no-such", "campaign", "No entry “no-such”"),
        ("actor=no-such", "actor", "No entry “no-such”"),
        ("publisher=no-such", "publisher", "No entry “no-such”"),
        ("state=superseded", "state", "published, draft, in_review"),
        ("state=draft&state=published", "state", "One value"),
        ("marking=white", "marking", "clear, green, amber"),
        (f"known_on={LATER}", "known_on", "is in the future"),
        ("known_on=2022-08", "known_on", "2022-08-31"),
        ("known_on=2022-02-30", "known_on", "“2022-02-30” is not a day"),
        ("known_on=20220831", "known_on", "20220831"),
        ("time_basis=publication", "time_basis", "onset, active, reported"),
        ("date_match=maybe", "date_match", "certain, possible"),
        ("primary=region", "primary", "country, target_country"),
        ("primary=country", "primary", "add country=…"),
        ("primary=country:XX", "primary", "“XX” is not known here"),
        ("country=Polska", "country", "Poland: PL."),
        ("country=UK", "country", "“UK” is not known here. United Kingdom: GB."),
        ("country=Poland", "country", "“Poland”"),
        ("country=pl", "country", "“pl” is not known here. Did you mean PL?"),
        ("country=none&country=PL", "country", "none stands alone"),
        ("region=asia", "region", "europe, eu, nato"),
        ("bbox=1,2,3", "bbox", "minLon,minLat,maxLon,maxLat"),
        ("bbox=1,2,3,4,5", "bbox", "minLon,minLat,maxLon,maxLat"),
        ("bbox=0,60,10,50", "bbox", "“0,60,10,50” is not a box"),
        ("bbox=0,-91,10,50", "bbox", "not a box"),
        ("bbox=0,0,181,50", "bbox", "not a box"),
        ("bbox=nan,0,1,1", "bbox", "not a box"),
        ("bbox=1e1,0,20,1", "bbox", "not a box"),
        ("target_country=sea", "target_country", "“sea” is not known here"),
        ("sector=picnic", "sector", "energy"),
        ("target_kind=picnic", "target_kind", "government"),
        ("attributed_to=EU", "attributed_to", "“EU” is not known here"),
        ("attributed_to=RU&attributed_to=none", "attributed_to", "none stands alone"),
        ("claimant_kind=friend", "claimant_kind", "affected_government"),
        ("state_role=friend", "state_role", "organ"),
        ("level=6", "level", "0, 1, 2, 3, 4, 5"),
        ("min_level=9", "min_level", "“9” is not a whole number from 1 to 5"),
        ("min_level=0", "min_level", "from 1 to 5"),
        ("min_level=4&level=2", "level", "below min_level"),
        ("attributed_to=RU&level=1", "level", "add min_level=1"),
        ("contested=maybe", "contested", "neither true nor false"),
        ("language=english", "language", "“english” is not known here"),
        ("article=none", "article", "“none” is not the digest of an article"),
        (f"article={'0' * 64}", "article", "No article “0000"),
        ("q=%00", "q", "NUL"),
        ("country=%00PL", "country", "NUL"),
        ("q=%21%21", "q", "no letter or digit"),
        ("q=" + "+".join("abcdefghijk"), "q", "11 words are too many"),
        ("q=" + "a" * 201, "q", "at most 200 characters"),
        ("&".join(f"severity={n}" for n in range(61)), "severity", "At most 60 values"),
        ("by=password", "by", "Known: country"),
        ("by=countri", "by", "Did you mean country"),
        ("by=country&by=sector&by=status", "by", "At most two dimensions, not 3"),
        ("by=attributed_to&assign=primary", "assign", "attributed_to has no primary value"),
        ("by=region&by=country&assign=primary", "assign", "assign=any"),
        ("interval=decade", "interval", "day, week, month, quarter, year"),
        ("assign=share", "assign", "primary, any"),
        ("order=password", "order", "Known: -onset, onset"),
        ("order=onset&order=severity", "order", "One value"),
        ("page_size=0", "page_size", "from 1 to 200"),
        ("page_size=1000", "page_size", "from 1 to 200"),
    ],
)
def test_a_refusal_names_the_parameter_and_helps(text: str, name: str, help_text: str) -> None:
    errors = refusal(text)

    assert list(errors) == [name]
    assert help_text in " ".join(errors[name])


def test_every_wrong_parameter_is_named_at_once() -> None:
    assert set(refusal("yaer=2024&cuontry=PL&colour=red")) == {"yaer", "cuontry", "colour"}
    assert set(refusal("year=soon&event_type=picnic&bbox=1")) == {"year", "event_type", "bbox"}


@pytest.mark.parametrize("text", ["year=" + "9" * 190, "event_type=" + "x" * 190, "x" * 300 + "=1"])
def test_a_message_does_not_repeat_a_long_value(text: str) -> None:
    errors = refusal(text)

    assert all(len(name) < 60 for name in errors)
    assert all("x" * 60 not in why and "9" * 60 not in why for (why,) in errors.values())


@pytest.mark.parametrize(
    ("text", "name", "where"),
    [
        ("by=country", "by", "counts"),
        ("interval=month", "interval", "counts"),
        ("order=onset", "order", "lists"),
        ("cursor=x", "cursor", "lists"),
    ],
)
def test_a_parameter_of_another_door_is_told_where_it_belongs(
    text: str, name: str, where: str
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        ask(QueryDict(text), PUBLIC)

    assert where in refused.value.errors[name][0]


def test_no_parameter_reaches_a_column_that_is_not_declared() -> None:
    for name in ("id", "pk", "record", "record__reference", "authors", "version", "title"):
        assert name in refusal(f"{name}=1")


def test_empty_values_ask_for_nothing() -> None:
    question = asked("year=&country=&country=PL&q=+&status=")

    assert dict(question.asked) == {"country": ("PL",)}
    assert question.values["period"] is None


# -- what is assumed -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("", "core"),
        ("country=PL", "core"),
        ("status=alleged", "all"),
        ("outcome=foiled", "all"),
        ("series=all&status=confirmed", "all"),
        ("series=logged", "logged"),
    ],
)
def test_naming_a_status_or_an_outcome_makes_all_the_default_series(text: str, series: str) -> None:
    assert asked(text).values["series"] == series


@pytest.mark.parametrize(
    ("text", "least", "assumed"),
    [
        ("", None, False),
        ("claimant_kind=company", None, False),
        ("attributed_to=RU", 3, True),
        ("attributed_to=none", 3, True),
        ("actor=none", 3, True),
        ("attributed_to=RU&min_level=2", 2, False),
        ("attributed_to=RU&level=4", 3, True),
        ("attributed_to=RU&min_level=1&level=1", 1, False),
        ("min_level=4", 4, False),
    ],
)
def test_the_least_level_is_three_where_a_state_or_an_actor_is_asked_for_without_one(
    text: str, least: int | None, assumed: bool
) -> None:
    question = asked(text)

    assert question.values["min_level"] == least
    assert ("min_level" in question.assumed) == assumed
    assert question.effective().get("min_level") == (str(least) if least else None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("year=2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("from=2024-02&to=2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("from=2023&to=2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("from=2024-03-14", date(2024, 3, 14), date.max),
        ("to=2024-03-14", date.min, date(2024, 3, 14)),
    ],
)
def test_bounds_are_inclusive_days_months_or_years(text: str, first: date, last: date) -> None:
    period = asked(text).period

    assert period
    assert (period.first, period.last) == (first, last)


def test_a_question_has_one_normal_form() -> None:
    one = asked("year=2024&country=PL&country=DE&country=PL&by=sector")
    other = asked("country=DE&year=2024&country=PL&order=onset&q=")

    assert one.query() == other.query() == "country=DE&country=PL&year=2024"
    assert asked(one.query()).values == asked(other.query()).values


def test_every_parameter_has_help_and_reads_an_empty_value() -> None:
    for name, parameter in IncidentFilterSet.base_filters.items():
        assert str(parameter.extra["help_text"]).strip(), name
        assert not asked(f"{name}=").asked


# -- what is found -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("sabotaz", 1),
        ("SABOTAŻ łodzi", 1),
        ("lodz", 1),
        ("sab lod", 1),
        ("abotaz", 0),
        ("sabotaz+warszawa", 0),
        ("%25", 0),
        ("night's", 1),
        ("2024", 1),
    ],
)
def test_words_are_sought_folded_from_their_beginning_and_all_of_them(
    words: str, found: int
) -> None:
    make.incident("Sabotaż w Łodzi, night’s work of 2024")
    make.incident("Fire elsewhere")

    if words == "%25":
        assert "q" in refusal(f"q={words}")
    else:
        assert count(asked(f"q={words}")).total == found


def test_parameters_of_a_group_speak_of_one_row() -> None:
    make.incident(
        claims=[
            {"kind": "company", "state": "RU"},
            {"kind": "affected_government", "state": "BY"},
        ],
        targets=[{"country": "PL", "sector": "energy"}, {"country": "DE", "sector": "media"}],
    )

    for text, found in (
        ("claimant_kind=affected_government&attributed_to=BY", 1),
        ("claimant_kind=affected_government&attributed_to=RU&min_level=1", 0),
        ("claimant_kind=company&attributed_to=RU&min_level=2", 1),
        ("target_country=PL&sector=energy", 1),
        ("target_country=PL&sector=media", 0),
        ("target_country=DE&sector=media", 1),
        ("target_country=DE&sector=media&primary=sector", 0),
    ):
        assert count(asked(text)).total == found, text


def test_a_repeated_value_means_or_and_groups_mean_and() -> None:
    make.incident(country="PL")
    make.incident(country="DE", event_type="vandalism")

    assert count(asked("country=PL&country=DE")).total == 2
    assert count(asked("country=PL&event_type=vandalism")).total == 0
    assert count(asked("event_type=arson&event_type=vandalism&country=DE")).total == 1


def test_none_beside_a_type_or_a_domain_means_or() -> None:
    make.incident(domains=["cyber"])
    make.incident(event_type="suspicious_event", domains=[])
    make.incident(domains=["legal"])

    assert count(asked("domain=none")).total == 1
    assert count(asked("domain=cyber&domain=none")).total == 2


def test_the_role_none_is_a_role_and_not_the_lack_of_a_claim() -> None:
    make.incident(claims=[{"role": "none"}])
    make.incident(claims=[{"role": "organ"}])
    make.incident()

    assert count(asked("state_role=none")).total == 1
    assert count(asked("state_role=none&state_role=organ")).total == 2


def test_buckets_end_today_where_no_end_is_asked_for() -> None:
    make.incident(occurred="2024-05/..")

    counts = count(asked("from=2024&time_basis=active"), interval="year")

    years = [cell.key["year"] for cell in counts.cells]
    assert years == [str(year) for year in range(2024, timezone.now().year + 1)]
