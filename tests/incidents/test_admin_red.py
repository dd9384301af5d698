"""What is RED stays with its author at every desk, also where rows are only read."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article
from incidents.models import Actor, ActorParent, Citation, StatusFinding
from tests import make

from .test_admin import ANALYST, change, draft, held, member

pytestmark = pytest.mark.django_db

SECRET = "Quiet kestrel over the harbour"


def of_bob(*more: str) -> Client:
    client = Client()
    client.force_login(member("bob", *ANALYST, *more))
    return client


def test_a_published_edition_shows_no_title_of_anothers_red_article() -> None:
    source = make.article(title=SECRET)
    edition = make.incident(citations=[source], claims=[{}], state="draft")
    StatusFinding.objects.filter(incident=edition).update(citation=edition.citations.get())
    make.publish(edition)
    Article.objects.filter(pk=source.pk).update(marking="red", added_by=make.user("anna"))

    page = of_bob().get(f"/admin/incidents/incident/{edition.pk}/change/")

    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert "an article of limited circulation" in page.content.decode()


def test_a_record_names_no_edition_that_is_anothers_red_draft() -> None:
    first = make.incident("Fire at a depot", marking="amber")
    draft = make.incident(SECRET, state="draft", after=first, author=make.user("anna", staff=True))
    draft.marking = "red"
    draft.save()

    page = of_bob("view_record").get(f"/admin/incidents/record/{first.record_id}/change/")

    assert "Fire at a depot" in page.content.decode()
    assert SECRET not in page.content.decode()


def test_a_figure_shows_no_rendition_of_anothers_red_article() -> None:
    figure = make.figure()
    shown = make.rendition(figure, make.article(title="Open news"))
    make.rendition(figure, make.article(title=SECRET, marking="red"), note=SECRET)

    client = of_bob("change_reportedfigure", "view_rendition", "change_rendition")
    page = client.get(f"/admin/incidents/reportedfigure/{shown.figure_id}/change/")

    assert "Open news" in page.content.decode()
    assert SECRET not in page.content.decode()


def test_the_history_of_an_edition_names_rows_by_their_kind_only() -> None:
    author = member("anna", *ANALYST)
    incident = draft(author)
    source = make.article(title=SECRET, marking="red", added_by=author)
    row = Citation.objects.create(incident=incident, article=source)
    client = Client()
    client.force_login(author)

    values = {"id": row.pk, "incident": incident.pk, "article": source.pk, "role": "detail"}
    values |= {"credibility": 6, "note": "Read again"}
    sent = {f"citations-0-{name}": value for name, value in values.items()}
    sent |= {"citations-TOTAL_FORMS": 1, "citations-INITIAL_FORMS": 1}
    client.post(change(incident), held(incident, **sent))

    row.refresh_from_db()
    page = of_bob().get(f"/admin/incidents/incident/{incident.pk}/history/").content.decode()
    assert row.note == "Read again"
    assert SECRET not in page
    assert "citation" in page


def test_an_article_does_not_say_that_it_was_taken_from_anothers_red_one() -> None:
    origin = make.article(title=SECRET, marking="red")
    copy = make.article(title="Open news", derived_from=origin)

    page = of_bob("view_article").get(f"/admin/articles/article/{copy.pk}/change/")

    assert "Open news" in page.content.decode()
    assert SECRET not in page.content.decode()


def test_a_tie_of_an_actor_does_not_name_the_red_article_that_it_rests_on() -> None:
    actor, parent = make.actor("Bear"), make.actor("Big bear")
    source = make.article(title=SECRET, marking="red")
    ActorParent.objects.create(actor=actor, parent=parent, source=source)

    page = of_bob("view_actor", "view_actorparent").get(
        f"/admin/incidents/actor/{actor.pk}/change/"
    )

    assert "Big bear" in page.content.decode()
    assert SECRET not in page.content.decode()


def test_to_edit_a_row_keeps_the_source_that_the_editor_may_not_see() -> None:
    origin = make.article(title=SECRET, marking="red")
    copy = make.article(title="Open news", derived_from=origin)
    client = of_bob("view_article", "change_article")
    sent = {"url": copy.url, "title": "Open news, later", "marking": "amber"}

    client.post(f"/admin/articles/article/{copy.pk}/change/", {**sent, "derived_from": origin.pk})

    copy.refresh_from_db()
    assert copy.derived_from == origin


@pytest.mark.parametrize("way", ["page", "action"])
def test_deleting_tells_how_much_rests_on_a_row_and_not_what(way: str) -> None:
    outlet = make.publisher("Gazette")
    make.article(title=SECRET, marking="red", publisher=outlet)
    client = of_bob("view_publisher", "delete_publisher", "delete_article")
    desk = "/admin/articles/publisher/"

    if way == "page":
        page = client.get(f"{desk}{outlet.pk}/delete/")
    else:
        chosen = {"action": "delete_selected", "_selected_action": [outlet.pk]}
        page = client.post(desk, chosen)

    assert "1 row that rests on it" in page.content.decode()
    assert SECRET not in page.content.decode()


def test_a_merged_entry_leads_nobody_on_who_may_not_see_actors() -> None:
    bear, twin = make.actor("Bear"), make.actor("Twin of bear")
    Actor.objects.filter(pk=twin.pk).update(merged_into=bear)
    client = Client()
    client.force_login(member("guest", "view_campaign"))

    page = client.get(f"/admin/incidents/actor/{twin.pk}/change/", follow=True)

    assert page.status_code == 403 or "Bear" not in page.content.decode()
    assert "Bear" not in client.get("/admin/").content.decode()
