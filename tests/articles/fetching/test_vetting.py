"""No address of our own network is ever dialled: not by its shape, not by its name, not later."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

from articles.fetching import LIMITS, Unreachable, fetch
from articles.fetching.networks import is_public
from articles.fetching.targets import target

from .stubs import GOOD, OK, Dialled, Names

BESIDE = Path(settings.BASE_DIR).parent / "shared" / "security" / "ssrf_urls.txt"
# A busy machine may need some time for a name that is there; a slow one takes longer still.
QUICK = replace(LIMITS, total=10, look_up=1)
# Expected, address, what its names resolve to; in the form of the file beside the project.
OWN = r"""
REFUSE	http://127.0.0.1/	-
REFUSE	http://127.1/	93.184.215.14
REFUSE	http://0x7f.0x1/	93.184.215.14
REFUSE	http://017700000001/	93.184.215.14
REFUSE	http://[::1]/	-
REFUSE	http://[::ffff:10.0.0.1]:80/	-
REFUSE	http://user@good.example.com/	93.184.215.14
REFUSE	http://good.example.com:8080/	93.184.215.14
REFUSE	http://good.example.com:00000080000/	93.184.215.14
REFUSE	http://good.example.com:/	93.184.215.14
REFUSE	http://good.example.com:-80/	93.184.215.14
REFUSE	http://good.example.com..	93.184.215.14
REFUSE	http://good.example.com\\x/	93.184.215.14
REFUSE	http://good.example.com/a\\b	93.184.215.14
REFUSE	http://good.example.com/a\nb	93.184.215.14
REFUSE	http://good%2eexample.com/	93.184.215.14
REFUSE	http://go\u200bod.example.com/	93.184.215.14
REFUSE	http://good.example.com/\ud800	93.184.215.14
REFUSE	http://wiki.corp/	93.184.215.14
REFUSE	http://nas.home.arpa/	93.184.215.14
REFUSE	http://x.onion/	93.184.215.14
REFUSE	http://LOCALHOST./	93.184.215.14
REFUSE	http://metadata.google.internal/	169.254.169.254
REFUSE	https://inward.example.com/	192.168.1.1
REFUSE	https://cloud.example.com/	168.63.129.16
REFUSE	https://six.example.com/	fe80::1%eth0
REFUSE	https://nat.example.com/	64:ff9b::a00:1
REFUSE	https://mixed.example.com/	2606:2800:21f:cb07::1,10.0.0.5
REFUSE	https://word.example.com/	localhost
REFUSE	https://rebind.example.com/	seq:93.184.215.14|127.0.0.1
REFUSE	https://gone.example.com/	NX
REFUSE	https://empty.example.com/	EMPTY
REFUSE	https://slow.example.com/	SLOW30
REFUSE-AFTER-REDIRECT	http://127.0.0.1/	-
REFUSE-AFTER-REDIRECT	//[::1]/	-
REFUSE-AFTER-REDIRECT	file:///etc/passwd	-
REFUSE-AFTER-REDIRECT	http://inward.example.com/	inward.example.com=10.0.0.5
REFUSE-AFTER-REDIRECT	http://good.example.com:6379/	-
REFUSE-AFTER-REDIRECT	http://good.example.com\\@127.0.0.1/	-
ACCEPT	https://good.example.com/	93.184.215.14
ACCEPT	http://good.example.com	93.184.215.14
ACCEPT	http://good.example.com:443/x?y=[1]|2	93.184.215.14
ACCEPT	https://six.example.com/	2606:2800:21f:cb07::1
ACCEPT	https://пример.example.com/путь?где=тут#там	93.184.215.14
ACCEPT	https://good.example.com./	93.184.215.14
ACCEPT	https://123.example.com/100%	93.184.215.14
"""


class Row(NamedTuple):
    """A line of a corpus."""

    expected: str
    url: str
    names: str


def rows(*expected: str) -> list[Row]:
    """Return the lines of our corpus, and of the one beside the project, that expect so."""
    beside = BESIDE.read_text(encoding="utf-8") if BESIDE.is_file() else ""
    found = []
    for line in (OWN + beside).splitlines():
        if line and not line.startswith("#"):
            word, url, names, *_why = line.split("\t")
            if word in expected:
                url = url.encode("latin-1", "backslashreplace").decode("unicode_escape")
                found.append(Row(word, url, names))
    return found


def names(said: str) -> Names:
    """Return the resolver that the third column of a corpus describes."""
    if "=" in said:
        pairs = (pair.split("=") for pair in said.split(";"))
        return Names({host: [address.split(",")] for host, address in pairs})
    if said in ("-", "NX"):
        return Names({})
    if said == "EMPTY":
        return Names({}, [[]])
    turns = said.removeprefix("seq:").split("|")
    return Names({}, [turn.split(",") for turn in turns])


def listed(said: str) -> set[str]:
    """Return the one address that a row of changing answers may dial."""
    return {said.removeprefix("seq:").split("|")[0]} if said.startswith("seq:") else set()


def short(row: object) -> str:
    return ascii(row.url)[:60] if isinstance(row, Row) else ""


@pytest.mark.parametrize("row", rows("REFUSE"), ids=short)
def test_what_leads_inward_is_refused_without_a_connection(row: Row) -> None:
    dialled = Dialled()

    with pytest.raises(Unreachable) as refused:
        fetch(row.url, QUICK, resolve=names(row.names), dial=dialled)

    assert {address for address, _port in dialled.to} <= listed(row.names)
    assert refused.value.code in ("address", "unreachable")


@pytest.mark.parametrize("row", rows("ACCEPT"), ids=short)
def test_a_public_page_is_dialled_at_the_address_that_was_looked_up(row: Row) -> None:
    dialled, found = Dialled(), names(row.names)

    with pytest.raises(Unreachable):
        fetch(row.url, QUICK, resolve=found, dial=dialled)

    assert dialled.to == [(row.names, target(row.url).port)]
    assert len(found.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("row", rows("REFUSE-AFTER-REDIRECT"), ids=short)
def test_a_redirect_that_leads_inward_ends_there(row: Row, status: int) -> None:
    location = row.url.encode()
    dialled = Dialled(b"HTTP/1.1 %d X\r\nLocation: %s\r\n\r\n" % (status, location))
    found = Names({"good.example.com": [[GOOD]], "inward.example.com": [["10.0.0.5"]]})

    with pytest.raises(Unreachable):
        fetch("http://good.example.com/", QUICK, resolve=found, dial=dialled)

    assert dialled.to == [(GOOD, 80)]
    assert len(dialled.heard()) == 1


@pytest.mark.parametrize(
    "body",
    [
        b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">',
        b'<link rel="canonical" href="http://127.0.0.1/">',
        b'<meta property="og:image" content="http://127.0.0.1/">',
    ],
)
@pytest.mark.parametrize("header", [b"Refresh: 0;url=http://127.0.0.1/", b"Link: <//127.0.0.1/>"])
def test_what_a_page_says_of_other_addresses_is_not_followed(body: bytes, header: bytes) -> None:
    dialled = Dialled(b"HTTP/1.1 200 OK\r\n" + header + b"\r\n\r\n" + body)

    answer = fetch("http://good.example.com/", QUICK, resolve=Names({}, [[GOOD]]), dial=dialled)

    assert answer.body == body
    assert len(dialled.heard()) == 1


def test_a_name_that_changes_between_redirects_is_vetted_each_time() -> None:
    found = Names({"good.example.com": [[GOOD], ["127.0.0.1"]]})
    dialled = Dialled(b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n")

    with pytest.raises(Unreachable) as refused:
        fetch("http://good.example.com/", QUICK, resolve=found, dial=dialled)

    assert refused.value.code == "unreachable"
    assert dialled.to == [(GOOD, 80)]
    dialled.heard()


def test_nothing_tells_refused_closed_silent_and_missing_apart() -> None:
    said = set()
    for answers in ("NX", "EMPTY", "10.0.0.1", "127.0.0.1", "SLOW30", GOOD):
        with pytest.raises(Unreachable) as refused:
            fetch("http://x.example.com/", QUICK, resolve=names(answers), dial=Dialled())
        said.add((refused.value.code, refused.value.message, str(refused.value)))

    assert len(said) == 1


def test_the_log_says_why_with_the_host_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "articles.fetching")

    with pytest.raises(Unreachable):
        fetch("http://x.example.com/secret", QUICK, resolve=names("10.0.0.1"), dial=Dialled())

    assert "x.example.com" in caplog.text
    assert "10.0.0.1" in caplog.text
    assert "secret" not in caplog.text


def test_another_address_of_the_name_is_tried_where_one_is_closed() -> None:
    found = Names({}, [[GOOD, "151.101.1.1", "8.8.8.8", "9.9.9.9"]])
    dialled = Dialled()

    with pytest.raises(Unreachable):
        fetch("http://good.example.com/", QUICK, resolve=found, dial=dialled)

    assert [address for address, _port in dialled.to] == [GOOD, "151.101.1.1", "8.8.8.8"]


def test_a_name_that_a_test_allows_is_dialled_there_and_nowhere_else() -> None:
    dialled, found = Dialled(OK), Names({})

    fetch(
        "http://news.example.org/",
        QUICK,
        allowed={"news.example.org": ("127.0.0.1", 8042)},
        resolve=found,
        dial=dialled,
    )

    assert dialled.to == [("127.0.0.1", 8042)]
    assert found.asked == []
    dialled.heard()


def test_a_name_that_a_test_allows_opens_no_other() -> None:
    allowed = {"news.example.org": ("127.0.0.1", 8042)}
    for url in ("http://127.0.0.1/", "http://x.news.example.org/", "http://news.example.org:8042/"):
        with pytest.raises(Unreachable):
            fetch(url, QUICK, allowed=allowed, resolve=names("127.0.0.1"), dial=Dialled(OK))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "168.63.129.16",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1",
        "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "203.0.113.1", "224.0.0.1",
        "239.1.1.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:8.8.8.8",
        "64:ff9b::808:808", "100::1", "2001::1", "2001:db8::1", "2002:808:808::1", "3fff::1",
        "4000::1", "fc00::1", "fe80::1", "fec0::1", "ff02::1", "2606:4700::1%eth0", "", "8.8.8",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "100.63.255.255", "168.63.129.17", "172.32.0.1", "198.20.0.1", "223.255.255.255",
     "2001:4860:4860::8888", "2606:4700::1", "2a00:1450::1"],
)  # fmt: skip
def test_an_address_of_the_public_internet_is_known(address: str) -> None:
    assert is_public(address)
