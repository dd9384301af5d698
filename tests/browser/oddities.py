"""Add to the starter data what is hard to show: long words, other scripts, a tombstone.

Run as a module, with the environment of the site.
"""

from __future__ import annotations

import os
from typing import Any, Final

import django

LONG: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau"
TITLES: Final = (
    f"Fire at the {LONG} in Linz and at its warehouse next to the river",
    "حريق في مستودع للأسلحة قرب ميناء غدينيا البولندي",
    "Пошкодження підводного кабелю зв’язку між Фінляндією та Естонією",
)
WITHDRAWN: Final = "Fire that was two fires"
REVISED: Final = "Fire at a mill that was called a warehouse"
CONTESTED: Final = "Blast at a bridge that three services explain"


def main() -> None:
    """Add them."""
    from incidents import review  # noqa: PLC0415
    from tests import make  # noqa: PLC0415
    from tests.browser.people import account  # noqa: PLC0415

    reviewer = account("reviewer of oddities", "Reviewers")

    def article(title: str, language: str, outlet: str) -> Any:
        publisher = make.publisher(outlet, language=language, slug=f"odd-{language}")
        return make.article(
            title=title, language=language, publisher=publisher, published="2026-02-11"
        )

    sources = [
        article("خبر عاجل عن الحريق في الميناء", "ar", "جريدة الشرق"),
        article("Пожежа на складі біля порту", "uk", "Українська правда слова"),
        article("A title that goes on and on " * 10, "en", LONG),
    ]
    for title in TITLES:
        make.incident(
            title,
            occurred="[2026-02-10..2026-02-12]",
            citations=sources,
            claims=[{"claimant": LONG * 3, "state": "RU"}],
            locations=[{"country": "AT", "place": LONG}],
        )
    make.incident(
        CONTESTED,
        occurred="2026-02-10",
        country="AT",
        citations=sources,
        claims=[
            {"claimant": "A service", "state": "RU", "date": "2026-02-11"},
            {"claimant": "The same service, later", "state": "BY", "date": "2026-02-20",
             "supersedes": 0},
            {"claimant": "Another service", "state": "IR", "date": "2026-02-21"},
            {"claimant": "The embassy", "kind": "accused_state", "stance": "denies",
             "state": "IR", "date": "2026-02-22"},
        ],
    )  # fmt: skip
    revise(make.incident("Fire at a warehouse by the river", occurred="2026-02-10",
                         country="AT", citations=sources), reviewer)  # fmt: skip
    gone = make.incident(WITHDRAWN, occurred="2026-02-10")
    review.withdraw(gone, by=reviewer, reason="Two reports spoke of two fires.")
    make.incident("A draft that nobody else may read", state="draft")


def revise(first: Any, reviewer: Any) -> None:
    """Publish two more editions of a record, the last one with rows added and removed."""
    from incidents import review, services  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    for number, title in enumerate((f"Fire at the {LONG}", REVISED)):
        draft = review.revise(first, by=make.user("writer", staff=True))
        draft.title, draft.severity = title, number + 1
        draft.summary = f"{draft.summary} So far, that is: day {number + 1}."
        draft.change_reason, draft.change_note = "correction", f"The {LONG} said so."
        draft.save()
        draft.locations.update(place=(LONG, "Linz")[number])
        make.claim(draft, claimant=LONG * 2, state="RU")
        if number:
            draft.claims.earliest("pk").delete()
        services.settle(draft)
        first = make.publish(draft, reviewer)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
