"""What can be asked, set or run is named in the documents; and what they name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import get_commands, load_command_class
from django.http import QueryDict
from django.urls import URLPattern, URLResolver, get_resolver

from incidents.about import about
from incidents.codebook import Series
from incidents.filters import (
    COUNTED,
    DIMENSIONS,
    INTERVALS,
    LISTED,
    MANY,
    ORDERS,
    SHAPED,
    WRITTEN,
    IncidentFilterSet,
    ask,
)
from incidents.formats.archive import tables
from incidents.panels import PANELS
from incidents.querysets.editions import series_sets
from incidents.regions import REGIONS
from incidents.tables.flat import FLAT
from tests.docs.examples import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ALL = [*DOCUMENTS, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "adr").glob("*.md"))]
API = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
EVERYTHING = "\n".join(path.read_text(encoding="utf-8") for path in ALL)
_ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<many>yes|two|) ?\| (?P<value>.*?) \| ", re.MULTILINE)
# Options of the server, of pip, of PostgreSQL and of `make bench`.
OF_OTHERS = {
    *("--listen", "--trusted-proxy", "--trusted-proxy-headers"),
    *("--require-hashes", "--upgrade", "--owner", "--format", "--size"),
}
PARAMETERS = {row["name"]: row for row in _ROW.finditer(API)}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield the addresses below some patterns, those of the admin and of accounts aside."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if address not in ("admin/", "account/"):
                yield from addresses(pattern.url_patterns, address)
        elif "^" not in address:
            yield "/" + address.replace("<str:", "<").replace("<int:", "<")


def test_every_parameter_has_its_row_and_no_row_is_of_another() -> None:
    assert set(PARAMETERS) == set(IncidentFilterSet.base_filters)


def test_a_row_says_whether_its_parameter_may_be_repeated() -> None:
    said = {name for name, row in PARAMETERS.items() if row["many"]}

    assert said == set(MANY)


def test_lists_and_counts_have_tables_of_their_own() -> None:
    questions, lists = API.split("Only for lists", 1)
    _questions, shapes = questions.split("Parameters that ask for no other incidents", 1)
    lists, counts = lists.split("Only for counts", 1)

    assert {row["name"] for row in _ROW.finditer(shapes)} == SHAPED | WRITTEN
    assert {row["name"] for row in _ROW.finditer(lists)} == set(LISTED)
    assert {row["name"] for row in _ROW.finditer(counts)} == set(COUNTED)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("interval", INTERVALS),
        ("order", ORDERS),
        ("region", list(REGIONS)),
        ("series", Series.values),
    ],
)
def test_a_row_lists_the_codes_of_a_short_vocabulary(name: str, codes: list[str]) -> None:
    listed = re.findall(r"`([^`]+)`", PARAMETERS[name]["value"])

    assert set(listed) - {"none"} == set(codes)


def test_the_dimensions_are_listed() -> None:
    listed = API.split("Dimensions: ", 1)[1].split(".", 1)[0]

    assert re.findall(r"`(\w+)`", listed) == list(DIMENSIONS)


def test_the_columns_of_files_are_listed_in_their_order() -> None:
    table = API.split("### Columns of a file", 1)[1].split("\n### ", 1)[0]
    firsts = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)

    assert re.findall(r"`(\w+)`", " ".join(firsts)) == list(FLAT)


@pytest.mark.django_db
def test_the_long_tables_are_listed_with_their_columns() -> None:
    told = API.split("### Long tables", 1)[1].split("\n### ", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \| (`.*?) \| (`.*?) \|$", told, re.MULTILINE)
    listed = {name: re.findall(r"`(\w+)`", columns) for name, columns, _key in rows}

    question = ask(QueryDict(), AnonymousUser())
    assert listed == {
        name: [cell.name for cell in cells] for name, _says, _rows, cells in tables(question)
    }


@pytest.mark.django_db
def test_what_identifies_a_file_is_listed() -> None:
    told = API.split("### What a file is", 1)[1].split("\n### ", 1)[0]
    firsts = re.findall(r"^\| (`.*?) \|", told, re.MULTILINE)

    said = about(ask(QueryDict(), AnonymousUser()), "/")
    assert set(re.findall(r"`(\w+)`", " ".join(firsts))) == set(said)


def test_the_series_table_is_that_of_the_code() -> None:
    for series in Series:
        row = re.search(rf"^\| `{series}`[^|]*\| (.*?) \| (.*?) \|$", METHOD, re.MULTILINE)
        assert row, series
        statuses, outcomes = series_sets(series)
        assert (row[2] == "any") == (len(outcomes) == 4)
        if row[1] not in ("any", "all but ruled out"):
            assert set(row[1].replace("ruled out", "ruled_out").split(", ")) == set(statuses)


def test_every_address_is_named() -> None:
    served = set(addresses(get_resolver().url_patterns)) - {"/"}

    assert served
    assert not {address for address in served if f"`{address}`" not in API}


def test_every_panel_is_named() -> None:
    (row,) = re.findall(r"^\| `/dashboard/<name>/` \|.*$", API, re.MULTILINE)

    assert set(re.findall(r"`([\w-]+)`", row)) == set(PANELS)


def test_every_command_is_named() -> None:
    folders = ROOT.glob("*/management/commands")
    commands = [path.stem for folder in folders for path in folder.glob("[a-z]*.py")]

    assert {"suggest", "capture"} <= set(commands)
    assert not [name for name in commands if f"manage.py {name}" not in OPERATIONS]


def test_every_option_that_operations_name_is_one_of_a_command() -> None:
    named = set(re.findall(r"--[a-z][a-z-]+", OPERATIONS)) - OF_OTHERS
    helps = (
        load_command_class(app, name).create_parser("manage.py", name).format_help()
        for name, app in get_commands().items()
    )

    assert {"--jsonl", "--seed"} <= named
    assert not named - set(re.findall(r"--[a-z][a-z-]+", " ".join(helps)))


def test_every_environment_variable_is_in_the_table_and_in_the_example() -> None:
    settings = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert read
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE)) == read
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == read


def test_every_make_target_is_named() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))

    assert targets
    assert set(re.findall(r"^\| `make (\w+)`", OPERATIONS, re.MULTILINE)) == targets


def test_every_layer_is_in_the_table_of_rooms() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    inside = project.split('containers = ["incidents"]', 1)[1].split("]", 1)[0]
    layers = set(re.findall(r"\w+", inside)) - {"layers"}
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = table.split("Inside `incidents`", 1)[1].split("Inside `articles`", 1)[0]

    assert layers
    assert not {name for name in layers if f"`{name}`" not in table}


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: object) -> None:
    assert isinstance(path, type(ROOT))
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))

    assert not [target for target in targets if not (path.parent / target).exists()]


def test_files_that_are_named_are_there() -> None:
    named = set(
        re.findall(r"`((?:articles|config|incidents|docs|tests|tools)/[\w./-]+)`", EVERYTHING)
    )

    assert named
    assert not {name for name in named if not (ROOT / name).exists()}


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "img").iterdir())

    assert pictures
    assert not [path.name for path in pictures if path.stat().st_size > 150_000]
