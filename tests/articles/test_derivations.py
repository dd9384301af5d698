"""Copies and named sources are proposed, never decided; a decision makes no circle."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles import derivations, similarity
from articles.codebook import Decision, DerivationSign
from articles.models import Article, Band, Capture, Derivation
from tests import make

pytestmark = pytest.mark.django_db


def told(about: str, *, ending: str = "") -> str:
    """Return a story of its own about something."""
    said = " ".join(
        f"{about} number {n} left the harbour late, and the {about} master of pier {n * 7} said so."
        for n in range(40)
    )
    return f"{said} {ending}"


def captured(article: Article, text: str, **said: str) -> Capture:
    return make.capture(article, text, signature=similarity.signature(text), **said)


def pair(text: str = "", *days: str) -> tuple[Article, Article, list[Derivation]]:
    """Capture one story at two addresses, and return what is proposed of the second."""
    first, second = (make.article(published=day) for day in days or ("2024-05-01", "2024-05-02"))
    derivations.propose(captured(first, told("ferry")))
    return first, second, derivations.propose(captured(second, text or told("ferry")))


def test_a_copy_is_proposed_as_taken_from_the_one_published_first() -> None:
    first, second, made = pair(told("ferry", ending="This is what another outlet adds."))

    assert [(row.article, row.source, row.sign) for row in made] == [
        (second, first, DerivationSign.COPY)
    ]
    assert made[0].resemblance is not None
    assert made[0].resemblance >= similarity.THRESHOLD


def test_what_is_captured_later_may_be_the_source() -> None:
    first, second, made = pair("", "2024-05-02", "2024-05-01")

    assert [(row.article, row.source) for row in made] == [(first, second)]


def test_another_story_is_not_proposed() -> None:
    _first, _second, made = pair(told("drone"))

    assert made == []
    assert Band.objects.exists()


def test_many_copies_lead_to_one_root() -> None:
    articles = [make.article(published=f"2024-05-{day:02}") for day in range(1, 8)]
    for article in articles:
        derivations.propose(captured(article, told("ferry")))

    rows = Derivation.objects.all()
    assert {row.source for row in rows} == {articles[0]}
    assert {row.article for row in rows} == set(articles[1:])


def test_a_source_that_the_text_names_is_proposed_once() -> None:
    article = make.article()
    for _n in range(2):
        derivations.propose(captured(article, told("ferry"), origin="Agence of the Coast"))

    named = Derivation.objects.get()
    assert (named.source, named.origin) == (None, "Agence of the Coast")


def test_nothing_changes_until_somebody_decides_and_a_refusal_changes_nothing() -> None:
    _first, second, made = pair()
    by = make.user("analyst", staff=True)

    derivations.decide(made[0], Decision.REFUSED, by=by)

    second.refresh_from_db()
    assert second.derived_from is None
    assert (made[0].decision, made[0].decided_by) == (Decision.REFUSED, by)


def test_what_is_accepted_is_written_to_the_article() -> None:
    first, second, made = pair()
    by = make.user("analyst", staff=True)

    derivations.decide(made[0], Decision.ACCEPTED, by=by)
    named = Derivation.objects.create(article=second, origin="The Agency", sign="named")
    derivations.decide(named, Decision.ACCEPTED, by=by)

    second.refresh_from_db()
    assert (second.derived_from, second.wire_origin) == (first, "The Agency")


def test_a_proposal_is_decided_once() -> None:
    _first, second, made = pair()
    stale = Derivation.objects.get(pk=made[0].pk)
    derivations.decide(made[0], Decision.REFUSED, by=make.user("anna", staff=True))

    with pytest.raises(ValidationError, match="anna decided this by now: Refused"):
        derivations.decide(stale, Decision.ACCEPTED, by=make.user("boris", staff=True))

    second.refresh_from_db()
    assert second.derived_from is None


def test_an_article_is_not_taken_from_itself_by_way_of_others() -> None:
    first, second, made = pair()
    Article.objects.filter(pk=first.pk).update(derived_from=second)

    with pytest.raises(ValidationError, match="was itself taken from this article"):
        derivations.decide(made[0], Decision.ACCEPTED, by=make.user("analyst", staff=True))

    second.refresh_from_db()
    made[0].refresh_from_db()
    assert (second.derived_from, made[0].decision) == (None, Decision.OPEN)


def test_a_sign_is_read_by_who_reads_both_articles() -> None:
    _first, second, _made = pair()
    reader = make.user("reader", staff=True)
    assert Derivation.objects.visible_to(reader).count() == 1

    Article.objects.filter(pk=second.pk).update(marking="red")

    assert Derivation.objects.visible_to(reader).count() == 0
