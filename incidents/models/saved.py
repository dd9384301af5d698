"""Questions that somebody keeps under a name, and who is told when their answers change."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from articles.fields import LineField
from articles.models import known
from incidents.codebook import Audience, News
from incidents.querysets.saved import AlertQuerySet, SavedViewQuerySet

from .editions import Record

KEY_LENGTH = 12


def new_key() -> str:
    """Return a name for addresses that nobody guesses."""
    return get_random_string(KEY_LENGTH, "23456789abcdefghjkmnpqrstvwxyz")


class SavedView(models.Model):
    """A question under a name: the same question that lists, charts and the API take."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("owner"))
    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    name = LineField(_("name"), max_length=120)
    # In normal form, as `Question.query` writes it; empty for all incidents.
    query = models.CharField(_("question"), max_length=2000, blank=True)
    audience = models.CharField(
        _("who sees it"), max_length=8, choices=Audience.choices, default=Audience.PRIVATE
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        ordering = ("name", "pk")
        constraints = (
            known("audience", Audience),
            models.UniqueConstraint(
                fields=("owner", "name"),
                name="saved_view_once",
                violation_error_message=_("You have a view of this name already."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """That somebody is told when the answer to a saved view changes, and what it was last.

    `seen` holds the number of the edition and the public id of each record that was listed, by its
    key; the texts of records are nowhere in it, so that a purge leaves none behind.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")
    seen = models.JSONField(default=dict, editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("subscription")
        constraints = (models.UniqueConstraint(fields=("user", "view"), name="subscription_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"


class Alert(models.Model):
    """What became of one incident in the answer to a view that somebody subscribed to."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    news = models.CharField(max_length=12, choices=News.choices)
    # The public id under which the reader knew the record.
    named = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        ordering = ("-pk",)
        constraints = (known("news", News),)
        indexes = (models.Index(fields=("user", "read_at"), name="alert_by_user"),)

    def __str__(self) -> str:
        return f"{self.get_news_display()}: {self.named}"
