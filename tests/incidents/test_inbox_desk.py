"""What came in is decided at the desk: drafted, attached, put off, or not relevant and why."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.codebook import Triage
from articles.models import Item
from incidents.models import Incident
from tests import make
from tests.forms import fields

pytestmark = pytest.mark.django_db

INBOX = "/admin/articles/item/"


@pytest.fixture
def analyst(db: None) -> User:
    """Make somebody who may do everything at the desk."""
    return make.user("analyst", staff=True, is_superuser=True)


def sent(desk: Client, one: Item, act: str, **said: str) -> Any:
    return desk.post(INBOX, {"item": one.pk, "act": act, **said})


def test_the_inbox_shows_what_is_new_with_its_language_and_its_text_escaped(desk: Client) -> None:
    arabic = make.watch(language="ar")
    make.item(of=arabic, title="<script>alert(1)</script>", summary="<b>cut</b>")

    html = desk.get(INBOX).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;b&gt;cut" in html
    assert 'dir="rtl"' in html
    assert "New (1)" in html


def test_a_draft_begins_with_the_address_and_the_title(desk: Client) -> None:
    answer = sent(desk, make.item(title="Minutes of the board"), "draft")

    assert answer["Location"].startswith("/admin/incidents/incident/add/?")
    filled = fields(desk.get(answer["Location"]).content.decode(), "incident_form")
    assert filled["article_url"] == ["https://example.org/a"]
    assert filled["title"] == ["Minutes of the board"]


def test_what_is_attached_is_cited_in_a_new_draft_of_the_record(desk: Client) -> None:
    published = make.incident("A fire")
    one = make.item()

    answer = sent(desk, one, "attach", reference=published.record.public_id)

    one.refresh_from_db()
    draft = Incident.objects.get(record=published.record, state="draft")
    assert answer["Location"] == f"/admin/incidents/incident/{draft.pk}/change/"
    assert "https://example.org/a" in draft.citations.values_list("article__url", flat=True)
    assert one.state == Triage.ATTACHED
    listed = desk.get(f"{INBOX}?state=drafted").content.decode()
    assert f'<a href="/admin/incidents/incident/{draft.pk}/change/">' in listed
    assert not published.citations.filter(article__url="https://example.org/a").exists()


def test_a_record_that_is_not_there_is_refused_and_what_was_typed_comes_back(
    desk: Client,
) -> None:
    one = make.item()

    answer = sent(desk, one, "attach", reference="HTI-2026-99999")

    html = answer.content.decode()
    assert answer.status_code == 400
    assert "There is no record HTI-2026-99999 that you may read." in html
    assert 'value="HTI-2026-99999"' in html
    one.refresh_from_db()
    assert one.state == Triage.NEW


def test_a_draft_of_somebody_else_is_not_changed(desk: Client) -> None:
    other = make.incident(state="draft", author=make.user("other", staff=True))
    one = make.item()

    answer = sent(desk, one, "attach", reference=other.record.public_id)

    assert answer.status_code == 400
    assert not other.citations.filter(article__url="https://example.org/a").exists()


def test_a_draft_in_review_is_not_changed(desk: Client, analyst: User) -> None:
    waiting = make.incident(state="in_review", author=analyst)
    one = make.item()

    answer = sent(desk, one, "attach", reference=waiting.record.public_id)

    assert answer.status_code == 400
    assert "or it is in review" in answer.content.decode()
    assert not waiting.citations.filter(article__url="https://example.org/a").exists()


def test_not_relevant_needs_a_reason_that_is_kept(desk: Client) -> None:
    one = make.item()

    assert sent(desk, one, "refuse").status_code == 400
    sent(desk, one, "refuse", reason="Sport")

    html = desk.get(f"{INBOX}?state=refused").content.decode()
    assert "Sport" in html
    assert "Not relevant (1)" in html


def test_what_is_put_off_can_be_decided_later(desk: Client) -> None:
    one = make.item()

    sent(desk, one, "later")
    assert "A cable is cut" in desk.get(f"{INBOX}?state=later").content.decode()
    sent(desk, one, "refuse", reason="Old")

    one.refresh_from_db()
    assert one.state == Triage.REFUSED


def test_a_decision_leads_back_to_where_it_was_made(desk: Client) -> None:
    one = make.item()
    sent(desk, one, "later")

    answer = desk.post(
        f"{INBOX}?state=later&page=2", {"item": one.pk, "act": "refuse", "reason": "Old"}
    )

    assert answer["Location"] == f"{INBOX}?state=later&page=2"


def test_who_decides_too_late_is_told_who_decided_and_what(desk: Client) -> None:
    one = make.item()
    sent(desk, one, "refuse", reason="Sport")

    answer = desk.post(INBOX, {"item": one.pk, "act": "later"}, follow=True)

    assert "decided this by now: Not relevant." in answer.content.decode()


def test_enter_in_a_field_sends_the_decision_that_stands_beside_it(desk: Client) -> None:
    make.item()

    html = desk.get(INBOX).content.decode()

    forms = re.findall(r"<form.*?</form>", html, re.DOTALL)
    for field, act in (("reference", "attach"), ("reason", "refuse")):
        (form,) = (form for form in forms if f'name="{field}"' in form)
        assert re.findall(r'name="act"\s+value="(\w+)"', form) == [act]


def test_the_desk_says_everywhere_how_much_is_new(desk: Client) -> None:
    make.item()
    sent(desk, make.item("https://example.org/b", title="Football"), "refuse", reason="Sport")

    page = desk.get("/admin/articles/article/").content.decode()

    assert 'Inbox <span class="number">1</span>' in " ".join(page.split())


@pytest.mark.parametrize("said", [{"item": "x"}, {"act": "drop"}, {"item": "9" * 30}])
def test_what_no_form_sends_is_refused(desk: Client, said: dict[str, str]) -> None:
    one = make.item()

    answer = desk.post(INBOX, {"item": str(one.pk), "act": "later", **said})

    assert answer.status_code == 400


def test_who_is_no_analyst_sees_no_inbox() -> None:
    client = Client()
    client.force_login(make.user("reader", staff=True))

    assert client.get(INBOX).status_code == 403


def test_the_inbox_asks_as_often_for_many_as_for_one(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        make.item(f"https://example.org/{n}", title=f"Story {n}")

    with django_assert_max_num_queries(16):
        desk.get(INBOX)


def test_an_empty_inbox_says_what_fills_it_and_no_keys(desk: Client) -> None:
    page = desk.get(INBOX).content.decode()

    assert "What is watched brings in" in page
    assert "Keys:" not in page
