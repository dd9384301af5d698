"""What is only ever added to: the ledger of what became public, and the log of who did what."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking
from articles.fields import LineField
from articles.models import known
from incidents.codebook import Chain, Deed, LedgerAction

from .editions import Record


class LedgerEntry(models.Model):
    """One link of a chain: what happened to a record, and the hash of the link before."""

    chain = models.CharField(max_length=8, choices=Chain.choices)
    number = models.PositiveBigIntegerField()
    action = models.CharField(_("action"), max_length=12, choices=LedgerAction.choices)
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(_("edition"), null=True)
    marking = models.CharField(_("marking"), max_length=12, choices=Marking.choices)
    content = models.CharField(_("digest of the edition"), max_length=64, blank=True)
    at = models.DateTimeField(_("at"))
    by = LineField(_("by"), max_length=150)
    why = LineField(_("why"), max_length=500, blank=True)
    why_salt = models.CharField(max_length=32, blank=True)
    why_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("pk",)
        constraints = (
            known("chain", Chain),
            known("action", LedgerAction),
            known("marking", Marking),
            models.UniqueConstraint(fields=("chain", "number"), name="ledger_entry_once"),
        )

    def __str__(self) -> str:
        return f"{self.chain} {self.number}: {self.get_action_display()}"


class AuditEntry(models.Model):
    """That somebody logged in, exported, read what is RED, or changed what others may do."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    name = LineField(_("account"), max_length=150)
    deed = models.CharField(_("deed"), max_length=20, choices=Deed.choices)
    subject = LineField(_("subject"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("from"), null=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ("-pk",)
        constraints = (known("deed", Deed),)

    def __str__(self) -> str:
        return f"{self.name}: {self.get_deed_display()}"
