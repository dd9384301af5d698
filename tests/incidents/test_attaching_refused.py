"""What was typed comes back whole where a record does not take its article, and says why."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from incidents.codebook import State
from incidents.models import Citation, Incident
from tests import make
from tests.forms import fields

from .test_admin import ADD, claim, member, typed
from .test_resembling_desk import ATTACH, other

pytestmark = pytest.mark.django_db

__all__ = ["other"]


def whole(reference: str, **more: Any) -> dict[str, Any]:
    """Return a form for a draft with rows, decisions and things that are wrong or missing."""
    rows = {
        "claims-TOTAL_FORMS": "2",
        **claim(0, claimant="A quiet prosecutor", date="some day"),
        **claim(1, claimant="A second voice"),
        "locations-TOTAL_FORMS": "1",
        "locations-0-country": "Finland",
        "locations-0-place": "Porkkala",
        "locations-0-role": "occurred",
        "locations-0-precision": "place",
        "findings-TOTAL_FORMS": "1",
        "findings-0-status": "suspected",
        "findings-0-date": "2024-05-14",
    }
    said = {"event_type": "", "more_articles": "https://example.org/second", "severity": "2"}
    decided = ["", "HTI-2024-00007 distinct"]
    return {**typed(**rows, **said), "decided": decided, "attach_to": reference, **more}


def sent_of(desk: Client, draft: Incident, **more: Any) -> dict[str, Any]:
    """Return what a browser sends of the form of a draft, with what was typed since."""
    address = reverse("admin:incidents_incident_change", args=(draft.pk,))
    shown = fields(desk.get(address).content.decode(), "incident_form")
    return {name: values[0] for name, values in shown.items()} | more


def assert_nothing_is_lost(page: str, sent: dict[str, Any]) -> None:
    """Check that a page holds all that was sent, wrong as it may be."""
    back = fields(page, "incident_form")
    for name, value in sent.items():
        if name == "decided":
            assert back[name] == [one for one in value if one]
        elif name not in ("attach_to", "csrfmiddlewaretoken"):
            text = "".join(back.get(name, [""])).replace("\r\n", "\n")
            assert (name, text) == (name, str(value))


def told_on_top(page: str) -> str:
    """Return the errors of a form as a whole, without its fields."""
    lists = re.findall(r'<ul class="errorlist nonfield"[^>]*>(.*?)</ul>', page, re.DOTALL)
    return " ".join(lists)


def of_somebody_else() -> str:
    other = make.incident(state=State.DRAFT, author=make.user("other", staff=True))
    return str(other.record.public_id)


def of_mine_in_review() -> str:
    waiting = make.incident(state=State.IN_REVIEW, author=User.objects.get(username="analyst"))
    return str(waiting.record.public_id)


@pytest.mark.parametrize(
    ("chosen", "more", "why"),
    [
        (lambda: "HTI-1999-00001", {}, "There is no record HTI-1999-00001"),
        (of_somebody_else, {}, "Somebody else works on this record, or it is in review."),
        (of_mine_in_review, {}, "Somebody else works on this record, or it is in review."),
        (lambda: "", {"article_url": "no address", "more_articles": ""}, "address"),
        (lambda: "", {"article_url": "", "more_articles": ""}, "There is no article to attach."),
    ],
)
def test_a_refused_attachment_brings_back_all_that_was_typed(
    desk: Client, chosen: Callable[[], str], more: dict[str, str], why: str
) -> None:
    sent = whole(chosen(), **more)
    before = (Incident.objects.count(), Citation.objects.count())

    answer = desk.post(ATTACH, sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert why in told_on_top(page)
    assert_nothing_is_lost(page, sent)
    assert (Incident.objects.count(), Citation.objects.count()) == before


@pytest.mark.parametrize("saved", [False, True])
def test_a_database_that_is_locked_takes_nothing_that_was_typed(
    desk: Client, analyst: User, other: Incident, monkeypatch: pytest.MonkeyPatch, saved: bool
) -> None:
    sent, address = whole(other.record.public_id), ATTACH
    if saved:
        draft = make.incident(state=State.DRAFT, author=analyst)
        sent = sent_of(desk, draft, title="Typed since", attach_to=other.record.public_id)
        address = reverse("admin:incidents_incident_attach_draft", args=(draft.pk,))

    def locked(*_args: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("incidents.attaching.hold_edition", locked)
    page = desk.post(address, sent).content.decode()

    assert "The database did not answer in time" in told_on_top(page)
    assert_nothing_is_lost(page, sent)
    assert not Incident.objects.filter(record=other.record, state=State.DRAFT).exists()


def test_who_may_log_and_not_work_on_records_loses_nothing_by_attaching(other: Incident) -> None:
    client = Client()
    client.force_login(member("logs", "add_incident", "view_incident"))
    sent = whole(other.record.public_id)

    page = client.post(ATTACH, sent).content.decode()

    assert "You may not work on records that are here already." in told_on_top(page)
    assert_nothing_is_lost(page, sent)


def test_a_form_that_comes_back_says_what_is_wrong_and_not_what_is_missing(desk: Client) -> None:
    page = desk.post(ATTACH, whole("HTI-1999-00001", title="")).content.decode()

    assert "This field is required." not in page
    assert "“some day” is not a date" in page


def test_a_whole_form_that_comes_back_saves_as_a_new_draft_with_its_article(
    desk: Client, analyst: User
) -> None:
    known = make.article(text="Kabel wurde durchtrennt.", title="Kabel", added_by=analyst)
    query = f"?from_article={known.pk}"
    page = desk.post(f"{ATTACH}{query}", typed(attach_to="HTI-1999-00001")).content.decode()

    assert f'action="{ADD}{query}"' in page
    assert "data-proposals" in page
    assert f'data-attach="{ATTACH}{query}"' in page
    assert not Incident.objects.exists()

    answer = desk.post(f"{ADD}{query}", fields(page, "incident_form"))

    assert answer.status_code == 302
    assert Incident.objects.get().title == typed()["title"]


def test_a_saved_draft_that_is_not_given_up_keeps_what_was_typed_since(
    desk: Client, analyst: User
) -> None:
    draft = make.incident(state=State.DRAFT, author=analyst)
    typed_since = {"title": "Typed since", "comment": "Look at this.", "occurred": "some day"}
    sent = sent_of(desk, draft, **typed_since, attach_to="HTI-1999-00001")

    answer = desk.post(reverse("admin:incidents_incident_attach_draft", args=(draft.pk,)), sent)

    page = answer.content.decode()
    assert "There is no record HTI-1999-00001" in told_on_top(page)
    back = fields(page, "incident_form")
    assert {name: back[name][0] for name in typed_since} == typed_since
    assert f'action="/admin/incidents/incident/{draft.pk}/change/"' in page
    draft.refresh_from_db()
    assert (draft.state, draft.title) == (State.DRAFT, "Fire at a warehouse")


def test_what_was_typed_into_a_draft_that_moved_on_is_shown_beside_what_stands(
    desk: Client, analyst: User
) -> None:
    draft = make.incident(state=State.DRAFT, author=analyst)
    sent = sent_of(desk, draft, title="Typed since", attach_to="HTI-1999-00001")
    Incident.objects.filter(pk=draft.pk).update(version=draft.version + 1, title="Stored since")

    answer = desk.post(reverse("admin:incidents_incident_attach_draft", args=(draft.pk,)), sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "There is no record HTI-1999-00001" in told_on_top(page)
    assert fields(page, "incident_form")["title"] == ["Typed since"]
    assert "Stored" in page


def test_what_was_typed_into_a_draft_that_was_decided_on_is_told(
    desk: Client, analyst: User, other: Incident
) -> None:
    draft = make.incident(state=State.DRAFT, author=analyst)
    sent = sent_of(desk, draft, title="Typed since", attach_to=other.record.public_id)
    make.publish(draft)

    answer = desk.post(reverse("admin:incidents_incident_attach_draft", args=(draft.pk,)), sent)

    assert answer.status_code == 409
    assert "Typed" in answer.content.decode()
    assert not Incident.objects.filter(state=State.DRAFT).exists()


def test_a_draft_that_somebody_changed_since_it_was_read_is_not_given_up(
    desk: Client, analyst: User, other: Incident
) -> None:
    draft = make.incident(state=State.DRAFT, author=analyst)
    sent = sent_of(desk, draft, attach_to=other.record.public_id)
    changed = {"summary": "What a colleague wrote meanwhile.", "version": draft.version + 1}
    Incident.objects.filter(pk=draft.pk).update(**changed)

    answer = desk.post(reverse("admin:incidents_incident_attach_draft", args=(draft.pk,)), sent)

    assert answer.status_code == 409
    assert "What a colleague wrote meanwhile." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
