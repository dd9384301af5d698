"""Towns are found by any of their names, in any script, at once and without a network."""

from __future__ import annotations

import gzip
import time
from functools import cache
from itertools import pairwise

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.countries import COUNTRIES
from articles.text import tokens
from incidents import gazetteer


@pytest.mark.parametrize(
    ("typed", "town"),
    [
        ("Gdy", "Gdynia, Pomerania, Poland (54.519, 18.532)"),
        ("gdynia", "Gdynia, Pomerania, Poland (54.519, 18.532)"),
        ("Гдыня", "Gdynia, Pomerania, Poland (54.519, 18.532)"),
        ("Gdingen", "Gdynia, Pomerania, Poland (54.519, 18.532)"),
        ("lodz", "Łódź, Łódź Voivodeship, Poland (51.771, 19.474)"),
        ("Λευκωσία", "Nicosia, Cyprus (35.173, 33.354)"),
        ("臺北", "Taipei, Taiwan (25.053, 121.526)"),
        ("تبليسي", "Tbilisi, Georgia (41.691, 44.834)"),
        ("frankfurt (o", "Frankfurt (Oder), Brandenburg, Germany (52.347, 14.551)"),
    ],
)
def test_a_town_is_found_by_the_beginning_of_any_of_its_names(typed: str, town: str) -> None:
    found = gazetteer.find(typed)

    assert str(found[0]) == town


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Simferopol", "UA"),
        ("Sevastopol", "UA"),
        ("Севастополь", "UA"),
        ("Kerch", "UA"),
        ("Donetsk", "UA"),
        ("Pristina", "XK"),
        ("Prizren", "XK"),
        ("Nicosia", "CY"),
        ("Kyrenia", "CY"),
        ("Taipei", "TW"),
        ("Hong Kong", "HK"),
    ],
)
def test_a_town_lies_in_the_country_that_this_site_names(name: str, country: str) -> None:
    found = gazetteer.named(name)

    assert found[0].country == country


def test_every_town_of_crimea_is_ukrainian() -> None:
    towns, _names = _rows()

    countries = {
        country
        for _name, country, _region, lat, lon, _people in towns
        if 44.3 < float(lat) < 46.1 and 32.4 < float(lon) < 36.6
    }

    assert countries == {"UA"}


def test_the_exact_name_comes_first_then_first_names_then_others_by_people() -> None:
    found = gazetteer.find("san")

    exact, *others = found
    first = [town for town in others if tokens(town.name)[0].startswith("san")]
    assert exact.name == "San"
    assert others[: len(first)] == first
    assert all(one.people >= other.people for one, other in pairwise(first))


def test_a_country_leaves_only_its_own_towns() -> None:
    everywhere = gazetteer.find("Valencia")
    in_venezuela = gazetteer.find("Valencia", country="VE")

    assert {town.country for town in everywhere} > {"ES", "VE"}
    assert {town.country for town in in_venezuela} == {"VE"}


def test_named_finds_whole_names_alone() -> None:
    assert [town.name for town in gazetteer.named("Gdyni")] == []
    assert {town.country for town in gazetteer.named("Odessa")} == {"UA", "US"}


@pytest.mark.parametrize("typed", ["", " ", "…", "'", "x" * 121, "zzzzqq", "\0"])
def test_what_is_no_name_finds_nothing(typed: str) -> None:
    assert gazetteer.find(typed) == []
    assert gazetteer.named(typed) == []


@pytest.mark.parametrize(
    ("code", "town"), [("GDN", "Gdańsk"), ("WAW", "Warsaw"), ("PLGDY", "Gdynia")]
)
def test_codes_of_airports_and_harbours_are_no_names(code: str, town: str) -> None:
    assert town not in [known.name for known in gazetteer.named(code)]


@given(st.text(max_size=130))
def test_whatever_is_typed_finds_at_most_twelve_towns_once_each(typed: str) -> None:
    found = gazetteer.find(typed)

    assert len(found) == len(set(found)) <= gazetteer.MOST_FOUND


@given(st.sampled_from(["gdansk", "köln", "москва", "paris", "東京", "łuck"]), st.integers(1, 6))
def test_each_beginning_of_a_name_leads_towards_it(name: str, letters: int) -> None:
    beginning = name[:letters]

    found = gazetteer.find(beginning)

    key = " ".join(tokens(beginning))
    assert found
    assert {(town.name, town.country, town.lat) for town in found} <= _beginning(key)


