"""Addresses of articles: accepted, refused, and the same article or another one."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.canonical import MAX_LENGTH, canonical, digest, domain, validate_address
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


PARTS = st.text("abcXYZ019-._~", min_size=1, max_size=8)
HOSTS = st.sampled_from(("example.org", "www.example.org", "m.a-b.co.uk", "пример.рф"))


@given(HOSTS, st.lists(PARTS, max_size=3), st.lists(st.tuples(PARTS, PARTS), max_size=3))
def test_a_canonical_form_is_its_own_and_is_an_address(
    host: str, path: list[str], query: list[tuple[str, str]]
) -> None:
    asked = "&".join(f"{name}={value}" for name, value in query)
    url = f"https://{host}/{'/'.join(path)}?{asked}"

    form = canonical(url)

    validate_address(url)
    validate_address(form)
    assert canonical(form) == form


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


@pytest.mark.django_db
def test_an_article_is_found_by_any_copy_of_its_address() -> None:
    article = make.article("https://www.example.org/news/fire/?utm_source=x")

    assert list(Article.objects.at_address("http://example.org/news/fire#top")) == [article]
    assert not Article.objects.at_address("https://example.org/news").exists()
