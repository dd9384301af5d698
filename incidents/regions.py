"""Regions of countries, with the dates of membership (R10 in docs/method.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Membership:
    """That a country belongs to a region, from a day on and until a last day or still."""

    country: str
    since: date = date.min
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """Countries that are asked for together."""

    code: str
    label: str | Promise
    definition: str | Promise
    members: tuple[Membership, ...]

    def at(self, day: date) -> set[str]:
        """Return the members on a day."""
        return {
            m.country
            for m in self.members
            if m.since <= day and (m.until is None or day <= m.until)
        }


def _always(codes: str) -> tuple[Membership, ...]:
    return tuple(Membership(code) for code in codes.split())


def _dated(rounds: dict[str, str], left: dict[str, str] | None = None) -> tuple[Membership, ...]:
    last = {country: date.fromisoformat(day) for country, day in (left or {}).items()}
    return tuple(
        Membership(code, date.fromisoformat(day), last.get(code))
        for day, codes in rounds.items()
        for code in codes.split()
    )


_EU: Final = _dated(
    {
        "1958-01-01": "BE DE FR IT LU NL",
        "1973-01-01": "DK GB IE",
        "1981-01-01": "GR",
        "1986-01-01": "ES PT",
        "1995-01-01": "AT FI SE",
        "2004-05-01": "CY CZ EE HU LT LV MT PL SI SK",
        "2007-01-01": "BG RO",
        "2013-07-01": "HR",
    },
    {"GB": "2020-01-31"},
)
_NATO: Final = _dated(
    {
        "1949-08-24": "BE CA DK FR GB IS IT LU NL NO PT US",
        "1952-02-18": "GR TR",
        "1955-05-06": "DE",
        "1982-05-30": "ES",
        "1999-03-12": "CZ HU PL",
        "2004-03-29": "BG EE LT LV RO SI SK",
        "2009-04-01": "AL HR",
        "2017-06-05": "ME",
        "2020-03-27": "MK",
        "2023-04-04": "FI",
        "2024-03-07": "SE",
    }
)
_EUROPE: Final = _always(
    "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI "
    "LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
)
REGIONS: Final = {
    region.code: region
    for region in (
        Region(
            "europe",
            _("Europe"),
            _(
                "Europe of the UN's M.49 list, with Kosovo and Cyprus; Russia and Belarus are in, "
                "Türkiye and the Caucasus are not."
            ),
            _EUROPE,
        ),
        Region("eu", _("European Union"), _("Members of the EU on the day of the event."), _EU),
        Region("nato", _("NATO"), _("Members of NATO on the day of the event."), _NATO),
        Region("baltic", _("Baltic states"), _("Estonia, Latvia, Lithuania."), _always("EE LV LT")),
        Region(
            "nordic",
            _("Nordic states"),
            _("Denmark, Finland, Iceland, Norway, Sweden."),
            _always("DK FI IS NO SE"),
        ),
        Region(
            "western_balkans",
            _("Western Balkans"),
            _("Albania, Bosnia and Herzegovina, Kosovo, Montenegro, North Macedonia, Serbia."),
            _always("AL BA XK ME MK RS"),
        ),
        Region(
            "five_eyes",
            _("Five Eyes"),
            _("Australia, Canada, New Zealand, United Kingdom, United States."),
            _always("AU CA GB NZ US"),
        ),
    )
}
