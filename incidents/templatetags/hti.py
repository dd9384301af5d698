"""What templates say in words: dates, codes, levels, and where one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from django import template
from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from articles import canonical, edtf
from articles.countries import LANGUAGES
from articles.models import Article
from incidents import ledger
from incidents.codebook import VOCABULARIES, About, AttributionLevel, Chain, StateRole
from incidents.dossiers import Traced, traced
from incidents.figures import amount, plain
from incidents.livenumbers import Piece, paragraphs
from incidents.models import Claim, Effect, Incident, LedgerEntry
from incidents.models.children import PLACE_CHOICES

register = template.Library()
register.filter("amount", amount)
register.filter("plain", plain)

MAIN: Final = (
    ("start", _("Overview"), ("start", "briefing")),
    ("dashboard", _("Dashboard"), ("dashboard", "dashboard-whole", "panel")),
    ("incidents", _("Incidents"), ("incidents", "incident", "history", "edition")),
    ("countries", _("Countries"), ("countries", "country")),
    ("sectors", _("Sectors"), ("sectors", "sector")),
    ("actors", _("Actors"), ("actors", "actor")),
    ("campaigns", _("Campaigns"), ("campaigns", "campaign")),
    ("outlets", _("Sources"), ("outlets", "outlet", "articles", "article", "watched")),
    ("reported-figures", _("Figures"), ("reported-figures",)),
    ("views", _("Views"), ("views",)),
    ("method", _("Method"), ("method", "codebook", "help")),
)
_PLACES: Final = {code: str(label) for code, label in PLACE_CHOICES}
# Right to left: the main languages written so.
_RIGHT_TO_LEFT: Final = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True, slots=True)
class MainPage:
    """An entry of the main navigation; `current` is what ARIA says of it."""

    name: str
    address: str
    current: str


@register.simple_tag(takes_context=True)
def main_pages(context: Any) -> list[MainPage]:
    """Return the entries of the main navigation."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match else ""
    return [
        MainPage(
            str(name),
            reverse(view),
            "page" if here == view else "true" if here in below else "",
        )
        for view, name, below in MAIN
    ]


@register.simple_tag
def ledger_head() -> LedgerEntry:
    """Return the last entry of the public chain of the ledger; its number is 0 without one."""
    return ledger.head(Chain.PUBLIC)


@register.filter
def when(text: str) -> str:
    """Say an EDTF text in English; what is no date stays as it is."""
    if not text:
        return ""
    try:
        return edtf.in_words(text)
    except edtf.InvalidDate:
        return text


@register.filter
def live(text: str, user: User | AnonymousUser) -> list[list[Piece]]:
    """Return the paragraphs of a text, with its live numbers as `user` counts them."""
    return paragraphs(text, user)


@register.filter
def day(value: date | datetime | None) -> str:
    """Say one day as it is said in running text."""
    if value is None:
        return ""
    return edtf.day_in_words(value.date() if isinstance(value, datetime) else value)


@register.filter
def label(code: Any, vocabulary: str) -> str:
    """Return what a code of a vocabulary is called; `country` and `language` are vocabularies."""
    if code is None or code == "":
        return ""
    if vocabulary == "country":
        return _PLACES.get(str(code), str(code))
    if vocabulary == "language":
        return str(LANGUAGES.get(str(code), code))
    member = _members(vocabulary).get(str(code))
    return str(member.label) if member else str(code)


@register.filter
def definition(code: Any, vocabulary: str) -> str:
    """Return what a code of a vocabulary means."""
    return str(getattr(_members(vocabulary).get(str(code)), "definition", ""))


@cache
def _members(vocabulary: str) -> dict[str, Any]:
    return {str(member.value): member for member in VOCABULARIES[vocabulary]}


@register.filter
def level_name(level: int) -> str:
    """Return an attribution level with its word: 4 Formal; 0 is no level."""
    if not int(level):
        return _gettext("No level")
    return f"{level} {AttributionLevel(int(level)).label}"


@register.filter
def direction(language: str) -> str:
    """Return the direction in which a language is written: rtl, ltr, or auto if unknown."""
    if not language:
        return "auto"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@register.simple_tag
def article_link(article: Article) -> str:
    """Return an article's title as a link to its page, in the direction of its language."""
    return format_html(
        '<a href="{}"><bdi lang="{}" dir="{}">{}</bdi></a>',
        reverse("article", args=(article.address_digest,)),
        article.language or "und",
        direction(article.language),
        article,
    )


@register.filter
def traces(incident: Incident) -> list[Traced]:
    """Return the states to which live claims trace an incident that `with_rows` loaded."""
    return traced(incident.claims.all())


@register.filter
def extent(effect: Effect) -> str:
    """Say how much an effect was: 3 people, 10 to 20 hours."""
    low, best, high = (plain(number) for number in (effect.low, effect.best, effect.high))
    span = f"{low} to {high}" if low and high and low != high else low or high
    said = f"about {best} ({span})" if best and span and span != best else best or span
    return f"{said} {effect.unit}".strip() if said else ""


@register.filter
def host(url: str) -> str:
    """Return the host of an address, as a reader would say it."""
    return canonical.domain(url)


@register.simple_tag
def accused(claim: Claim) -> str:
    """Return whom a claim is about, with links, and what it says of the state's role."""
    if claim.about == About.NATURE:
        return ""
    parts = []
    if claim.accused_actor:
        actor = claim.accused_actor.survivor
        address = reverse("actor", args=(actor.slug,))
        parts.append(format_html('<a href="{}"><bdi>{}</bdi></a>', address, actor))
    if claim.responsible_state:
        address = reverse("country", args=(claim.responsible_state,))
        parts.append(format_html('<a href="{}">{}</a>', address, _PLACES[claim.responsible_state]))
    if claim.state_role != StateRole.NOT_STATED:
        role = str(StateRole(claim.state_role).definition).lower().rstrip(".")
        parts.append(format_html("<span>{}</span>", role))
    return format_html_join(", ", "{}", ((part,) for part in parts))
