"""What directory pages say in words: plain numbers."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def plain(number: Decimal | None) -> str:
    """Write a number without needless zeros, thousands apart."""
    return "" if number is None else f"{number.normalize():,f}"
