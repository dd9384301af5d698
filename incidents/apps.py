"""The app of incidents."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """Records, editions, claims and counts."""

    name = "incidents"
    verbose_name = _("Incidents")

    def ready(self) -> None:
        """Register the checks, listen to logins and changes, and put triggers back after migrating.

        SQLite drops a table's triggers with each change of the table, so no migration that
        made them once could keep them.
        """
        from incidents import (  # noqa: PLC0415  models exist only once apps are loaded
            audit,
            checks,  # noqa: F401  registers itself
            clocks,
            factors,
            indexing,
            logins,
            tokens,
        )

        post_migrate.connect(_install_triggers, sender=self)
        audit.listen()
        clocks.listen()
        factors.listen()
        indexing.listen()
        logins.listen()
        tokens.listen()


def _install_triggers(using: str, **_kwargs: Any) -> None:
    from incidents import indexing, triggers  # noqa: PLC0415  models exist only once apps are loaded

    triggers.install(using)
    indexing.install(using)
