"""The body of an answer, inflated in small steps, never larger than what is kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from .answers import Unreachable
from .limits import Limits
from .wires import Wire

STEP: Final = 64 * 1024
_GZIP: Final = 16 + zlib.MAX_WBITS
_CODINGS: Final = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}

Headers = tuple[tuple[str, str], ...]


def values(headers: Headers, name: str) -> list[str]:
    """Return what a header says, one for each time that it was sent."""
    return [value for header, value in headers if header.lower() == name]


def coding(headers: Headers) -> str:
    """Return how the body is compressed, or raise Unreachable where it is not one known way."""
    transfer = ",".join(values(headers, "transfer-encoding")).strip().lower()
    content = ",".join(values(headers, "content-encoding")).strip().lower()
    if transfer not in ("", "chunked", "identity") or content not in _CODINGS:
        raise Unreachable("coding")
    return _CODINGS[content]


def whole(pieces: Iterable[bytes], coding: str, limits: Limits, wire: Wire) -> bytes:
    """Return the body that comes in `pieces`, or raise Unreachable where it is too large."""
    body = bytearray()
    for piece in _inflated(_counted(pieces, wire), coding):
        body += piece
        if len(body) > (limits.pdf if _is_pdf(body) else limits.page):
            raise Unreachable("too_large")
    return bytes(body)


def _counted(pieces: Iterable[bytes], wire: Wire) -> Iterator[bytes]:
    """Yield pieces of up to `STEP` bytes, and let the next one come each time."""
    count = 0
    wire.allow(count, STEP)
    for piece in pieces:
        count += len(piece)
        wire.allow(count, STEP)
        yield piece


def _is_pdf(body: bytearray) -> bool:
    return body[:64].lstrip().startswith(b"%PDF-")


def _inflated(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield what `pieces` hold, `STEP` bytes at most at a time where they are compressed.

    What follows the end of the compressed data is not read, as in browsers.
    """
    if not coding:
        yield from pieces
        return
    machine = None
    for piece in pieces:
        rest = piece
        machine = machine or zlib.decompressobj(_GZIP if coding == "gzip" else _window(piece))
        while not machine.eof:
            inflated = machine.decompress(rest, STEP)
            yield inflated
            rest = machine.unconsumed_tail
            if not rest and len(inflated) < STEP:
                break
        if machine.eof:
            return
    if machine is not None:
        raise Unreachable("broken")


def _window(piece: bytes) -> int:
    """Say whether deflated data has the header that it ought to have; some sites leave it out."""
    return zlib.MAX_WBITS if piece[0] & 0x0F == 8 else -zlib.MAX_WBITS
