"""The list of incidents: one question, said in words, with numbers that lead somewhere."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from articles.countries import COUNTRIES
from incidents.facets import FACETS, facet
from incidents.filters import COUNTED, SHAPED, WRITTEN, IncidentFilterSet, ask
from incidents.views.forms import MOST_ASKED
from tests import make
from tests.api import doors
from tests.api.world import World

from .reading import links, number, page, references, words

pytestmark = pytest.mark.django_db

LIST = "/incidents/"
ASKED = [
    "",
    "series=all",
    "country=PL",
    "country=PL&country=LT&year=2024",
    "country=PL&primary=country",
    "attributed_to=RU",
    "attributed_to=RU&min_level=4&country=PL",
    "attributed_to=none",
    "level=0",
    "level=1&level=2&series=all",
    "contested=true",
    "year=2024&date_match=possible&series=all",
    "from=2024-03&to=2024-07&time_basis=active",
    "status=suspected&status=confirmed&outcome=attempted",
    "actor=north-unit",
    "campaign=parcels&severity=3",
    "publisher=kurier&language=pl",
    "known_on=2024-06-15&series=all",
    "q=fire",
    "bbox=10,50,40,70",
]


@pytest.mark.parametrize("query", ASKED)
def test_the_list_says_the_number_and_the_incidents_of_the_api(query: str, world: World) -> None:
    html = page(f"{LIST}?{query}{'&' if query else ''}page_size=200")

    assert number(html) == doors.data(f"{doors.COUNTS}?{query}")["total"]
    assert references(html) == doors.references(f"{doors.LIST}?{query}")
    assert doors.data(f"{doors.COUNTS}?{query}")["question"] in words(html)


@pytest.mark.parametrize("query", ASKED)
def test_a_choice_of_a_facet_has_the_number_of_the_list_that_it_leads_to(
    query: str, world: World
) -> None:
    question = ask(QueryDict(query), make.user("nobody"))

    for name in FACETS:
        for choice in facet(question, name).choices:
            changes = {name: [choice.code]}
            if name in ("status", "outcome"):
                changes["series"] = []
            if name == "year":
                changes |= {"from": [], "to": []}
            params = question.params(**changes)
            asked = urlencode({key: value for key, value in params.items() if value}, doseq=True)
            listed = ask(QueryDict(asked), question.asker).incidents().count()
            assert choice.count == listed, (name, choice, asked)


def test_a_facet_ignores_its_own_filter_and_obeys_the_others(world: World) -> None:
    free = facet(ask(QueryDict("year=2024"), make.user("nobody")), "country")
    asked = facet(ask(QueryDict("year=2024&country=DE"), make.user("nobody")), "country")
    other = facet(ask(QueryDict("year=2024&event_type=arson"), make.user("nobody")), "country")

    def counted(of: object) -> dict[str, int | None]:
        return {choice.code: choice.count for choice in of.choices}  # type: ignore[attr-defined]

    assert counted(asked) == counted(free)
    assert counted(other) != counted(free)
    assert [choice.code for choice in asked.chosen] == ["DE"]


def test_what_is_chosen_stays_a_choice_at_0(world: World) -> None:
    question = ask(QueryDict("country=PL&event_type=migration_instrumentalised"), make.user("n"))

    chosen = facet(question, "event_type").chosen

    assert [(choice.code, choice.count) for choice in chosen] == [("migration_instrumentalised", 0)]


def test_no_value_is_a_choice(world: World) -> None:
    question = ask(QueryDict(""), make.user("nobody"))

    for name in ("attributed_to", "campaign", "severity", "publisher", "actor"):
        none = [choice for choice in facet(question, name).choices if choice.code == "none"]
        assert none, name
        assert none[0].count, name


def test_a_chip_takes_its_own_value_away_and_what_rests_on_it(world: World) -> None:
    html = page(f"{LIST}?country=PL&country=LT&primary=country&year=2024&attributed_to=RU")
    without = links(html, 'class="chip"')

    assert len(without) == 5
    told = [QueryDict(url.partition("?")[2]) for url in without]
    assert all(number(page(url)) is not None for url in without)
    assert [len(asked.getlist("country")) for asked in told].count(1) == 2
    assert any("primary" not in asked for asked in told)


def test_the_last_country_takes_the_primary_filter_along() -> None:
    html = page(f"{LIST}?country=PL&primary=country")

    assert f"{LIST}?" in links(html, 'class="chip"')


def test_a_wrong_address_shows_the_error_and_no_number(world: World) -> None:
    html = page(f"{LIST}?year=soon&country=PL&q=fire&min_level=9", status=400)

    assert number(html) is None
    assert references(html) == []
    assert 'class="step"' not in html
    told = words(html)
    assert "Year : “soon” is not" in told
    assert "Level at least : “9” is not a whole number from 1 to 5." in told
    assert re.search(r'name="q"\s+value="fire"', html)
    assert re.search(r'name="year"\s+value="soon"', html)
    assert re.search(r'value="PL"\s+checked', html)


def test_an_unknown_parameter_is_refused_by_name() -> None:
    html = page(f"{LIST}?yaer=2024", status=400)

    assert "yaer : No such parameter. Did you mean year?" in words(html)


def test_what_is_typed_comes_back_as_text_and_not_as_code() -> None:
    html = page(f"{LIST}?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&year=%3Cb%3E", status=400)

    assert "<script>alert" not in html
    assert "<b>" not in html


def test_empty_inputs_are_left_out_of_the_address() -> None:
    response = Client().get(f"{LIST}?q=&year=2024&from=&country=")

    assert response.status_code == 302
    assert response["Location"] == f"{LIST}?year=2024"
    assert Client().get(f"{LIST}?q=&year=")["Location"] == LIST


def test_the_pages_of_a_list_hold_each_incident_once_there_and_back(world: World) -> None:
    whole = doors.references(f"{doors.LIST}?series=all")
    url, pages = f"{LIST}?series=all&page_size=4&order=onset", []

    while url:
        html = page(url)
        pages.append(references(html))
        following = links(html, 'rel="next"')
        url = following[0] if following else ""

    assert [len(found) for found in pages[:-1]] == [4] * (len(pages) - 1)
    assert sorted(found for some in pages for found in some) == sorted(whole)
    assert references(page(links(html, 'rel="prev"')[0])) == pages[-2]


def test_what_may_fall_into_the_period_is_told_with_its_list(world: World) -> None:
    html = page(f"{LIST}?year=2024&series=all")
    counts = doors.data(f"{doors.COUNTS}?year=2024&series=all")

    more = counts["high"] - counts["low"]
    assert more > 0
    assert f"{more} more may fall into what was asked" in words(html)
    wider = next(url for url in links(html, "date_match=possible"))
    assert number(page(wider)) == counts["high"]


def test_each_step_of_a_ladder_leads_to_as_many_incidents(world: World) -> None:
    html = page(f"{LIST}?country=PL&country=LT")
    steps = re.findall(r'<a class="step"\s+href="([^"]+)"><strong>(\d+)</strong>', html)

    assert len(steps) >= 10
    for url, count in steps:
        assert number(page(url.replace("&amp;", "&"))) == int(count), url


def test_the_exports_of_a_page_are_those_of_its_question(world: World) -> None:
    html = page(f"{LIST}?country=PL&order=onset")
    exports = links(html[html.index('class="exports"') :], "/api/v1/")

    assert [url.partition("?")[0] for url in exports] == [
        doors.CSV,
        doors.XLSX,
        doors.PARQUET,
        doors.ZIP,
        doors.NDJSON,
        doors.GEOJSON,
        doors.LIST,
        doors.COUNTS,
    ]
    assert {url.partition("?")[2] for url in exports} == {"country=PL"}


def test_an_empty_answer_says_that_nothing_is_logged() -> None:
    html = page(f"{LIST}?country=IS")

    assert number(html) == 0
    assert "No incident is logged that fits." in words(html)


@pytest.mark.parametrize("who", ["reader", "staff"])
def test_the_form_draws_or_carries_every_parameter_of_a_question(who: str, staff: Client) -> None:
    """What is neither would be dropped, in silence, by the next change of the form."""
    single = {"year": "2024", "known_on": "2025-01-01", "min_level": "1", "article": "0" * 64}
    names = set(IncidentFilterSet.base_filters) - COUNTED - SHAPED - WRITTEN - {"cursor"}
    query = "&".join(f"{name}={single.get(name, 'x')}" for name in sorted(names))

    html = page(f"{LIST}?{query}", staff if who == "staff" else None, status=400)

    form = html[html.index('id="filter-form"') : html.index("</form>", html.index("filter-form"))]
    assert set(re.findall(r'name="(\w+)"', form)) == names


def test_a_marking_that_is_asked_for_goes_along_with_the_form() -> None:
    html = page(f"{LIST}?marking=clear")

    assert '<input type="hidden" name="marking" value="clear">' in html


def test_a_question_of_very_many_values_is_answered_without_the_numbers_of_choices() -> None:
    codes = list(COUNTRIES)[:MOST_ASKED]

    few = page(f"{LIST}?country=PL&country=LT")
    many = page(f"{LIST}?{urlencode({'country': codes, 'event_type': 'arson'}, doseq=True)}")

    assert number(many) == 0
    assert 'class="choice"' in many
    assert len(links(many, 'class="chip"')) == 40
    assert "and 21 more" in words(many)
    form = many[many.index('id="filter-form"') :]
    assert '<span class="number">' not in form[: form.index("</form>")]
    assert (
        '<span class="number">' in few[few.index('id="filter-form"') : few.index("</form>", 9000)]
    )


def test_a_reference_that_is_looked_for_is_opened() -> None:
    shown = make.incident()
    shown.record.refresh_from_db()

    response = Client().get(f"{LIST}?q={str(shown.record.reference).lower()}")

    assert response.status_code == 302
    assert response["Location"] == f"{LIST}{shown.record.reference}/"


def test_an_empty_answer_leads_to_what_its_series_leaves_out() -> None:
    make.incident(country="MT", status="alleged")

    html = page(f"{LIST}?country=MT")

    assert number(html) == 0
    assert "1 alleged or disputed would fit." in words(html)


def test_only_staff_are_offered_states_and_markings(world: World, staff: Client) -> None:
    assert 'name="state"' not in page(LIST)
    html = page(f"{LIST}?state=draft&series=all", staff)

    assert 'name="state"' in html
    assert number(html) == doors.data(f"{doors.COUNTS}?state=draft&series=all", staff)["total"] > 0


def test_each_number_of_the_overview_leads_to_as_many_incidents(world: World) -> None:
    html = page("/")
    steps = re.findall(r'<a class="step"\s+href="([^"]+)"><strong>(\d+)</strong>', html)

    assert len(steps) >= 10
    assert f"{doors.data(doors.COUNTS)['total']} incidents" in words(html)
    for url, count in steps:
        assert number(page(url.replace("&amp;", "&"))) == int(count), url


def test_a_reported_figure_stands_beside_our_own_count_of_its_question(world: World) -> None:
    make.figure("fires", best=500, what="suspicious fires", our_question="country=PL&series=all")

    html = page("/")

    total = doors.data(f"{doors.COUNTS}?country=PL&series=all")["total"]
    told = words(html)
    assert "About 500 suspicious fires" in told
    assert f"Ours: {total} Logged, foiled and ruled out incidents in Poland" in told
