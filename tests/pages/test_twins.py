"""What the public is told is the same beside hidden rows and without them."""

from __future__ import annotations

import pytest

from tests import twins

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_twins_of_which_one_has_hidden_rows_in_between_answer_alike() -> None:
    """`python -m tests.scratch twins` asks 2,000 questions beside 5,000 hidden rows."""
    addresses = twins.questions(40, seed=2)

    assert twins.differences(21, addresses, pages=12) == []
