"""Form fields that read one parameter of a question strictly.

Each error names the value and what would be right; nothing is rounded, cut or defaulted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles import edtf
from articles.countries import country_code
from articles.text import folded, tokens

MAX_WORDS: Final = 10
MAX_SHOWN: Final = 40
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,10})?")
_DIGITS = re.compile(r"[0-9]{1,4}")
_TRUTH: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def shown(value: str) -> str:
    """Return a value in quotation marks for a message, cut to a readable length."""
    text = "".join(char if char.isprintable() else "�" for char in value)
    return f"“{text[:MAX_SHOWN]}…”" if len(text) > MAX_SHOWN else f"“{text}”"


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """Return a sentence that offers the closest of the known values, or nothing."""
    close = get_close_matches(value[:MAX_SHOWN].lower(), list(known), n=3, cutoff=0.6)
    return _(" Did you mean %(close)s?") % {"close": _(" or ").join(close)} if close else ""


def unknown(
    value: str, known: Collection[str], called: Mapping[str, str] | None = None
) -> ValidationError:
    """Return the error that a value is none of the known ones, which may be `called` otherwise."""
    if meant := _meant(value, known, called or {}):
        told = {"value": shown(value), "meant": meant}
        return ValidationError(_("%(value)s is not known here. %(meant)s") % told, code="unknown")
    some = list(known) if len(known) <= MAX_SHOWN else [*list(known)[:MAX_SHOWN], "…"]
    message = _("%(value)s is not known here.%(close)s Known: %(known)s.") % {
        "value": shown(value),
        "close": did_you_mean(value, known),
        "known": ", ".join(some),
    }
    return ValidationError(message, code="unknown")


def _meant(value: str, known: Collection[str], called: Mapping[str, str]) -> str:
    """Say which code a value names; nothing where it names none."""
    cased = {code.lower(): code for code in known}
    if code := cased.get(value.strip().lower()):
        return _("Did you mean %(code)s?") % {"code": code}
    names = {folded(name): code for code, name in called.items()}
    named = names.get(folded(value)) or country_code(value) or ""
    return f"{called.get(named, value)}: {named}." if named in known else ""


def codes_of(field: forms.ChoiceField) -> list[str]:
    """Return the codes that a field offers, in the order of their vocabulary."""
    choices: Any = field.choices
    return list(dict.fromkeys(str(code) for code, _label in choices))


def called_by(field: forms.ChoiceField) -> dict[str, str]:
    """Return what the codes that a field offers are called."""
    choices: Any = field.choices
    return {str(code): str(label) for code, label in choices}


class Code(forms.ChoiceField):
    """One code of a vocabulary."""

    @cached_property
    def codes(self) -> list[str]:
        """The codes that it offers, which are hundreds where they are countries."""
        return codes_of(self)

    def validate(self, value: str) -> None:
        """Refuse what is no code, offering the closest ones."""
        if value and value not in self.codes:
            raise unknown(value, self.codes, called_by(self))


class Codes(forms.MultipleChoiceField):
    """Any of several codes of a vocabulary; `read` makes each a value."""

    def __init__(self, *, read: Callable[[str], Any] = str, **kwargs: Any) -> None:
        self.read = read
        super().__init__(**kwargs)

    @cached_property
    def codes(self) -> list[str]:
        """The codes that it offers, which are hundreds where they are countries."""
        return codes_of(self)

    def validate(self, value: list[str]) -> None:
        """Refuse what is no code, offering the closest ones."""
        for item in value:
            if item not in self.codes:
                raise unknown(item, self.codes, called_by(self))

    def clean(self, value: Any) -> list[Any]:
        """Return the values asked for, each once, in the order of the vocabulary."""
        if not value:
            return []
        asked = set(super().clean(value))
        return [code if code == "none" else self.read(code) for code in self.codes if code in asked]


class Names(Codes):
    """Names of fields; which of them there are is told by who shows them."""

    def validate(self, value: list[str]) -> None:
        """Leave what is unknown to be refused with the names that are known there."""

    def clean(self, value: Any) -> list[Any]:
        """Return the names asked for, each once, the known ones first."""
        known = super().clean(value)
        return [*known, *(name for name in dict.fromkeys(value or ()) if name not in known)]


class Slugs(forms.MultipleChoiceField):
    """Any of several entries of a directory, by the name they have in addresses."""

    def validate(self, value: list[str]) -> None:
        """Refuse what cannot be such a name; whether it is one, the question tells."""
        for item in value:
            if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", item) or len(item) > 80:
                raise ValidationError(
                    _("%(value)s is not the address name of an entry, such as gru-unit-29155."),
                    params={"value": shown(item)},
                )


class Digests(forms.MultipleChoiceField):
    """Any of several articles, by the SHA-256 of their canonical addresses."""

    def validate(self, value: list[str]) -> None:
        """Refuse what cannot be such a digest; whether an article has it, the question tells."""
        for item in value:
            if not re.fullmatch(r"[0-9a-f]{64}", item):
                raise ValidationError(
                    _("%(value)s is not the digest of an article: 64 digits from 0 to f."),
                    params={"value": shown(item)},
                )


class Primaries(forms.MultipleChoiceField):
    """Names of parameters that look only at primary values, or NAME:VALUE."""

    def __init__(self, *, known: dict[str, list[str]], **kwargs: Any) -> None:
        self.known = known
        super().__init__(**kwargs)

    def validate(self, value: list[str]) -> None:
        """Refuse an unknown name or an unknown value of it."""
        for item in value:
            name, colon, code = item.partition(":")
            if name not in self.known:
                raise unknown(item, self.known)
            if colon and code not in self.known[name]:
                raise unknown(code, self.known[name])


class Truth(forms.CharField):
    """true or false."""

    def clean(self, value: Any) -> bool | None:
        """Return the truth value, or None where none is asked for."""
        text = super().clean(value).lower()
        if text and text not in _TRUTH:
            raise ValidationError(
                _("%(value)s is neither true nor false."), params={"value": shown(text)}
            )
        return _TRUTH.get(text)


class Whole(forms.CharField):
    """A whole number from `least` to `most`."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        """Return the number, or None where none is asked for."""
        text = super().clean(value)
        if not text:
            return None
        if _DIGITS.fullmatch(text) and self.least <= int(text) <= self.most:
            return int(text)
        raise ValidationError(
            _("%(value)s is not a whole number from %(least)d to %(most)d."),
            params={"value": shown(text), "least": self.least, "most": self.most},
        )


class Year(Whole):
    """A year with four digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(least=edtf.FIRST_YEAR, most=edtf.LAST_YEAR, **kwargs)


