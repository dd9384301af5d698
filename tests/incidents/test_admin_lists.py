"""The desk answers a list of any length with the same queries, and any input below 500."""

from __future__ import annotations

import csv
import io
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Publisher
from incidents.models import (
    Actor,
    ActorAlias,
    Campaign,
    Citation,
    Claim,
    Incident,
    Record,
    Rendition,
    ReportedFigure,
)
from tests import make

from .test_admin import ADD, ALIKE, LIST, change, claim, complete, held, typed

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LISTS = (
    "/admin/incidents/incident/",
    "/admin/incidents/record/",
    "/admin/incidents/actor/",
    "/admin/incidents/campaign/",
    "/admin/incidents/reportedfigure/",
    "/admin/articles/article/",
    "/admin/articles/publisher/",
    "/admin/auth/user/",
)
NASTY = (
    "\0",
    "a\0b",
    "\x07\x1b[31m",
    "\u202egnp.exe",
    "\ufffe",
    "'; DROP TABLE incidents_incident; --",
    '" OR 1=1 --',
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "../../../etc/passwd",
    "%s%n%x",
    "((((((",
    'foo" OR bar:* NEAR(',
    "*" * 300,
    "99999999999999999999",
    "-1",
    "1e9999",
    "NaN",
    "٣",
    "a" * 20_000,
    "e" + "\u0301" * 500,
)
# What a second database may take otherwise; the rest is told apart by code that is the same.
OTHERWISE = (
    *("\0", "a\0b", "\ufffe", "'; DROP TABLE incidents_incident; --", '" OR 1=1 --', "*" * 300),
    *("99999999999999999999", "1e9999", "NaN", "a" * 20_000),
)
TRIED = NASTY if connection.vendor == "sqlite" else OTHERWISE
# The few that stand for the rest where each is tried in each of many fields.
TELLING = ("\0", "\ufffe", "((((((", "99999999999999999999", "1e9999", "abc")
KEYS = ("99999999999999999999", "-1", "0", "abc", "1%00", "_5F", "1/../2", "%F0%9F%92%A5", "1 OR 1")


@pytest.fixture
def boss() -> User:
    made = User.objects.create_superuser("boss", password="a-password-for-tests")
    make.join(made)
    return made


