"""What is kept of an answer, and what a site is told of who asks."""

from __future__ import annotations

import datetime as dt
import gzip
import ipaddress
import ssl
import threading
import zlib
from pathlib import Path
from socket import socket

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings

from articles.fetching import Answer, Redirect, Unreachable, fetch
from articles.fetching.answers import MESSAGES
from articles.fetching.bodies import STEP
from tests.reachable import reachable

from .servers import HOST, Behaviour, saying, serving

OK = b"HTTP/1.1 200 OK\r\n"
MOVED = b"HTTP/1.1 301 Moved\r\nLocation: "


def asked(behaviour: Behaviour, path: str = "/") -> Answer:
    """Return the answer of a server that behaves so."""
    with serving(behaviour) as server:
        return fetch(f"http://{HOST}{path}", allowed=server.allowed)


def hearing(path: str) -> bytes:
    """Return the request for a path as a server hears it."""
    with serving(saying(OK + b"\r\n")) as server:
        fetch(f"http://{HOST}{path}", allowed=server.allowed)
    return server.heard[0]


def routed(**pages: bytes) -> Behaviour:
    """Return the behaviour that answers by the first word of the path."""

    def answer(caller: socket, _over: threading.Event) -> None:
        caller.sendall(pages[next(paths)])

    paths = iter(pages)
    return answer


def test_an_answer_is_kept_as_it_came() -> None:
    before = dt.datetime.now(dt.UTC)

    answer = asked(
        saying(
            b"HTTP/1.1 200 Fine\r\nSet-Cookie: a=1\r\nContent-Type: text/html\r\n"
            b"X-Name: caf\xc3\xa9\r\nset-cookie: b=2\r\nContent-Length: 5\r\n\r\nhello"
        ),
        "/fire?x=1#top",
    )

    assert answer.asked == f"http://{HOST}/fire?x=1#top"
    assert answer.address == f"http://{HOST}/fire?x=1"
    assert (answer.status, answer.reason, answer.protocol) == (200, "Fine", "HTTP/1.1")
    assert answer.redirects == ()
    assert answer.headers == (
        ("Set-Cookie", "a=1"),
        ("Content-Type", "text/html"),
        ("X-Name", "caf\xc3\xa9"),
        ("set-cookie", "b=2"),
        ("Content-Length", "5"),
    )
    assert (answer.body, answer.coding) == (b"hello", "")
    assert before <= answer.received_at <= dt.datetime.now(dt.UTC)
    assert 0 < answer.seconds < 5


def test_a_site_hears_nothing_of_us_but_the_agent() -> None:
    with override_settings(CAPTURE_AGENT="Someone/1.0"):
        said = hearing("/fire")

    assert said == (
        b"GET /fire HTTP/1.1\r\n"
        b"Host: news.example.org\r\n"
        b"User-Agent: Someone/1.0\r\n"
        b"Accept: text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8\r\n"
        b"Accept-Encoding: identity\r\n"
        b"Connection: close\r\n\r\n"
    )


def test_no_proxy_login_or_cookie_of_this_machine_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text(f"machine {HOST} login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    moved = MOVED + b"/next\r\nSet-Cookie: a=1\r\n\r\n"
    with serving(routed(first=moved, second=OK + b"\r\n")) as server:
        fetch(f"http://{HOST}/", allowed=server.allowed)

    assert len(server.heard) == 2
    for said in server.heard:
        assert not {b"authorization", b"cookie", b"referer", b"proxy"} & {
            line.split(b":")[0].lower() for line in said.splitlines()
        }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("", b"GET / HTTP/1.1"),
        ("?a=b", b"GET /?a=b HTTP/1.1"),
        ("/путь?где=тут", b"GET /%D0%BF%D1%83%D1%82%D1%8C?%D0%B3%D0%B4%D0%B5=%D1%82%D1%83%D1%82 "
                         b"HTTP/1.1"),
        ("/a%20b/100%", b"GET /a%20b/100% HTTP/1.1"),
        ("/%0d%0aX:y", b"GET /%0d%0aX:y HTTP/1.1"),
        ('/<">', b"GET /%3C%22%3E HTTP/1.1"),
    ],
)  # fmt: skip
def test_an_address_is_asked_for_as_browsers_do(path: str, line: bytes) -> None:
    assert hearing(path).splitlines()[0] == line


