"""Editions at the desk keep a version, which every step of the review moves as well."""

from __future__ import annotations

from articles.desk import Desk
from incidents import services
from incidents.models import Incident


class Versioned(Desk[Incident]):
    """The desk of editions: a form is refused where the version that it read moved on."""

    def is_present(self, row: Incident, version: str) -> bool:
        """Lock an edition until the transaction ends; tell whether it is still of a version."""
        try:
            services.expect_version(row, int(version) if version.isdecimal() else None)
        except (services.VersionMissing, services.VersionStale):
            return False
        return True