@pytest.fixture
def desk(boss: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(boss)
    return client


def queries(desk: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(path).status_code == 200
    return len(captured)


def fill(by: User, first: int) -> None:
    """Make ten rows of everything that a list shows."""
    for n in range(first, first + 10):
        campaign = Campaign.objects.create(name=f"Campaign {n}", slug=f"campaign-{n}")
        incident = complete(by, f"Fire in warehouse {n}", campaign=campaign)
        outlet = Publisher.objects.create(name=f"Outlet {n}", slug=f"outlet-{n}")
        Article.objects.filter(pk=incident.citations.get().article_id).update(publisher=outlet)
        actor = Actor.objects.create(name=f"Actor {n}", slug=f"actor-{n}", kind="proxy")
        ActorAlias.objects.create(actor=actor, name=f"Other {n}")
        ReportedFigure.objects.create(
            slug=f"figure-{n}",
            best=n,
            qualifier="about",
            what="attacks",
            area="Europe",
            period="2024",
            claimant="A minister",
            claimant_kind="politician",
        )
        User.objects.create_user(f"somebody-{n}")


@pytest.mark.once
def test_a_list_of_twenty_takes_as_many_queries_as_one_of_ten(
    desk: Client, boss: User, subtests: pytest.Subtests
) -> None:
    fill(boss, 0)
    ten = {path: queries(desk, path) for path in LISTS}
    fill(boss, 10)

    for path in LISTS:
        with subtests.test(path):
            assert queries(desk, path) == ten[path]


def rows_of(incident: Incident, first: int) -> None:
    for n in range(first, first + 10):
        article = Article.objects.create(url=f"https://example.org/more/{n}", title=f"Report {n}")
        citation = Citation.objects.create(incident=incident, article=article)
        actor = Actor.objects.create(name=f"Actor {n}", slug=f"actor-{n}", kind="proxy")
        row = Claim.objects.create(
            incident=incident,
            claimant="A ministry",
            claimant_kind="other_government",
            date="2024-06",
            accused_actor=actor,
            claimant_actor=actor,
        )
        row.citations.add(citation)
        incident.findings.create(status="confirmed", date="2024-06", citation=citation)
        incident.effects.create(kind="damage", citation=citation)
        incident.locations.create(country="LT")
        incident.targets.create(country="LT")


@pytest.mark.once
@pytest.mark.parametrize("state", ["draft", "published"])
def test_a_form_with_twenty_rows_takes_as_many_queries_as_one_with_ten(
    desk: Client, boss: User, state: str
) -> None:
    warm = complete(make.user("author", staff=True), "Fire no 0")
    queries(desk, change(warm))  # what is remembered between requests is asked for here
    counted = []
    for length in (10, 20):
        incident = complete(make.user(f"author-{length}", staff=True), f"Fire no {length}")
        for first in range(0, length, 10):
            rows_of(incident, first + length * 10)
        if state == "published":
            make.publish(incident)
        counted.append(queries(desk, change(incident)))

    assert counted[0] == counted[1]


@pytest.mark.parametrize("path", LISTS)
def test_no_querystring_breaks_a_list(desk: Client, boss: User, path: str) -> None:
    complete(boss)
    names = ("q", "o", "p", "all", "e", "state__exact", "marking__exact", "id__in", "pk__exact")
    more = ("title__regex", "search_text__iregex", "record__editions__title", "campaign__id__exact")
    odd = ("onset_from__exact", "low__exact", "external_ids__exact", "_to_field", "_popup", "\0")

    # Each name is tried with each text at two of the eight lists, and at each list with one or two.
    turn = LISTS.index(path)
    pairs = enumerate(product((*names, *more, *odd), enumerate(TELLING)))
    tries = [("q", text) for text in TRIED]
    tries += [(name, text) for n, (name, (at, text)) in pairs if (n // 6 + at + turn) % 4 == 0]
    assert len(tries) > 30
    for name, text in tries:
        assert desk.get(path, {name: text}).status_code < 500, (name, text[:40])


@pytest.mark.parametrize("path", LISTS)
def test_no_key_breaks_a_page(desk: Client, path: str) -> None:
    for key in KEYS:
        for page in ("change/", "history/", "delete/", ""):
            assert desk.get(f"{path}{key}/{page}").status_code < 500, (key, page)


@pytest.mark.parametrize("text", TRIED)
def test_no_term_breaks_a_choice(desk: Client, boss: User, text: str) -> None:
    complete(boss)
    fields = (
        ("incidents", "claim", "accused_actor"),
        ("incidents", "citation", "article"),
        ("incidents", "incident", "campaign"),
        ("articles", "article", "publisher"),
    )
    for app, model, field in fields:
        where = {"app_label": app, "model_name": model, "field_name": field}
        assert desk.get("/admin/autocomplete/", {**where, "term": text}).status_code < 500
        assert desk.get("/admin/autocomplete/", {**where, "page": text}).status_code < 500
    for name in ("app_label", "model_name", "field_name"):
        odd = {"app_label": "incidents", "model_name": "claim", "field_name": "accused_actor"}
        assert desk.get("/admin/autocomplete/", {**odd, name: text}).status_code < 500


@pytest.mark.parametrize(
    "text", [*TRIED, "https://", "https://[", "https://a.b/%00", "https://[::1]/"]
)
def test_no_address_breaks_the_question_for_records_alike(desk: Client, text: str) -> None:
    assert "<h2>" not in desk.get(ALIKE, {"article_url": text}).content.decode()
    asked = f"{ALIKE}?article_url={quote(text[:2000])}&article_url=b&x=%ff"
    assert desk.get(asked).status_code < 500


@pytest.mark.parametrize("text", [*TRIED, "abc", "é" * 1_000_000])
def test_no_text_in_a_field_breaks_the_form_or_leaves_a_row(desk: Client, text: str) -> None:
    fields = typed()
    rows: dict[str, Any] = {
        "claims-TOTAL_FORMS": "1",
        "locations-TOTAL_FORMS": "1",
        "effects-TOTAL_FORMS": "1",
        "citations-TOTAL_FORMS": "1",
        "locations-0-country": "Poland",
        "locations-0-role": "occurred",
        "locations-0-precision": "country",
        "effects-0-kind": "damage",
        "effects-0-certainty": "reported",
        "citations-0-role": "detail",
        "citations-0-credibility": "6",
        **claim(),
    }
    texts = [name for name in fields if "-" not in name and name != "marking"]
    texts += ["summary", "activity_span", "dating_note", "claims-0-claimant", "claims-0-date"]
    texts += ["claims-0-responsible_state", "locations-0-country", "locations-0-place"]
    keys = ["campaign", "severity", "domains", "claims-0-accused_actor", "claims-0-citations"]
    keys += ["claims-0-supersedes", "claims-0-basis", "locations-0-id", "locations-0-incident"]
    keys += ["locations-0-lat", "effects-0-low", "effects-0-citation", "citations-0-article"]
    counts = ["locations-INITIAL_FORMS", "locations-TOTAL_FORMS"]

    at_once = {
        **fields,
        **rows,
        **dict.fromkeys(texts if len(text) > 500_000 else texts + keys, text),
    }
    assert desk.post(ADD, at_once).status_code < 500
    for name in keys + counts if text in ("\0", "99999999999999999999", "abc") else ():
        answer = desk.post(ADD, {**fields, **rows, name: text})
        assert answer.status_code < 500, name
    for row in Incident.objects.all():
        assert "\0" not in row.title + row.summary
        assert desk.get(change(row)).status_code == 200
    assert desk.get(LIST).status_code == 200
    assert Record.objects.count() == Incident.objects.count()


@pytest.mark.parametrize("text", TRIED)
def test_no_text_breaks_a_directory(desk: Client, boss: User, text: str) -> None:
    figure = {f"renditions-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    actor = {
        f"{prefix}-{name}_FORMS": "0"
        for prefix in ("aliases", "parents")
        for name in ("TOTAL", "INITIAL")
    }
    posts: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
        ("/admin/incidents/actor/add/", ("name", "slug", "kind", "state", "external_ids"), actor),
        ("/admin/incidents/campaign/add/", ("name", "slug", "description", "external_ids"), {}),
        (
            "/admin/incidents/reportedfigure/add/",
            ("slug", "low", "best", "what", "area", "period", "claimant", "numerator_of"),
            figure,
        ),
        (
            "/admin/articles/article/add/",
            ("url", "title", "publisher", "language", "published", "text", "derived_from"),
            {},
        ),
        (
            "/admin/articles/publisher/add/",
            ("name", "slug", "domain", "country", "reliability_rated_on"),
            {},
        ),
    )
    for path, names, sent in posts:
        every = dict.fromkeys(names, text)
        assert desk.post(path, {**every, **sent}).status_code < 500, path
        assert desk.get(path, every).status_code < 500, path
        for name in names if text in TELLING else ():
            assert desk.post(path, {**every, name: "2024"}).status_code < 500, (path, name)
    assert not Rendition.objects.exists()


@pytest.mark.parametrize("key", ["\0", "abc", "99999999999999999999", "-1", ""])
def test_no_row_chosen_breaks_an_action(desk: Client, key: str) -> None:
    for action in ("approve_selected", "delete_selected", "\0", ""):
        sent = {"action": action, "_selected_action": key}
        assert desk.post(LIST, sent).status_code < 500


def test_rows_of_another_edition_or_gone_are_told(desk: Client, boss: User) -> None:
    incident, other = complete(boss), complete(boss, "Fire in a depot in Gdynia")
    foreign = held(incident, **{"locations-0-id": other.locations.get().pk})
    gone = held(incident)

    assert desk.post(change(incident), foreign).status_code == 200
    incident.locations.all().delete()
    assert "Removed meanwhile" in desk.post(change(incident), gone).content.decode()
    assert other.locations.count() == 1


def test_what_names_an_actor_gets_an_address_name(desk: Client) -> None:
    sent = {"kind": "proxy", "state": "Russian Federation", "external_ids": "misp: 1\nmitre: G7"}
    for prefix in ("aliases", "parents"):
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}

    for name in ("Żołty Miś", "Zolty Mis", "Шторм"):
        assert desk.post("/admin/incidents/actor/add/", {**sent, "name": name}).status_code == 302

    assert set(Actor.objects.values_list("slug", "state")) == {
        ("zolty-mis", "RU"),
        ("zolty-mis-1", "RU"),
        ("actor", "RU"),
    }
    assert Actor.objects.filter(external_ids={"misp": "1", "mitre": "G7"}).count() == 3


def test_chosen_editions_are_taken_out_as_the_interface_writes_them(
    desk: Client, analyst: User
) -> None:
    chosen = [make.incident(f"Fire number {n}", state="draft", author=analyst) for n in range(2)]
    other = make.user("other", staff=True)
    hidden = make.incident("Fire of others", state="draft", author=other, marking="red")

    answer: Any = desk.post(
        "/admin/incidents/incident/",
        {"action": "take_out", "_selected_action": [edition.pk for edition in [*chosen, hidden]]},
    )

    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert answer["Content-Disposition"] == 'attachment; filename="incidents.csv"'
    assert {row["reference"] for row in rows} == {edition.reference for edition in chosen}
    exported = b"".join(desk.get("/api/v1/incidents.csv?state=draft").streaming_content)  # type: ignore[attr-defined]
    assert exported.decode().split("\r\n")[0].split(",") == list(rows[0])
