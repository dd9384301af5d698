"""Bytes as text: by byte order mark, as UTF-8, as the file says, or by a guess."""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""")
# What browsers take a name for: the larger character set of which it is a part.
_TAKEN_FOR: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_SEVEN_BIT: Final = ("iso2022", "utf-16", "utf-7", "utf_7", "hz")
_HEAD: Final = 4096
_SAMPLE: Final = 65_536


def decoded(body: bytes, content_type: str = "") -> str:
    """Return bytes as text; what cannot be read becomes U+FFFD."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body.decode(codec, "replace")
    named = [_codec(found) for found in _DECLARED.findall(content_type.encode("ascii", "ignore"))]
    named += [_codec(found) for found in _DECLARED.findall(body[:_HEAD])]
    declared = next(filter(None, named), "")
    if declared.startswith(_SEVEN_BIT):
        return body.decode(declared, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = body.decode(declared, "replace") if declared else ""
    if text and text.count("\ufffd") * 100 <= len(text):
        return text
    best = from_bytes(body[:_SAMPLE]).best()
    guess = best.encoding if best else "cp1252"
    return body.decode(guess, "replace")


def _codec(name: bytes) -> str:
    """Return the codec for a name in a file, or nothing where there is none for text."""
    try:
        codec = codecs.lookup(name.decode("ascii"))
    except (LookupError, UnicodeError):
        return ""
    if not getattr(codec, "_is_text_encoding", True):
        return ""
    return _TAKEN_FOR.get(codec.name, codec.name)
