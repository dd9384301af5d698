"""Outlets and articles as they are read: what they are, and what rests on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from articles.countries import LANGUAGES
from articles.models import Article, Capture, Publisher, PublisherDomain
from articles.querysets import reads_unpublished

from . import cursors
from .directories import (
    NOTHING,
    PAGE,
    SHOWN,
    Reader,
    Tally,
    asked,
    public_claims,
    tallies,
)
from .facets import Choice
from .filters import query_of
from .listings import Listing
from .models import Citation, Claim
from .parameters import shown
from .questions import NONE
from .refusals import InvalidQuestion

SALT: Final = "incidents.sources"
# The newest captures that the page of an article tells of.
KEPT: Final = 10


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet with its articles and the incidents that rest on them."""

    outlet: Publisher
    articles: int
    incidents: Tally


@dataclass(frozen=True, slots=True)
class OutletPage:
    """An outlet with what was merged into it, some of its articles, and what rests on them."""

    outlet: Publisher
    languages: list[str]
    names: list[str]
    domains: list[str]
    articles: list[Article]
    more_articles: int
    incidents: Listing


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A page of articles, and by what they can be narrowed."""

    articles: list[Article]
    total: int
    outlets: list[Choice]
    languages: list[Choice]
    narrowed: bool
    later: bool
    query: str
    next_query: str | None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article, where it came from, what it says of whom, what rests on it, and what is kept.

    Its text, which is others' work, is there for staff only.
    """

    article: Article
    taken_from: Article | None
    copies: list[Article]
    claims: list[Any]
    incidents: Listing
    captures: list[Capture]
    more_captures: int
    text: str


def outlets(user: Reader) -> list[OutletRow]:
    """Return the outlets that `user` may see, by name."""
    resting = tallies(user, "publisher", series="all")
    held = _numbers(user, "publisher__slug")
    return [
        OutletRow(one, held.get(one.slug, 0), resting.get(one.slug, NOTHING))
        for one in Publisher.objects.visible_to(user)
    ]


def outlet(slug: str, user: Reader) -> OutletPage | str:
    """Return an outlet, or the address name of the one that it was merged into.

    Raises Http404 alike for what is not there and what `user` may not see.
    """
    found = Publisher.objects.visible_to(user).filter(slug=slug).first()
    if found is None:
        merged = Publisher.objects.merged_for(user).filter(slug=slug).first()
        if merged is None:
            raise Http404
        return str(merged.survivor.slug)
    brought = list(Publisher.objects.merged_for(user).filter(merged_into=found).order_by("name"))
    further = PublisherDomain.objects.filter(publisher__in=[found, *brought])
    domains = {*further.values_list("domain", flat=True), *(one.domain for one in brought)}
    own = _latest_first(Article.objects.visible_to(user).filter(publisher=found))
    listed = list(own[: SHOWN + 1])
    return OutletPage(
        outlet=found,
        languages=[_language(code) for code in (found.language, *found.other_languages) if code],
        names=[one.name for one in brought],
        domains=[*filter(None, (found.domain, *sorted(domains - {found.domain})))],
        articles=listed[:SHOWN],
        more_articles=max(0, own.count() - SHOWN) if len(listed) > SHOWN else 0,
        incidents=asked(user, publisher=slug, series="all"),
    )


