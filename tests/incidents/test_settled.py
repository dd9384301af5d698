"""What readers see of articles, actors and campaigns is changed by nobody alone but a reviewer."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import Article
from incidents import merging
from incidents.models import Actor, Campaign, ReportedFigure
from tests import make
from tests.forms import fields

pytestmark = pytest.mark.django_db


def at(row: Any) -> str:
    """Return the address of the form of a row."""
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def logged_in(user: User) -> Client:
    """Log somebody in who works at every desk."""
    rooms = Permission.objects.filter(content_type__app_label__in=("incidents", "articles"))
    user.user_permissions.set(rooms)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def analyst() -> Client:
    """Log an analyst in."""
    return logged_in(make.user("analyst", staff=True))


@pytest.fixture
def checker() -> Client:
    """Log a reviewer in."""
    return logged_in(make.reviewer("checker"))


def saved(client: Client, row: Any, **typed: str) -> Any:
    """Send the form of a row as it was shown, with something typed; return the row."""
    page = client.get(at(row)).content.decode()
    sent = fields(page, f"{row._meta.model_name}_form") | {k: [v] for k, v in typed.items()}
    answer = client.post(at(row), sent)
    assert answer.status_code == 302, answer.content.decode()
    return type(row)._default_manager.get(pk=row.pk)


def cited() -> Article:
    """Return an article that a published edition rests on."""
    found: Article = make.incident().citations.get().article
    return found


def test_an_analyst_does_not_change_what_a_published_edition_rests_on(analyst: Client) -> None:
    article = cited()

    after = saved(
        analyst, article, title="Defaced", url="https://example.net/x", dead_since="2026-01-31"
    )

    assert (after.title, after.url) == (article.title, article.url)
    assert str(after.dead_since) == "2026-01-31"
    assert b"Defaced" not in Client().get("/articles/").content


def test_a_reviewer_mends_a_title_and_nobody_the_address(checker: Client) -> None:
    article = cited()

    after = saved(checker, article, title="As it was printed", url="https://example.net/x")

    assert (after.title, after.url) == ("As it was printed", article.url)


def test_an_article_that_nothing_published_rests_on_is_open(analyst: Client) -> None:
    article = make.article(added_by=User.objects.get(username="analyst"))

    after = saved(analyst, article, title="Found out", url="https://example.net/x")

    assert (after.title, after.url) == ("Found out", "https://example.net/x")


@pytest.mark.parametrize("kind", [Actor, Campaign])
def test_what_readers_see_is_renamed_by_a_reviewer_alone(
    analyst: Client, checker: Client, kind: Any
) -> None:
    seen: Any = make.actor("Bear") if kind is Actor else make.campaign("Bear")
    unseen: Any = make.actor("Lynx") if kind is Actor else make.campaign("Lynx")
    if kind is Actor:
        make.incident(claims=[{"actor": seen, "state": "RU"}])
    else:
        make.incident(campaign=seen)

    assert saved(analyst, seen, name="Defaced").name == "Bear"
    assert saved(analyst, unseen, name="Wolf").name == "Wolf"
    assert saved(checker, seen, name="Brown bear").name == "Brown bear"


def test_an_actor_that_readers_see_is_merged_and_taken_apart_by_a_reviewer(
    analyst: Client, checker: Client
) -> None:
    seen, other = make.actor("Bear"), make.actor("Somebody else")
    make.incident(claims=[{"actor": seen, "state": "RU"}])
    sent: dict[str, Any] = {"entry": [seen.pk, other.pk], "survivor": other.pk}

    refused = analyst.post("/admin/incidents/actor/merge/", sent)

    seen.refresh_from_db()
    assert (refused.status_code, seen.merged_into) == (403, None)

    merging.merge(other, [seen])
    apart = f"/admin/incidents/actor/{seen.pk}/apart/"
    assert analyst.post(apart).status_code == 403
    assert checker.post(apart).status_code == 302
    seen.refresh_from_db()
    assert seen.merged_into is None


def test_an_article_that_only_staff_read_is_settled_once_something_published_rests_on_it(
    analyst: Client,
) -> None:
    article = make.article(title="A cable is cut", marking="amber")
    make.incident(citations=[article], marking="amber")
    sent = fields(analyst.get(at(article)).content.decode(), "article_form")

    analyst.post(at(article), sent | {"title": ["Defaced"]})

    article.refresh_from_db()
    assert (article.title, article.marking) == ("A cable is cut", "amber")


def test_an_analyst_lets_nobody_outside_read_an_article_or_a_figure(analyst: Client) -> None:
    mine = User.objects.get(username="analyst")
    article = make.article(added_by=mine)
    figure = make.figure(marking="amber")

    for row in (article, figure):
        page = analyst.get(at(row)).content.decode()
        sent = fields(page, f"{row._meta.model_name}_form") | {"marking": ["clear"]}
        assert analyst.post(at(row), sent).status_code == 200
        row.refresh_from_db()
        assert row.marking == "amber"


def test_a_figure_that_everybody_reads_is_changed_by_a_reviewer(
    analyst: Client, checker: Client
) -> None:
    figure = make.figure()
    sent = fields(checker.get(at(figure)).content.decode(), "reportedfigure_form")

    assert analyst.post(at(figure), sent | {"what": ["Defaced"]}).status_code == 409
    figure.refresh_from_db()
    assert figure.what == "attacks"
    assert saved(checker, figure, what="attacks on cables").what == "attacks on cables"


def test_a_figure_for_the_organisation_only_is_read_by_whoever_logs_it_and_colleagues(
    analyst: Client,
) -> None:
    add = "/admin/incidents/reportedfigure/add/"
    sent = fields(analyst.get(add).content.decode(), "reportedfigure_form")
    typed = {"what": "attacks", "best": "7", "area": "Europe", "claimant": "A ministry"}
    typed |= {"claimant_kind": "other_government", "qualifier": "about", "period": "2024"}
    typed |= {"marking": "amber_strict"}

    answer = analyst.post(add, sent | {name: [text] for name, text in typed.items()})

    assert answer.status_code == 302, answer.content.decode()
    for name in ("analyst", "colleague"):
        user = User.objects.filter(username=name).first() or make.user(name, staff=True)
        assert ReportedFigure.objects.visible_to(user).exists()
