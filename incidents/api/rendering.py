"""Answers as JSON."""

from __future__ import annotations

from typing import Any, Final

import orjson
from rest_framework.renderers import BaseRenderer

_OPTIONS: Final = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def as_json(data: Any) -> bytes:
    """Return plain data as JSON in UTF-8; what JSON does not know is written as text."""
    return orjson.dumps(data, default=str, option=_OPTIONS)


class JSONRenderer(BaseRenderer):
    """JSON in UTF-8 without spaces."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, media_type: Any = None, context: Any = None) -> bytes:
        """Return data as JSON; nothing where there is none."""
        return b"" if data is None else as_json(data)
