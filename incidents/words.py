"""Questions said in words, and what a reader of their numbers should know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.edtf import Interval, day_in_words

from .codebook import Series
from .counts import Counts
from .dimensions import article_titles, labels
from .profiles import profile
from .questions import NONE, OFFICIAL, Question

_SERIES: Final = {
    Series.CORE: "confirmed or suspected",
    Series.LOGGED: "logged",
    Series.CONFIRMED: "confirmed",
    Series.FOILED: "foiled",
    Series.RULED_OUT: "ruled out",
    Series.ALL: "logged, foiled and ruled out",
}
_BASES: Final = {
    "onset": "",
    "active": "active ",
    "reported": "first reported ",
    "attributed": "first attributed ",
    "recorded": "first published here ",
}
_BY_LEVEL: Final = {
    1: "by anybody",
    2: "by experts or officials",
    3: "by officials",
    4: "formally",
    5: "by a court",
}


def in_words(question: Question) -> str:
    """Say a question as one English phrase."""
    values = question.values
    parts = [_what(question), *_where(values), *_when(question), *_who(values)]
    parts += _articles(question)
    if values["q"]:
        parts.append("with the words " + " ".join(f"“{word}”" for word in values["q"]))
    if values["marking"]:
        parts.append("marked " + " or ".join(code.upper() for code in values["marking"]))
    if values["known_on"]:
        parts.append(f"as publicly known on {day_in_words(values['known_on'])}")
    if values["as_of"]:
        parts.append(f"as published here on {day_in_words(values['as_of'])}")
    text = ", ".join(part for part in parts if part).replace(", in ", " in ")
    return text[:1].upper() + text[1:]


def caveats(counts: Counts) -> list[str]:
    """Say what a reader of the numbers should know."""
    question, values = counts.question, counts.question.values
    said = [
        _("The records are collected by hand: they describe what was logged, not all there is.")
    ]
    if counts.high > counts.low:
        said.append(
            _("%(n)d more may fall into what was asked: their dates are not known exactly.")
            % {"n": counts.high - counts.low}
        )
    if counts.threshold and "min_level" not in question.asked:
        said.append(
            _("Attribution counts from level %(n)d (%(who)s) on, as no min_level was asked.")
            % {"n": counts.threshold, "who": _BY_LEVEL[counts.threshold]}
        )
    elif "min_level" in question.assumed:
        said.append(
            _("Attribution counts from level 3 (by officials) on, as no min_level was asked.")
        )
    if not counts.additive and counts.cells:
        said.append(
            _("An incident may stand in several cells, so these do not add up to the total.")
        )
    if counts.undated:
        said.append(
            _("%(n)d of them lie in no single %(interval)s; they are listed as undated.")
            % {"n": counts.undated_total, "interval": counts.interval or ""}
        )
    if values["time_basis"] == "active":
        said.append(_("Incidents are counted in every period in which they went on."))
    if values["known_on"]:
        said.append(
            _(
                "Claims and findings after %(day)s are left out; places, targets and types "
                "are as recorded now."
            )
            % {"day": values["known_on"].isoformat()}
        )
    if values["as_of"]:
        said.append(
            _(
                "Editions are those that were public at the end of %(day)s (UTC); what has become "
                "less widely readable since is left out."
            )
            % {"day": values["as_of"].isoformat()}
        )
        if values["as_of"] == timezone.now().date():
            said.append(_("That day is not over: what is published today may still change it."))
    seen = counts.profile or profile(question)
    doubtful = seen.count(lambda kind: kind.approximate and seen.listed(kind))
    if doubtful:
        said.append(
            _("%(n)d of these dates are marked uncertain or approximate.") % {"n": doubtful}
        )
    return said


def _what(question: Question) -> str:
    values = question.values
    kinds = (_any("event_type", values["event_type"]) or "incidents").lower()
    if values["status"] or values["outcome"]:
        states = [*_listed("outcome", values["outcome"]), *_listed("status", values["status"])]
        first = " or ".join(state.lower() for state in states)
    else:
        first = _SERIES[Series(values["series"])]
    text = f"{first} {kinds}"
    if values["state"] != "published":
        text += f" in editions that are {values['state'].replace('_', ' ')}"
    for name, said in (
        ("domain", "of the domain"),
        ("severity", "of severity"),
        ("campaign", "of the campaign"),
    ):
        if values[name]:
            text += f" {said} {_any(name, [str(v) for v in values[name]])}"
    return text


def _where(values: Mapping[str, Any]) -> list[str]:
    said = []
    places = [_any("country", values["country"]), _any("region", values["region"])]
    if any(places):
        first = " (primary place)" if "country" in values["primary"] else ""
        said.append("in " + " within ".join(filter(None, places)) + first)
    if values["bbox"]:
        said.append("within the box " + ", ".join(f"{degree:g}°" for degree in values["bbox"]))
    hit = [*_listed("target_kind", values["target_kind"]), *_listed("sector", values["sector"])]
    if hit or values["target_country"]:
        aim = " or ".join(label.lower() for label in hit) or "targets"
        nations = _any("target_country", values["target_country"])
        said.append(f"against {aim}" + (f" of {nations}" if nations else ""))
    for name, code in values["primary_values"]:
        said.append(f"with the primary {name.replace('_', ' ')} {_any(name, [code])}")
    return said


def _when(question: Question) -> list[str]:
    period = question.period
    if period is None:
        return []
    basis = _BASES[question.values["time_basis"]]
    maybe = "possibly " if question.values["date_match"] == "possible" else ""
    return [f"{maybe}{basis}{period_in_words(period)}"]


def period_in_words(period: Interval) -> str:
    """Say a period: in 2024, since 1 March 2024, until …, from … to …."""
    first, last = period.first, period.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"in {first.year}"
    if last.year == 9999:
        return f"since {day_in_words(first)}"
    if first.year == 1:
        return f"until {day_in_words(last)}"
    return f"from {day_in_words(first)} to {day_in_words(last)}"


def _who(values: Mapping[str, Any]) -> list[str]:
    said = []
    states, actors = values["attributed_to"], values["actor"]
    accused = [*_listed("attributed_to", states), *_listed("actor", actors)]
    least = values["min_level"]
    if states == [NONE] or actors == [NONE]:
        said.append(
            f"attributed to no {'state' if states else 'actor'} {_BY_LEVEL[least or OFFICIAL]}"
        )
    elif accused:
        said.append(f"attributed to {' or '.join(accused)} {_BY_LEVEL[least or 1]}")
    elif least:
        said.append(f"attributed {_BY_LEVEL[least]}")
    if values["level"]:
        said.append("with the highest level " + " or ".join(str(n) for n in values["level"]))
    if values["claimant_kind"]:
        kinds = _any("claimant_kind", values["claimant_kind"]).lower()
        said.append(
            "without any claim"
            if values["claimant_kind"] == [NONE]
            else f"with a claim of: {kinds}"
        )
    if values["state_role"]:
        said.append("with the state's role " + " or ".join(values["state_role"]))
    if values["contested"] is not None:
        said.append("contested" if values["contested"] else "not contested")
    return said


def _articles(question: Question) -> list[str]:
    values = question.values
    said = []
    for name, word, lacking in (
        ("publisher", "by", "without an article of a known outlet"),
        ("language", "in", "without an article in a known language"),
    ):
        if values[name] == [NONE]:
            said.append(lacking)
        elif values[name]:
            said.append(f"reported {word} {_any(name, values[name])}")
    if digests := values["article"]:
        titles = article_titles(digests, question.asker)
        said.append("resting on " + " or ".join(f"“{titles[digest]}”" for digest in digests))
    if least := values["independent_min"]:
        several = "independent sources" if least > 1 else "source"
        said.append(f"resting on at least {least} {several}")
    return said


def _any(name: str, codes: list[str]) -> str:
    """Return the labels of some codes, joined as one reads them."""
    return " or ".join(_listed(name, codes))


def _listed(name: str, codes: list[str]) -> list[str]:
    called = labels(name, codes)
    return [called[code] for code in codes]
