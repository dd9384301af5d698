"""Writes to articles and outlets that keep a rule."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from . import canonical
from .clearance import clearance
from .codebook import Marking
from .models import Article, Organisation, Publisher, PublisherDomain
from .text import folded, slugged

MAX_NAME: Final = 120


def outlet_at(url: str) -> Publisher:
    """Return the outlet whose domain an address belongs to, making one where none is known.

    A subdomain belongs to the outlet of its domain where that one is listed; what belongs to an
    outlet that was merged belongs to the one that stays.
    """
    domains = canonical.domains(url)
    further = PublisherDomain.objects.filter(domain__in=domains)
    listed: dict[str, Publisher] = {
        row.domain: row.publisher for row in further.select_related("publisher__merged_into")
    }
    main = Publisher.objects.filter(domain__in=domains).select_related("merged_into")
    listed |= {outlet.domain: outlet for outlet in main.order_by("-pk")}
    for domain in domains:
        if domain in listed:
            return listed[domain].survivor
    host = domains[0]
    made: Publisher = Publisher.objects.get_or_create(
        name=host[:MAX_NAME], defaults={"slug": free_slug(host), "domain": host}
    )[0]
    return made.survivor


class Naming(Protocol):
    """A text as far as it says whose it is."""

    @property
    def publisher_id(self) -> int | None:
        """The outlet that published it."""

    @property
    def wire_origin(self) -> str:
        """The wire that it names."""


def called(texts: Collection[Naming]) -> dict[str, int]:
    """Return which outlet is called how, by folded name, where a text names a wire.

    Told are the outlets of the texts, and all that were merged.
    """
    if not any(text.wire_origin for text in texts):
        return {}
    outlets = {text.publisher_id for text in texts}
    told = Q(pk__in=outlets) | Q(merged_into__isnull=False) | Q(merged__isnull=False)
    names = Publisher.objects.filter(told).order_by("-pk").values_list("pk", "merged_into", "name")
    return {folded(name): into or key for key, into, name in names}


def house() -> Organisation:
    """Return the first organisation, making one where there is none."""
    first = Organisation.objects.order_by("pk").first()
    return first or Organisation.objects.create(name="This organisation", slug="this-organisation")


def free_slug(name: str) -> str:
    """Return an address name made from `name` that no outlet has."""
    stem = slugged(name) or "outlet"
    taken = set(Publisher.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for n in range(len(taken) + 1) if (slug := f"{stem}-{n}" if n else stem) not in taken
    )


@transaction.atomic
def article_at(url: str, *, by: User, marking: str = Marking.AMBER) -> tuple[Article, bool]:
    """Return the article at an address that `by` may read and whether it was new.

    A new one takes its outlet and language from the address.
    """
    known = Article.objects.visible_to(by).at_address(url).order_by("pk").first()
    if known:
        return known, False
    outlet = outlet_at(url)
    article = Article(
        url=url,
        publisher=outlet,
        language=outlet.language,
        marking=marking,
        added_by=by,
        organisation_id=clearance(by).organisation,
    )
    article.full_clean()
    article.save()
    return article, True


def release(
    articles: Collection[int],
    to: Marking,
    *,
    shared_with: Collection[Organisation] = (),
    readers: Collection[User] = (),
) -> None:
    """Let those who may read something published read the articles that it rests on.

    A stricter marking is lowered to `to`; sharing and named readers are added.
    """
    stricter = [marking for marking in Marking if marking.strictness > to.strictness]
    rows = Article.objects.filter(pk__in=articles)
    rows.filter(marking__in=stricter).update(marking=to)
    rows.update(released=True)
    share(articles, to, shared_with=shared_with, readers=readers)


def share(
    articles: Collection[int],
    cited_at: Marking,
    *,
    shared_with: Collection[Organisation] = (),
    readers: Collection[User] = (),
) -> None:
    """Share articles with organisations and name their readers, beside those there are.

    That is done as far as it counts for what cites them: RED has named readers, AMBER is shared.
    """
    named = readers if cited_at == Marking.RED else ()
    allowed = shared_with if cited_at.strictness <= Marking.AMBER.strictness else ()
    if allowed or named:
        for article in Article.objects.filter(pk__in=articles):
            article.shared_with.add(*allowed)
            article.readers.add(*named)
