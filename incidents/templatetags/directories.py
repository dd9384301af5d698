"""What directory pages say in words: hosts and plain numbers."""

from __future__ import annotations

from decimal import Decimal

from django import template

from articles import canonical

register = template.Library()


@register.filter
def host(url: str) -> str:
    """Return the host of an address, as one says it."""
    return canonical.domain(url)


@register.filter
def plain(number: Decimal | None) -> str:
    """Write a number without needless zeros, thousands apart."""
    return "" if number is None else f"{number.normalize():,f}"
