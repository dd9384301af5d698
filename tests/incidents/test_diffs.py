"""What changed between two editions, as each reader may see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.template.loader import render_to_string

from articles.codebook import Marking
from incidents import review, services
from incidents.codebook import ChangeReason
from incidents.diffs import Diff, diff, pieces
from incidents.models import Incident
from tests import make

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
LONG = "A fire broke out at a warehouse near the port at night and was put out by morning."


@pytest.fixture
def writer() -> User:
    return make.user("writer", staff=True)


@pytest.fixture
def first() -> Incident:
    return make.incident(
        title="Fire at a warehouse in Gdańsk",
        summary=LONG,
        claims=[{"claimant": "The security service"}],
    )


def revised(of: Incident, **said: Any) -> Incident:
    """Return a draft that says something else than the published edition."""
    draft = review.revise(of, by=make.user("writer", staff=True))
    draft.change_reason = ChangeReason.CORRECTION
    for name, value in said.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def published(draft: Incident) -> Incident:
    services.settle(draft)
    return make.publish(draft)


def fields(found: Diff) -> dict[str, tuple[str, str]]:
    return {change.name: (change.before, change.after) for change in found.fields}


def rows(found: Diff) -> dict[str, list[str]]:
    return {section.name: [row.kind for row in section.rows] for section in found.sections}


def test_editions_that_say_the_same_do_not_differ(first: Incident, writer: User) -> None:
    assert not diff(first, revised(first), writer)


def test_codes_and_dates_are_said_in_words(first: Incident) -> None:
    after = published(
        revised(
            first,
            event_type="vandalism",
            occurred="2024-03",
            severity=3,
            campaign=make.campaign("Parcels"),
            means=["drone"],
        )
    )

    said = fields(diff(first, after, NOBODY))

    assert said["event_type"] == ("Arson", "Vandalism")
    assert said["occurred"] == ("14 March 2024 (2024-03-14)", "March 2024 (2024-03)")
    assert said["severity"][0] == ""
    assert said["severity"][1].startswith("3 ")
    assert said["campaign"] == ("", "Parcels")


def test_a_grade_whose_words_begin_with_its_number_says_it_once(
    first: Incident, writer: User
) -> None:
    (section,) = [each for each in diff(None, first, writer).sections if each.name == "citations"]

    said = {change.name: change.after for row in section.rows for change in row.changes}

    assert said["credibility"] == "6 Cannot be judged"


def test_why_an_edition_came_about_is_no_difference(first: Incident) -> None:
    after = published(revised(first, change_note="The place was wrong."))

    assert not diff(first, after, NOBODY)


def test_a_changed_word_is_marked_in_its_text(first: Incident) -> None:
    after = published(revised(first, summary=LONG.replace("port", "railway station")))

    change = diff(first, after, NOBODY).fields[0]

    marked = [(piece.kind, piece.text) for piece in change.pieces if piece.kind != "kept"]
    assert marked == [("removed", "port"), ("added", "railway station")]
    assert "".join(p.text for p in change.pieces if p.kind != "added") == change.before
    assert "".join(p.text for p in change.pieces if p.kind != "removed") == change.after


def test_a_text_written_anew_is_shown_whole() -> None:
    assert pieces(LONG, "Nothing of this held: it had been lightning, said everybody later.") == ()


def test_rows_are_followed_by_their_uid(first: Incident) -> None:
    draft = revised(first)
    draft.locations.update(place="Gdańsk")
    draft.targets.create(country="LT", name="A depot")
    draft.effects.all().delete()
    draft.effects.create(kind="injuries", best=3, unit="people")

    found = diff(first, published(draft), NOBODY)

    assert rows(found) == {
        "locations": ["changed"],
        "targets": ["added"],
        "effects": ["added", "removed"],
    }
    changed = found.sections[0].rows[0].changes
    assert [(c.label, c.before, c.after) for c in changed] == [("Place", "", "Gdańsk")]
    added = {c.name: c.after for c in found.sections[1].rows[0].changes}
    assert added["country"] == "Lithuania"
    assert "primary" not in added


def test_a_claim_tells_its_sources_and_what_it_supersedes(first: Incident) -> None:
    draft = revised(first)
    earlier = draft.claims.get()
    later = make.claim(draft, claimant="A court", date="2025-02-03", supersedes=earlier)
    source = draft.citations.create(article=make.article(title="The ruling"))
    later.citations.set([source])
    earlier.citations.add(source)

    found = diff(first, published(draft), NOBODY)

    claims = {row.title: row for s in found.sections if s.name == "claims" for row in s.rows}
    new = {c.name: c.after for c in claims["A court, 3 February 2025 (2025-02-03)"].changes}
    assert new["citations"] == "The ruling"
    assert new["supersedes"] == "The security service, 1 June 2024 (2024-06-01)"
    old = claims["The security service, 1 June 2024 (2024-06-01)"]
    assert [c.name for c in old.changes] == ["citations"]
    assert "The ruling" in old.changes[0].after


def test_the_first_edition_is_all_new(first: Incident) -> None:
    found = diff(None, first, NOBODY)

    assert fields(found)["title"] == ("", "Fire at a warehouse in Gdańsk")
    assert rows(found)["claims"] == ["added"]


def test_rows_that_a_reader_may_not_see_leave_no_trace(first: Incident, writer: User) -> None:
    draft = revised(first)
    hidden = make.claim(draft, claimant="Canary service", date="2024-05-01")
    draft.claims.filter(pk=hidden.pk).update(marking=Marking.AMBER)
    article = make.article(title="Canary paper")
    source = draft.citations.create(article=article, marking=Marking.AMBER)
    shown = draft.claims.get(claimant="The security service")
    shown.supersedes = hidden
    shown.save()
    shown.citations.add(source)
    draft.findings.update(citation=source)
    after = published(draft)

    assert not diff(first, after, NOBODY)
    assert rows(diff(first, after, writer)) == {
        "citations": ["added"],
        "claims": ["added", "changed"],
        "findings": ["changed"],
    }


def test_the_marks_are_words_and_elements_and_not_colour_alone(first: Incident) -> None:
    draft = revised(first, summary=LONG.replace("port", "station"))
    draft.effects.all().delete()
    draft.effects.create(kind="injuries", best=3, unit="people")
    found = diff(first, published(draft), NOBODY)

    page = render_to_string("incidents/_diff.html", {"diff": found})

    assert re.search(r"<del><span class=\"unseen\">removed: </span>port", page)
    assert re.search(r"<ins><span class=\"unseen\">added: </span>station", page)
    assert "Removed" in page


def test_what_is_typed_into_a_text_stays_text(first: Incident) -> None:
    after = published(revised(first, title="Fire at a <b>warehouse</b> in Gdańsk"))

    page = render_to_string("incidents/_diff.html", {"diff": diff(first, after, NOBODY)})

    assert "<b>" not in page
