"""The examples of the documents: what to run, and what was answered when it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = ("README.md", "docs/api.md")
TOOLS = {"bash": "curl", "python": "python", "r": "Rscript"}
# What an example may need beside its language, by the words that say so.
NEEDED = {
    "bash": re.compile(r"\b(ogrinfo)\b"),
    "python": re.compile(r"^import (pandas)\b", re.MULTILINE),
    "r": re.compile(r"^library\((\w+)\)", re.MULTILINE),
}
_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A block to run, with the output that the document shows right after it."""

    name: str
    language: str
    code: str
    output: str | None

    @property
    def needs(self) -> list[str]:
        """The programs or packages that have to be here beside the language."""
        return NEEDED[self.language].findall(self.code)


def examples() -> list[Example]:
    """Return the examples of the documents that hold some, in order."""
    found = []
    for path in RUN:
        text = (ROOT / path).read_text(encoding="utf-8")
        blocks = list(_FENCE.finditer(text))
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            if block["language"] not in TOOLS:
                continue
            line = text.count("\n", 0, block.start()) + 1
            output = None
            if following and following["language"] == "text":
                between = text[block.end() : following.start()]
                output = following["text"] if not between.strip() else None
            found.append(Example(f"{path}:{line}", block["language"], block["text"], output))
    return found
