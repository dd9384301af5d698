"""Lost updates: who saves what another one changed meanwhile is told, and loses nothing."""

from __future__ import annotations

import pytest
from django.db import transaction

from incidents import review, services
from incidents.codebook import State
from tests import make

pytestmark = pytest.mark.django_db


def test_a_version_that_is_not_the_present_one_is_refused_and_the_edition_read_anew() -> None:
    writer = make.user("writer", staff=True)
    read = make.incident(state=State.DRAFT, author=writer)
    moved_on = type(read).objects.get(pk=read.pk)
    review.submit(moved_on, by=writer)

    with transaction.atomic(), pytest.raises(services.VersionStale):
        services.expect_version(read, read.version)

    assert (read.state, read.version) == (State.IN_REVIEW, moved_on.version)
    with transaction.atomic():
        services.expect_version(read, moved_on.version)


def test_a_write_without_a_version_is_refused() -> None:
    read = make.incident(state=State.DRAFT)

    with transaction.atomic(), pytest.raises(services.VersionMissing):
        services.expect_version(read, None)