@cache
def _rows() -> tuple[list[list[str]], list[tuple[str, int]]]:
    """Return towns and names as they stand in the file."""
    text = gzip.decompress(gazetteer.SOURCE.read_bytes()).decode()
    towns, _empty, names = text.partition("\n\n")
    rows = [line.split("\t") for line in towns.splitlines() if not line.startswith("# ")]
    pairs = (line.split("\t") for line in names.splitlines())
    return rows, [(key, int(number.rstrip("*"))) for key, number in pairs]


def _beginning(key: str) -> set[tuple[str, str, str]]:
    """Return the towns with a name that begins with a key, read from end to end."""
    rows, names = _rows()
    found = [rows[number] for name, number in names if name.startswith(key)]
    return {(row[0], row[1], row[3]) for row in found}


def test_a_search_takes_less_than_five_milliseconds_once_the_names_are_read() -> None:
    gazetteer.find("a")

    took = []
    for typed in ("s", "san", "new y", "м"):
        start = time.perf_counter()
        gazetteer.find(typed)
        took.append(time.perf_counter() - start)

    # The best of several: other programs use the processor too.
    assert min(took) < 0.005


def test_the_file_says_where_it_comes_from_and_names_known_countries_alone() -> None:
    text = gzip.decompress(gazetteer.SOURCE.read_bytes()).decode()
    towns = text.partition("\n\n")[0].splitlines()
    notice = "\n".join(line for line in towns if line.startswith("# "))
    rows = [line.split("\t") for line in towns if not line.startswith("# ")]

    assert "GeoNames" in notice
    assert "https://creativecommons.org/licenses/by/4.0/" in notice
    assert {row[1] for row in rows} <= set(COUNTRIES)
    assert len(rows) > 30_000


@pytest.fixture
def desk(db: None) -> Client:
    user = User.objects.create_user("analyst", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_incident"))
    client = Client()
    client.force_login(user)
    return client


PLACES = "admin:incidents_incident_places"


def test_the_desk_gets_all_that_a_row_for_a_place_takes(desk: Client) -> None:
    answer = desk.get(reverse(PLACES), {"q": "Gdyni"}).json()

    assert answer["country"] == ""
    assert answer["places"][0] == {
        "label": "Gdynia, Pomerania, Poland (54.519, 18.532)",
        "name": "Gdynia",
        "country": "Poland",
        "admin1": "Pomerania",
        "lat": "54.519",
        "lon": "18.532",
        "precision": "place",
    }


@pytest.mark.parametrize(
    ("country", "told", "countries"),
    [
        ("Venezuela", "Venezuela", {"Venezuela"}),
        ("ve", "Venezuela", {"Venezuela"}),
        ("Lithuania", "Lithuania", None),
        ("at sea", "", None),
        ("NATO", "", None),
        ("x" * 5000, "", None),
    ],
)
def test_the_country_typed_narrows_the_search_where_it_has_such_a_town(
    desk: Client, country: str, told: str, countries: set[str] | None
) -> None:
    answer = desk.get(reverse(PLACES), {"q": "Valencia", "country": country}).json()

    found = {place["country"] for place in answer["places"]}
    assert answer["country"] == told
    assert found == countries if countries else found > {"Spain", "Venezuela"}


@pytest.mark.parametrize("typed", ["", "x" * 100_000, "\0", "%"])
def test_the_desk_finds_nothing_for_what_is_no_name(desk: Client, typed: str) -> None:
    answer = desk.get(reverse(PLACES), {"q": typed})

    assert answer.json()["places"] == []


@pytest.mark.django_db
def test_only_those_who_write_incidents_search_places() -> None:
    client = Client()
    client.force_login(User.objects.create_user("clerk", is_staff=True))

    assert client.get(reverse(PLACES), {"q": "Gdynia"}).status_code == 403
    assert Client().get(reverse(PLACES), {"q": "Gdynia"}).status_code == 302


def test_the_desk_names_the_source_of_its_towns(desk: Client) -> None:
    page = desk.get(reverse("admin:incidents_incident_add"))

    assert gazetteer.ATTRIBUTION in page.content.decode()
