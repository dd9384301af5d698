"""Model fields of both apps: checked text, imprecise dates with their bounds, lists of codes.

A derived field is written from its source whenever a row is saved, one by one or in bulk, so
the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _

from . import canonical, edtf
from .codebook import Vocabulary
from .text import normalised, refuse_body, refuse_line, tokens


def validate_edtf(value: str) -> None:
    """Refuse a text that is no date of the grammar in `articles.edtf`.

    Raises ValidationError.
    """
    try:
        edtf.parse(value)
    except edtf.InvalidDate as error:
        raise ValidationError(str(error), code="edtf") from None


class LineField(models.CharField[str, str]):
    """One line of text, composed and without outer space; controls are refused."""

    default_validators = [refuse_line]

    def to_python(self, value: Any) -> Any:
        """Return `value` normalised."""
        text = super().to_python(value)
        return normalised(text) if isinstance(text, str) else text


class BodyField(models.TextField[str, str]):
    """Text of several lines, composed and without outer space; controls are refused."""

    default_validators = [refuse_body]

    @cached_property
    def validators(self) -> list[Any]:
        """Keep to `max_length`, which a text field leaves to forms."""
        most = [] if self.max_length is None else [MaxLengthValidator(self.max_length)]
        return [*super().validators, *most]

    def to_python(self, value: Any) -> Any:
        """Return `value` normalised, with line feeds as line ends."""
        text = super().to_python(value)
        return normalised(text.replace("\r\n", "\n")) if isinstance(text, str) else text


class AddressField(models.CharField[str, str]):
    """The http(s) address of a page, up to 2,000 characters."""

    default_validators = [canonical.validate_address]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", canonical.MAX_LENGTH)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return `value` normalised."""
        text = super().to_python(value)
        return normalised(text) if isinstance(text, str) else text


class DomainField(models.CharField[str, str]):
    """The domain of a site, in ASCII and without www; an address is taken for its host."""

    default_validators = [canonical.validate_domain]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", canonical.MAX_HOST)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the host of `value`; what has none stays as it is, to be refused."""
        text = super().to_python(value)
        if not isinstance(text, str) or not text.strip():
            return text
        try:
            return canonical.domain(text if "://" in text else f"https://{text.strip()}") or text
        except ValueError:
            return text


class EdtfField(models.CharField[str, str]):
    """A date as precise as it is known, kept as EDTF text."""

    default_validators = [validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", edtf.MAX_LENGTH)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Return `value` without outer space."""
        text = super().to_python(value)
        return text.strip() if isinstance(text, str) else text


class _DerivedField(models.Field[Any, Any]):
    """A column written from the first non-empty one of other columns of its row."""

    def __init__(self, *args: Any, of: Iterable[str] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.derive([getattr(model_instance, name) or "" for name in self.of])
        setattr(model_instance, self.attname, value)
        return value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Return the derived value, or None where a source is refused by its own field."""
        try:
            return self.derive([getattr(model_instance, name) or "" for name in self.of])
        except ValueError:
            return None

    def derive(self, sources: list[str]) -> Any:
        """Return the value that follows from the values of the source columns."""
        raise TypeError(f"{type(self).__name__} does not say what it derives.")


class EdtfBoundField(_DerivedField, models.DateField[Any, Any]):
    """One bound of the intervals that an EDTF column stands for; null where it is empty.

    `bound` is start_from, start_to, end_from or end_to.
    """

    def __init__(self, *args: Any, bound: str = "start_from", **kwargs: Any) -> None:
        self.bound = bound
        kwargs["null"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "bound": self.bound}

    def derive(self, sources: list[str]) -> Any:
        """Return the bound of the first date among `sources`."""
        text = next(filter(None, sources), "")
        if not text:
            return None
        which, side = self.bound.split("_")
        interval = getattr(edtf.parse(text), which)
        return interval.first if side == "from" else interval.last


class EdtfDoubtField(_DerivedField, models.BooleanField[Any, Any]):
    """Whether an EDTF column is marked uncertain or approximate, by ?, ~ or %."""

    def derive(self, sources: list[str]) -> bool:
        """Return whether one of `sources` has such a mark."""
        return any(map(edtf.doubtful, sources))


class FoldedField(_DerivedField, models.TextField[Any, Any]):
    """The folded words of other columns, each with a space before it, for `q`."""

    def derive(self, sources: list[str]) -> str:
        """Return the words of all `sources`."""
        return "".join(f" {token}" for source in sources for token in tokens(source))


class AddressDigestField(_DerivedField, models.CharField[Any, Any]):
    """The SHA-256 of the canonical form of an address column."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 64
        super().__init__(*args, **kwargs)

    def derive(self, sources: list[str]) -> str:
        """Return the digest of the address."""
        return canonical.digest(sources[0])


class CodesField(models.JSONField):
    """A short list of different codes of one vocabulary, in the order given."""

    def __init__(
        self,
        *args: Any,
        vocabulary: type[Vocabulary] | None = None,
        most: int = 3,
        **kwargs: Any,
    ) -> None:
        self.vocabulary = vocabulary
        self.most = most
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        # The vocabulary stays out of migrations: it checks input and shapes no column.
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is not a list of at most `most` different codes."""
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise ValidationError(_("This is not a list of codes."), code="list")
        if len(value) > self.most or len(set(value)) < len(value):
            raise ValidationError(
                _("At most %(most)d different codes are kept."),
                code="most",
                params={"most": self.most},
            )
        known = self.vocabulary.values if self.vocabulary else value
        for code in value:
            if code not in known:
                raise ValidationError(
                    _("“%(code)s” is not a code here; known are %(known)s."),
                    code="unknown",
                    params={"code": code[:40], "known": ", ".join(known)},
                )

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field to choose several codes."""
        choices = self.vocabulary.choices if self.vocabulary else []
        return forms.MultipleChoiceField(
            choices=choices,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            widget=forms.CheckboxSelectMultiple,
        )

    def save_form_data(self, instance: models.Model, data: list[str]) -> None:
        """Keep the codes that were there in their order: boxes come in that of the vocabulary."""
        before = self.value_from_object(instance) or []
        kept = [code for code in before if code in data]
        super().save_form_data(instance, kept + [code for code in data if code not in kept])
