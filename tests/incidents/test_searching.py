"""What a search finds, in which order, for whom; and that its index is in step with the rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from incidents import indexing, purging, review
from incidents.models import ArticleDocument, Incident, IncidentDocument
from incidents.refusals import InvalidQuestion
from incidents.searching import search
from tests import hostile, make

pytestmark = pytest.mark.django_db

EVERYBODY = AnonymousUser()
# Titles in many scripts, and words that find them.
PROBES = [
    ("uk", "Пожежа на об'єкті у Києві", "обʼєкт києв", 1),
    ("uk", "Йосип і їжак", "іжак", 0),
    ("ru", "Ёлка сгорела", "елка", 1),
    ("pl", "Sabotaż w Łodzi: pożar", "sabotaz lodzi", 1),
    ("sq", "Sulm kibernetik në Shqipëri", "kibernet shqiperi", 1),
    ("id", "Penyelidikan sabotase kereta api", "penyelidik kereta", 1),
    ("ar", "هجوم على مَحَطّة الكهرباء", "محطه الكهرباء", 1),
    ("fa", "حمله سایبری می‌شود", "ميشود سايبري", 1),
    ("zh", "电网遭到网络攻击", "网络攻击", 1),
    ("zh", "电网遭到网络攻击", "击", 1),
    ("zh", "电网遭到网络攻击", "击攻", 0),
    ("ja", "サイバー攻撃を受けた", "攻撃", 1),
    ("th", "โจมตีที่กรุงเทพ", "กรุงเทพ", 1),
    ("ka", "კიბერთავდასხმა თბილისში", "თბილის", 1),
    ("ko", "발전소 사이버 공격", "사이버", 1),
    ("hi", "बिजलीघर पर हमला", "हमला", 1),
    ("tr", "IĞDIR'da yangın", "igdirda", 1),
    ("de", "Straße gesperrt", "STRASSE", 1),
    ("vi", "Cháy ở Đà Nẵng", "da nang", 1),
]


def article(title: str, text: str = "", **said: Any) -> Article:
    return make.article(title=title, text=text, **{"marking": "clear", **said})


def titles(text: str, user: Any = EVERYBODY, **said: Any) -> list[str]:
    return [hit.row.title for hit in search(text, user, **said).hits]


def analyst() -> User:
    return make.user("reader", staff=True)


@pytest.mark.parametrize(("language", "title", "words", "hits"), PROBES)
def test_words_are_found_in_every_script_alike_on_both_databases(
    language: str, title: str, words: str, hits: int
) -> None:
    article(title, language=language)
    article("Something else")

    assert search(words, EVERYBODY).total == hits


def test_every_word_has_to_begin_a_word() -> None:
    make.incident("Sabotage of a railway")

    assert titles("rail SABOT") == ["Sabotage of a railway"]
    assert titles("way sabot") == []
    assert titles("rail bridge") == []


def test_words_in_the_title_come_before_words_elsewhere_and_whole_ones_first() -> None:
    make.incident("Old fire", occurred="2001")
    make.incident("Older fireworks", occurred="2002")
    make.incident("Blast", summary=f"A fire. {make.SUMMARY}", occurred="2003")
    make.incident("Burst", summary=f"A firearm. {make.SUMMARY}", occurred="2004")
    article("New fire", published="2005")

    found = ["New fire", "Old fire", "Older fireworks", "Blast", "Burst"]
    assert titles("fire") == found


def test_of_what_stands_alike_the_newest_comes_first_and_the_undated_last() -> None:
    article("Fire undated")
    for year in ("2003", "2005", "2004"):
        article(f"Fire of {year}", published=year)
    make.incident("Fire on a day", occurred="2005-12-31")

    assert titles("fire") == [
        *("Fire on a day", "Fire of 2005", "Fire of 2004", "Fire of 2003", "Fire undated"),
    ]


def test_pages_follow_one_another_without_gap_or_double() -> None:
    for n in range(7):
        article(f"Fire {n}", published=f"20{10 + n // 3}")
        make.incident(f"Fires {n}", occurred=f"20{10 + n // 3}-12-31")
        make.incident(f"Case {n}", summary=f"Fire. {make.SUMMARY}", occurred="2011")
    whole = titles("fire")
    assert len(whole) == len(set(whole)) == 21

    for size in (1, 2, 5):
        pages, after = [], ""
        while True:
            found = search("fire", EVERYBODY, after, size)
            assert found.total == 21
            pages += [hit.row.title for hit in found.hits]
            if found.next is None:
                break
            after = found.next
        assert pages == whole


def test_what_is_only_counted_is_put_in_no_order() -> None:
    """In an order, all that a common word is in is read; without one, as much as is counted."""
    for n in range(3):
        make.incident(f"Drone {n}")

    with CaptureQueriesContext(connection) as asked:
        search("drone", EVERYBODY, size=1)

    counts = [one["sql"] for one in asked if "COUNT(" in one["sql"]]
    assert counts
    assert not [sql for sql in counts if "ORDER BY" in sql]


def test_the_text_of_an_article_is_found_and_shown_for_staff_alone() -> None:
    article("Report", "Smoke rose above the harbour.")
    member = make.user("member")
    make.join(member)

    for reader in (EVERYBODY, member):
        assert titles("harbour", reader) == []
        assert search("report", reader).hits[0].text == []
    (hit,) = search("harbour", analyst()).hits
    assert [piece.text for piece in hit.text if piece.found] == ["harbour"]


def test_hidden_rows_change_no_answer() -> None:
    for n in range(3):
        make.incident(f"Fire {n}", summary=f"{'fire ' * n}{make.SUMMARY}", occurred="2020")
        article(f"Fire at {n}", published="2020")

    def answer() -> list[Any]:
        return [
            (found.total, found.next and found.next.split(":")[0], [h.title for h in found.hits])
            for found in (search("fire", EVERYBODY, size=size) for size in (2, 50))
        ]

    before = answer()
    for n in range(4):
        make.incident(f"Fire hidden {n}", marking="red", occurred="2020")
        make.incident(f"Fire drafted {n}", state="draft", occurred="2020")
        article(f"Fire kept {n}", "fire", marking="amber", published="2020")

    assert answer() == before


def test_a_draft_is_found_by_whom_it_is_for_and_beside_no_public_edition() -> None:
    shown = make.incident("Fire in public")
    make.incident("Fire revised", after=shown, state="draft")
    make.incident("Fire drafted", state="draft")

    assert titles("fire") == ["Fire in public"]
    assert sorted(titles("fire", make.user("writer"))) == ["Fire drafted", "Fire in public"]


def test_an_edition_that_ended_is_not_found() -> None:
    first = make.incident("Fire at first")
    second = make.incident("Fire at last", after=first)
    assert titles("fire") == ["Fire at last"]

    review.withdraw(second, by=make.reviewer(), reason="Wrong.")

    assert titles("fire") == []
    assert not IncidentDocument.objects.exists()


def test_a_change_is_found_at_once_and_what_was_there_no_longer() -> None:
    changed = article("Fire", "Smoke", published="2020")
    changed.title, changed.text, changed.published = "Flood", "Water", "2021"
    changed.save()

    assert [titles(word, analyst()) for word in ("fire", "smoke")] == [[], []]
    assert [titles(word, analyst()) for word in ("flood", "water")] == [["Flood"], ["Flood"]]
    document = ArticleDocument.objects.get()
    assert document.pk >> indexing.SHIFT == date(2021, 12, 31).toordinal()


def test_what_fails_leaves_the_index_as_it_was() -> None:
    kept = article("Fire")

    def fail() -> None:
        with transaction.atomic():
            kept.title = "Flood"
            kept.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert (titles("fire"), titles("flood")) == (["Fire"], [])


def test_reindex_makes_the_same_documents_anew(capsys: pytest.CaptureFixture[str]) -> None:
    make.incident("Fires", citations=[article("Fire of others", "Smoke")])
    make.incident("Fire drafted", state="draft")

    def documents() -> list[Any]:
        return [
            list(kind.document._base_manager.order_by("pk").values()) for kind in indexing.KINDS
        ]

    before = documents()
    only = Article.objects.exclude(title="")
    only.update(title="Flood of others")
    assert titles("flood") == []

    call_command("reindex")
    assert titles("flood") == ["Flood of others"]
    only.update(title="Fire of others")
    call_command("reindex")

    assert documents() == before
    assert titles("fire others") == ["Fire of others"]
    assert "Indexed 2 incidents and 2 articles" in capsys.readouterr().out
    kept = only.get()
    kept.title = "Storm"
    kept.save()
    assert (titles("others"), titles("storm")) == ([], ["Storm"])


def raw() -> bytes:
    """Return all that the index holds, as bytes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT string_agg(words::text, '') FROM incidents_incidentdocument")
            return str(cursor.fetchone()[0]).encode()
        held = []
        for kind in indexing.KINDS:
            cursor.execute(f"SELECT block FROM {kind.index}_data")  # noqa: S608
            held += [bytes(block) for (block,) in cursor.fetchall()]
        return b"".join(held)


