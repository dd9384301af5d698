"""What came of asking for a page: an answer, or that there is none and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

# Names that are not found, addresses that are refused, closed ports and silence share one
# message: an asker must not learn from it what stands in our own network.
MESSAGES: Final = {
    "address": _(
        "This is not the address of a public page: it begins with http:// or https:// and names "
        "a site, without a user name, a password or an unusual port."
    ),
    "unreachable": _("The page cannot be reached from here."),
    "certificate": _("The site cannot prove that it is the one in the address: its certificate."),
    "redirects": _("The page sends its readers on too often, or to where nobody is followed."),
    "downgrade": _("The page sends its readers from an encrypted address to an open one."),
    "coding": _("The page is sent in a coding that is not accepted."),
    "too_large": _("The page is larger than what is kept."),
    "too_slow": _("The page comes too slowly."),
    "broken": _("The answer of the site breaks off or cannot be read."),
}


class Unreachable(Exception):
    """There is no answer to keep; `code` says which rule or fault it was."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str:
        """What people are told."""
        return str(MESSAGES[self.code])


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that answered with `status` and sent us on."""

    status: int
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said about an address, whatever its status.

    `address` is the one that answered at last, without a fragment. `headers` stand in the order
    in which they came, with what was sent twice. They describe the body as it was sent; `body` is
    without chunks and without the compression that `coding` names ("" where there was none).
    """

    asked: str
    address: str
    redirects: tuple[Redirect, ...]
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    coding: str
    received_at: datetime
    seconds: float
    protocol: str
