"""Inputs that nobody means well by, for every door that exists.

The lists are the project's own. Where a folder with further ones lies beside the project,
they are asked too.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, Final

_BESIDE: Final = Path(__file__).resolve().parents[2] / "shared" / "security" / "bad_inputs.json"

# Raw query strings: names, values, numbers, dates, boxes, cursors, encodings, sizes.
_QUERIES: Final = (
    "yaer=2024",
    "year=soon",
    "year=0",
    "year=-5",
    "year=99999",
    "year=1e3",
    "year=2024.0",
    "year=%D9%A2%D9%A0%D9%A2%D9%A4",
    "year=2023&year=2024",
    "from=0000",
    "from=0001-01-01",
    "to=9999-12-31",
    "from=9999-12-31&to=9999-12-31&interval=day",
    "from=0001&to=9999&interval=day",
    "from=0001&to=9999&interval=week&time_basis=active",
    "from=2024-13",
    "from=2024-02-30",
    "from=2024-05&to=2023-01",
    "from=2024-01-01T00:00:00Z",
    "known_on=9999-12-31",
    "known_on=0001-01-01",
    "known_on=0000-00-00",
    "known_on=2024-W01-1",
    "interval=week&from=0001-01-01&to=0001-02",
    "interval=year&from=9998",
    "interval=day&by=country&by=actor",
    "by=password",
    "by=country&by=country&by=country",
    "by=record__created_by__password",
    "by=attributed_to&by=actor&assign=any",
    "order=password",
    "order=?",
    "order=-onset,-severity",
    "order=(SELECT%201)",
    "min_level=9",
    "min_level=-1",
    "min_level=1&level=0",
    "level=99999999999999999999",
    "severity=2147483648",
    "bbox=1,2,3",
    "bbox=nan,nan,nan,nan",
    "bbox=inf,-inf,inf,-inf",
    "bbox=1e400,1,1,1",
    "bbox=180,-90,-180,90",
    "bbox=999,999,999,999",
    "q=%00",
    "q=%25_%25_%25",
    "q=%5C",
    "q=%F0%9F%94%A5",
    "q=%ED%A0%80",
    "q=%FF%FE",
    "q=%EF%BF%BE",
    "q=%E2%80%AE",
    "q=" + "a+" * 60,
    "q=" + "%CC%81" * 30,
    "q=%27%20OR%201%3D1--",
    "q=%22%29%3B%20DROP%20TABLE%20incidents_incident%3B--",
    "q=%7B%7B7*7%7D%7D%7B%25debug%25%7D",
    "q=%3Cscript%3Ealert(1)%3C/script%3E",
    "q=..%2F..%2Fetc%2Fpasswd",
    "q=%25s%25n%25x",
    "q=(a%2B)%2B%24",
    "%00=1",
    "%FF=1",
    "%ED%A0%80=1",
    "=1",
    "&&&=&==&",
    "%",
    "%zz=%zz",
    "incident__id=1",
    "id__in=1,2,3",
    "title__regex=(a%2B)%2B%24",
    "record__created_by__password__startswith=a",
    "__proto__=1",
    "a[]=1&a[$ne]=2",
    "country=PL&country=pl&country=%F0%9F%87%B5",
    "country=none&country=PL",
    "country=PL%00",
    "country=PL%0D%0ASet-Cookie:%20a=b",
    "country=" + "PL," * 900,
    "&".join(["country=PL"] * 999),
    "&".join(f"country={n}" for n in range(900)),
    "&".join(f"a{n}=1" for n in range(900)),
    "actor=../../etc/passwd",
    "actor=" + "a" * 81,
    "campaign=" + "-" * 50,
    "publisher=%27--",
    "primary=country",
    "primary=country:",
    "primary=:PL",
    "primary=record:1",
    "primary=country:PL:LT",
    "contested=maybe",
    "state=withdrawn",
    "state=draft&state=published",
    "marking=red",
    "series=core&status=confirmed",
    "page_size=0",
    "page_size=-1",
    "page_size=100000000000000000000",
    "page_size=%D9%A3",
    "cursor=a",
    "cursor=%00",
    "cursor=:::",
    "cursor=W10:1:1",
    "cursor=" + "A" * 199,
    "cursor=.eJwDAAAAAAE:1tA:AAAA",
    "cursor=%F0%9F%94%A5",
    "cursor=a&cursor=b",
    "format=csv",
    "format=api",
    "format=../../x",
    "lang=xx",
    "lang=../../etc/passwd",
    "lang=%00",
    "version=%0D%0ASet-Cookie:%20a=b",
    "version=" + "9" * 300,
    "version=%E2%80%AE%22",
    "script=%3C/script%3E",
    "next=//evil.example.org",
    "_method=DELETE",
    "callback=alert(1)",
    "x=" + "a" * 7000,
    "a" * 7000 + "=1",
)
# What stands where the reference of a record stands; not quoted unless it says so itself.
_PATH_IDS: Final = (
    "0",
    "-1",
    "1",
    "99999999999999999999999999",
    "9" * 4000,
    "1e5",
    "1;2",
    "None",
    "null",
    "HTI-2024-00000",
    "HTI-0000-00001",
    "HTI-9999-99999999999999999999",
    "HTI-2024-00001%00",
    "HTI-2024-00001%0A",
    "hti-2024-00001",
    "HTI-%D9%A2%D9%A0%D9%A2%D9%A4-00001",
    "P-222222222222",
    "P-",
    "P-%00%00%00%00%00%00%00%00%00%00%00%00",
    "%2e",
    "%2e%2e",
    "%2e%2e%2f",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%00",
    "a%00b",
    "%0a",
    "%0d%0aSet-Cookie:%20a=b",
    "%09",
    "%20",
    "%FF",
    "%ED%A0%80",
    "%EF%BF%BE",
    "%E2%80%AEfdp.exe",
    "%F0%9F%94%A5",
    "1'--",
    '1"--',
    "%27%20OR%20%271%27%3D%271",
    "%25",
    "%2525",
    "%25s%25n",
    "%5C",
    "*",
    "__all__",
    "%7B%7B7*7%7D%7D",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
)
_HEADERS: Final = (
    "Accept: ",
    "Accept: junk",
    "Accept: application/xml",
    "Accept: text/html",
    "Accept: text/csv",
    "Accept: */*;q=0",
    "Accept: application/json; version=99; indent=99999999",
    "Accept: application/json;indent=-1",
    "Accept: application/json;indent=abc",
    "Accept: ;;;,,,///",
    "Accept: a/" + "b" * 5000,
    "Accept-Language: ../../etc/passwd",
    "Accept-Language: " + "xx-" * 400,
    "Accept-Language: de,fr;q=nan,*;q=9",
    "Accept-Encoding: gzip;q=nan, *;q=-1",
    "Accept-Charset: utf-7",
    "Authorization: ",
    "Authorization: Basic",
    "Authorization: Basic !!!!",
    "Authorization: Basic AAAA////",
    "Authorization: Basic OjpA",
    "Authorization: Bearer " + "a" * 5000,
    "Authorization: Token a b c",
    "Authorization: Token \xff\xfe",
    "Authorization: Digest username=x",
    "Host: ",
    "Host: evil.example.org",
    "Host: testserver:99999999",
    "Host: testserver@evil.example.org",
    "Host: [::1",
    "Host: testserver/../x",
    "Host: te\xffst",
    "X-Forwarded-Host: evil.example.org",
    "X-Forwarded-For: 1, 2, 3, " + "4, " * 500,
    "X-Forwarded-Proto: javascript",
    "X-HTTP-Method-Override: DELETE",
    "X-Original-URL: /admin/",
    "Range: bytes=0-0,5-1",
    "If-None-Match: *",
    'If-None-Match: W/"',
    "If-Modified-Since: Thu, 99 Foo 99999 99:99:99 GMT",
    "If-Modified-Since: Thu, 01 Jan 0000 00:00:00 GMT",
    "Content-Type: application/json",
    "Content-Type: multipart/form-data",
    "Content-Type: multipart/form-data; boundary=\xff",
    "Content-Type: text/plain; charset=none",
    "Content-Length: -1",
    "Content-Length: abc",
    "Content-Encoding: gzip, gzip",
    "Transfer-Encoding: chunked",
    "Origin: null",
    "Referer: javascript:alert(1)",
    "User-Agent: %0a[ERROR] a line",
    "Cookie: ",
    "Cookie: ;;;===",
    "Cookie: sessionid=",
    "Cookie: sessionid=../../etc/passwd",
    "Cookie: sessionid=" + "a" * 32,
    "Cookie: sessionid=" + "a" * 5000,
    'Cookie: sessionid="aaaaaaaa\\000aaaaaaaa"',
    'Cookie: sessionid="aaaaaaaa\\377\\376"',
    "Cookie: sessionid=\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8",
    "Cookie: csrftoken=\xff; sessionid=%00%00%00%00%00%00%00%00",
    "Cookie: messages=a; django_language=../../x",
    "Cookie: " + "; ".join(f"a{n}=b" for n in range(500)),
)
METHODS: Final = (
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "HEAD",
    "TRACE",
    "CONNECT",
    "PROPFIND",
)
BODIES: Final[tuple[tuple[str, bytes], ...]] = (
    ("application/json", b""),
    ("application/json", b"{"),
    ("application/json", b'{"a": "\\ud800"}'),
    ("application/json", b"[" * 5000 + b"]" * 5000),
    ("application/json", b'{"a": NaN}'),
    ("application/json", b"\xff\xfe\x00"),
    ("multipart/form-data", b"--"),
    ("multipart/form-data; boundary=a", b"--a\r\n\r\n"),
    ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 50)),
    ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("text/csv", b"\x00"),
)


def queries() -> list[str]:
    """Return raw query strings."""
    return [*_QUERIES, *_from_beside("filter_param")]


def path_ids() -> list[str]:
    """Return what may stand in an address in the place of an id."""
    return [*_PATH_IDS, *_from_beside("uuid_or_id_in_path")]


def headers() -> list[tuple[str, str]]:
    """Return names and values of request headers."""
    lines = [*_HEADERS, *_from_beside("header")]
    return [(name, value.strip(" ")) for name, _colon, value in (x.partition(":") for x in lines)]


def environment(name: str, value: str) -> dict[str, str]:
    """Return a header as the environment of a request has it."""
    key = name.upper().replace("-", "_")
    return {key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}": value}


def beside(kind: str) -> list[Any]:
    """Return the values of a kind from the folder beside the project; none where it is not."""
    if not _BESIDE.is_file():
        return []
    cases = json.loads(_BESIDE.read_text(encoding="utf-8"))["types"][kind]["cases"]
    return [_plain(case["value"]) for case in cases]


def _from_beside(kind: str) -> list[str]:
    return [value for value in beside(kind) if isinstance(value, str)]


def _plain(value: Any) -> Any:
    """Return a value with its directive carried out, where it is one of text or bytes."""
    if isinstance(value, dict) and "$repeat" in value:
        parts = ("prefix", "mid", "suffix")
        prefix, mid, suffix = (value.get(part, "") for part in parts)
        n, last = value["n"], value.get("suffix_unit", "")
        return f"{prefix}{value['$repeat'] * n}{mid}{last * n}{suffix}"
    if isinstance(value, dict) and "$b64" in value:
        return base64.b64decode(value["$b64"])
    return value
