"""Introductions: written by one, read by everybody once another one approved it, never lost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from incidents import introductions
from incidents.codebook import Subject
from incidents.models import Introduction
from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db

PAGE = "/introductions/country/PL/"
TEXT = "Much happens here: {count country=PL}."


@pytest.fixture
def author() -> User:
    """Make an analyst who writes."""
    return make.user("anna", staff=True)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def written(author: User, text: str = TEXT) -> Introduction:
    return introductions.write(Subject.COUNTRY, "PL", text, author)


def test_a_text_is_read_by_staff_at_its_desk_and_by_everybody_once_approved(author: User) -> None:
    make.incident()
    text = written(author)

    assert "Much happens" not in page("/countries/PL/")
    assert "A text waits for a second person" in words(page("/countries/PL/", logged_in(author)))
    assert "Much happens" in page(PAGE, logged_in(author))

    introductions.approve(text, make.reviewer())

    told = words(page("/countries/PL/"))
    assert f"Much happens here: 1 (as of {timezone.now():%-d %B %Y})" in told
    assert "Change the introduction" not in told


def test_the_present_text_stays_while_a_new_one_waits_and_both_are_kept(author: User) -> None:
    introductions.approve(written(author), make.reviewer())
    written(author, "Something else happens here.")

    assert "Much happens" in page("/countries/PL/")
    history = words(page(PAGE, logged_in(author)))
    assert "What everybody reads Much happens" in history
    assert "Waits for a second person Something else" in history


def test_the_author_may_not_approve_and_nobody_but_a_reviewer_may(author: User) -> None:
    reviewer = make.reviewer()
    own = written(reviewer)
    with pytest.raises(ValidationError, match="second person"):
        introductions.approve(own, reviewer)
    other = written(author, "Another text.")
    with pytest.raises(ValidationError, match="reviewers"):
        introductions.approve(other, make.user("carl", staff=True))
    with pytest.raises(ValidationError, match="waits no more"):
        introductions.approve(own, make.reviewer("third"))


def test_the_database_refuses_a_text_that_its_author_approved(author: User) -> None:
    text = written(author)

    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.filter(pk=text.pk).update(
            approved_by=author, approved_at=timezone.now()
        )


def test_a_wrong_number_is_refused_and_what_was_typed_comes_back(author: User) -> None:
    client = logged_in(author)

    answer = client.post(f"{PAGE}write/", {"text": "Wrong: {count country=Poland}."})

    told = words(answer.content.decode())
    assert answer.status_code == 400
    assert "Poland: PL." in told
    assert "Wrong: {count country=Poland}." in told
    assert not Introduction.objects.exists()


def test_by_form_a_text_is_written_and_approved(author: User) -> None:
    client = logged_in(author)
    assert client.post(f"{PAGE}write/", {"text": TEXT}).status_code == 302
    again = client.post(f"{PAGE}write/", {"text": TEXT})
    assert "what is written already" in words(again.content.decode())
    text = Introduction.objects.get()

    refused = client.post(f"{PAGE}{text.pk}/approve/")
    assert "Only reviewers" in words(refused.content.decode())
    reviewer = logged_in(make.reviewer())
    assert "Poland" in words(page("/introductions/", reviewer))
    assert reviewer.post(f"{PAGE}{text.pk}/approve/").status_code == 302

    text.refresh_from_db()
    assert text.approved_by is not None
    assert "None waits." in words(page("/introductions/", reviewer))


def test_what_was_hidden_since_it_was_written_keeps_a_text_from_the_public(author: User) -> None:
    unit = make.actor("Unit 1")
    edition = make.incident(claims=[{"actor": unit}])
    text = written(author, "Theirs: {count actor=unit-1}.")

    make.marked(edition, "amber")

    with pytest.raises(ValidationError, match="unit-1"):
        introductions.approve(text, make.reviewer())
    text.refresh_from_db()
    assert text.approved_at is None


@pytest.mark.parametrize(
    ("kind", "path"),
    [("actor", "/actors/{}/"), ("campaign", "/campaigns/{}/"), ("outlet", "/outlets/{}/")],
)
def test_what_is_hidden_has_no_introduction_that_tells_of_it(
    kind: str, path: str, author: User
) -> None:
    actor, campaign, outlet = make.actor(), make.campaign(), make.publisher()
    citation = make.article(publisher=outlet)
    make.incident(
        claims=[{"actor": actor}], campaign=campaign, citations=[citation], marking="amber"
    )
    slug = {"actor": actor.slug, "campaign": campaign.slug, "outlet": outlet.slug}[kind]
    text = introductions.write(kind, slug, "A secret text.", author)
    introductions.approve(text, make.reviewer())

    assert "A secret text." in page(path.format(slug), logged_in(author))
    assert "secret" not in page(path.format(slug), status=404)


@pytest.mark.parametrize("kind", ["actor", "campaign", "outlet"])
def test_a_text_is_read_only_where_its_subject_is(kind: str, author: User) -> None:
    """All staff see all subjects, so this is asked as somebody whom the desk does not let in."""
    actor, campaign, outlet = make.actor("Odd"), make.campaign("Odd"), make.publisher("Odd")
    source = make.article(publisher=outlet)
    make.incident(marking="amber", claims=[{"actor": actor}], campaign=campaign, citations=[source])
    introductions.write(kind, "odd", "A secret text.", author)
    partner = make.user("petra")

    assert introductions.called(kind, "odd", author) == "Odd"
    assert [one.called for one in introductions.waiting(author)] == ["Odd"]
    for subject in ("odd", "nobody"):
        with pytest.raises(Http404):
            introductions.called(kind, subject, partner)
        with pytest.raises(Http404):
            introductions.write(kind, subject, "Mine.", partner)


def test_others_than_staff_have_no_such_desk(author: User) -> None:
    written(author)
    partner = logged_in(make.user("petra"))

    for url in ("/introductions/", PAGE):
        assert partner.get(url).status_code == 404
        assert Client().get(url).status_code == 302
    assert partner.post(f"{PAGE}write/", {"text": "Mine."}).status_code == 404
    assert partner.post(f"{PAGE}{Introduction.objects.get().pk}/approve/").status_code == 404


@pytest.mark.parametrize("subject", ["country/XX", "planet/mars", "actor/nobody", "sector/x"])
def test_what_is_no_subject_has_no_page(subject: str, author: User) -> None:
    assert logged_in(author).get(f"/introductions/{subject}/").status_code == 404


def test_a_note_of_a_reported_figure_holds_live_numbers_too(author: User) -> None:
    make.incident()
    make.figure(note="Ours: {count country=PL}.")

    assert "Ours: 1 (as of" in words(page("/reported-figures/"))
