"""What readers search: the words of each edition and each article, and where these stand.

Law: a document is made of its row alone, by `incidents.indexing`, and tells nobody anything: who
may read a row is asked of the row.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from .editions import Incident


class SearchDocument(models.Model):
    """The different words of a row; its key says the day of the row, so that keys go by time."""

    id = models.BigAutoField(primary_key=True)
    title = models.TextField(_("words of the title"), blank=True)
    body = models.TextField(_("words of the text"), blank=True)

    class Meta:
        abstract = True


class IncidentDocument(SearchDocument):
    """The words of an edition that is public or worked on."""

    incident = models.OneToOneField(
        Incident, models.CASCADE, related_name="+", related_query_name="document"
    )

    class Meta:
        verbose_name = _("words of an incident")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.incident_id}"


class ArticleDocument(SearchDocument):
    """The words of an article."""

    article = models.OneToOneField(
        Article, models.CASCADE, related_name="+", related_query_name="document"
    )

    class Meta:
        verbose_name = _("words of an article")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.article_id}"
