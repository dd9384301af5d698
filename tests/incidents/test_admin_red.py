"""What is RED stays with its author at every desk, also where rows are only read."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article
from incidents.models import Citation, Incident, StatusFinding
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
    Incident.objects.filter(pk=draft.pk).update(marking="red")

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
