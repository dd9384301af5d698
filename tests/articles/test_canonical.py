"""Addresses of articles: accepted, refused, and the same article or another one."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import MAX_LENGTH, canonical, digest, domain, domains, validate_address
from articles.models import Article
from tests import make

BASE = "https://example.org/news/fire"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/news/fire",
        "https://www.example.org/news/fire",
        "https://WWW.Example.ORG/news/fire",
        "https://m.example.org/news/fire",
        "https://mobile.example.org/news/fire",
        "https://amp.example.org/news/fire",
        "https://www.m.example.org/news/fire",
        "https://example.org/news/fire/",
        "https://example.org/news/fire#comments",
        "https://example.org/news/fire?",
        "https://example.org/news/fire?utm_source=x&utm_medium=y",
        "https://example.org/news/fire?fbclid=1",
        "https://example.org/news/fire?gclid=1&mc_cid=2&mc_eid=3&igshid=4",
        "https://example.org/news/fire?UTM_Source=x",
        "https://example.org:443/news/fire",
        "http://example.org:80/news/fire",
        "https://m.www.example.org/news/fire",
        "https://example.org./news/fire",
        "https://example.org/news/%66ire",
        "https://example.org/news/fire//",
        "https://example.org/news/fire?gbraid=1&_hsenc=2&at_medium=RSS&xtor=3&mtm_campaign=4",
        "https://example.org/news/fire/amp",
        "https://example.org/news/fire/amp/",
        "https://example.org/amp/news/fire",
        "https://example.org/news/amp/fire",
        "https://example.org/news/fire.amp",
        "https://example.org/news/fire?amp",
        "https://example.org/news/fire?amp=1",
        "https://example.org/news/fire?outputType=amp",
        "https://cdn.ampproject.org/c/s/www.example.org/news/fire",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/fire?usqp=mq331",
        "https://example-org.cdn.ampproject.org/v/s/example.org/news/fire/amp?amp_js_v=0.1",
        "https://www.google.com/amp/s/amp.example.org/news/fire",
        "https://www.google.co.uk/amp/example.org/news/fire",
    ],
)
def test_copies_of_an_address_are_one_article(url: str) -> None:
    assert canonical(url) == BASE
    assert digest(url) == digest(BASE)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/news/fires",
        "https://example.org/News/fire",
        "https://example.org/news/fire?id=1",
        "https://example.org/news/fire?utm=1",
        "https://example.org:8080/news/fire",
        "https://news.example.org/news/fire",
        "https://example.com/news/fire",
        "https://example.org/",
        "https://example.org/news/fire/2",
        "https://example.org/news/fire%2F",
        "https://example.org/news/fire?amp=2",
        "https://example.org/news/fire.html",
        "https://example.org/news/camp/fire",
        "https://example.org/news/fire#!/1",
        "https://cdn.ampproject.org/i/s/example.org/news/fire",
        "https://cdn.ampproject.org/c/s/127.0.0.1/news/fire",
        "https://cdn.ampproject.org.example.com/c/s/example.org/news/fire",
        "https://www.google.com/url/s/example.org/news/fire",
    ],
)
def test_other_addresses_are_other_articles(url: str) -> None:
    assert digest(url) != digest(BASE)


def test_the_order_of_parameters_does_not_matter_and_empty_ones_do() -> None:
    assert canonical("https://a.org/x?b=2&a=1") == canonical("https://a.org/x?a=1&b=2")
    assert canonical("https://a.org/x?a=") != canonical("https://a.org/x")


def test_a_name_in_another_script_is_its_ascii_form() -> None:
    assert canonical("https://пример.рф/путь") == canonical(
        "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"
    )


def test_a_short_name_keeps_what_only_looks_like_a_prefix() -> None:
    assert canonical("https://m.org/x") == "https://m.org/x"
    assert canonical("https://www.org/x") == "https://www.org/x"


def test_below_a_country_a_site_may_be_called_like_a_prefix() -> None:
    assert canonical("https://m.co.uk/x") != canonical("https://amp.co.uk/x")
    assert canonical("https://www.gov.uk/x") == canonical("https://gov.uk/x")


def test_escapes_are_one_in_whatever_case_and_differ_from_what_they_escape() -> None:
    assert canonical("https://a.org/caf%c3%a9?q=%d0%bf") == canonical("https://a.org/café?q=п")
    assert canonical("https://a.org/a%2fb") != canonical("https://a.org/a/b")
    assert canonical("https://a.org/100%") == canonical("https://a.org/100%25")


def test_letters_of_an_old_alphabet_stay_apart() -> None:
    assert canonical("https://a.org/x?q=%EF%F0") != canonical("https://a.org/x?q=%EF%F1")
    assert canonical("https://a.org/x?q=%EF%F0") == canonical("https://a.org/x?q=%ef%f0")


def test_a_page_about_amp_is_not_the_first_page() -> None:
    assert canonical("https://example.org/amp/") != canonical("https://example.org/")


PARTS = st.text("abcXYZ019-._~", min_size=1, max_size=8)
SEGMENTS = PARTS | st.sampled_from(("amp", "amp.html", "x.amp", "c", "s", "v", "%61mp", "%2f", ""))
HOSTS = st.sampled_from(
    (
        *("example.org", "www.example.org", "m.www.example.org", "m.a-b.co.uk", "пример.рф"),
        *("cdn.ampproject.org", "m.google.com", "amp.co.uk", "example.org."),
    )
)
ADDRESSES = st.builds(
    lambda host, path, query, last: f"https://{host}/{'/'.join(path)}?{'&'.join(query)}#{last}",
    HOSTS,
    st.lists(SEGMENTS | HOSTS.map(str), max_size=5),
    st.lists(st.builds("{}={}".format, PARTS, PARTS | st.just("%E9")), max_size=3),
    st.sampled_from(("", "top", "!/a%c3b", "!amp")),
)
TRACKS = st.lists(
    st.sampled_from(
        ("utm_source=x", "UTM_Campaign=%20", "fbclid=1", "gclid=", "mc_cid=2", "amp=1", "_gl=a%26b")
    ),
    min_size=1,
    max_size=3,
)


@given(ADDRESSES)
def test_a_canonical_form_is_its_own_and_is_an_address(url: str) -> None:
    form = canonical(url)

    validate_address(url)
    validate_address(form)
    assert canonical(form) == form


@given(ADDRESSES, TRACKS)
def test_what_is_added_to_follow_readers_never_makes_another_article(
    url: str, tracks: list[str]
) -> None:
    before, _hash, fragment = url.partition("#")

    assert canonical(f"{before}&{'&'.join(tracks)}#{fragment}") == canonical(url)


@given(HOSTS, st.lists(PARTS, max_size=3), st.integers(1, 10**9), st.integers(1, 10**9))
def test_pages_of_different_numbers_stay_different(
    host: str, path: list[str], one: int, other: int
) -> None:
    for form in ("/{}", "?id={}", "/{}.amp.html", "/{}/amp", "?amp=1&p={}"):
        first, second = (
            canonical(f"https://{host}/{'/'.join(path)}{form.format(n)}") for n in (one, other)
        )
        assert (first == second) == (one == other)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a|b",
        "https://пример.example.com/путь",
        "https://example.com/?token=SECRET&utm_source=x",
        "http://example.org",
        "https://example.org:8443/x",
        "https://xn--e1afmkfd.xn--p1ai/",
        "https://example.org./x",
        "https://example.org/" + "a" * (MAX_LENGTH - 20),
    ],
    ids=lambda url: url[:40],
)
def test_the_address_of_a_page_is_accepted(url: str) -> None:
    validate_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com/x",
        "ftp://example.com/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        " \x01javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///path",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://10.0.0.1:8080/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://2130706433/x",
        "https://user@example.com/x",
        "https://user:word@example.com/x",
        "https://example.com:22/x",
        "https://example.com:99999/x",
        "https://example.com:abc/x",
        "https://example.com/%00",
        "https://example.com/a b",
        "https://example.com/a\nb",
        "https://example.com\\@evil.org/",
        "https://example.com/\u202egpj.exe",
        "https://-example.com/x",
        "https://exa_mple.com/x",
        "https://example..com/x",
        "https://" + "a" * 64 + ".com/x",
        "https://example.org/" + "a" * MAX_LENGTH,
    ],
    ids=lambda url: ascii(url)[:40],
)
def test_what_is_no_page_of_a_public_host_is_refused(url: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_address(url)

    assert len(refused.value.messages[0]) < 400


@given(st.text(max_size=80) | st.text("htps:/[]@%.a1\\", max_size=40).map("https://".__add__))
def test_any_text_is_accepted_or_refused(url: str) -> None:
    try:
        validate_address(url)
    except ValidationError:
        return
    assert canonical(url).startswith("https://")
    assert domain(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.org/x", "example.org"),
        ("https://news.Example.org/x", "news.example.org"),
        ("https://пример.рф/x", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_an_outlet_is_known_by_its_host_without_www(url: str, host: str) -> None:
    assert domain(url) == host


def test_an_address_lies_in_the_domains_of_its_original_first() -> None:
    assert domains("https://m.news.example.org/x") == [
        *("news.example.org", "example.org", "m.news.example.org")
    ]
    assert domains("https://example-org.cdn.ampproject.org/c/s/example.org/x")[0] == "example.org"


@pytest.mark.django_db
def test_an_article_is_found_by_any_copy_of_its_address() -> None:
    article = make.article("https://www.example.org/news/fire/?utm_source=x")

    assert list(Article.objects.at_address("http://example.org/news/fire#top")) == [article]
    assert not Article.objects.at_address("https://example.org/news").exists()
