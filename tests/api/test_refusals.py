"""What cannot be answered is refused, with the parameter and what would be right."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

import pytest
from django.core import signing

from tests import make

from .doors import CODEBOOK, COUNTS, COUNTS_CSV, DIRECTORIES, LIST, QUESTIONS, data, get, problem
from .world import World

pytestmark = pytest.mark.django_db

# Asked of every door; the parameter named, and a word of the message that helps.
EVERYWHERE = (
    ("yaer=2024", "yaer", "Did you mean year?"),
    ("cuontry=PL", "cuontry", "Did you mean country?"),
    ("Year=2024", "Year", "Did you mean year?"),
    ("incident__id=1", "incident__id", "No such parameter"),
    ("id=1", "id", "Known: "),
    ("%00=1", "�", "No such parameter"),
    ("year__gte=2024", "year__gte", "Did you mean year"),
    ("year=soon", "year", "“soon” is not a whole number from"),
    ("year=0", "year", "“0”"),
    ("year=99999", "year", "“99999”"),
    ("year=-5", "year", "“-5”"),
    ("year=2024.0", "year", "“2024.0”"),
    ("year=%D9%A2%D9%A0%D9%A2%D9%A4", "year", "is not a whole number"),
    ("year=2023&year=2024", "year", "One value, not 2: “2023”, “2024”"),
    ("year=2024&year=2024", "year", "One value, not 2"),
    ("year=2024&from=2024-05", "year", "Either year, or from and to."),
    ("year=2024&to=2024-05", "year", "Either year, or from and to."),
    ("from=2024-05&to=2023-01", "from", "begins on 2024-05-01, after its end on 2023-01-31"),
    ("from=2024-13", "from", "“2024-13” is not a day, month or year"),
    ("to=2024-02-30", "to", "“2024-02-30” is not a day"),
    ("from=14.3.2024", "from", "2024-03-14, 2024-03 or 2024"),
    ("to=2024-03-14T00:00:00Z", "to", "is not a day"),
    ("event_type=picnic", "event_type", "“picnic” is not known here"),
    ("event_type=arsen", "event_type", "Did you mean arson?"),
    ("event_type=Arson", "event_type", "Did you mean arson?"),
    ("event_type=arson&event_type=picnic", "event_type", "“picnic”"),
    ("event_type=arson,vandalism", "event_type", "event_type=a&event_type=b"),
    ("country=PL,LT", "country", "Several values are repeated parameters"),
    ("country=Poland", "country", "“Poland” is not known here"),
    ("country=pl", "country", "“pl” is not known here"),
    ("country=PL%00", "country", "NUL"),
    ("country=none&country=PL", "country", "none stands alone"),
    ("country=XX", "country", "“XX”"),
    ("region=erope", "region", "Did you mean europe?"),
    ("target_country=none&target_country=PL", "target_country", "none stands alone"),
    ("attributed_to=none&attributed_to=RU", "attributed_to", "none stands alone"),
    ("language=none&language=pl", "language", "none stands alone"),
    ("language=xx", "language", "“xx”"),
    ("sector=trnsport", "sector", "Did you mean transport?"),
    ("target_kind=compny", "target_kind", "Did you mean company?"),
    ("status=suspect", "status", "Did you mean suspected?"),
    ("status=none", "status", "“none” is not known here"),
    ("outcome=failed", "outcome", "Known: "),
    ("series=confirmd", "series", "Did you mean confirmed?"),
    ("series=core&status=confirmed", "series", "ask for the one or for the others"),
    ("series=foiled&outcome=foiled", "series", "ask for the one or for the others"),
    ("state=withdrawn", "state", "“withdrawn” is not known here"),
    ("state=published&state=draft", "state", "One value"),
    ("marking=public", "marking", "Known: "),
    ("severity=5", "severity", "“5”"),
    ("severity=2147483648", "severity", "is not known here"),
    ("min_level=9", "min_level", "“9” is not a whole number from 1 to 5"),
    ("min_level=0", "min_level", "from 1 to 5"),
    ("min_level=3.5", "min_level", "“3.5”"),
    ("level=6", "level", "Known: 0, 1, 2, 3, 4, 5"),
    ("level=2&min_level=3", "level", "below min_level"),
    ("level=0&min_level=1", "level", "below min_level"),
    ("contested=maybe", "contested", "“maybe” is neither true nor false"),
    ("time_basis=start", "time_basis", "Known: onset"),
    ("date_match=sure", "date_match", "Known: certain, possible"),
    ("known_on=2999-01-01", "known_on", "“2999-01-01” is in the future"),
    ("known_on=2024-02", "known_on", "“2024-02” is not a day such as"),
    ("known_on=2023-02-29", "known_on", "“2023-02-29” is not a day"),
    ("bbox=1,2,3", "bbox", "minLon,minLat,maxLon,maxLat"),
    ("bbox=1,2,3,4,5", "bbox", "minLon,minLat,maxLon,maxLat"),
    ("bbox=nan,nan,nan,nan", "bbox", "“nan,nan,nan,nan”"),
    ("bbox=1e1,2,30,40", "bbox", "“1e1,2,30,40”"),
    ("bbox=10,50,20,40", "bbox", "“10,50,20,40”"),
    ("bbox=-181,0,1,1", "bbox", "“-181,0,1,1”"),
    ("bbox=1,2,3,4&bbox=1,2,3,4", "bbox", "One value"),
    ("q=%00", "q", "NUL"),
    ("q=%00%00&q=", "q", "NUL"),
    ("q=...", "q", "holds no letter or digit"),
    ("q=a+b+c+d+e+f+g+h+i+j+k", "q", "11 words are too many; at most 10"),
    ("q=fire&q=depot", "q", "One value"),
    ("q=" + "a" * 300, "q", "at most 200 characters"),
    ("actor=" + "a" * 300, "actor", "at most 200 characters"),
    ("actor=" + "a" * 81, "actor", "is not the address name of an entry"),
    ("actor=North%20Unit", "actor", "“North Unit” is not the address name"),
    ("actor=north-unti", "actor", "No entry “north-unti”. Did you mean north-unit?"),
    ("campaign=parcel", "campaign", "Did you mean parcels?"),
    ("campaign=nothing-like-it", "campaign", "No entry “nothing-like-it”."),
    ("publisher=heralt", "publisher", "Did you mean herald?"),
    ("publisher=none&publisher=herald", "publisher", "none stands alone"),
    ("primary=country", "primary", "add country=…, or ask primary=country:VALUE"),
    ("primary=contry&country=PL", "primary", "Did you mean country or target_country?"),
    ("primary=country:Poland", "primary", "“Poland”"),
    ("primary=actor&actor=north-unit", "primary", "“actor” is not known here"),
    ("&".join(f"country={a}{b}" for a in "ABCDEFGH" for b in "ABCDEFGH"), "country", "At most 60"),
    ("state_role=none&state_role=boss", "state_role", "“boss”"),
    ("claimant_kind=spy", "claimant_kind", "Known: "),
    ("domain=space,cyber", "domain", "domain=a&domain=b"),
)
OF_COUNTS = (
    ("by=password", "by", "“password” is not known here"),
    ("by=contry", "by", "Did you mean country or target_country?"),
    ("by=country,actor", "by", "by=a&by=b"),
    ("by=country&by=actor&by=level", "by", "At most two dimensions, not 3"),
    ("interval=decade", "interval", "Known: day, week, month, quarter, year"),
    ("interval=day&interval=week", "interval", "One value"),
    ("assign=all", "assign", "Known: primary, any"),
    ("assign=primary&by=region", "assign", "region has no primary value"),
    ("assign=primary&by=country&by=actor", "assign", "actor has no primary value"),
    ("interval=day&from=1900&to=2000", "interval", "day would make"),
    ("interval=week&by=status&from=1900&to=2100", "interval", "at most 10000 are answered"),
    ("interval=week&by=country&from=1900&to=2100", "interval", "week would make"),
    ("order=onset", "order", "belongs to lists"),
    ("page_size=10", "page_size", "belongs to lists"),
    ("cursor=x", "cursor", "belongs to lists"),
)
OF_LISTS = (
    ("by=country", "by", "belongs to counts"),
    ("interval=year", "interval", "belongs to counts"),
    ("assign=any", "assign", "belongs to counts"),
    ("order=password", "order", "Known: -onset, onset"),
    ("order=-onset&order=severity", "order", "One value"),
    ("order=onset,severity", "order", "“onset,severity”"),
    ("order=-title", "order", "“-title”"),
)
OF_PAGES = (
    ("page_size=201", "page_size", "“201” is not a whole number from 1 to 200"),
    ("page_size=0", "page_size", "“0”"),
    ("page_size=-1", "page_size", "“-1”"),
    ("page_size=all", "page_size", "“all”"),
    ("cursor=forged", "cursor", "No such page of this list"),
    ("cursor=WyItb25zZXQiLDFd:1tA:AAAA", "cursor", "No such page of this list"),
    ("cursor=a&cursor=b", "cursor", "One value"),
    ("cursor=" + "A" * 300, "cursor", "at most 200 characters"),
)
FILES = ("/api/v1/incidents.csv", "/api/v1/incidents.ndjson", "/api/v1/incidents.geojson")
CASES = [
    *((QUESTIONS, *case) for case in EVERYWHERE),
    *(((COUNTS, COUNTS_CSV), *case) for case in OF_COUNTS),
    *(((LIST, *FILES), *case) for case in OF_LISTS),
    *(((LIST,), *case) for case in OF_PAGES),
    (FILES, "page_size=10", "page_size", "belongs to lists"),
    (FILES, "cursor=x", "cursor", "belongs to lists"),
]


@pytest.mark.parametrize(
    ("doors", "query", "name", "words"), CASES, ids=[case[1][:50] for case in CASES]
)
def test_what_cannot_be_answered_is_refused(
    doors: tuple[str, ...], query: str, name: str, words: str, world: World
) -> None:
    for door in doors:
        response = get(f"{door}?{query}")

        told = problem(response)
        assert response.status_code == 400
        assert list(told["errors"]) == [name]
        assert words in " ".join(told["errors"][name])
        assert name in told["detail"]


def test_every_parameter_that_is_wrong_is_named(world: World) -> None:
    told = problem(get(f"{LIST}?yaer=2024&from=soon&country=PL"))
    both = problem(get(f"{LIST}?year=soon&min_level=9&country=PL"))

    assert list(told["errors"]) == ["yaer"]
    assert sorted(both["errors"]) == ["min_level", "year"]


def test_a_list_or_a_number_is_never_part_of_a_refusal(world: World) -> None:
    for door in QUESTIONS:
        assert (
            not {"results", "total", "cells", "features"} & problem(get(f"{door}?yaer=2024")).keys()
        )


def test_an_empty_value_asks_for_nothing(world: World) -> None:
    everything = data(COUNTS)["total"]

    assert data(f"{COUNTS}?year=&country=&q=+&by=&interval=&known_on=&bbox=")["total"] == everything


def test_a_value_asked_twice_is_asked_once(world: World) -> None:
    once, twice = data(f"{COUNTS}?country=PL"), data(f"{COUNTS}?country=PL&country=PL")

    assert once["total"] == twice["total"] > 0


def test_the_public_asks_for_drafts_and_is_told_of_none(world: World) -> None:
    for state in ("draft", "in_review", "changes_requested"):
        assert data(f"{COUNTS}?state={state}&series=all")["total"] == 0
        assert data(f"{LIST}?state={state}&series=all")["results"] == []


def test_the_public_asks_for_markings_and_is_told_of_clear_ones(world: World) -> None:
    for marking in ("green", "amber", "amber_strict", "red"):
        assert data(f"{COUNTS}?marking={marking}&series=all")["total"] == 0
    both = data(f"{COUNTS}?marking=clear&marking=red&series=all")
    assert both["total"] == len(world.clear)
    assert both["marking"] == "clear"


def test_a_cursor_serves_the_order_it_was_made_for(world: World) -> None:
    following = data(f"{LIST}?order=-onset&page_size=2")["next"]
    cursor = dict(parse_qsl(following.partition("?")[2]))["cursor"]

    for order in ("onset", "severity", "-published"):
        told = problem(get(f"{LIST}?order={order}&page_size=2&cursor={quote(cursor)}"))
        assert "cursor" in told["errors"]


def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    following = data("/api/v1/articles/?page_size=1")["next"]
    cursor = quote(dict(parse_qsl(following.partition("?")[2]))["cursor"])

    for door in (LIST, "/api/v1/actors/", "/api/v1/reported-figures/"):
        assert "cursor" in problem(get(f"{door}?cursor={cursor}"))["errors"]


@pytest.mark.parametrize("door", DIRECTORIES)
@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("page_szie=10", "page_szie", "Did you mean page_size?"),
        ("q=fire", "q", "Known: cursor, page_size"),
        ("country=PL", "country", "No such parameter"),
        ("page=2", "page", "No such parameter"),
        ("%00=1", "�", "No such parameter"),
        ("page_size=201", "page_size", "from 1 to 200"),
        ("page_size=0", "page_size", "“0”"),
        ("page_size=ten", "page_size", "“ten”"),
        ("page_size=5&page_size=6", "page_size", "One value"),
        ("cursor=forged", "cursor", "No such page of this list"),
        ("cursor=%00", "cursor", "A value may not hold the character NUL."),
        ("cursor=&cursor=forged", "cursor", "One value, not 2"),
    ],
)
def test_a_directory_refuses_what_it_does_not_know(
    door: str, query: str, name: str, words: str, world: World
) -> None:
    response = get(f"{door}?{query}")

    told = problem(response)
    assert response.status_code == 400
    assert list(told["errors"]) == [name]
    assert words in " ".join(told["errors"][name])


@pytest.mark.parametrize("query", ["lang=de", "year=2024", "format=json", "%00=1"])
@pytest.mark.parametrize(
    ("door", "taken"),
    [
        (CODEBOOK, "No parameter is taken here."),
        ("/api/v1/ledger/head/", "No parameter is taken here."),
        ("/api/v1/incidents/HTI-2026-00001/editions/", "No parameter is taken here."),
        ("/api/v1/incidents/HTI-2026-00001/editions/1/", "No parameter is taken here."),
        ("/api/v1/incidents/HTI-2026-00001/", "Known: as_of."),
    ],
)
def test_what_is_no_question_takes_no_parameters_of_one(door: str, taken: str, query: str) -> None:
    told = problem(get(f"{door}?{query}"))

    assert taken in str(told["errors"])


def test_a_cursor_signed_for_something_else_is_refused(world: World) -> None:
    signed = quote(signing.dumps(["-onset", "2024-01-01", 1, False], salt="another"))

    assert "cursor" in problem(get(f"{LIST}?cursor={signed}"))["errors"]


def test_days_of_a_century_are_too_many_cells_even_where_nothing_is_logged() -> None:
    told = problem(get(f"{COUNTS}?country=MT&interval=day&from=1900&to=2000"))

    assert "day would make" in told["errors"]["interval"][0]
    assert "make 0 cells" not in told["errors"]["interval"][0]


def test_what_does_not_exist_below_the_api_is_a_problem_detail_too() -> None:
    for url in ("/api/v2/incidents/", "/api/v1/incident/", "/api/v1/incidents.xml/"):
        assert problem(get(url))["status"] == 404


def test_did_you_mean_offers_what_the_asker_may_see() -> None:
    make.actor("Quiet Kestrel")
    make.incident("Fire in a hidden depot", marking="amber", claims=[{"actor": make.actor("Kite")}])

    assert "Did you mean" not in str(problem(get(f"{LIST}?actor=quiet-kestrol")))
    assert "Did you mean" not in str(problem(get(f"{LIST}?actor=kit")))
