"""What happens around an edition on its way to the public: words, notices, decisions."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.codebook import Marking
from articles.fields import BodyField, LineField
from articles.models import known
from incidents.codebook import Act, Notice, Relation, Verdict
from incidents.querysets.reviewing import (
    CommentQuerySet,
    ComparisonQuerySet,
    MarkingChangeQuerySet,
    NotificationQuerySet,
)

from .editions import Incident, Record


class Comment(models.Model):
    """What author and reviewer tell each other about an edition; it is in no export."""

    edition = models.ForeignKey(Incident, models.CASCADE, related_name="comments")
    act = models.CharField(_("act"), max_length=12, choices=Act.choices, default=Act.SAID)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    text = BodyField(_("comment"), max_length=2000, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        ordering = ("pk",)
        constraints = (
            known("act", Act),
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(act__in=(Act.SAID, Act.RETURNED, Act.WITHDRAWN)),
                name="incidents_comment_says_something",
                violation_error_message=_("This takes some words."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.author}"


class Notification(models.Model):
    """That something about an edition waits for somebody, or came back to them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    edition = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    notice = models.CharField(_("notice"), max_length=12, choices=Notice.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("user", "read_at"), name="notification_unread"),)
        constraints = (known("notice", Notice),)

    def __str__(self) -> str:
        return f"{self.get_notice_display()} ({self.user})"


class MarkingChange(models.Model):
    """That the present marking of a record was changed, or that somebody asked to lower it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="marking_changes")
    before = models.CharField(_("before"), max_length=12, choices=Marking.choices)
    after = models.CharField(_("after"), max_length=12, choices=Marking.choices)
    reason = LineField(_("reason"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    objects = MarkingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of marking")
        ordering = ("pk",)
        constraints = (
            known("before", Marking),
            known("after", Marking),
            models.UniqueConstraint(
                fields=("record",),
                condition=Q(granted__isnull=True),
                name="marking_change_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | Q(granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="marking_change_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.record}: {self.before} to {self.after}"


class Comparison(models.Model):
    """That somebody compared two records and decided what they are to each other."""

    one = models.ForeignKey(Record, models.CASCADE, related_name="+")
    other = models.ForeignKey(Record, models.CASCADE, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices, blank=True)
    note = LineField(_("note"), max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)
    # Only what a second person confirmed is told to readers who are not staff.
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        ordering = ("pk",)
        constraints = (
            known("verdict", Verdict),
            known("relation", Relation, blank=True),
            models.UniqueConstraint(fields=("one", "other"), name="comparison_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="comparison_in_order"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.RELATED) | Q(relation=""),
                name="comparison_relation_of_related",
            ),
        )

    def __str__(self) -> str:
        return f"{self.one} {self.get_verdict_display()} {self.other}"
