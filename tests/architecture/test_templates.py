"""Templates hold no code, no style and nothing from elsewhere."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PATTERNS = {
    "script with a body": re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>\s*\S", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "foreign resource": re.compile(
        r"<(?:script|link|img|iframe|source|video|audio|object|embed|use|image)\b[^>]*"
        r"\b(?:src|href|data|srcset)\s*=\s*[\"']?\s*(?:https?:)?//",
        re.IGNORECASE,
    ),
}


def faults(text: str) -> set[str]:
    """Name what `text` holds that no template may hold."""
    return {name for name, pattern in PATTERNS.items() if pattern.search(text)}


def test_no_template_holds_code_style_or_foreign_resources() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): wrong
        for path in TEMPLATES.rglob("*")
        if path.is_file() and (wrong := faults(path.read_text(encoding="utf-8")))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>alert(1)</script>", "script with a body"),
        ("<STYLE>p {}</STYLE>", "style element"),
        ('<p class="a" style="color: red">', "style attribute"),
        ("<button\n  onclick=go()>", "handler attribute"),
        ('<a href="javascript:go()">', "script address"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "foreign resource"),
        ("<script src='//example.org/a.js'></script>", "foreign resource"),
    ],
)
def test_each_fault_is_found(text: str, fault: str) -> None:
    assert fault in faults(text)


def test_a_link_elsewhere_and_our_own_files_are_no_fault() -> None:
    text = """<a href="https://example.org/">out</a>
    <script type="module" src="{% static 'js/a.js' %}"></script>{{ data|json_script:"d" }}"""

    assert faults(text) == set()
