"""Make the accounts and the two published incidents of the site that a browser visits.

Run as a module, with the environment of that site.
"""

from __future__ import annotations

import os
from typing import Any

import django


def account(name: str, group: str) -> Any:
    """Make an account of the staff in a group that may do all at the desk."""
    from django.contrib.auth.models import Group, Permission, User  # noqa: PLC0415

    from tests import make  # noqa: PLC0415

    user = User.objects.create_user(name, password=os.environ["SITE_PASSWORD"], is_staff=True)
    belongs = Group.objects.get_or_create(name=group)[0]
    belongs.permissions.set(
        Permission.objects.filter(content_type__app_label__in=("articles", "incidents"))
    )
    user.groups.add(belongs)
    make.join(user)
    return user


def main() -> None:
    """Make them."""
    from articles.services import article_at  # noqa: PLC0415
    from incidents import services  # noqa: PLC0415
    from incidents.models import Citation, Claim, Effect, Incident, Location, Target  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    analysts = ("analyst", "second", "newcomer-1440", "newcomer-390")
    people = {name: account(name, "Analysts") for name in analysts}
    people["reviewer"] = account("reviewer", "Reviewers")
    for n, title in enumerate(("Fire in a depot in Gdynia", "Cut cable near Jelgava"), start=1):
        incident = services.start_draft(
            Incident(
                title=title,
                summary="What the sources say of it, in plain words and without blame. " * 2,
                occurred="2024-05-12",
                event_type="arson",
                marking="clear",
            ),
            by=people["second"],
        )
        article, _new = article_at(f"https://example.org/news/{n}", by=people["second"])
        citation = Citation.objects.create(incident=incident, article=article)
        Location.objects.create(incident=incident, country="PL", primary=True)
        Target.objects.create(incident=incident, country="PL", primary=True)
        Effect.objects.create(incident=incident, kind="none_reported")
        claim = Claim.objects.create(
            incident=incident,
            claimant="Office of the prosecutor",
            claimant_kind="prosecutor_court",
            date="2024-06",
            responsible_state="RU",
        )
        claim.citations.add(citation)
        make.publish(incident, people["reviewer"])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
