"""While a draft is entered, and once it is saved: which record it may be, and what is decided."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from incidents.codebook import State
from incidents.models import Citation, Comparison, Incident
from tests import make
from tests.forms import fields

from .test_admin import ADD, ANALYST, member, typed

pytestmark = pytest.mark.django_db

ASK = "/admin/incidents/incident/resembling/"
ATTACH = "/admin/incidents/incident/attach/"
TYPED = {
    "title": "Estlink 2 cut by an anchor",
    "occurred": "25 December 2024",
    "country_name": "Finland",
    "event_type": "undersea_damage",
    "article_url": "https://example.org/new",
}


@pytest.fixture
def other() -> Incident:
    """Make the record that the draft is of."""
    said: dict[str, Any] = {"occurred": "2024-12-25", "event_type": "undersea_damage"}
    return make.incident("Estlink 2 cut by a dragged anchor", country="FI", **said)


def test_a_record_alike_is_told_while_a_draft_is_typed(desk: Client, other: Incident) -> None:
    told = desk.get(ASK, TYPED).content.decode()

    assert other.record.public_id in told
    assert "The same day." in told
    assert "The same type of event." in told


def test_an_address_alone_tells_what_its_article_says_where_that_is_here(
    desk: Client, analyst: User, other: Incident
) -> None:
    said = "Finland: anchor of a tanker cut Estlink 2 under water on Christmas day, police say."
    for added_by, marking in ((analyst, "green"), (make.user("stranger", staff=True), "red")):
        url = f"https://example.org/{marking}"
        make.article(
            url=url,
            title=said,
            text=said,
            published="2024-12-26",
            language="en",
            marking=marking,
            added_by=added_by,
        )

    told = desk.get(ASK, {"article_url": "https://example.org/green"}).content.decode()
    hidden = desk.get(ASK, {"article_url": "https://example.org/red"}).content.decode()

    assert other.record.public_id in told
    assert "It began shortly before the article was published." in told
    assert "<h2>" not in hidden


def test_a_place_at_sea_is_read_as_the_form_reads_it(desk: Client) -> None:
    told = {"country": "sea", "precision": "maritime_area", "primary": True}
    said: dict[str, Any] = {"occurred": "2024-12-25", "event_type": "undersea_damage"}
    make.incident("Estlink 2 cut by a dragged anchor", locations=[told], **said)

    answer = desk.get(ASK, {**TYPED, "country_name": "at sea"})

    assert "The same country." in answer.content.decode()


def test_nothing_is_told_of_a_form_with_nothing_in_it(desk: Client, other: Incident) -> None:
    assert "<h2>" not in desk.get(ASK).content.decode()
    assert "<h2>" not in desk.get(ASK, {"article_url": "no address"}).content.decode()


def test_nobody_is_told_of_a_record_that_they_may_not_read(desk: Client) -> None:
    hidden = make.incident(
        "Estlink 2 cut by a dragged anchor",
        country="FI",
        occurred="2024-12-25",
        event_type="undersea_damage",
        marking="red",
    )

    told = desk.get(ASK, TYPED).content.decode()

    assert hidden.record.public_id not in told
    assert "<h2>" not in told


def test_the_article_is_attached_instead_of_logging_a_second_record(
    desk: Client, other: Incident
) -> None:
    answer = desk.post(ATTACH, {**TYPED, "attach_to": other.record.public_id})

    begun = Incident.objects.get(record=other.record, state=State.DRAFT)
    assert answer["Location"] == reverse("admin:incidents_incident_change", args=(begun.pk,))
    assert begun.citations.filter(article__url=TYPED["article_url"]).exists()
    assert Incident.objects.filter(state=State.DRAFT).count() == 1


def test_what_was_decided_while_typing_is_kept_with_the_draft(
    desk: Client, analyst: User, other: Incident
) -> None:
    reference = other.record.public_id

    desk.post(ADD, {**typed(), "decided": [f"{reference} related:copycat"]})

    kept = Comparison.objects.get()
    assert (kept.verdict, kept.relation, kept.decided_by) == ("related", "copycat", analyst)


def test_nobody_is_asked_again_about_what_was_decided_while_typing(
    desk: Client, other: Incident
) -> None:
    cited = typed(article_url=other.citations.get().article.url)

    asked = desk.post(ADD, cited, follow=True).content.decode()
    said = {"decided": [f"{other.record.public_id} distinct"]}
    decided = desk.post(ADD, {**cited, **said}, follow=True).content.decode()

    assert f"{other.record.public_id} {other.title}</a>" in asked
    assert f"{other.record.public_id} {other.title}</a>" not in decided


def test_a_decision_on_a_hidden_record_is_not_taken(desk: Client) -> None:
    hidden = make.incident(marking="red")

    desk.post(ADD, {**typed(), "decided": [f"{hidden.record.public_id} distinct", "nonsense"]})

    assert not Comparison.objects.exists()
    assert Incident.objects.filter(state=State.DRAFT).exists()


def test_a_saved_draft_is_given_up_for_the_record_that_it_is(
    desk: Client, analyst: User, other: Incident
) -> None:
    article = make.article(added_by=analyst)
    second = make.incident(
        "Estlink 2 broken by an anchor",
        country="FI",
        occurred="2024-12-25",
        event_type="undersea_damage",
        state=State.DRAFT,
        author=analyst,
        citations=[article],
    )
    page = desk.get(reverse("admin:incidents_incident_change", args=(second.pk,)))
    address = reverse("admin:incidents_incident_attach_draft", args=(second.pk,))
    assert address in page.content.decode()

    desk.post(address, {"attach_to": other.record.public_id})

    second.refresh_from_db()
    begun = Incident.objects.get(record=other.record, state=State.DRAFT)
    assert second.state == State.DISCARDED
    assert begun.citations.filter(article=article).exists()


def test_it_is_told_beforehand_that_a_published_record_gets_a_new_edition(
    desk: Client, analyst: User, other: Incident
) -> None:
    said: dict[str, Any] = {"occurred": "2024-12-25", "event_type": "undersea_damage"}
    second = make.incident(
        "Estlink 2 broken by an anchor", country="FI", state=State.DRAFT, author=analyst, **said
    )
    form = reverse("admin:incidents_incident_change", args=(second.pk,))
    told = "It is published: what you attach goes into a new edition"

    typing, saved = (desk.get(*asked).content.decode() for asked in ((ASK, TYPED), (form,)))
    attached = desk.post(ATTACH, {**TYPED, "attach_to": other.record.public_id}, follow=True)

    assert (typing.count(told), second.record.public_id in typing) == (1, True)
    assert typing.index(told) < typing.index("It is this one")
    assert saved.count(told) == 1
    page = attached.content.decode()
    assert "The article is cited in this draft of a new edition." in page
    assert fields(page, "incident_form")["change_reason"] == ["new_source"]


def test_a_draft_stays_where_its_articles_could_not_be_attached(
    desk: Client, analyst: User
) -> None:
    second = make.incident(state=State.DRAFT, author=analyst)

    desk.post(
        reverse("admin:incidents_incident_attach_draft", args=(second.pk,)),
        {"attach_to": "HTI-1999-00001"},
    )

    second.refresh_from_db()
    assert second.state == State.DRAFT


def test_no_button_beside_the_form_is_what_enter_presses(
    desk: Client, analyst: User, other: Incident
) -> None:
    told = desk.get(ASK, TYPED).content.decode()

    assert 'type="button"' in told
    assert 'type="submit"' not in told


def test_each_record_that_was_told_is_decided_on(desk: Client, other: Incident) -> None:
    undecided = [""] * 5

    desk.post(ADD, {**typed(), "decided": [*undecided, f"{other.record.public_id} distinct"]})

    assert Comparison.objects.get().verdict == "distinct"


def test_a_form_that_was_refused_still_holds_what_was_decided(
    desk: Client, other: Incident
) -> None:
    said = f"{other.record.public_id} distinct"

    page = desk.post(ADD, {**typed(title=""), "decided": ["", said]}).content.decode()

    assert fields(page, "incident_form")["decided"] == [said]


@pytest.mark.parametrize("said", ["\0 distinct", "HTI-2024-00001 related:\0", "P- \0"])
def test_a_decision_that_is_no_text_keeps_no_draft_away(desk: Client, said: str) -> None:
    assert desk.post(ADD, {**typed(), "decided": said}).status_code == 302
    assert not Comparison.objects.exists()


def test_what_is_not_logged_is_not_attached(
    desk: Client, other: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("incidents.admin.incident.IncidentAdmin.log_change", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.post(ATTACH, {**TYPED, "attach_to": other.record.public_id})

    assert not Incident.objects.filter(state=State.DRAFT).exists()


def test_attaching_asks_for_the_rights_of_the_desk_and_for_a_sent_form(other: Incident) -> None:
    reader, plain = Client(), Client(enforce_csrf_checks=True)
    reader.force_login(make.user("reader of the desk", staff=True))
    plain.force_login(member("forged", *ANALYST))
    sent = {**TYPED, "attach_to": other.record.public_id}

    assert reader.post(ATTACH, sent).status_code == 403
    assert plain.post(ATTACH, sent).status_code == 403
    plain.get(ATTACH, sent)
    assert not Citation.objects.filter(article__url=TYPED["article_url"]).exists()


@pytest.mark.parametrize(
    ("typed_as", "article", "citation"),
    [
        ("red", "red", "red"),
        ("amber_strict", "amber_strict", "amber_strict"),
        ("amber", "amber", "clear"),
        ("no marking", "red", "red"),
    ],
)
def test_what_is_attached_is_marked_no_less_strictly_than_the_draft_that_was_typed(
    desk: Client, analyst: User, typed_as: str, article: str, citation: str
) -> None:
    of = make.incident(state=State.DRAFT, author=analyst, marking="amber")
    sent = typed(article_url="https://example.org/new", marking=typed_as)

    desk.post(ATTACH, {**sent, "attach_to": of.record.public_id})

    made = Citation.objects.get(incident=of, article__url="https://example.org/new")
    assert (made.article.marking, made.marking) == (article, citation)