def test_a_purge_leaves_no_word_in_the_index() -> None:
    # Words of different beginnings: the index keeps of a word what the one before does not say.
    gone = make.incident("Quxwerty", citations=[article("Quxasdfgh", "Vyqzxcvb")])
    stays = make.incident("Great flood")
    assert b"quxwerty" in raw().replace(b"0qu", b"qu")

    gone.record.refresh_from_db()
    purging.purge(gone.record.public_id, reason="A court asked for it.", articles=True)

    left = raw()
    assert not [word for word in (b"werty", b"asdfgh", b"yqzxcvb") if word in left]
    assert Incident.objects.get() == stays
    assert titles("great flood") == ["Great flood"]


def test_a_long_text_is_indexed_up_to_a_bound() -> None:
    words = " ".join(f"сл{n}ово" for n in range(60_000))
    long = article("Long", words[:499_000])

    assert titles("сл0ово", analyst()) == ["Long"]
    body = ArticleDocument.objects.get(article=long).body
    assert len(body.encode()) <= 400_000


@pytest.mark.parametrize(
    "text",
    ["", "  ", "…", "\u0301", "🔥", "%_%", "()", '""', " ".join(f"w{n}" for n in range(11))],
)
def test_what_holds_no_word_or_too_many_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuestion):
        search(text, EVERYBODY)


HOSTILE = [
    *('foo" OR bar:* NEAR(', "a AND", "NOT a", "title:a", "{title} : a", "a* *", "^a", "a + b"),
    *("'a' & | !b", "a:*b", "a <-> b", "'", "\\", "a\\", "%s %(a)s %%", "a\u0000b", "x" * 200),
    *("电" * 200, "攻击" * 100, "ﷺ½™", "\ud800", "\uffff a", "a\u202eb", "' OR 1=1 --"),
]


def test_hostile_words_are_answered_or_refused() -> None:
    article("a b title foo")
    texts = [*HOSTILE, *(it for kind in ("text_title", "filter_param") for it in bad(kind))]

    for text in texts:
        for user in (EVERYBODY, analyst()):
            try:
                search(text[:200], user)
            except InvalidQuestion:
                continue
    assert titles("a b title") == ["a b title foo"]


def bad(kind: str) -> list[str]:
    return [text for text in hostile.beside(kind) if isinstance(text, str)]
