"""How long a password may be."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext


class MaximumLengthValidator:
    """Refuses a password that is longer than anybody types."""

    def __init__(self, max_length: int = 256) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what is too long."""
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """Say how long a password may be."""
        return ngettext(
            "Your password must contain at most %(n)d character.",
            "Your password must contain at most %(n)d characters.",
            self.max_length,
        ) % {"n": self.max_length}
