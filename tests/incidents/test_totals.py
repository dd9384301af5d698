"""The totals of an article beside the ledger of reported figures."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents import proposals, totals
from tests import make
from tests.forms import fields

from .proposing import ADD, TEXT, analyst, read, story

__all__ = ["analyst"]

pytestmark = pytest.mark.django_db


def test_a_total_that_the_ledger_holds_is_offered_as_a_rendition_with_what_it_changes(
    desk: Client,
) -> None:
    figure = make.figure(best=43, period="2023", area="Germany", marking="amber")
    page: Any = desk.get(f"{ADD}?from_article={story().pk}").content.decode()

    assert re.search("This article differs in [^.]*the area", page)
    assert f'"/admin/incidents/reportedfigure/{figure.pk}/change/"' in page
    link = re.search(r'href="(/admin/incidents/reportedfigure/\d+/change/[^"]+)"', page)
    assert link is not None
    form = fields(desk.get(unescape(link[1])).content.decode(), "reportedfigure_form")
    assert desk.post(unescape(link[1]), {**form, "_save": ["Save"]}).status_code == 302
    added = figure.renditions.get()
    assert (str(added.value), added.article.url) == ("43.00", "https://example.org/fire")


def test_a_total_of_another_period_is_no_rendition(desk: Client) -> None:
    make.figure(best=43, period="2019")

    page: Any = desk.get(f"{ADD}?from_article={story().pk}").content.decode()

    assert "Enter it as a reported figure" in page
    assert "Add it as a rendition" not in page


def test_a_number_that_is_only_close_is_a_rendition_in_the_same_area_alone(analyst: User) -> None:
    text = TEXT.replace("Officials have counted", "The ministry of defence said it counted")
    for area in ("Europe", "Germany"):
        make.figure(area.lower(), best=40, area=area, period="2023", claimant="ministry of defence")

    (total,) = totals.totals(read(text, analyst), analyst)

    assert [known.figure.area for known in total.known] == ["Europe"]


def test_a_few_persons_of_one_event_are_no_total_for_the_ledger(analyst: User) -> None:
    found = read(f"{TEXT} Police arrested four men.", analyst)

    assert {figure.number for figure in found.figures} == {4, 43}
    assert [total.figure.number for total in totals.totals(found, analyst)] == [43]


def test_the_form_of_a_new_figure_is_filled(desk: Client) -> None:
    page: Any = desk.get(f"{ADD}?from_article={story().pk}").content.decode()
    link = re.search(r'href="(/admin/incidents/reportedfigure/add/[^"]+)"', page)
    assert link is not None

    form = fields(desk.get(unescape(link[1])).content.decode(), "reportedfigure_form")

    assert (form["best"], form["period"], form["area"]) == (["43"], ["2023"], ["Europe"])
    assert form["renditions-0-value"] == ["43"]


def test_a_total_is_told_with_thousands_apart_and_the_name_of_its_country(desk: Client) -> None:
    text = "VILNIUS, 12 March 2024. Officials counted 12,000 acts of sabotage in Lithuania in 2023."
    figure = make.figure(best=12000, period="2023", area="Lithuania", marking="amber")
    told: Any = desk.get(f"{ADD}?from_article={story(text=text).pk}").content.decode()

    page = " ".join(told.split())

    assert "<strong>12,000</strong> Lithuania, 2023" in page
    assert "rendition_area=Lithuania" in page
    assert f"/admin/incidents/reportedfigure/{figure.pk}/change/" in page
    assert "the area" not in page


def test_a_hidden_figure_is_offered_to_nobody_who_may_not_see_it() -> None:
    make.figure(best=43, period="2023", marking="red")
    analyst = make.user("plain", staff=True)
    proposal = proposals.of_article(str(story().pk), analyst)

    assert proposal is not None
    assert [total.known for total in totals.totals(proposal, analyst)] == [[]]


def test_a_year_in_digits_of_two_scripts_is_no_period(desk: Client) -> None:
    make.figure(best=43, period="2023")
    told = story(text="Officials have counted 43 acts of sabotage in Europe in 202৫.")

    assert desk.get(f"{ADD}?from_article={told.pk}").status_code == 200


def test_that_a_hidden_article_is_a_rendition_is_told_to_nobody(desk: Client) -> None:
    figure = make.figure(best=43, period="2023")
    hidden = make.article("https://example.org/fire", marking="red")
    make.rendition(figure, hidden)
    own = story()
    analyst = make.user("plain", staff=True)
    proposal = proposals.of_article(str(own.pk), analyst)

    assert proposal is not None
    (total,) = totals.totals(proposal, analyst)
    assert [known.told for known in total.known] == [False]
