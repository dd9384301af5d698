"""Add articles from which drafts begin, and a record of the incident that one of them tells of.

Run as a module, with the environment of the site. The first article of the project is taken from
the folder beside it where that is there.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import django

SEED: Final = next(
    iter(sorted((Path(__file__).parents[3] / "shared" / "articles").glob("00-*-seed.json"))), None
)
OWN: Final = "https://example.org/depot"
TWO: Final = "https://example.org/two"
LONG: Final = "https://example.org/long"
FIRST: Final = "https://example.org/first"
TITLE: Final = "Pożar magazynu w Radomiu to podpalenie, mówi prokuratura"
TEXT: Final = (
    "RADOM, 12 marca 2024. Magazyn firmy transportowej w Radomiu został podpalony 10 marca 2024, "
    "poinformowała prokuratura. Zdaniem prokuratury podpalenie zleciła Rosja. Zatrzymano dwóch "
    "mężczyzn, usłyszeli zarzuty sabotażu na zlecenie rosyjskiego wywiadu.\n"
    "W pożarze nikt nie ucierpiał."
)
RECORDED: Final = "Arson at a carrier's depot in Radom"

# Two states are blamed, and one sentence holds the words of several values.
BLAMED: Final = (
    "RIGA, 5 March 2024. On 3 March 2024 arson destroyed a warehouse in Riga, Latvia, police said. "
    "The security service said that Russia ordered the arson. The foreign ministry said Belarus "
    "ordered the arson too."
)

# Of long sentences, in three towns, with totals beside.
LENGTHY: Final = (
    "VILNIUS, 14 May 2024. On 12 May 2024 arson destroyed a warehouse in Vilnius, Lithuania, and "
    "the prosecutors, who had been watching a group of men from several countries for weeks "
    "because they were thought to have been paid over a channel for what they did there, opened "
    "a criminal investigation on suspicion of sabotage, the police said in a statement. "
    "Two more depots were on fire in Kaunas and in Klaipėda. Lithuania counted 150 acts of "
    "sabotage in 2023, the minister said. Officials said that 12,000 people were left without "
    "power in Lithuania in 2024."
)


def main() -> None:
    """Add them, as an analyst would have done."""
    from django.contrib.auth.models import User  # noqa: PLC0415

    from articles.models import Article  # noqa: PLC0415
    from articles.services import house  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    said = {
        OWN: {"title": TITLE, "text": TEXT, "language": "pl", "published": "2024-03-12"},
        TWO: {"title": "", "text": BLAMED, "language": "en", "published": "2024-03-05"},
        LONG: {"title": "", "text": LENGTHY, "language": "en", "published": "2024-05-14"},
    }
    if SEED:
        told = json.loads(SEED.read_text(encoding="utf-8"))
        said[FIRST] = {
            **{name: told[name] for name in ("title", "text")},
            "language": "id",
            "published": (told["metadata_date"] or "2024-12-05")[:10],
        }
    analyst = User.objects.get(username="analyst")
    for url, row in said.items():
        Article.objects.create(
            url=url, organisation=house(), added_by=analyst, marking="green", **row
        )
    make.incident(
        RECORDED,
        occurred="2024-03-10",
        locations=[{"country": "PL", "place": "Radom", "lat": "51.40", "lon": "21.15"}],
        approver=User.objects.get(username="reviewer"),
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
