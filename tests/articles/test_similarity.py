"""How alike texts are: copies stand above the threshold, rewritten and other stories below."""

from __future__ import annotations

import itertools
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from articles.similarity import THRESHOLD, bands, resemblance, shingles, signature
from tests.articles import site

# The story of the page en-cable, told by somebody else from the same facts.
REWRITTEN: Final = """Homes near Westmere's quay had no electricity on Sunday night: a line below \
the north pier had been severed, according to the operator, which counted about 300 customers.

Repair crews say that whoever did it used hydraulic shears, and gave up on a further cable half \
way. The lights came back before 6 a.m., when a provisional line over the fish market was ready.

Harbour master Edda Rowsell says one of her watchmen noticed an unlit boat slipping out at around \
1.30 a.m. He radioed it and got no reply. Traces of paint were taken from a ladder by police, who \
also want to see private camera footage; they left open whether last autumn's cuts are connected.

Councillors are to talk about locks and alarms on Wednesday, at £11,000 a pier."""


def copies(text: str) -> dict[str, str]:
    """Return what outlets make of a text that they copy."""
    parts = text.split("\n\n")
    words = text.split(" ")
    return {
        "another title and a byline": "\n\n".join(
            ["What happened at night", "By our desk", *parts]
        ),
        "last paragraph cut": "\n\n".join(parts[:-1]),
        "every sixtieth word left out": " ".join(w for n, w in enumerate(words, 1) if n % 60),
        "in capitals": text.upper(),
    }


@pytest.mark.parametrize("page", site.articles(), ids=lambda page: page.file)
def test_copies_with_light_edits_are_alike(page: site.Page) -> None:
    first = signature(page.text)
    found = {name: resemblance(first, signature(text)) for name, text in copies(page.text).items()}
    assert min(found.values()) >= THRESHOLD, found


@pytest.mark.parametrize("page", site.articles(), ids=lambda page: page.file)
def test_a_copy_is_found_by_a_band(page: site.Page) -> None:
    first = set(bands(signature(page.text)))
    assert all(first & set(bands(signature(text))) for text in copies(page.text).values())


def test_the_copy_on_the_site_is_alike() -> None:
    one, other = (signature(site.page(name).text) for name in ("en-cable", "en-copy"))
    assert resemblance(one, other) >= THRESHOLD


def test_a_rewritten_story_is_not_alike() -> None:
    assert resemblance(signature(site.page("en-cable").text), signature(REWRITTEN)) < THRESHOLD / 2


def test_other_stories_are_not_alike() -> None:
    texts = [page.text for page in site.articles() if page.file != "en-copy.html"]
    pairs = itertools.combinations(map(signature, texts), 2)
    assert max(resemblance(one, other) for one, other in pairs) < THRESHOLD / 2


def test_a_signature_is_the_same_in_every_process_and_release() -> None:
    made = signature(site.page("en-cable").text)
    program = (
        "import sys; sys.path.insert(0, '.'); from articles.similarity import signature; "
        "from tests.articles import site; "
        "sys.stdout.write(signature(site.page('en-cable').text).hex())"
    )
    other = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout == made.hex()
    assert sha256(made).hexdigest()[:16] == "7dc1d1a81318fe59"


def test_every_signature_has_the_same_size() -> None:
    assert {len(signature(page.text)) for page in site.articles()} == {504}


def test_hardly_any_text_has_no_signature_and_is_like_nothing() -> None:
    assert signature("two words") == b""
    assert resemblance(b"", b"") == 0
    assert bands(b"") == []


def test_scripts_without_spaces_are_cut_into_letters() -> None:
    assert len(shingles("港区信号灯被人远程关闭市民改走小路")) == 11


def test_bands_fit_a_signed_column_and_tell_their_place() -> None:
    found = bands(b"\x01" * 504)
    assert all(-(2**63) <= number < 2**63 for number in found)
    assert len(set(found)) == len(found)
