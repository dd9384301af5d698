"""Organisations: an administrator adds and renames them, and they stay."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Membership, Organisation
from tests import make

from .entering import started
from .signing_in import PASSWORD

pytestmark = pytest.mark.django_db


def test_an_organisation_is_added_and_renamed_and_never_goes(admin_client: Client) -> None:
    admin_client.post("/admin/articles/organisation/add/", {"name": "Radio North", "slug": ""})
    made = Organisation.objects.get(name="Radio North")

    path = f"/admin/articles/organisation/{made.pk}/change/"
    page = admin_client.get(path).content.decode()
    sent = {"name": "Radio South", "slug": made.slug, **started(page)}
    admin_client.post(path, sent)
    gone = admin_client.post(f"/admin/articles/organisation/{made.pk}/delete/", {"post": "yes"})

    assert made.slug == "radio-north"
    assert gone.status_code == 403
    made.refresh_from_db()
    assert (made.name, made.slug) == ("Radio South", "radio-north")


@pytest.mark.parametrize("others", [0, 1])
def test_a_new_account_is_suggested_the_only_organisation(
    admin_client: Client, others: int
) -> None:
    make.user("anybody", staff=True)
    for n in range(others):
        Organisation.objects.create(name=f"Other {n}", slug=f"other-{n}")

    page = admin_client.get("/admin/auth/user/add/").content.decode()

    assert ("selected>This organisation" in page) == (others == 0)
    assert "Staff without an organisation read only what is published" in page


def test_an_organisation_that_was_suggested_is_saved(admin_client: Client) -> None:
    make.user("anybody", staff=True)
    only = Organisation.objects.get()

    admin_client.post(
        "/admin/auth/user/add/",
        {
            "username": "new",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "membership-TOTAL_FORMS": "1",
            "membership-INITIAL_FORMS": "0",
            "membership-0-organisation": str(only.pk),
        },
    )

    assert Membership.objects.get(user__username="new").organisation == only
