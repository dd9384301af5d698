"""What a reviewer reads: what differs, what to look at, what was said; and what an edit does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import Article
from incidents import review
from incidents.codebook import State
from incidents.models import Comment, Incident
from tests import make
from tests.forms import fields

from .reviewing import LIST, checker, page_of, second, state_of

__all__ = ["checker", "second"]

pytestmark = pytest.mark.django_db


# -- editing ---------------------------------------------------------------------------------


def test_an_edit_takes_an_edition_out_of_review_and_the_form_says_so_before(
    desk: Client, analyst: User
) -> None:
    edition = make.incident(state="in_review", author=analyst)

    form = page_of(desk, edition, "change")
    save(desk, edition, title="Fire in a hangar in Warsaw")

    assert "takes it out of review" in form
    edited = Incident.objects.get(pk=edition.pk)
    assert (edited.state, edited.title) == (State.DRAFT, "Fire in a hangar in Warsaw")
    assert edited.version > edition.version
    assert edited.comments.get().act == "voided"


def test_a_comment_beside_the_form_changes_nothing_and_makes_nobody_an_author(
    second: Client, checker: User
) -> None:
    edition = make.incident(state="in_review")

    save(second, edition, comment="Is the date in local time?")

    said = Comment.objects.get()
    assert (said.act, said.text) == ("said", "Is the date in local time?")
    assert state_of(edition) == State.IN_REVIEW
    assert checker not in edition.authors.all()


def save(client: Client, edition: Incident, **typed: str) -> Any:
    """Open the form of an edition, type something, and save."""
    form = f"{LIST}{edition.pk}/change/"
    shown = fields(client.get(form).content.decode(), "incident_form")
    return client.post(form, {**shown, **typed})


# -- the page of a reviewer --------------------------------------------------------------------


def test_a_reviewer_is_told_what_is_missing_and_what_is_doubtful(second: Client) -> None:
    person = make.actor("Somebody Unheard Of", kind="individual")
    dead = make.article(title="A page that is gone", dead_since="2025-01-31")
    edition = make.incident(
        "Russian agents burn a warehouse",
        state="in_review",
        citations=[dead],
        claims=[{"actor": person}],
    )
    edition.effects.all().delete()
    edition.claims.update(marking="amber")

    page = page_of(second, edition)

    assert "Say what it did" in page
    assert "A page that is gone” no longer answers since 2025-01-31" in page
    assert "no independent one" in page
    assert "Somebody Unheard Of is a person and is accused at level 3" in page
    assert "It names Russian." in page
    assert "is TLP:AMBER and is hidden from others" in page


def test_a_reviewer_is_told_which_record_may_be_the_same_as_a_new_one(
    second: Client, checker: User, analyst: User
) -> None:
    article = make.article()
    make.incident("Fire in a shed", citations=[article])
    hidden = make.incident("Fire in a vault", citations=[article], state="draft", marking="red")
    edition = make.incident("Fire in a depot", citations=[article], state="in_review")

    before = page_of(second, edition)
    review.approve(edition, by=checker)
    revision = review.revise(edition, by=analyst)

    assert "“Fire in a shed”, may be the same incident. It cites this article." in before
    assert hidden.title not in before
    assert "may be the same incident" not in page_of(second, revision)


def test_a_reviewer_reads_each_article_and_the_level_and_kind_of_each_claim(
    second: Client, checker: User
) -> None:
    kept, bare = make.article(title="A kept report"), make.article(title="A bare report")
    make.capture(kept)
    edition = make.incident(
        state="in_review",
        citations=[kept, bare],
        claims=[
            {"state": "RU", "kind": "unnamed_official", "form": "anonymous_briefing"},
            {"state": "BY", "stance": "suggests"},
        ],
    )
    edition.claims.filter(responsible_state="BY").update(confidence_stated="high")

    shown = page_of(second, edition)
    rights = Permission.objects.filter(codename__in=("view_article", "change_article"))
    checker.user_permissions.remove(*rights)
    without = page_of(second, edition)

    page = " ".join(re.sub(r"<[^>]+>", " ", shown).split())

    links = [f'href="/admin/articles/article/{one.pk}/captures/"' for one in (kept, bare)]
    assert [link in shown for link in links] == [True, True]
    assert [link in without for link in links] == [False, False]
    assert "Read it: 1 capture : A kept report" in page
    assert "Nothing is captured of it : A bare report" in page
    assert "Level 1 Reported" in page
    assert "says that it was the work of Russia Claimant Unnamed official Stance Asserts" in page
    assert "hints that it was the work of Belarus" in page
    assert "Stance Suggests" in page
    assert "Confidence High" in page


def test_codes_keep_their_order_when_another_field_is_edited(desk: Client, analyst: User) -> None:
    draft = make.incident(state="draft", author=analyst, means=["mechanical", "incendiary"])

    save(desk, draft, title="Fire in a depot in Gdynia")

    draft.refresh_from_db()
    assert draft.title == "Fire in a depot in Gdynia"
    assert draft.means == ["mechanical", "incendiary"]


def test_nothing_is_doubtful_about_a_sound_edition(second: Client) -> None:
    person = make.actor("Somebody Convicted", kind="individual")
    edition = make.incident(
        state="in_review",
        citations=[make.article(), make.article()],
        claims=[{"actor": person, "kind": "prosecutor_court", "form": "conviction"}],
    )

    assert "Look at this before you decide" not in page_of(second, edition)


def test_a_revision_that_lowers_the_present_marking_is_told(second: Client, analyst: User) -> None:
    public = make.incident(author=analyst)
    draft = review.revise(public, by=analyst)
    make.marked(public, "amber")
    draft.refresh_from_db()
    draft.change_reason = "correction"
    draft.save()
    review.submit(draft, by=analyst)

    assert "lowers the present marking of the record from TLP:AMBER to TLP:CLEAR" in page_of(
        second, draft
    )


def test_a_form_that_changes_nothing_leaves_the_edition_in_review(
    second: Client, checker: User
) -> None:
    edition = make.incident(state="in_review")

    save(second, edition)

    assert state_of(edition) == State.IN_REVIEW
    assert Incident.objects.get().version == edition.version
    assert checker not in edition.authors.all()


def test_doubts_tell_nothing_of_rows_that_the_reviewer_may_not_see(second: Client) -> None:
    edition = make.incident(state="in_review", marking="amber", author=make.user("w", staff=True))
    secret = make.claim(edition, actor=make.actor("A hidden person", kind="individual"))
    type(secret).objects.filter(pk=secret.pk).update(marking="red")
    Article.objects.update(title="A hidden article", marking="red", dead_since="2025-01-31")

    page = page_of(second, edition)

    assert "A hidden person" not in page
    assert "A hidden article" not in page


def test_what_was_said_stands_in_time_and_only_staff_who_read_the_edition_see_it(
    desk: Client, second: Client, analyst: User
) -> None:
    edition = make.incident(state="in_review", author=analyst)

    second.post(f"{LIST}{edition.pk}/comment/", {"text": "Which police?"})
    desk.post(f"{LIST}{edition.pk}/comment/", {"text": "That of Łódź."})
    empty = desk.post(f"{LIST}{edition.pk}/comment/", {"text": " "}).content.decode()
    make.publish(edition)

    page = page_of(desk, edition)
    assert page.index("Which police?") < page.index("That of Łódź.") < page.index("Approved")
    assert "There is no comment yet." in empty
    for path in (
        f"/incidents/{edition.record.reference}/",
        f"/api/v1/incidents/{edition.record.reference}/",
        "/api/v1/incidents.csv",
        "/api/v1/incidents.geojson",
    ):
        answer: Any = desk.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Which police?" not in body
