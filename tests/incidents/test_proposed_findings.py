"""The status that an article proposes, and the finding that goes with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from incidents import review
from incidents.models import Incident

from .proposing import ADD, analyst, form_of, story

__all__ = ["analyst"]

pytestmark = pytest.mark.django_db


def test_a_status_beyond_alleged_brings_the_finding_that_publishing_asks_for(desk: Client) -> None:
    address = f"{ADD}?from_article={story().pk}"
    page: Any = desk.get(address)
    sent = form_of(page)

    desk.post(address, sent)

    status, day = sent["status"][0], "2024-03-12"
    assert status == "confirmed"
    assert (sent["findings-0-status"], sent["findings-0-date"]) == ([status], [day])
    assert "brings a finding of 12 March 2024" in page.content.decode()
    draft = Incident.objects.get()
    assert list(draft.findings.values_list("status", "date")) == [(status, day)]
    assert "findings" not in review.lacking(draft)


def test_without_a_day_a_status_brings_no_finding_that_could_not_be_saved(desk: Client) -> None:
    text = "A warehouse in Vilnius was set on fire. The men were charged with sabotage in court."
    undated = story(published="", text=text)

    sent = form_of(desk.get(f"{ADD}?from_article={undated.pk}"))

    assert sent["status"] == ["confirmed"]
    assert sent["findings-TOTAL_FORMS"] == ["0"]


def test_a_status_that_is_cleared_saves_no_finding(desk: Client) -> None:
    address = f"{ADD}?from_article={story().pk}"
    cleared = {"status": "alleged", "findings-0-status": "", "findings-0-date": ""}

    desk.post(address, {**form_of(desk.get(address)), **cleared})

    draft = Incident.objects.get()
    assert (draft.status, draft.findings.count()) == ("alleged", 0)
