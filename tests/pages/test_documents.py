"""The codebook and the documents as pages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.test import Client

from incidents.codebook import VOCABULARIES
from incidents.documents import FILES, document
from incidents.filters import ask

from .reading import page, words

pytestmark = pytest.mark.django_db

PAGES = ["/method/", *(f"/help/{name}/" for name in FILES if name != "method")]


def anchors(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_the_codebook_defines_every_code_at_an_anchor_of_its_own() -> None:
    html = page("/codebook/")

    for name, vocabulary in VOCABULARIES.items():
        assert name in anchors(html)
        for member in vocabulary:
            assert f"{name}-{member.value}" in anchors(html)
            assert unescape(str(member.label)) in unescape(html)


def test_the_list_behind_a_code_is_never_refused() -> None:
    queries = re.findall(r'href="/incidents/\?([^"]+)"', page("/codebook/"))

    assert len(queries) > 80
    for query in queries:
        assert ask(QueryDict(unescape(query)), AnonymousUser()).query() == unescape(query)


def test_the_default_domain_of_an_event_type_leads_to_its_definition() -> None:
    html = page("/codebook/")

    assert 'href="#domain-infrastructure"' in html
    assert set(re.findall(r'href="#(domain-[^"]+)"', html)) <= anchors(html)


@pytest.mark.parametrize("url", PAGES)
def test_a_document_is_one_page_with_headings_that_can_be_linked(url: str) -> None:
    html = page(url)

    assert html.count("<h1") == 1
    assert set(re.findall(r'href="#([^"]+)"', html)) <= anchors(html)
    assert "style=" not in html


@pytest.mark.parametrize("url", PAGES)
def test_no_link_of_a_document_is_dead(url: str) -> None:
    body = page(url).split('class="document"', 1)[1].split("</article>", 1)[0]

    for href in re.findall(r'href="([^"]+)"', body):
        target, _hash, anchor = unescape(href).partition("#")
        if target.startswith(("http://", "https://")):
            continue
        html = page(target or url)
        assert not anchor or anchor in anchors(html), href


@pytest.mark.parametrize("url", PAGES)
def test_pictures_of_a_document_are_files_of_the_site_with_their_size_and_words(url: str) -> None:
    for picture in re.findall(r"<img\b[^>]*>", page(url).split('class="document"', 1)[1]):
        said = dict(re.findall(r'(\w+)="([^"]*)"', picture))
        assert finders.find(said["src"].removeprefix("/static/"))
        assert int(said["width"]) > 300
        assert int(said["height"]) > 100
        assert said["loading"] == "lazy"
        assert len(said["alt"]) > 20


@pytest.mark.parametrize(
    "name", ["nothing", "method", "method.md", "../README", "adr", "..%2f..%2fREADME.md", ""]
)
def test_a_document_is_found_by_a_known_name_only(name: str) -> None:
    assert Client().get(f"/help/{name}/").status_code == 404


def test_a_document_brings_no_html_no_style_and_no_script_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.BASE_DIR = tmp_path
    monkeypatch.setitem(FILES, "hostile", "hostile.md")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "hostile.md").write_text(
        "# Title\n\n<script>alert(1)</script> [a](javascript:alert(1)) [b](../secret.py)\n\n"
        "## Same\n\n## Same\n\n| n |\n|--:|\n| 1 |\n"
    )

    html = document("hostile").html

    assert "<script" not in html
    assert "<a" not in html
    assert "style" not in html
    assert 'class="align-right"' in html
    assert {"same", "same-1"} <= anchors(html)


def test_the_method_says_the_series_as_a_table_that_a_keyboard_can_scroll() -> None:
    html = page("/method/")

    assert '<div class="scroll" tabindex="0" role="group" aria-label="Table">\n<table>' in html
    assert "suspected, confirmed" in words(html)


def test_links_between_documents_lead_to_their_pages_and_links_to_code_to_nothing() -> None:
    method, architecture = page("/method/"), page("/help/api/")

    assert 'href="/help/api/#other-lists"' in method
    assert 'href="/method/"' in architecture
    assert ".md" not in "".join(re.findall(r'href="([^"]*)"', method + architecture))
