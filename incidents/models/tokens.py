"""Tokens by which programs ask the API; none of them is kept, only what it is recognised by."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField
from articles.models import known
from incidents.codebook import Scope


class Token(models.Model):
    """That whoever holds a certain text may ask the API, in whose name and until when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("owner"))
    name = LineField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(_("begins with"), max_length=12, editable=False)
    scope = models.CharField(_("reads"), max_length=8, choices=Scope.choices)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        ordering = ("-pk",)
        constraints = (known("scope", Scope),)

    def __str__(self) -> str:
        return f"{self.start}… ({self.name})"

    @property
    def live(self) -> bool:
        """Whether it was not revoked and has not expired."""
        return self.revoked_at is None and self.expires_at > timezone.now()