@pytest.mark.parametrize("status", [204, 304, 404, 410, 429, 500, 503, 300, 999])
def test_every_status_is_an_answer(status: int) -> None:
    assert asked(saying(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % status)).status == status


def test_no_content_has_no_body_whatever_follows() -> None:
    assert asked(saying(b"HTTP/1.1 204 No Content\r\n\r\nhello")).body == b""


def test_what_follows_the_promised_length_is_left() -> None:
    assert asked(saying(OK + b"Content-Length: 5\r\n\r\nhello and more")).body == b"hello"


def test_an_older_server_is_understood() -> None:
    answer = asked(saying(b"HTTP/1.0 200\r\n\r\nhello"))

    assert (answer.protocol, answer.reason, answer.body) == ("HTTP/1.0", "", b"hello")


def test_chunks_are_put_together() -> None:
    said = OK + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n"

    assert asked(saying(said)).body == b"hello"


def raw(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(data) + machine.flush()


@pytest.mark.parametrize(
    ("named", "body", "coding"),
    [
        (b"gzip", gzip.compress(b"hello" * 50_000), "gzip"),
        (b"X-GZIP", gzip.compress(b"hello" * 50_000), "gzip"),
        (b"gzip", gzip.compress(b"hello" * 50_000) + b"padding", "gzip"),
        (b"deflate", zlib.compress(b"hello" * 50_000), "deflate"),
        (b"deflate", raw(b"hello" * 50_000), "deflate"),
        (b"identity", b"hello" * 50_000, ""),
    ],
)
def test_a_page_that_is_compressed_all_the_same_is_inflated(
    named: bytes, body: bytes, coding: str
) -> None:
    answer = asked(saying(OK + b"Content-Encoding: " + named + b"\r\n\r\n", body))

    assert answer.body == b"hello" * 50_000
    assert answer.coding == coding
    assert answer.headers == (("Content-Encoding", named.decode()),)


@pytest.mark.parametrize("more", [1, 200, 258])
def test_an_inflated_page_may_end_anywhere(more: int) -> None:
    body = bytes(STEP + more)

    answer = asked(saying(OK + b"Content-Encoding: deflate\r\n\r\n", raw(body)))

    assert answer.body == body


def test_a_compressed_page_may_be_empty() -> None:
    assert asked(saying(OK + b"Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n")).body == b""


def test_controls_in_headers_are_kept_as_spaces() -> None:
    answer = asked(saying(b"HTTP/1.1 200 a\0b\r\nX: a\0b\x1bc\r\n d\r\n\r\n"))

    assert answer.reason == "a b"
    assert answer.headers == (("X", "a b c d"),)


def test_each_redirect_is_told() -> None:
    pages = {
        "one": MOVED + b"/two?x\r\n\r\n",
        "two": b"HTTP/1.1 302 Found\r\nLocation: //news.example.org/three#here\r\n\r\n",
        "three": OK + b"\r\nhello",
    }

    answer = asked(routed(**pages), "/one")

    assert answer.redirects == (
        Redirect(301, f"http://{HOST}/one"),
        Redirect(302, f"http://{HOST}/two?x"),
    )
    assert (answer.address, answer.body) == (f"http://{HOST}/three", b"hello")


@pytest.mark.parametrize(
    "location", ["/хвиля та вода".encode(), b"/%D1%85%D0%B2%D0%B8%D0%BB%D1%8F%20%D1%82%D0%B0%20"
                 b"%D0%B2%D0%BE%D0%B4%D0%B0"]
)  # fmt: skip
def test_a_redirect_is_read_in_any_script(location: bytes) -> None:
    pages = {"one": MOVED + location + b"\r\n\r\n", "two": OK + b"\r\n"}

    assert asked(routed(**pages)).address.endswith(
        "/%D1%85%D0%B2%D0%B8%D0%BB%D1%8F%20%D1%82%D0%B0%20%D0%B2%D0%BE%D0%B4%D0%B0"
    )


@pytest.mark.parametrize(("hops", "kept"), [(5, True), (6, False)])
def test_five_redirects_are_followed_and_no_sixth(hops: int, kept: bool) -> None:
    pages = {f"p{n}": MOVED + b"/%d\r\n\r\n" % n for n in range(hops)}
    behaviour = routed(**pages, last=OK + b"\r\n")

    if kept:
        assert len(asked(behaviour).redirects) == hops
    else:
        with pytest.raises(Unreachable) as refused:
            asked(behaviour)
        assert refused.value.code == "redirects"


def test_a_page_that_sends_us_to_itself_is_asked_once() -> None:
    with serving(saying(MOVED + b"/#again\r\n\r\n")) as server, pytest.raises(Unreachable):
        fetch(f"http://{HOST}/", allowed=server.allowed)

    assert len(server.heard) == 1


def test_a_redirect_that_leads_nowhere_is_an_answer() -> None:
    assert asked(saying(b"HTTP/1.1 302 Found\r\n\r\nhello")).body == b"hello"


def test_the_product_asks_a_site_of_the_tests_where_a_test_says_so() -> None:
    with serving(saying(OK + b"\r\nhello")) as server:
        with reachable(server.allowed):
            answer = fetch(f"http://{HOST}/")
        with pytest.raises(Unreachable):
            fetch(f"http://{HOST}/", resolve=lambda _host: [])

    assert answer.body == b"hello"


def test_every_code_has_a_message() -> None:
    for code in MESSAGES:
        assert Unreachable(code).message


class Authority:
    """Somebody who issues a certificate for a name, and whoever believes them."""

    def __init__(self, folder: Path, name: str, *, days: int = 1) -> None:
        now = dt.datetime.now(dt.UTC)
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tests")])
        made = (
            x509.CertificateBuilder(subject, subject, key.public_key(), 1)
            .not_valid_before(now - dt.timedelta(days=2))
            .not_valid_after(now + dt.timedelta(days=days))
            .add_extension(
                x509.SubjectAlternativeName(
                    [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
                ),
                critical=False,
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
            .public_bytes(serialization.Encoding.PEM)
        )
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        (folder / "both.pem").write_bytes(secret + made)
        self.trust = ssl.create_default_context(cadata=made.decode())
        self.serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.serving.load_cert_chain(folder / "both.pem")
        self.named: list[str | None] = []
        self.heard: list[bytes] = []
        self.serving.sni_callback = lambda _socket, name, _context: self.named.append(name)

    def says(self, data: bytes) -> Behaviour:
        """Return the behaviour that sends `data` encrypted."""

        def say(caller: socket, _over: threading.Event) -> None:
            with self.serving.wrap_socket(caller, server_side=True) as encrypted:
                self.heard.append(encrypted.recv(65536))
                encrypted.sendall(data)

        return say


def test_a_site_is_believed_by_the_certificate_of_its_name(tmp_path: Path) -> None:
    authority = Authority(tmp_path, HOST)
    with serving(authority.says(OK + b"\r\nhello"), hears=False) as server:
        answer = fetch(f"https://{HOST}/", allowed=server.allowed, trust=authority.trust)

    assert (answer.address, answer.body) == (f"https://{HOST}/", b"hello")
    assert authority.named == [HOST]
    assert b"\r\nHost: news.example.org\r\n" in authority.heard[0]


@pytest.mark.parametrize(("name", "days", "trusted"), [
    ("other.example.org", 1, True), (HOST, -1, True), (HOST, 1, False),
])  # fmt: skip
def test_a_certificate_of_another_name_day_or_authority_does_not_hold(
    tmp_path: Path, name: str, days: int, trusted: bool
) -> None:
    authority = Authority(tmp_path, name, days=days)
    trust = authority.trust if trusted else None
    with (
        serving(authority.says(OK + b"\r\nhello"), hears=False) as server,
        pytest.raises(Unreachable) as refused,
    ):
        fetch(f"https://{HOST}/", allowed=server.allowed, trust=trust)

    assert refused.value.code == "certificate"


def test_nobody_is_sent_from_an_encrypted_page_to_an_open_one(tmp_path: Path) -> None:
    authority = Authority(tmp_path, HOST)
    moved = MOVED + b"http://news.example.org/\r\n\r\n"
    with (
        serving(authority.says(moved), hears=False) as server,
        pytest.raises(Unreachable) as refused,
    ):
        fetch(f"https://{HOST}/", allowed=server.allowed, trust=authority.trust)

    assert refused.value.code == "downgrade"
