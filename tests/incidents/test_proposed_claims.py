"""Who accuses whom, as an article proposes it."""

from __future__ import annotations

import pytest
from django.test import Client

from incidents.models import Proposed
from tests import make

from .proposing import ADD, TEXT, analyst, form_of, story

__all__ = ["analyst"]

pytestmark = pytest.mark.django_db


def test_who_denies_for_a_state_is_a_claim_of_the_accused_state(desk: Client) -> None:
    text = f"{TEXT} The Russian embassy in Vilnius denied any involvement."

    sent = form_of(desk.get(f"{ADD}?from_article={story(text=text).pk}"))

    claims = [sent[f"claims-{n}-{name}"] for n in (0, 1) for name in ("stance", "claimant_kind")]
    assert claims == [["asserts"], ["prosecutor_court"], ["denies"], ["accused_state"]]
    assert sent["claims-1-claimant"] == ["Russian embassy"]


def test_a_service_that_the_directory_knows_is_the_actor_that_is_accused(desk: Client) -> None:
    service = make.actor("GRU", state="RU")
    text = TEXT.replace("ordered by Russia", "ordered by the GRU")

    page = desk.get(f"{ADD}?from_article={story(text=text).pk}")

    sent = form_of(page)
    assert sent["claims-0-responsible_state"] == ["Russia"]
    assert sent["claims-0-accused_actor"] == [str(service.pk)]
    assert "asserts: GRU, Russia" in page.content.decode()


def test_a_group_is_accused_where_no_state_is_and_is_kept_by_its_entry(desk: Client) -> None:
    group = make.actor("NoName057(16)")
    text = (
        "VILNIUS, 12 March 2024. Minister Anna Maier said that the hackers of NoName057(16) "
        "attacked the website of the city of Vilnius with a DDoS attack on 10 March 2024."
    )
    address = f"{ADD}?from_article={story(text=text, title='DDoS attack in Vilnius').pk}"
    sent = form_of(desk.get(address))

    assert sent["claims-0-claimant"] == ["Anna Maier"]
    assert sent["claims-0-accused_actor"] == [str(group.pk)]

    other = make.actor("Another group")
    desk.post(address, {**sent, "claims-0-accused_actor": [str(other.pk)]})

    assert not Proposed.objects.get(part="claims").kept


def test_of_what_kind_somebody_without_an_office_is_is_left_open(desk: Client) -> None:
    text = "Russia was behind the arson in Vilnius, Anna Maier said. The arson was sabotage."

    sent = form_of(desk.get(f"{ADD}?from_article={story(text=text).pk}"))

    assert sent["claims-0-claimant"] == ["Anna Maier"]
    assert sent["claims-0-claimant_kind"] == [""]
