"""The vocabulary of review: acts, notices, decisions on pairs, ledger and audit log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.codebook import Vocabulary


class Act(Vocabulary):
    """What a comment on an edition came with."""

    SAID = "said", _("A word between author and reviewer."), _("Comment")
    SUBMITTED = "submitted", _("The edition was handed in."), _("Submitted")
    VOIDED = (
        "voided",
        _("An author took the edition out of review, by hand or by an edit."),
        _("Taken back"),
    )
    RETURNED = "returned", _("A reviewer asks for changes."), _("Returned")
    APPROVED = "approved", _("A reviewer published the edition."), _("Approved")
    WITHDRAWN = "withdrawn", _("The edition was taken back from the public."), _("Withdrawn")
    DISCARDED = "discarded", _("The edition was given up."), _("Discarded")


class Notice(Vocabulary):
    """Why somebody is told about an edition."""

    WAITING = "waiting", _("An edition waits for a reviewer."), _("Waiting for you")
    RETURNED = "returned", _("A reviewer asks for changes."), _("Returned")
    APPROVED = "approved", _("A reviewer published the edition."), _("Approved")
    COMMENTED = "commented", _("Somebody commented on the edition."), _("Commented")
    WITHDRAWN = "withdrawn", _("The edition was taken back from the public."), _("Withdrawn")


class Verdict(Vocabulary):
    """What two records are to each other, once somebody compared them."""

    DISTINCT = "distinct", _("They are different incidents."), _("Not a duplicate")
    RELATED = "related", _("They are different incidents that belong together."), _("Related")


class Relation(Vocabulary):
    """How one incident is related to another one."""

    FOLLOW_UP = "follow_up", _("The one followed from the other."), _("Follow-up")
    SAME_ACTOR = "same_actor", _("The same hands are seen in both."), _("Same actor")
    COPYCAT = "copycat", _("The one copied the other."), _("Copycat")
    SUPERSEDES = "supersedes", _("The one takes the place of the other."), _("Supersedes")


class Chain(Vocabulary):
    """A chain of the ledger."""

    PUBLIC = "public", _("What concerns records at TLP:CLEAR."), _("Public")
    STAFF = "staff", _("What concerns all records."), _("Staff")


class LedgerAction(Vocabulary):
    """What the ledger keeps."""

    PUBLISHED = "published", _("An edition was published."), _("Published")
    WITHDRAWN = "withdrawn", _("A published edition was taken back."), _("Withdrawn")
    MERGED = "merged", _("A record became a part of another one."), _("Merged")
    UNMERGED = "unmerged", _("A merged record stands for itself again."), _("Unmerged")
    RAISED = "raised", _("The present marking of a record became stricter."), _("Raised")
    LOWERED = "lowered", _("The present marking of a record became less strict."), _("Lowered")
    PURGED = "purged", _("The content of a record was removed for good."), _("Purged")


class Deed(Vocabulary):
    """What the audit log keeps."""

    LOGIN = "login", _("Somebody logged in."), _("Login")
    LOGIN_FAILED = "login_failed", _("A login was refused."), _("Login refused")
    LOGOUT = "logout", _("Somebody logged out."), _("Logout")
    EXPORT = "export", _("Somebody took records out as a file."), _("Export")
    READ_RED = "read_red", _("Somebody read what is TLP:RED."), _("Read of RED")
    PERMISSION = "permission", _("What somebody may do was changed."), _("Permission changed")
    SECOND_FACTOR = (
        "second_factor",
        _("A second factor was added or removed."),
        _("Second factor changed"),
    )
