"""`manage.py suggest --jsonl`: articles in, suggestions out, line by line."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

ARTICLE = {
    "id": "7",
    "url": "",
    "title": "Drones",
    "text": "Drones were seen over the airport of Oslo.",
    "metadata_date": None,
}


def said(monkeypatch: pytest.MonkeyPatch, lines: str) -> tuple[str, str, str]:
    """Return what the command writes, what it complains of, and its error."""
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    out, complaints = io.StringIO(), io.StringIO()
    error = ""
    try:
        call_command("suggest", "--jsonl", stdout=out, stderr=complaints)
    except CommandError as failed:
        error = str(failed)
    return out.getvalue(), complaints.getvalue(), error


def test_each_line_is_answered_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n".join(json.dumps(ARTICLE | {"id": str(number)}) for number in range(3))

    out, complaints, error = said(monkeypatch, lines)

    told = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in told] == ["0", "1", "2"]
    assert told[0]["language"] == "en"
    assert told[0]["event_types"][0]["evidence"]["end"] > 0
    assert (complaints, error) == ("", "")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "x", "id": NaN}', "“id” has to be"),
        ('{"text": "x", "id": ' + "[" * 900 + "]" * 900 + "}", "“id” has to be"),
        ("[" * 100_000, "no JSON"),
        ('{"text": ' + "9" * 5000 + "}", "Exceeds the limit"),
        ("{", "no JSON"),
        ("[1]", "object in braces"),
        ('{"text": 5}', "“text” has to be a text"),
        ('{"title": "x"}', "“text” is empty"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, line: str, why: str
) -> None:
    lines = f"{line}\n{json.dumps(ARTICLE)}\n"

    out, complaints, error = said(monkeypatch, lines)

    assert len(out.splitlines()) == 1
    assert complaints.startswith("Line 1: ")
    assert why in complaints
    assert error == "1 lines could not be read."


def test_a_title_that_alone_says_it_is_pointed_at(monkeypatch: pytest.MonkeyPatch) -> None:
    article = ARTICLE | {"title": "Sabotage in Finland", "text": "More later today."}

    out, _complaints, _error = said(monkeypatch, json.dumps(article))

    country = json.loads(out)["event_countries"][0]
    assert (country["value"], country["evidence"]["in"]) == ("FI", "title")


def test_the_way_in_has_to_be_said() -> None:
    with pytest.raises(CommandError, match="--jsonl"):
        call_command("suggest")


def test_a_line_whose_bytes_are_no_text_is_named_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = b'{"text": "\xff"}\n' + json.dumps(ARTICLE).encode() + b"\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(read), encoding="utf-8"))
    out, complaints = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="1 lines could not be read"):
        call_command("suggest", "--jsonl", stdout=out, stderr=complaints)

    assert len(out.getvalue().splitlines()) == 1
    assert complaints.getvalue().startswith("Line 1: ")
