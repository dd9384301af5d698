"""The page of an incident keeps apart what happened, what is known, and who says who did it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from incidents import comparing, review
from incidents.acts import become_part
from incidents.dossiers import traced
from incidents.independence import independent
from incidents.models import Incident, Record
from tests import make

from .reading import links, page, words

pytestmark = pytest.mark.django_db


def address(of: Incident) -> str:
    of.record.refresh_from_db()
    return f"/incidents/{of.record.public_id}/"


def section(html: str, name: str) -> str:
    """Return what is read in one section of a page."""
    start = html.index(f'aria-labelledby="{name}"')
    return words(html[start : html.index("</section>", start)])


def test_the_three_axes_have_a_section_each() -> None:
    shown = make.incident(
        "Fire at a depot",
        summary="Two men set fire to a depot at night. " * 3,
        occurred="2024-03",
        claims=[{"claimant": "A minister", "state": "RU", "kind": "affected_government"}],
    )

    html = page(address(shown))

    assert "Two men set fire" in section(html, "happened")
    assert "Confirmed" in section(html, "known")
    assert "A minister" in section(html, "claims")
    assert "Russia" not in section(html, "happened")
    assert "Russia" not in section(html, "known")


def test_an_imprecise_date_says_between_which_days_it_began() -> None:
    html = page(address(make.incident(occurred="[2023-12..2024-02]")))

    told = section(html, "happened")
    assert "Some time between December 2023 and February 2024." in told
    assert "it began on some day from 1 December 2023 to 29 February 2024" in told


def test_a_place_says_how_exactly_it_is_known() -> None:
    place = {"country": "PL", "place": "Gdynia", "lat": 54.5189, "lon": 18.5319}
    html = page(address(make.incident(locations=[{**place, "precision": "place"}])))

    assert "Known: to the town or site. 54.5189, 18.5319" in section(html, "happened")


def test_claims_stand_in_time_with_their_levels_and_what_became_of_them() -> None:
    shown = make.incident(
        claims=[
            {"claimant": "A court", "kind": "prosecutor_court", "form": "conviction",
             "date": "2024-05-02", "state": "RU"},
            {"claimant": "The embassy", "kind": "accused_state", "stance": "denies",
             "date": "2024-05-03", "state": "RU"},
            {"claimant": "A higher court", "kind": "prosecutor_court", "stance": "withdraws",
             "date": "2024-09-01", "state": "RU", "supersedes": 0},
        ]
    )  # fmt: skip

    html = page(address(shown))

    told = section(html, "claims")
    order = ["A court", "The embassy", "A higher court"]
    positions = [told.index(f"{name} (") for name in order]
    assert positions == sorted(positions)
    assert "5 Adjudicated" in told
    assert "says that it was the work of Russia" in told
    assert "denies that it was the work of Russia" in told
    assert "No longer stands, since 1 September 2024: a later claim of A higher court" in told
    assert "takes back an earlier claim against Russia" in told
    assert html.count('class="superseded"') == 1
    assert "Traced to no state" in told


def test_a_link_from_a_claim_leads_to_the_claim_that_took_its_place() -> None:
    shown = make.incident(
        claims=[{"state": "RU"}, {"state": "BY", "supersedes": 0, "date": "2024-07"}]
    )

    html = page(address(shown))

    targets = set(re.findall(r'href="#(claim-[0-9a-f-]+)"', html))
    assert len(targets) == 2
    assert targets == set(re.findall(r'id="(claim-[0-9a-f-]+)"', html))


@pytest.mark.parametrize("other", ["BY", "RU"])
def test_contested_is_said_where_claims_name_different_states(other: str) -> None:
    shown = make.incident(claims=[{"state": "RU"}, {"state": other}])

    assert ("Contested" in section(page(address(shown)), "claims")) == (other == "BY")


def test_traced_is_what_live_claims_trace_to_at_their_highest_level() -> None:
    shown = make.incident(
        claims=[
            {"state": "RU", "stance": "suggests"},
            {"state": "RU", "form": "sanctions"},
            {"state": "IR", "role": "tolerated"},
            {"state": "BY", "kind": "expert"},
        ]
    )

    html = page(address(shown))
    claims = list(shown.claims.with_life(None).with_trace())

    assert [(trace.state, trace.level) for trace in traced(claims)] == [("RU", 4), ("BY", 2)]
    assert "Traced to Russia at level 4 Formal Traced to Belarus at level 2 Expert" in section(
        html, "claims"
    )


def test_copies_of_one_text_are_one_source() -> None:
    first = make.article()
    copy = make.article(derived_from=first)
    copy_of_copy = make.article(derived_from=copy)
    wires = [make.article(wire_origin="AFP"), make.article(wire_origin="afp")]
    own = make.article()
    articles = [first, copy, copy_of_copy, *wires, own]
    shown = make.incident(citations=articles)

    assert independent(articles, (), {}) == 3
    assert "6 articles, 3 independent sources." in section(page(address(shown)), "articles")


@pytest.mark.parametrize(("marking", "sources"), [("clear", 1), ("amber", 2)])
def test_an_origin_that_nobody_may_see_joins_no_sources(marking: str, sources: int) -> None:
    origin = make.article(marking=marking)
    copies = [make.article(derived_from=origin) for _n in range(2)]

    told = section(page(address(make.incident(citations=copies))), "articles")

    assert f"2 articles, {sources} independent source" in told


def test_articles_say_outlet_language_reliability_and_credibility() -> None:
    outlet = make.publisher("Gazeta", reliability="B")
    article = make.article(title="خبر", publisher=outlet, language="ar", published="2024-03-15")

    html = page(address(make.incident(citations=[article])))

    told = section(html, "articles")
    assert "Gazeta , 15 March 2024, in Arabic." in told
    assert "reliability B" in told
    assert "credibility 6 cannot be judged" in told
    assert re.search(r'lang="ar"\s+dir="rtl"', html)
    assert f"/articles/{article.address_digest}/" in html


def test_a_record_that_nobody_read_again_says_so() -> None:
    shown = make.incident()
    assert "Not verified by a second reading" in words(page(address(shown)))

    Record.objects.filter(pk=shown.record_id).update(last_verified=date(2026, 2, 3))

    told = words(page(address(shown)))
    assert "Not verified by a second reading" not in told
    assert "Last verified 3 February 2026" in told


def test_the_page_cites_itself_and_leads_to_its_record_for_programs() -> None:
    shown = make.incident("Fire at a depot")
    html = page(address(shown))
    reference = shown.record.reference

    assert f"HTI, “ Fire at a depot ”, {reference}, edition 1, published" in words(html)
    assert f"{settings.SITE_URL}/incidents/{reference}/" in html
    assert f'href="/api/v1/incidents/{reference}/"' in html


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("mailto:desk@example.org", "mailto:desk@example.org?subject=HTI-"),
        ("https://example.org/tell", "https://example.org/tell"),
        ("", None),
    ],
)
def test_readers_are_told_where_to_write_if_anywhere(
    contact: str, link: str | None, settings: Settings
) -> None:
    settings.CONTACT = contact

    html = page(address(make.incident()))

    assert ("Wrong or missing?" in words(html)) == bool(link)
    assert link is None or any(url.startswith(link) for url in links(html, "href"))


def test_a_withdrawn_record_leaves_a_tombstone_with_its_reason() -> None:
    shown = make.incident("Fire at a depot")
    review.withdraw(shown, by=make.reviewer(), reason="Two reports spoke of two fires.")

    html = page(address(shown), status=410)

    assert "Two reports spoke of two fires." in words(html)
    assert "Fire at a depot" not in html


def test_a_merged_record_leads_to_the_one_that_stayed() -> None:
    gone, stays = make.incident(), make.incident()
    for one in (gone, stays):
        one.record.refresh_from_db()
    become_part(gone.record, stays.record)

    response = Client().get(f"/incidents/{gone.record.reference}/")

    assert response.status_code == 302
    assert response["Location"] == f"/incidents/{stays.record.reference}/"
    told = words(page(response["Location"]))
    assert f"{gone.record.reference} was merged into this record" in told


def test_a_page_names_related_records_and_staff_read_the_note() -> None:
    one, other = make.incident("Fire at a depot"), make.incident("Fire at a port")
    tie = make.related(one, other, relation="copycat", note="So it seems.")
    staff = Client()
    staff.force_login(make.user("writer", staff=True))
    assert "Fire at a port" not in words(page(address(one)))
    read = section(page(address(one), staff), "tied")
    assert "Copycat" in read
    assert "not confirmed, for staff only So it seems." in read

    comparing.confirm(tie, by=make.reviewer())

    read = section(page(address(one)), "tied")
    assert "Fire at a port Copycat" in read
    assert "So it seems." not in read


def test_what_is_not_there_and_what_is_not_public_answer_alike() -> None:
    hidden = make.incident("Quiet kestrel", marking="amber")
    draft = make.incident("Quiet kestrel", state="draft")
    pages = [
        page(url, status=404)
        for url in (address(hidden), address(draft), "/incidents/P-222222222222/", "/incidents/x/")
    ]

    assert len(set(pages)) == 1


@pytest.mark.parametrize("query", ["known_on=2022-01-01", "yaer=2024"])
def test_a_page_that_reads_no_parameter_refuses_it(query: str) -> None:
    url = address(make.incident())

    for path in (url, "/"):
        told = words(page(f"{path}?{query}", status=400))
        assert "No parameter is taken here." in told
        assert "No number is shown" in told


def test_staff_read_a_draft_that_says_it_is_not_public(staff: Client) -> None:
    draft = make.incident("Fire at a depot", state="draft", author=make.user("sentinel"))

    html = page(address(draft), staff)

    assert "Draft: not public" in words(html)


def test_hidden_sources_are_neither_shown_nor_counted() -> None:
    shown = make.incident(
        citations=[make.article(title="Open news"), make.article(title="Shut news")],
        claims=[{"state": "RU"}],
    )
    assert "2 articles" in section(page(address(shown)), "articles")

    shut = shown.citations.get(article__title="Shut news").article
    type(shut).objects.filter(pk=shut.pk).update(marking="amber")

    html = page(address(shown))
    assert "Shut news" not in html
    assert "1 article, 1 independent source." in section(html, "articles")


def test_incidents_of_the_campaign_and_of_the_same_articles_are_named() -> None:
    campaign, article = make.campaign("Parcels"), make.article()
    shown = make.incident("First fire", campaign=campaign, citations=[article])
    make.incident("Second fire", campaign=campaign)
    make.incident("Third fire", citations=[article])
    make.incident("Fourth fire", citations=[article], state="draft")

    html = page(address(shown))

    assert "Second fire" in section(html, "campaign")
    assert section(html, "related").count("fire") == 1
    assert "Third fire" in section(html, "related")
    assert "Fourth fire" not in html


def test_the_history_shows_the_public_what_was_public_and_staff_drafts_too(staff: Client) -> None:
    first = make.incident("Fire at a depot")
    second = make.incident("Fire at a depot, again", state="draft", after=first)
    make.publish(second)
    make.incident("Fire at a depot, once more", state="draft", after=second)

    told = section(page(address(first)), "history")
    told_staff = section(page(address(first), staff), "history")

    assert re.findall(r"Edition \d", told) == ["Edition 2", "Edition 1"]
    assert "Something was wrong." in told
    assert re.findall(r"Edition \d", told_staff) == ["Edition 3", "Edition 2", "Edition 1"]


def test_text_in_any_script_keeps_its_own_direction() -> None:
    shown = make.incident("حريق في مستودع في غدينيا", summary="Ой у лузі " * 12)

    html = page(address(shown))

    assert "<bdi>حريق في مستودع في غدينيا</bdi>" in html
    assert 'dir="auto">Ой у лузі' in html
