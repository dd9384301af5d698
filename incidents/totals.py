"""Totals that an article reports, beside the figures that the ledger of reported figures holds.

A total may be another rendition of a figure where both are of one period and say the same number,
or the same claimant says one that is close of the same area; a person decides, and sees in what the
two differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.models import User

from articles import edtf
from articles.countries import COUNTRIES
from articles.models import Article
from articles.text import tokens

from .codebook import Qualifier
from .figures import COMPARED, differences, plain
from .models import Rendition, ReportedFigure
from .proposals import Proposal
from .suggestions.figures import Figure

# A name of fewer letters is no name to know a claimant by.
SHORTEST: Final = 4
MOST_KNOWN: Final = 3
# Fewer are told of one event, and no total that others repeat: three men were arrested.
LEAST: Final = 10
# Up to so many times the number, the same claimant may have been understood otherwise.
CLOSE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Known:
    """A figure of the ledger that a total may be a rendition of, and in what the two differ."""

    figure: ReportedFigure
    differs: list[str]
    told: bool


@dataclass(frozen=True, slots=True)
class Total:
    """A total of an article, what a form for it holds, and the figures it may be one of."""

    figure: Figure
    fields: dict[str, str]
    article: int | None
    known: list[Known]

    @property
    def number(self) -> str:
        """The number as it is read, thousands apart."""
        return plain(Decimal(self.figure.number))

    @property
    def rendition(self) -> str:
        """The query that fills the row of a rendition."""
        held = {**self.fields, "article": str(self.article)}
        return "?" + urlencode({f"rendition_{name}": value for name, value in held.items()})

    @property
    def entry(self) -> str:
        """The query that fills the form of a new figure, with its first rendition."""
        fields = {name: value for name, value in self.fields.items() if name != "value"}
        held = {**fields, "best": self.fields["value"], "claimant": self.figure.claimant}
        more = f"&{self.rendition[1:]}" if self.article else ""
        return f"?{urlencode(held)}{more}"


def totals(proposal: Proposal, user: User) -> list[Total]:
    """Return the totals of an article with the figures that `user` may see."""
    if not proposal.figures:
        return []
    ledger = list(ReportedFigure.objects.visible_to(user))
    told = _told_in(proposal, user)
    return [
        _total(proposal, figure, ledger, told)
        for figure in proposal.figures
        if figure.number >= LEAST
    ]


def _told_in(proposal: Proposal, user: User) -> set[int]:
    """Return the figures of which the article is a rendition already, as far as `user` reads it."""
    articles = Article.objects.visible_to(user).at_address(proposal.url)
    rows = Rendition.objects.filter(article__in=articles)
    return set(rows.values_list("figure", flat=True))


def _total(
    proposal: Proposal, figure: Figure, ledger: Iterable[ReportedFigure], told: set[int]
) -> Total:
    who = " ".join([figure.claimant, *(one.value for one in proposal.found.claimants)])
    fields = {
        "value": str(figure.number),
        "qualifier": str(Qualifier(figure.qualifier)),
        "what": figure.text[:200],
        "area": COUNTRIES.get(figure.area, figure.area),
        "period": figure.period,
    }
    alike = [one for one in ledger if _alike(one, figure, who)]
    alike.sort(key=lambda one: Decimal(figure.number) not in (one.low, one.best, one.high))
    known = [Known(one, _differs(one, fields), one.pk in told) for one in alike[:MOST_KNOWN]]
    return Total(figure, fields, proposal.article_key, known)


def _alike(one: ReportedFigure, figure: Figure, who: str) -> bool:
    if figure.period and not _meet(one.period, figure.period):
        return False
    values = [float(value) for value in (one.low, one.best, one.high) if value]
    names = {token for token in tokens(one.claimant) if len(token) >= SHORTEST}
    said = bool(names & set(tokens(who)))
    same = float(figure.number) in values
    close = any(value / CLOSE <= figure.number <= value * CLOSE for value in values)
    area = COUNTRIES.get(figure.area, figure.area).casefold()
    there = area in ("", one.area.casefold())
    return (same and (bool(figure.period) or said)) or (close and said and there)


def _meet(one: str, other: str) -> bool:
    """Tell whether two periods have a day in common."""
    first, second = (edtf.parse(text) for text in (one, other))
    return first.start.first <= second.end.last and second.start.first <= first.end.last


def _differs(one: ReportedFigure, fields: dict[str, Any]) -> list[str]:
    row = Rendition(figure=one, **{**fields, "value": Decimal(fields["value"])})
    row.attributed_to = one.attributed_to
    # The words of a sentence are never those of the ledger.
    return [str(COMPARED[name]) for name in differences(one, row) if name != "what"]
