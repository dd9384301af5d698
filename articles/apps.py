"""The app of the texts that records rest on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Outlets and articles."""

    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        """Listen to captures that are removed."""
        from articles import capturing  # noqa: PLC0415  models exist only once apps are loaded

        capturing.listen()
