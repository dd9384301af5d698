"""What a merge of two records brought, so that it can be taken back exactly."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking
from articles.models import known
from incidents.codebook import Status

from .editions import Incident


class Joining(models.Model):
    """That an edition holds rows of an edition of another record, which it takes in."""

    edition = models.OneToOneField(Incident, models.CASCADE, related_name="joining")
    source = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    # What the source said when it was joined; what says something else by now is joined anew.
    source_digest = models.CharField(max_length=64)
    rows = models.JSONField(_("rows joined, by their uid"), default=list)
    # What joining changed in the edition itself; the marking of a public record is noted when
    # the edition takes its place.
    marking = models.CharField(_("marking before"), max_length=12, choices=Marking.choices)
    status = models.CharField(_("status before"), max_length=16, choices=Status.choices)
    digest = models.CharField(_("what the edition said before"), max_length=64)
    # How past editions of the record were marked that the joined one made stricter, by their key.
    raised = models.JSONField(default=dict)
    # The open edition of a published record that was given up when the record was taken in.
    given_up = models.ForeignKey(Incident, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("joining")
        constraints = (known("marking", Marking), known("status", Status))

    def __str__(self) -> str:
        return f"{self.source.record} in {self.edition.record}"
