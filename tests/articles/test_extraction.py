"""What a captured file says: fields of the frozen site, verdicts, origins, other kinds of files."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from django.utils import timezone
from pypdf import PdfWriter

from articles.extraction import Reading, Verdict, origins, read, verdicts
from articles.text import refuse_body
from tests.articles import site

SEED: Final = next(
    iter(sorted((Path(__file__).parents[3] / "shared" / "articles").glob("00-*-seed.json"))), None
)
STORY: Final = (
    "The ferry to the outer islands stayed in port on Friday because somebody had loosened the "
    "bolts of its ramp. The captain noticed it when the first lorry drove on board and the plate "
    "gave way by a hand. Nobody was hurt, and the police have closed the quay."
)


def written(markup: str = "", *, head: str = "", lang: str = "en") -> bytes:
    """Return a page with an article of two paragraphs."""
    return (
        f'<html lang="{lang}"><head><meta charset="utf-8"><title>Ramp | The Quay</title>{head}'
        f"</head><body><article><h1>Ramp</h1><p>{STORY}</p><p>{STORY} Again.</p>{markup}"
        "</article></body>"
    ).encode()


@cache
def reading(name: str) -> Reading:
    """Return the reading of a page of the site."""
    page = site.page(name)
    return read(page.body, content_type=page.content_type, url=page.url, status=page.status)


def pieces(text: str) -> Counter[str]:
    """Count the words of a text, letters where a script puts no spaces."""
    return Counter(
        re.findall(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]|[^\W\u0e00-\u9fff]+", text)
    )


def common(one: str, other: str) -> float:
    """Return how far two texts have the same words (F1)."""
    a, b = pieces(one), pieces(other)
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def test_the_site_is_read_right_on_95_of_100_fields() -> None:
    fields = ("title", "outlet", "language", "published")
    wrong = [
        (page.file, field, getattr(reading(page.file), field))
        for page in site.articles()
        for field in fields
        if getattr(reading(page.file), field) != getattr(page, field)
    ]
    wrong += [
        (page.file, "text", "")
        for page in site.articles()
        if common(reading(page.file).text, page.text) < 0.9
    ]
    assert len(wrong) <= 0.05 * len(site.articles()) * (len(fields) + 1), wrong


def test_the_site_has_at_least_22_articles_in_10_scripts() -> None:
    letters = {next(filter(str.isalpha, page.text)) for page in site.articles()}
    assert len(site.articles()) >= 22
    assert len({unicodedata.name(letter).split()[0] for letter in letters}) >= 10


@pytest.mark.parametrize("page", site.pages(), ids=lambda page: page.file)
def test_every_page_gets_its_verdict(page: site.Page) -> None:
    assert reading(page.file).verdict == page.verdict


@pytest.mark.parametrize("page", site.articles(), ids=lambda page: page.file)
def test_the_origin_that_a_text_names_is_found(page: site.Page) -> None:
    assert reading(page.file).origin == page.origin


def test_the_span_of_an_origin_points_at_its_words() -> None:
    found = reading("uk-mist")
    assert found.origin_span
    assert found.text[slice(*found.origin_span)] == "Укрінформ"


def test_the_language_is_told_by_the_text_where_the_page_says_another() -> None:
    found = read(written(lang="fi"), content_type="text/html")
    assert found.language == "en"


def test_a_reason_names_the_words_of_a_wall() -> None:
    assert "subscribe to continue" in reading("wall-login-en").reason


def test_the_site_is_served_on_this_machine() -> None:
    with site.serving() as address:
        assert address.startswith("http://127.0.0.1:")


@pytest.mark.skipif(SEED is None, reason="the labelled articles are not here")
def test_the_seed_article_has_its_origin() -> None:
    assert SEED
    seed = json.loads(SEED.read_text(encoding="utf-8"))
    body = "".join(f"<p>{html.escape(part)}</p>" for part in seed["text"].split("\n"))
    page = (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{seed["title"]} - '
        'Warta</title></head><body><nav><ul><li><a href="/">Beranda</a></li></ul></nav><article>'
        f"<h1>{seed['title']}</h1>{body}</article><footer>Warta 2024</footer></body></html>"
    )
    found = read(page.encode(), content_type="text/html")
    assert (found.origin, found.language, found.title) == ("Asharq Al-Awsat", "id", seed["title"])
    assert found.origin_span
    assert found.text[slice(*found.origin_span)] == "ASHARQ AL-AWSAT"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tekst.\n\nŹródło: PAP", "PAP"),
        ("Text.\n\nQuelle: dpa", "dpa"),
        ("Text.\n\nQuelle: ntv.de, mit dpa", "ntv.de, mit dpa"),
        ("Text.\n\nQuelle: Deutsche Presse-Agentur", "dpa"),
        ("Text.\n\nQUELLE: HAFENBLATT NORD", "Hafenblatt Nord"),
        ("Текст.\n\nИсточник: РИА Новости", "RIA Novosti"),
        ("نص.\n\nالمصدر: رويترز", "Reuters"),
        ("テキスト。\n\n出典：共同通信", "Kyodo"),
        ("正文。\n\n来源：路透社", "Reuters"),
        ("본문.\n\n출처: 연합뉴스", "Yonhap"),
        ("Text.\n\nFonte: ANSA", "ANSA"),
        ("Text.\n\nSource: https://www.harbour.example/story", "harbour.example"),
        ("WESTMERE, Feb 19 (Reuters) - A boat left.", "Reuters"),
        ("BERLIN (dpa) – Ein Boot.", "dpa"),
        ("BERLIN (dpa/lno) – Ein Boot.", "dpa"),
        ("МОСКВА, 9 ноября. /ТАСС/. Лодка ушла.", "TASS"),
        ("新华社北京4月23日电 一艘船。", "Xinhua"),
        ("(서울=연합뉴스) 배가 떠났다.", "Yonhap"),
        ("Łódź odpłynęła nocą. (PAP)", "PAP"),
        ("The aa battery was sold. Nothing else.", ""),
        ("The source: a man who saw it himself and told the whole long story to the judge.", ""),
        ("He told Reuters that a boat had left.", ""),
    ],
)
def test_a_text_names_its_origin(text: str, name: str) -> None:
    found = origins.origin(text)
    assert (found.name if found else "") == name


def test_an_author_that_is_an_agency_is_the_origin() -> None:
    found = origins.origin("A boat left.", author="Reuters")
    assert found
    assert found.name == "Reuters"


def test_an_outlet_is_not_its_own_origin() -> None:
    assert origins.origin("KYIV (Reuters) - A boat left.", outlet="Reuters") is None


def test_a_year_beside_a_copyright_is_no_date() -> None:
    found = read(written("<footer>Copyright 2021 The Quay</footer>"), content_type="text/html")
    assert (found.verdict, found.published) == (Verdict.ARTICLE, "")


def test_a_day_that_a_sentence_names_is_no_date_of_publication() -> None:
    sentence = (
        "The same ramp had been loosened before, on 14 March 2023, and the ferry company had then "
        "promised that somebody would look at every bolt before the first lorry of the day."
    )
    found = read(written(f"<p>{sentence}</p>"), content_type="text/html")
    assert found.published == ""


@pytest.mark.parametrize(("days", "kept"), [(1, True), (2, False)])
def test_a_date_later_than_tomorrow_is_none(days: int, kept: bool) -> None:
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    head = f'<meta property="article:published_time" content="{day}T00:00:00Z">'
    found = read(written(head=head), content_type="text/html")
    assert found.published == (day if kept else "")


def test_the_day_is_that_of_the_zone_of_the_page() -> None:
    head = '<meta property="article:published_time" content="2024-03-01T23:30:00-05:00">'
    assert read(written(head=head), content_type="text/html").published == "2024-03-01"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("/a", "https://www.quay.example/a"),
        ("https://amp.quay.example/a", "https://amp.quay.example/a"),
        ("https://other.example/a", ""),
        ("https://127.0.0.1/a", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_page_names_an_address_of_its_own_site_only(named: str, expected: str) -> None:
    body = written(head=f'<link rel="canonical" href="{named}">')
    found = read(body, content_type="text/html", url="https://www.quay.example/a?x=1")
    assert found.canonical == expected


def test_sites_below_a_public_ending_are_two() -> None:
    body = written(head='<link rel="canonical" href="https://other.co.uk/a">')
    assert read(body, content_type="text/html", url="https://quay.co.uk/a").canonical == ""


def test_text_is_composed_and_without_characters_that_no_text_may_hold() -> None:
    body = written(
        "<p>e\u0301 te\u0001xt&#1;&#x1F; \u202eturned\u202c back\x0b \u2028 and the pier held.</p>"
        "</article><footer><p>Imprint</p></footer>"
    )
    found = read(body, content_type="text/html")
    refuse_body(found.text)
    assert "é text turned back" in found.text.replace("\n\n", " ")
    assert "Imprint" not in found.text


def test_a_saved_page_of_one_file_is_read_with_its_address() -> None:
    body = (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://quay.example/ramp\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + written()
        + b"\r\n--x--\r\n"
    )
    found = read(body, name="ramp.mhtml")
    assert (found.kind, found.title, found.outlet) == ("html", "Ramp", "The Quay")
    assert found.canonical == "https://quay.example/ramp"


def test_plain_text_is_read_in_the_character_set_that_it_is_told() -> None:
    body = "Šaltą naktį laivas liko uoste.".encode("cp1257")
    found = read(body, content_type="text/plain; charset=windows-1257")
    assert (found.kind, found.title) == ("text", "Šaltą naktį laivas liko uoste.")


def test_plain_text_is_read_in_a_character_set_that_is_not_told() -> None:
    body = ("Ночью кто-то открутил болты рампы, паром остался в порту. " * 12).encode("cp1251")
    assert "паром остался в порту" in read(body, name="a.txt").text


def pdf(text: str = "", title: str = "") -> bytes:
    """Return a PDF file of one sheet."""
    lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
    stream = f"BT /F 12 Tf 14 TL 72 720 Td {lines}ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Title({title})>>".encode(),
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, content))
    start = out.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 7\n0000000000 65535 f \n" + table)
    out.write(b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


SHEET: Final = "\n".join(STORY[at : at + 60] for at in range(0, len(STORY), 60))


def test_a_pdf_file_is_read_with_its_title() -> None:
    found = read(pdf(SHEET, "Report on a loosened ramp"), name="a.pdf")
    assert (found.kind, found.verdict) == ("pdf", Verdict.ARTICLE)
    assert found.title == "Report on a loosened ramp"
    assert "loosened the" in found.text


def test_a_title_that_is_the_name_of_a_file_is_not_taken() -> None:
    assert not read(pdf(SHEET, "Microsoft Word - x.docx")).title.startswith("Microsoft")


def test_a_pdf_file_of_pictures_has_no_text() -> None:
    found = read(pdf())
    assert (found.verdict, found.kind) == (Verdict.NOT_TEXT, "none")
    assert "pictures" in found.reason


def test_a_pdf_file_with_a_password_says_so() -> None:
    writer, out = PdfWriter(io.BytesIO(pdf(SHEET))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    assert "password" in read(out.getvalue()).reason


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image/png"),
        (b"PK\x03\x04\x14\x00\x00\x00", ""),
        (b'{"a": 1}', "application/json"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "text/xml"),
        (b"", "text/html"),
        (b"%PDF-1.7 nothing more", "application/pdf"),
    ],
)
def test_a_file_without_an_article_is_not_text(body: bytes, content_type: str) -> None:
    found = read(body, content_type=content_type)
    assert (found.kind, found.verdict, found.text) == ("none", Verdict.NOT_TEXT, "")


def test_a_short_article_behind_a_head_with_a_login_is_an_article() -> None:
    body = written().replace(b"<body>", b"<body><header><a href=/l>Log in</a> Subscribe</header>")
    assert read(body, content_type="text/html").verdict == Verdict.ARTICLE


def test_an_answer_of_failure_is_an_error_page_whatever_it_shows() -> None:
    found = read(written(), content_type="text/html", status=500)
    assert (found.verdict, "500" in found.reason) == (Verdict.ERROR_PAGE, True)


# What a page is, by its words


@pytest.mark.parametrize(
    ("count", "title", "status", "free", "told"),
    [
        (300, "A cable is cut", 200, True, Verdict.ARTICLE),
        (300, "A cable is cut", 500, True, Verdict.ERROR_PAGE),
        (60, "Page not found", 200, True, Verdict.ERROR_PAGE),
        (200, "Page not found", 200, True, Verdict.ERROR_PAGE),
        (200, "A cable is cut", 200, False, Verdict.LOGIN_WALL),
        (20, "A cable is cut", 200, True, Verdict.TOO_SHORT),
    ],
)
def test_a_page_is_judged_by_length_title_status_and_whether_it_is_free(
    count: int, title: str, status: int, free: bool, told: Verdict
) -> None:
    text = "cable " * count

    assert verdicts.verdict(text, text, title=title, status=status, free=free)[0] == told


def test_short_text_that_says_page_not_found_is_an_error_and_a_longer_one_is_none() -> None:
    said = "page not found "

    short, longer = said + "cable " * 50, said + "cable " * 200

    assert verdicts.verdict(short, short)[0] == Verdict.ERROR_PAGE
    assert verdicts.verdict(longer, longer)[0] == Verdict.ARTICLE


@pytest.mark.parametrize("letter", ["水", "の", "ก", "ལ", "မ", "ក", "𠀀"])
def test_two_letters_of_a_script_without_spaces_count_as_a_word(letter: str) -> None:
    assert verdicts.words(f"cut {letter * 300}") == 151
