"""The overview: totals, what is new, and what others reported beside our counts."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db


def test_a_question_that_cannot_be_counted_tells_staff_why_and_nobody_a_number(
    staff: Client,
) -> None:
    make.figure("fires", our_question="cuntry=PL")

    told, told_staff = words(page("/")), words(page("/", staff))

    assert "Our question cannot be counted." in told
    assert "cuntry" not in told
    assert "Our question cannot be counted: cuntry: No such parameter." in told_staff
    assert "Ours:" not in told + told_staff


def test_an_empty_database_says_so() -> None:
    told = words(page("/"))

    assert "0 incidents" in told
    assert told.count("Nothing is published yet.") == 2
    assert "No figure is kept yet." in told


def test_what_is_not_public_is_on_no_overview_of_the_public() -> None:
    make.incident("Quiet kestrel", marking="amber")
    make.incident("Quiet kestrel", state="draft")
    make.figure("quiet-kestrel", what="quiet kestrels", marking="amber", our_question="country=PL")

    html = page("/")

    assert "uiet kestrel" not in html
    assert "0 incidents" in words(html)
