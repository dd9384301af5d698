"""The desk at which records are compared, merged and taken apart."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from incidents import comparing, joining, review
from incidents.codebook import State
from incidents.models import Comparison, Incident, Record
from tests import make

from .test_admin import ANALYST, member

pytestmark = pytest.mark.django_db
MERGED = "/admin/incidents/record/merged/"
TOKEN = re.compile(r'value="[A-Za-z0-9]{64}"')


@pytest.fixture
def second(db: None) -> User:
    """Make somebody who reviews at the desk."""
    user = member("second", *ANALYST)
    return make.reviewer(user.username)


@pytest.fixture
def reviewing(second: User) -> Client:
    client = Client()
    client.force_login(second)
    return client


def compare(one: Incident, other: Incident) -> str:
    other.record.refresh_from_db()
    base = reverse("admin:incidents_record_compare", args=(one.record_id,))
    return f"{base}?with={other.record.public_id}"


def read(response: Any, status: int = 200) -> str:
    text: str = response.content.decode()
    assert response.status_code == status, text[:500]
    return text


def test_a_merge_is_made_at_the_page_that_compares(desk: Client, analyst: User) -> None:
    one, other = (
        make.incident("Fire at a depot"),
        make.incident("Blaze", locations=[{"country": "SE"}]),
    )

    page = read(desk.get(compare(one, other)))
    answer = desk.post(compare(one, other), {"act": "join", "survivor": one.record_id})

    assert "Sweden" in page
    draft = Incident.objects.get(takes_in=other.record)
    assert answer["Location"] == reverse("admin:incidents_incident_change", args=(draft.pk,))
    assert (draft.record, draft.state) == (one.record, State.DRAFT)
    form = read(desk.get(answer["Location"]))
    assert f"This draft takes in {other.record.public_id}." in form

    desk.post(compare(one, other), {"act": "leave-out"})

    draft.refresh_from_db()
    assert draft.takes_in is None
    assert not draft.locations.filter(country="SE").exists()


def test_a_pair_is_asked_about_until_somebody_decides(desk: Client, analyst: User) -> None:
    shared = make.article(marking="clear")
    other = make.incident("Fire at a port", citations=[shared])
    draft = make.incident("Fire at a depot", citations=[shared], state="draft", author=analyst)
    form = reverse("admin:incidents_incident_change", args=(draft.pk,))
    question = "Perhaps the same incident"
    assert question in read(desk.get(form))

    desk.post(compare(draft, other), {"act": "distinct"})

    assert question not in read(desk.get(form))
    assert Comparison.objects.get().decided_by == analyst
    assert "Not a duplicate" in read(desk.get(MERGED))
    desk.post(compare(draft, other), {"act": "revoke"})
    assert question in read(desk.get(form))


def test_a_relation_is_noted_and_confirmed_by_a_second_person(
    desk: Client, reviewing: Client, analyst: User
) -> None:
    one, other = make.incident(), make.incident()
    said = {"act": "related", "relation": "copycat", "note": "So it seems."}

    refused = desk.post(compare(one, other), {**said, "relation": ""})
    assert "Say how they are related." in read(refused, 400)
    assert "So it seems." in refused.content.decode()
    desk.post(compare(one, other), said)
    assert "Confirm for all readers" not in read(desk.get(compare(one, other)))
    assert "Confirm for all readers" in read(reviewing.get(compare(one, other)))
    reviewing.post(compare(one, other), {"act": "confirm"})

    assert [it.incident for it in comparing.related(one.record, make.user("reader"))] == [other]


def test_a_merge_is_taken_back_by_a_reviewer_with_a_reason(
    desk: Client, reviewing: Client, analyst: User, second: User
) -> None:
    one, other = make.incident(), make.incident(locations=[{"country": "SE"}])
    draft = joining.join(one.record, other.record, by=analyst)
    review.submit(draft, by=analyst)
    review.approve(draft, by=second)
    apart = reverse("admin:incidents_record_apart", args=(other.record_id,))
    assert apart in read(desk.get(MERGED))
    assert "Sweden" in read(reviewing.get(apart))
    assert "Only reviewers" in read(desk.get(apart))

    assert "Only reviewers" in read(desk.post(apart, {"reason": "Two fires."}), 400)
    assert "Say why" in read(reviewing.post(apart, {"reason": ""}), 400)
    reviewing.post(apart, {"reason": "Two fires."})

    assert Record.objects.get(pk=other.record_id).merged_into is None
    assert read(reviewing.get(apart), 404)
    assert apart not in read(desk.get(MERGED))


def test_hidden_and_missing_records_answer_alike(desk: Client) -> None:
    one = make.incident()
    hidden = make.incident("Quiet kestrel", state="draft", author=make.user("x", staff=True))
    Record.objects.filter(pk=hidden.record_id).update(organisation=None)
    stranger = member("stranger", *ANALYST)
    client = Client()
    client.force_login(stranger)
    hidden.record.refresh_from_db()
    base = reverse("admin:incidents_record_compare", args=(one.record_id,))

    told = read(client.get(base, {"with": hidden.record.public_id}), 404)
    missing = read(client.get(base, {"with": "P-AAAAAAAAAAAA"}), 404)

    told = told.replace(hidden.record.public_id, "P-AAAAAAAAAAAA")
    assert TOKEN.sub("", told) == TOKEN.sub("", missing)
    for key in (hidden.record_id, 999_999):
        assert client.get(base.replace(str(one.record_id), str(key))).status_code == 404
        assert client.get(f"/admin/incidents/record/{key}/apart/").status_code == 404


def test_who_does_not_work_on_incidents_decides_nothing(db: None) -> None:
    one, other = make.incident(), make.incident()
    reader, nobody = Client(), Client()
    reader.force_login(member("reads", "view_incident"))
    nobody.force_login(member("nobody"))

    assert nobody.get(compare(one, other)).status_code == 403
    assert nobody.get(MERGED).status_code == 403
    assert "Not a duplicate" not in read(reader.get(compare(one, other)))
    for act in ("join", "distinct", "related"):
        sent = {"act": act, "survivor": one.record_id, "relation": "copycat"}
        assert reader.post(compare(one, other), sent).status_code == 403
    assert not Comparison.objects.exists()
    assert not Incident.objects.exclude(takes_in=None).exists()


def test_a_reviewer_is_told_what_an_edition_takes_in(
    desk: Client, reviewing: Client, analyst: User
) -> None:
    one, other = make.incident(), make.incident("Blaze at a depot", marking="amber")
    draft = joining.join(one.record, other.record, by=analyst)
    draft.marking = "clear"
    draft.save()
    review.submit(draft, by=analyst)

    page = read(reviewing.get(reverse("admin:incidents_incident_review", args=(draft.pk,))))

    assert "“Blaze at a depot”, which is TLP:AMBER and becomes TLP:CLEAR." in page


def test_taking_apart_what_is_hidden_asks_as_much_as_what_is_not_there(desk: Client) -> None:
    hidden = make.incident(state="draft", marking="red")
    pages = [reverse("admin:incidents_record_apart", args=(n,)) for n in (hidden.record_id, 10**17)]
    asked = []
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page).status_code == 404
        asked.append(len(queries))

    assert asked[0] == asked[1]
