"""The desk where entries of one outlet are merged, taken apart and found."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles import merging
from articles.models import Publisher, PublisherDomain
from tests import make

from .staleness import opened
from .test_outlets import WHY, reported

pytestmark = pytest.mark.django_db

DESK = "/admin/articles/publisher/"
MERGE = f"{DESK}merge/"


def client_of(name: str, *, reviews: bool = False) -> Client:
    """Log in somebody who may change outlets."""
    user = make.reviewer(name) if reviews else make.user(name, staff=True)
    names = ("view_publisher", "change_publisher", "view_article")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_the_desk_shows_what_a_merge_joins_and_joins_it_for_a_reason(
    herald: Publisher, older: Publisher
) -> None:
    for outlet in (herald, older):
        reported(outlet)
    chief = client_of("chief", reviews=True)
    chosen = {"action": "merge_selected", "_selected_action": [herald.pk, older.pk]}
    sent = {"entry": [herald.pk, older.pk], "survivor": herald.pk}

    page = chief.post(DESK, chosen, follow=True).content.decode()
    refused = chief.post(MERGE, sent).content.decode()
    untouched = Publisher.objects.filter(merged_into=None).count()
    done = chief.post(MERGE, {**sent, "why": WHY})

    assert "1 that you may read counts as its own." in page
    assert "Say why they are one outlet." in refused
    assert untouched == 2
    assert done["Location"] == f"{DESK}{herald.pk}/change/"
    shown = chief.get(done["Location"]).content.decode()
    assert f"The Herald: {WHY}" in shown
    assert f"{DESK}{older.pk}/apart/" in shown


def test_the_desk_takes_outlets_apart_when_that_is_posted(
    herald: Publisher, older: Publisher
) -> None:
    merging.merge(herald, [older], why=WHY)
    desk, address = client_of("anna"), f"{DESK}{older.pk}/apart/"

    led = desk.get(f"{DESK}{older.pk}/change/")
    shown = desk.get(address)
    between = Publisher.objects.get(pk=older.pk).merged_into
    desk.post(address)

    assert led["Location"] == f"{DESK}{herald.pk}/change/"
    assert WHY in shown.content.decode()
    assert between == herald
    assert Publisher.objects.get(pk=older.pk).merged_into is None
    assert desk.get(address).status_code == 404


def test_an_outlet_that_readers_see_is_merged_and_taken_apart_by_a_reviewer(
    herald: Publisher, older: Publisher
) -> None:
    reported(older)
    analyst, chief = client_of("anna"), client_of("chief", reviews=True)
    sent: dict[str, Any] = {"entry": [herald.pk, older.pk], "survivor": herald.pk, "why": WHY}

    assert analyst.post(MERGE, sent).status_code == 403
    assert chief.post(MERGE, sent).status_code == 302
    assert analyst.post(f"{DESK}{older.pk}/apart/").status_code == 403


def test_an_outlet_that_a_public_text_names_as_its_wire_is_merged_and_taken_apart_by_a_reviewer(
    herald: Publisher, older: Publisher
) -> None:
    make.incident(citations=[make.article(wire_origin="The Herald")])
    analyst, chief = client_of("anna"), client_of("chief", reviews=True)
    sent: dict[str, Any] = {"entry": [herald.pk, older.pk], "survivor": herald.pk, "why": WHY}

    assert analyst.post(MERGE, sent).status_code == 403
    assert chief.post(MERGE, sent).status_code == 302
    assert analyst.post(f"{DESK}{older.pk}/apart/").status_code == 403


def test_an_analyst_is_told_that_outlets_which_readers_see_are_merged_by_a_reviewer(
    herald: Publisher, older: Publisher
) -> None:
    for outlet in (herald, older):
        reported(outlet)
    chosen = {"action": "merge_selected", "_selected_action": [herald.pk, older.pk]}

    answer = client_of("anna").post(DESK, chosen, follow=True)

    assert answer.status_code == 200
    assert "a reviewer merges them" in answer.content.decode()


def test_the_outlet_that_readers_see_stays_where_nobody_chose_another(herald: Publisher) -> None:
    other = make.publisher("Another Herald", domain="another.test")
    PublisherDomain.objects.create(publisher=other, domain="further.test")
    reported(herald)

    page = client_of("anna").get(MERGE, {"entry": [herald.pk, other.pk]})

    html = page.content.decode()
    assert f'name="survivor" value="{herald.pk}"' in html
    assert "another.test" in html
    assert "further.test" in html


def test_who_may_change_an_outlet_removes_its_further_domains(herald: Publisher) -> None:
    PublisherDomain.objects.create(publisher=herald, domain="herald.test")
    anna = client_of("anna")
    sent = opened(anna, herald) | {"domains-0-DELETE": "on"}

    answer = anna.post(f"{DESK}{herald.pk}/change/", sent)

    assert answer.status_code == 302
    assert not PublisherDomain.objects.exists()


@pytest.mark.parametrize("keys", [["1"], ["x", "1"], ["1", "9" * 30], ["998", "999"], ["\0", "1"]])
def test_entries_that_are_no_two_are_refused(keys: list[str]) -> None:
    assert client_of("anna").get(MERGE, {"entry": keys}).status_code == 400


def test_one_outlet_alone_is_not_merged(herald: Publisher) -> None:
    chosen = {"action": "merge_selected", "_selected_action": [herald.pk]}

    answer = client_of("anna").post(DESK, chosen, follow=True)

    assert "Choose from two to 20 entries of one outlet." in answer.content.decode()


def test_an_outlet_is_found_at_the_desk_by_what_was_merged_into_it(
    herald: Publisher, older: Publisher
) -> None:
    merging.merge(herald, [older], why=WHY)

    found = client_of("anna").get(DESK, {"q": "herald.test"}).content.decode()

    assert f"{DESK}{herald.pk}/change/" in found
    assert f"{DESK}{older.pk}/change/" not in found