class Bound(forms.CharField):
    """A day, month or year that bounds a period; `last` takes its last day."""

    def __init__(self, *, last: bool, **kwargs: Any) -> None:
        self.last = last
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        """Return the first or last day of what was given."""
        text = super().clean(value)
        if not text:
            return None
        try:
            if not _DAY.fullmatch(text):
                raise edtf.InvalidDate(text, "")
            interval = edtf.parse(text).start
        except edtf.InvalidDate:
            raise ValidationError(
                _("%(value)s is not a day, month or year such as 2024-03-14, 2024-03 or 2024."),
                params={"value": shown(text)},
            ) from None
        return interval.last if self.last else interval.first


class PastDay(forms.CharField):
    """A day that is not in the future."""

    def __init__(self, *, today: Callable[[], date], **kwargs: Any) -> None:
        self.today = today
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        """Return the day."""
        text = super().clean(value)
        if not text:
            return None
        try:
            if not _WHOLE_DAY.fullmatch(text):
                raise ValueError(text)
            day = date.fromisoformat(text)
        except ValueError:
            raise ValidationError(
                _("%(value)s is not a day such as 2022-08-31."), params={"value": shown(text)}
            ) from None
        if day > self.today():
            raise ValidationError(
                _("%(value)s is in the future; the latest day is %(today)s."),
                params={"value": shown(text), "today": self.today().isoformat()},
            )
        return day


class Words(forms.CharField):
    """Words to look for, folded."""

    def clean(self, value: Any) -> list[str]:
        """Return the folded words."""
        text = super().clean(value)
        found = tokens(text)
        if text and not found:
            raise ValidationError(
                _("%(value)s holds no letter or digit."), params={"value": shown(text)}
            )
        if len(found) > MAX_WORDS:
            raise ValidationError(
                _("%(n)d words are too many; at most %(most)d are looked for."),
                params={"n": len(found), "most": MAX_WORDS},
            )
        return found


class Box(forms.CharField):
    """west,south,east,north in degrees; west above east crosses the 180th meridian."""

    def clean(self, value: Any) -> tuple[float, float, float, float] | None:
        """Return the four bounds."""
        text = super().clean(value)
        if not text:
            return None
        parts = text.split(",")
        if len(parts) == 4 and all(_NUMBER.fullmatch(part) for part in parts):
            west, south, east, north = (float(part) for part in parts)
            if -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90:
                return west, south, east, north
        raise ValidationError(
            _(
                "%(value)s is not a box: minLon,minLat,maxLon,maxLat in degrees, for example "
                "19.5,53.8,28.3,59.7."
            ),
            params={"value": shown(text)},
        )
