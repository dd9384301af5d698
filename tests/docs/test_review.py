"""The document on the review names every refusal and every step that there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from incidents.codebook import Notice, State
from incidents.steps import STEPS
from tests.docs.examples import ROOT

REVIEW = " ".join((ROOT / "docs" / "review.md").read_text(encoding="utf-8").split())


def messages(module: str) -> Iterator[str]:
    """Yield what a module says to people, what is filled in left open."""
    tree = ast.parse((ROOT / "incidents" / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if named and node.func.id == "_":  # type: ignore[attr-defined]
            text = ast.literal_eval(node.args[0])  # type: ignore[attr-defined]
            yield re.sub(r"%\(\w+\)[sd]", "…", text)


@pytest.mark.parametrize("module", ["review", "publishing", "markings"])
def test_every_refusal_is_documented(module: str) -> None:
    said = [text.removeprefix("… ") for text in messages(module)]

    assert len(said) >= 5
    assert [text for text in said if text not in REVIEW] == []


def test_every_step_state_and_notice_is_documented() -> None:
    words = [str(step.label) for step in STEPS.values()]
    words += [str(word.label) for vocabulary in (State, Notice) for word in vocabulary]

    assert [word for word in words if word.lower() not in REVIEW.lower()] == []
