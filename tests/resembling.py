"""How well the incident of an article is found: the starter incidents, each article left out once.

    DEBUG=1 .venv/bin/python -m tests.scratch resembling

A database of its own is made in memory and filled with the starter data. Of every incident with
two sources or more each citation is removed in turn, and title, address, language and day of the
article are asked for; or a form is, which holds country, type and a title made of both, with what
its article says or without; or all that the record says, as at review, which only its own record
could answer. Then the same is asked without the incident itself: what comes then and shares neither
campaign nor source with it is a false candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from articles.models import Article
from incidents import starter, triggers
from incidents.models import Citation, Incident
from incidents.resembling import MOST, Signs, candidates, of_edition, shown_of, signs

Ask = Callable[[Incident, Article], Signs]


@dataclass(slots=True)
class Measured:
    """Where the incidents of articles came, and how many others came without them."""

    ranks: list[int | None] = field(default_factory=list)
    points: list[float] = field(default_factory=list)
    false: list[list[float]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    # The points from which on candidates are shown to whoever asks so.
    shown: float = float("nan")

    def recall(self, within: int, least: float = float("-inf")) -> float:
        """Return the share of articles whose incident came so early, with so many points."""
        pairs = zip(self.ranks, self.points, strict=True)
        right = [rank is not None and rank < within and has >= least for rank, has in pairs]
        return sum(right) / len(right)

    def false_at(self, least: float) -> float:
        """Return how many false candidates an article has on average, of so many points."""
        return sum(has >= least for some in self.false for has in some) / len(self.false)


@contextmanager
def held_out() -> Iterator[None]:
    """Take back what is written within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def by_article(_edition: Incident, article: Article) -> Signs:
    """Return the signs of an article alone."""
    return signs(
        article.title, urls=[article.url], published=article.published, language=article.language
    )


def by_form(edition: Incident, article: Article) -> Signs:
    """Return the signs of a form that holds country and type, of an article that is here."""
    return signs(
        f"{edition.get_event_type_display()} in {edition.country}",
        article.title,
        urls=[article.url],
        published=article.published,
        language=article.language,
        countries=[edition.country],
        event_types=[edition.event_type],
        coded=True,
    )


def by_form_alone(edition: Incident, article: Article) -> Signs:
    """Return the signs of the same form, of an article that is not here yet."""
    return by_form(edition, Article(url=article.url))


def by_record(edition: Incident, _article: Article) -> Signs:
    """Return the signs of all that a record says."""
    return of_edition(edition, starter.system_users()[0])


def measure(every: int = 1, ask: Ask = by_article) -> Measured:
    """Ask for the incident of every so many-th article of the starter data, which is loaded."""
    user = starter.system_users()[0]
    measured = Measured()
    rows = Citation.objects.select_related("article", "incident").order_by("pk")
    for citation in list(rows)[::every]:
        edition, article = citation.incident, citation.article
        if edition.citations.count() < 2:
            continue
        asked = ask(edition, article)
        related = set(Incident.objects.filter(campaign=edition.campaign_id or 0).values_list("pk"))
        shared = edition.citations.values("article")
        related |= set(Citation.objects.filter(article__in=shared).values_list("incident"))
        with held_out():
            citation.delete()
            came = candidates(asked, user, most=50, least=float("-inf"))
            others = candidates(
                asked, user, most=50, least=float("-inf"), without={edition.record_id}
            )
        # What still cites the article is its incident as well, and is no wrong answer.
        came = [one for one in came if not one.cites]
        keys = [one.incident.pk for one in came]
        rank = keys.index(edition.pk) if edition.pk in keys else None
        measured.shown = shown_of(asked)
        measured.ranks.append(rank)
        measured.points.append(float("-inf") if rank is None else came[rank].points)
        false = [
            one.points for one in others if not one.cites and (one.incident.pk,) not in related
        ]
        measured.false.append(false[:MOST])
        if rank is None or rank >= MOST:
            measured.missed.append(f"{rank} {edition.title} <- {article.title}")
    return measured


def main(arguments: list[str]) -> int:
    """Measure on all of the starter data, and say what was found."""
    starter.load()
    for ask in (by_record, by_form_alone, by_form, by_article):
        with triggers.lifted():
            measured = measure(ask=ask)
        one, three = measured.recall(1), measured.recall(MOST)
        asked = f"{len(measured.ranks)} articles, {ask.__name__}"
        print(f"{asked}: recall@1 {one:.3f}, recall@3 {three:.3f}")  # noqa: T201
        for least in sorted({measured.shown, *(half / 2 for half in range(18, 29))}):
            found, false = measured.recall(MOST, least), measured.false_at(least)
            shown = ", shown" if least == measured.shown else ""
            print(f"{least:5.1f} points: recall@3 {found:.3f}, false {false:.3f}{shown}")  # noqa: T201
    print(*measured.missed, sep="\n")  # noqa: T201
    return 0