def articles(user: Reader, publisher: str = "", language: str = "", after: str = "") -> ArticleList:
    """Return a page of the articles that `user` may see, the latest published first.

    Raises InvalidQuestion where an outlet, a language or a page is not there.
    """
    called = dict(Publisher.objects.visible_to(user).values_list("slug", "name"))
    _refuse_unlisted(publisher, language, called)
    visible = Article.objects.visible_to(user)
    narrowed = visible
    if publisher:
        narrowed = narrowed.filter(publisher__slug=publisher)
    if language:
        narrowed = narrowed.filter(language="" if language == NONE else language)
    found = _latest_first(narrowed)
    if after:
        key, pk = _read(after, visible)
        beyond = Q(sort_key__lt=key) | Q(sort_key=key, pk__lt=pk)
        found = found.filter(beyond)
    page = list(found.select_related("publisher")[: PAGE + 1])
    following = None
    if len(page) > PAGE:
        page = page[:PAGE]
        cursor = _write(page[-1], visible)
        following = _query(publisher=publisher, language=language, after=cursor)
    of_outlets, of_languages = _numbers(user, "publisher__slug"), _numbers(user, "language")
    return ArticleList(
        articles=page,
        total=narrowed.count(),
        outlets=[
            Choice(slug, name, of_outlets[slug], slug == publisher)
            for slug, name in called.items()
            if slug in of_outlets
        ],
        languages=sorted(
            (
                Choice(code or NONE, _language(code), n, (code or NONE) == language)
                for code, n in of_languages.items()
                if code is not None
            ),
            key=lambda choice: (-(choice.count or 0), choice.label),
        ),
        narrowed=bool(publisher or language),
        later=bool(after),
        query=_query(publisher=publisher, language=language),
        next_query=following,
    )


def article(digest: str, user: Reader) -> ArticlePage | str:
    """Return the article at an address by its digest, or its digest by the one it had before.

    Raises Http404 alike for what is not there and what `user` may not see.
    """
    visible = Article.objects.visible_to(user).select_related("publisher")
    found = visible.filter(address_digest=digest).order_by("pk").first()
    if found is None:
        former = visible.filter(former_digest=digest).order_by("pk").first()
        if former is None:
            raise Http404
        return str(former.address_digest)
    citing = Citation.objects.visible_to(user).filter(article__address_digest=digest)
    links = Claim.citations.through.objects.filter(citation__in=citing)
    claims = public_claims(user).filter(pk__in=links.values("claim"))
    captures = Capture.objects.visible_to(user).filter(article=found)
    kept = list(captures.only("at", "verdict", "content")[: KEPT + 1])
    return ArticlePage(
        article=found,
        taken_from=visible.filter(pk=found.derived_from_id or 0).first(),
        copies=list(_latest_first(visible.filter(derived_from=found))[:SHOWN]),
        claims=list(claims.order_by("date_to", "date_from", "pk")),
        incidents=asked(user, article=digest, series="all"),
        captures=kept[:KEPT],
        more_captures=captures.count() - KEPT if len(kept) > KEPT else 0,
        text=found.text if reads_unpublished(user) else "",
    )


def _latest_first(found: Any) -> Any:
    """Order articles by the last day on which they may have been published; undated ones last."""
    dated = found.annotate(sort_key=Coalesce(F("published_to"), Value(date.min)))
    return dated.order_by("-sort_key", "-pk")


def _numbers(user: Reader, column: str) -> dict[Any, int]:
    """Return how many articles `user` may see of each value of a column."""
    rows = Article.objects.visible_to(user).order_by().values_list(column)
    return dict(rows.annotate(n=Count("pk")))


def _refuse_unlisted(publisher: str, language: str, outlets: Iterable[str]) -> None:
    errors = {}
    if publisher and publisher not in outlets:
        errors["publisher"] = [_("No entry %(slug)s.") % {"slug": shown(publisher)}]
    if language and language not in (*LANGUAGES, NONE):
        errors["language"] = [_("%(code)s is no language here.") % {"code": shown(language)}]
    if errors:
        raise InvalidQuestion(errors)


def _write(last: Any, visible: Any) -> str:
    """Return the cursor of the page after an article."""
    return cursors.write(SALT, [last.sort_key.isoformat(), cursors.named(last, visible)])


def _read(cursor: str, visible: Any) -> tuple[date, int]:
    key, name = cursors.read(SALT, cursor) or ["", None]
    pk = cursors.key_of(name, visible) if name else None
    if pk is None:
        raise cursors.no_such_page("after")
    return date.fromisoformat(key), pk


def _query(**params: str) -> str:
    return query_of({name: [value] for name, value in params.items() if value}).urlencode()


def _language(code: str) -> str:
    return LANGUAGES.get(code, code) if code else _("Language not said")
