"""The panels of a dashboard: each asks one question by something, and is drawn, said and listed."""

from .bodies import Body, Number, Table
from .registry import PANELS, Panel, body

__all__ = ["PANELS", "Body", "Number", "Panel", "Table", "body"]
