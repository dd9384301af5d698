"""The app of the texts that records rest on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Outlets and articles."""

    name = "articles"
    verbose_name = _("Articles")
