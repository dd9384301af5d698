"""Whether a file holds an article, a wall, an error or hardly any text, by words/walls.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from articles.codebook import Verdict
from articles.text import NO_SPACES, folded

_RULES: Final = Path(__file__).parent / "words" / "walls.toml"
_UNSPACED: Final = re.compile(f"[{NO_SPACES}]")
# Words of text; a letter of a script without spaces counts as half a word.
SHORTEST: Final = 40
LITTLE: Final = 260
WEAK: Final = 3
_READ: Final = 20_000
_DENIED: Final = (401, 402, 403)


def words(text: str) -> int:
    """Count words; two letters of a script without spaces are one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + unspaced // 2


def verdict(
    text: str, shown: str, *, title: str = "", status: int = 200, free: bool = True
) -> tuple[Verdict, str]:
    """Return what a page is, and the phrase or number that says so.

    `shown` is every word that the page shows; `free` is false where the page itself says that
    its text is not free.
    """
    count = words(text)
    if count >= LITTLE and status < 400:
        return Verdict.ARTICLE, str(count)
    told = folded(f"{title}\n{text[:_READ]}")
    # The less text there is, the more the rest of the page says.
    where = f"{told}\n{folded(shown[:_READ])}" if count < LITTLE // 2 else told
    login = _phrase(Verdict.LOGIN_WALL, where)
    error = _phrase(Verdict.ERROR_PAGE, where)
    if status >= 400:
        if status in _DENIED and login and not error:
            return Verdict.LOGIN_WALL, login
        return Verdict.ERROR_PAGE, error or str(status)
    # A page that is missing often has a form to log in at its head.
    if error and (count < LITTLE // 3 or _phrase(Verdict.ERROR_PAGE, folded(title))):
        return Verdict.ERROR_PAGE, error
    if consent := _phrase(Verdict.CONSENT_WALL, told):
        return Verdict.CONSENT_WALL, consent
    if login or not free:
        return Verdict.LOGIN_WALL, login
    if count < SHORTEST:
        return Verdict.TOO_SHORT, str(count)
    return Verdict.ARTICLE, str(count)


def _phrase(rule: Verdict, where: str) -> str:
    """Return the phrase by which a rule holds for folded words, or nothing."""
    strong, weak = _rules()[rule]
    if match := strong.search(where):
        return match[0]
    seen = sorted({match[0] for match in weak.finditer(where)})
    return ", ".join(seen) if len(seen) >= WEAK else ""


@cache
def _rules() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    table = tomllib.loads(_RULES.read_text(encoding="utf-8"))
    return {
        rule: (_any(phrases["strong"], after=""), _any(phrases["weak"], after=r"(?!\w)"))
        for rule, phrases in table.items()
    }


def _any(phrases: list[str], *, after: str) -> re.Pattern[str]:
    """Return a pattern for any of some phrases; where words are spaced, they begin a word."""
    plain = sorted(map(folded, phrases), key=len, reverse=True)
    return re.compile(
        "|".join(
            re.escape(phrase) if _UNSPACED.match(phrase) else rf"(?<!\w){re.escape(phrase)}{after}"
            for phrase in plain
        )
    )
