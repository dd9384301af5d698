"""What an article proposes for a draft, the form it fills, and what is kept of that."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils.html import escape

from articles.models import Article
from incidents import proposals, suggestions
from incidents.models import Incident, Proposed
from tests import make
from tests.forms import fields

from .proposing import ADD, TEXT, TITLE, analyst, form_of, story

__all__ = ["analyst"]

pytestmark = pytest.mark.django_db


def test_every_proposed_value_points_at_words_of_the_article(analyst: User) -> None:
    proposal = proposals.of_article(str(story().pk), analyst)

    assert proposal is not None
    for marked in proposal.marked:
        assert marked.words.strip()
        assert marked.words in (TITLE if marked.value.evidence.in_title else TEXT)
        assert marked.value.why
    assert "".join(piece for piece, _numbers in proposal.pieces()) == TEXT


def test_the_form_is_filled_with_what_the_article_says(desk: Client) -> None:
    page: Any = desk.get(f"{ADD}?from_article={story().pk}")

    sent = form_of(page)
    assert sent["article_url"] == ["https://example.org/fire"]
    assert sent["occurred"] == ["2024-03-10"]
    assert sent["country_name"] == ["Lithuania"]
    assert sent["event_type"] == ["arson"]
    assert sent["title"] == ["Arson in Vilnius, Lithuania"]
    assert sent["locations-0-place"] == ["Vilnius"]
    assert sent["claims-0-responsible_state"] == ["Russia"]
    html = page.content.decode()
    assert "Suggested from the article" in html
    assert "<strong>43</strong>" in html


def test_a_field_that_is_cleared_holds_what_it_holds_in_an_empty_form(desk: Client) -> None:
    page = desk.get(f"{ADD}?from_article={story().pk}").content.decode()
    empty = fields(desk.get(ADD).content.decode(), "incident_form")

    unfilled = json.loads(unescape(re.search(r'data-unfilled="([^"]+)"', page)[1]))  # type: ignore[index]

    assert unfilled == {name: empty[name][0] for name in ("status", "outcome")}


def test_an_article_without_a_text_fills_in_its_address_and_is_to_be_captured(
    desk: Client,
) -> None:
    article = story(text="")

    page: Any = desk.get(f"{ADD}?from_article={article.pk}")

    assert form_of(page)["article_url"] == ["https://example.org/fire"]
    assert f'"/admin/articles/article/{article.pk}/captures/"' in page.content.decode()


def test_nothing_is_told_of_an_article_that_may_not_be_read() -> None:
    hidden = story(text="", marking="red", added_by=make.user("another"))
    client = Client()
    analyst = make.user("plain", staff=True)
    analyst.user_permissions.set(Permission.objects.filter(codename="add_incident"))
    client.force_login(analyst)

    page: Any = client.get(f"{ADD}?from_article={hidden.pk}")

    assert form_of(page)["article_url"] == [""]
    assert "Nothing is suggested" not in page.content.decode()


def test_of_an_announcement_it_is_told_that_more_follows(desk: Client) -> None:
    item = make.item("https://example.org/new", title=TITLE)
    told = "Only what the source announced was read"

    assert told in desk.get(f"{ADD}?from_item={item.pk}").content.decode()
    assert told not in desk.get(f"{ADD}?from_article={story().pk}").content.decode()


def test_of_a_language_without_words_no_verdict_is_given(desk: Client) -> None:
    article = story(title="Suteak", text="Poliziak sute baten ikerketa bat egiten ari da. " * 9)

    page: Any = desk.get(f"{ADD}?from_article={article.pk}").content.decode()

    assert "The rules do not know Basque" in page
    assert "It does not read like the report" not in page


def test_a_long_sentence_is_quoted_from_word_to_word(analyst: User) -> None:
    long = f"{'Police officers ' * 20}said arson destroyed a depot in Vilnius{' last night' * 20}."
    proposal = proposals.of_article(str(story(title="", text=long).pk), analyst)

    assert proposal is not None
    place = next(one for one in proposal.marked if one.value.part == "locations")
    assert place.words == "Vilnius"
    assert place.before.startswith(("…Police", "…officers"))
    assert place.after.endswith(("last…", "night…"))


def test_what_was_judged_comes_back_with_an_error(desk: Client) -> None:
    address = f"{ADD}?from_article={story().pk}"
    judged = '[{"shown":"Arson","act":"clear","fields":[]}]'

    page: Any = desk.post(address, {**form_of(desk.get(address)), "title": "", "_judged": judged})

    assert f'data-judged="{escape(judged)}"' in page.content.decode()


def test_a_form_that_is_saved_as_it_stands_is_a_draft_and_all_was_kept(desk: Client) -> None:
    address = f"{ADD}?from_article={story().pk}"

    answer = desk.post(address, form_of(desk.get(address)))

    assert answer.status_code == 302
    draft = Incident.objects.get()
    assert (draft.event_type, draft.country, draft.occurred) == ("arson", "LT", "2024-03-10")
    assert draft.claims.get().responsible_state == "RU"
    assert draft.locations.get(primary=True).place == "Vilnius"
    assert set(Proposed.objects.values_list("kept", flat=True)) == {True}
    assert set(Proposed.objects.values_list("language", flat=True)) == {"en"}


def test_what_was_changed_or_cleared_was_not_kept(desk: Client) -> None:
    address = f"{ADD}?from_article={story().pk}"
    sent = form_of(desk.get(address))
    changed = {"claims-TOTAL_FORMS": "0", "event_type": "explosive_device"}

    desk.post(address, {**sent, **changed})

    kept = dict(Proposed.objects.values_list("part", "kept"))
    assert (kept["event_type"], kept["claims"], kept["occurred"]) == (False, False, True)
    assert not Incident.objects.get().claims.exists()


def test_no_words_of_the_article_are_kept_beside_the_codes(desk: Client) -> None:
    address = f"{ADD}?from_article={story().pk}"

    desk.post(address, form_of(desk.get(address)))

    values = set(Proposed.objects.values_list("part", "value"))
    assert {("title", ""), ("event_type", "arson"), ("locations", "LT"), ("claims", "RU")} <= values
    kept = " ".join(value for _part, value in values)
    assert "Vilnius" not in kept
    assert "prosecutor" not in kept


def test_an_article_that_may_not_be_read_proposes_nothing() -> None:
    hidden = story(marking="red", added_by=make.user("another"))
    analyst = make.user("plain", staff=True)

    assert proposals.of_article(str(story().pk), analyst) is not None
    assert proposals.of_article(str(hidden.pk), analyst) is None
    assert proposals.of_article("x" * 30, analyst) is None


def test_precision_is_told_by_language_of_drafts_that_the_reader_may_see(
    desk: Client, analyst: User
) -> None:
    address = f"{ADD}?from_article={story().pk}"
    sent = form_of(desk.get(address))
    desk.post(address, {**sent, "event_type": "explosive_device"})

    page = " ".join(desk.get("/admin/incidents/incident/precision/").content.decode().split())

    assert "English" in page
    assert "0 % (0 of 1)" in page
    assert "100 % (1 of 1)" in page
    assert proposals.precision(make.user("nobody")) == []


@pytest.mark.parametrize("name", ["Unit 29155 / GRU", "A & B", "***", "–"])
def test_an_actor_of_any_name_keeps_no_article_from_being_read(desk: Client, name: str) -> None:
    make.actor(name)

    assert desk.get(f"{ADD}?from_article={story().pk}").status_code == 200


@pytest.mark.parametrize(
    ("marking", "filled"), [("red", "red"), ("amber_strict", "amber_strict"), ("clear", "amber")]
)
def test_a_draft_is_marked_as_strictly_as_the_article_that_fills_it(
    desk: Client, analyst: User, marking: str, filled: str
) -> None:
    article = story(marking=marking, added_by=analyst)

    assert form_of(desk.get(f"{ADD}?from_article={article.pk}"))["marking"] == [filled]


def test_who_saves_less_strictly_than_the_article_is_marked_by_then_is_told(
    desk: Client, analyst: User
) -> None:
    article = story(added_by=analyst)
    address = f"{ADD}?from_article={article.pk}"
    sent = form_of(desk.get(address))
    Article.objects.filter(pk=article.pk).update(marking="red")

    page = desk.post(address, sent, follow=True).content.decode()

    assert "is TLP:RED; whoever reads what is published here may read it." in page


def test_what_was_proposed_of_another_text_than_now_is_not_counted(desk: Client) -> None:
    article = story()
    address = f"{ADD}?from_article={article.pk}"
    sent = form_of(desk.get(address))
    Article.objects.filter(pk=article.pk).update(text=TEXT.replace("Vilnius", "Kaunas"))

    desk.post(address, sent)

    assert Incident.objects.exists()
    assert not Proposed.objects.exists()


def test_of_a_text_without_end_the_beginning_is_read(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    suggest = suggestions.suggest

    def measured(text: Any, known: Any) -> Any:
        read.append(len(text.text))
        return suggest(text, known)

    monkeypatch.setattr("incidents.proposals.reading.suggest", measured)
    long = TEXT + " Nothing more was said." * 20_000
    proposal = proposals.of_article(str(story(text=long).pk), analyst)

    assert proposal is not None
    assert read == [proposals.MOST_READ]
    assert "".join(piece for piece, _numbers in proposal.pieces()) == long


def test_an_announcement_proposes_nothing_to_who_sees_no_inbox(analyst: User) -> None:
    item = make.item("https://example.org/fire", title=TITLE)

    assert proposals.of_item(str(item.pk), analyst) is not None
    assert proposals.of_item(str(item.pk), make.user("plain", staff=True)) is None
