"""The inbox tells nobody of a draft that they may not read, nor who writes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.codebook import Triage
from articles.models import Article, Item
from incidents import announced, review
from incidents.models import Incident
from tests import make

from .test_admin import ADD, ANALYST, member, typed

pytestmark = pytest.mark.django_db

INBOX = "/admin/articles/item/"
URL = "https://example.org/cable"
TRIAGE = (*ANALYST, "view_item", "change_item")


@pytest.fixture
def item() -> Item:
    """Announce a story."""
    return make.item(URL, title="A cable")


def at_desk(name: str) -> Client:
    """Log somebody in who sees the inbox."""
    client = Client()
    client.force_login(member(name, *TRIAGE))
    return client


@pytest.fixture
def first() -> Client:
    """Log in who drafts first."""
    return at_desk("quiet.kestrel")


@pytest.fixture
def reader() -> Client:
    """Log in a colleague."""
    return at_desk("colleague")


def drafts(client: Client, **said: Any) -> Incident:
    """Draft an incident from the story, at RED unless said otherwise."""
    client.post(ADD, typed(**{"article_url": URL, "marking": "red", **said}))
    return Incident.objects.order_by("pk").last()  # type: ignore[return-value]


def heard(client: Client) -> list[str]:
    """Return what the inbox and the head of the desk say, without what is drawn for each form."""
    pages = [client.get(f"{INBOX}?state={state}") for state in announced.STATES]
    return [_plain(page.content.decode()) for page in (*pages, client.get("/admin/"))]


def _plain(page: str) -> str:
    lines = (line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
    return "\n".join(line for line in lines if "nonce" not in line)


@pytest.mark.parametrize("act", [None, "later", "refuse"])
@pytest.mark.parametrize("known", [False, True])
def test_a_draft_that_is_hidden_changes_no_byte_of_the_inbox(
    first: Client, reader: Client, item: Item, act: str | None, known: bool
) -> None:
    if known:
        make.article(url=URL, title="It was here already")
    if act:
        reader.post(INBOX, {"item": item.pk, "act": act, "reason": "Sport"}, follow=True)
    before = heard(reader)

    drafts(first)

    assert heard(reader) == before
    if act != "refuse":
        assert "Drafted or attached (1)" in heard(first)[0]


def test_an_attachment_that_is_hidden_changes_no_byte_of_the_inbox(
    first: Client, reader: Client, item: Item
) -> None:
    draft = drafts(first, article_url="https://example.org/other")
    before = heard(reader)

    sent = {"item": item.pk, "act": "attach", "reference": draft.record.public_id}
    assert first.post(INBOX, sent).status_code == 302

    assert heard(reader) == before
    assert "Drafted or attached (1)" in heard(first)[0]


def test_a_draft_that_may_be_read_is_told_by_its_record_and_not_by_who_was_first(
    first: Client, reader: Client, item: Item
) -> None:
    hidden = drafts(first)
    second = drafts(reader, marking="amber", title="A cable was cut off Porkkala")

    page = reader.get(f"{INBOX}?state=drafted").content.decode()

    assert "A cable was cut off Porkkala" in page
    assert second.record.public_id in page
    assert hidden.record.public_id not in page
    assert "quiet.kestrel" not in page
    own = first.get(f"{INBOX}?state=drafted").content.decode()
    assert hidden.record.public_id in own
    assert second.record.public_id in own


@pytest.mark.parametrize(("act", "state"), [("later", "later"), ("refuse", "refused")])
def test_who_may_not_read_a_draft_decides_as_if_there_was_none(
    first: Client, reader: Client, item: Item, act: str, state: str
) -> None:
    drafts(first)

    answer = reader.post(INBOX, {"item": item.pk, "act": act, "reason": "Sport"}, follow=True)

    page = answer.content.decode()
    assert "Decided: A cable" in page
    assert "quiet.kestrel" not in page
    assert Item.objects.get().state == state


def test_who_decides_in_vain_on_what_is_hidden_is_answered_as_for_what_is_new(
    first: Client, reader: Client, item: Item
) -> None:
    refused = {"item": item.pk, "act": "refuse", "reason": ""}
    new = _plain(reader.post(INBOX, refused).content.decode())

    drafts(first)
    answer = reader.post(INBOX, refused)

    assert answer.status_code == 400
    assert _plain(answer.content.decode()) == new


def test_who_may_read_a_draft_is_told_when_they_decide_too_late(
    first: Client, reader: Client, item: Item
) -> None:
    drafts(first, marking="amber")

    answer = reader.post(INBOX, {"item": item.pk, "act": "later"}, follow=True)

    assert "A record rests on this by now." in answer.content.decode()
    assert Item.objects.get().state == Triage.DRAFTED


def test_a_colleague_drafts_the_story_again(first: Client, reader: Client, item: Item) -> None:
    drafts(first)

    answer = reader.post(INBOX, {"item": item.pk, "act": "draft"})
    assert f"from_item={item.pk}" in answer["Location"]
    drafts(reader, marking="amber")

    assert Incident.objects.count() == 2
    assert Article.objects.at_address(URL).count() == 2


def test_what_an_article_was_cited_in_and_is_no_more_is_new_again(
    first: Client, item: Item
) -> None:
    draft = drafts(first)
    draft.citations.all().delete()

    assert announced.state_of(item, User.objects.get(username="quiet.kestrel")) == Triage.NEW


@pytest.mark.parametrize("put_off", [False, True])
def test_what_was_drafted_waits_again_once_its_draft_is_given_up(
    first: Client, item: Item, put_off: bool
) -> None:
    analyst = User.objects.get(username="quiet.kestrel")
    if put_off:
        first.post(INBOX, {"item": item.pk, "act": "later"})
    before = announced.state_of(item, analyst)
    draft = drafts(first)
    assert announced.state_of(item, analyst) == Triage.DRAFTED

    review.discard(draft, by=analyst)

    assert announced.state_of(item, analyst) == before
    assert "Drafted or attached (0)" in heard(first)[0]
    first.post(INBOX, {"item": item.pk, "act": "refuse", "reason": "Sport"})
    assert Item.objects.get().state == Triage.REFUSED


def test_what_another_record_cites_is_open_to_nobody_when_one_draft_is_given_up(
    first: Client, reader: Client, item: Item
) -> None:
    given_up = drafts(first, marking="amber")
    stays = drafts(reader, marking="amber", title="A cable was cut off Porkkala")

    review.discard(given_up, by=User.objects.get(username="quiet.kestrel"))

    page = first.get(f"{INBOX}?state=drafted").content.decode()
    assert "Drafted or attached (1)" in page
    assert stays.record.public_id in page
    assert given_up.record.public_id not in page
