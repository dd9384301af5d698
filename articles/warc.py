"""Captures as a WARC file, the form in which archives exchange what was found on the web."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO, Final

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from .capturing import unpacked
from .codebook import CaptureWay
from .models import Capture

# What these say of the transfer no longer holds of the bytes that are kept.
_OF_THE_TRANSFER: Final = ("content-encoding", "content-length", "transfer-encoding")


def write(captures: Iterable[Capture], to: BinaryIO, *, software: str) -> int:
    """Write captures as `pieces` makes them and return how many."""
    written = 0
    for piece in pieces(captures, software=software):
        to.write(piece)
        written += 1
    return written - 1  # the first piece is about the file


def pieces(captures: Iterable[Capture], *, software: str) -> Iterator[bytes]:
    """Yield a file of compressed WARC 1.1: what it is, then capture after capture.

    A fetched page is a response, its redirects are told in the order they were followed; a file
    or text that was handed in is a resource.
    """
    made = BytesIO()
    writer = WARCWriter(made, gzip=True, warc_version="WARC/1.1")
    told = {"software": software, "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record("captures.warc.gz", told))
    yield _taken(made)
    for capture in captures:
        writer.write_record(_record(writer, capture))
        yield _taken(made)


def _taken(made: BytesIO) -> bytes:
    """Return what was written, and forget it."""
    piece = made.getvalue()
    made.seek(0)
    made.truncate()
    return piece


def _record(writer: WARCWriter, capture: Capture) -> object:
    body = BytesIO(unpacked(capture.content))
    about = {
        "WARC-Date": f"{capture.at:%Y-%m-%dT%H:%M:%S.%fZ}",
        "WARC-Record-ID": f"<urn:uuid:{capture.uid}>",
        "WARC-Payload-Digest": f"sha256:{capture.content_id}",
    }
    if capture.way != CaptureWay.FETCHED:
        return writer.create_warc_record(
            f"urn:uuid:{capture.uid}",
            "resource",
            payload=body,
            length=capture.content.size,
            warc_content_type=capture.content_type or "application/octet-stream",
            warc_headers_dict=about,
        )
    headers = [
        (f"X-As-Sent-{name}" if name.lower() in _OF_THE_TRANSFER else name, value)
        for name, value in capture.headers
    ]
    headers.append(("Content-Length", str(capture.content.size)))
    status = StatusAndHeaders(
        f"{capture.status} {capture.reason_phrase}".strip(), headers, protocol="HTTP/1.1"
    )
    return writer.create_warc_record(
        capture.address,
        "response",
        payload=body,
        length=capture.content.size,
        http_headers=status,
        warc_headers_dict=about,
    )
