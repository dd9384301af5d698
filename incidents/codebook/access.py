"""The vocabulary of what stands beside records: access by programs, views, introductions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.codebook import Vocabulary


class Scope(Vocabulary):
    """What a token of the API lets its bearer read."""

    PUBLIC = "public", _("What everybody may read, as everybody does."), _("What is public")
    READ = "read", _("What its owner may read, at each moment."), _("What its owner may read")


class Audience(Vocabulary):
    """Who sees that a question was saved under a name; what it answers depends on who asks."""

    PRIVATE = "private", _("Only its owner."), _("Only me")
    TEAM = "team", _("Everybody who works at the desk."), _("The desk")
    PUBLIC = "public", _("Everybody; it asks only what everybody may ask."), _("Everybody")


class Subject(Vocabulary):
    """What a text introduces."""

    COUNTRY = "country", _("A country, by its code."), _("Country")
    ACTOR = "actor", _("An actor, by its address name."), _("Actor")
    CAMPAIGN = "campaign", _("A campaign, by its address name."), _("Campaign")
    OUTLET = "outlet", _("An outlet, by its address name."), _("Outlet")
    SECTOR = "sector", _("A sector, by its code."), _("Sector")


class News(Vocabulary):
    """What became of an incident in the answer to a saved view."""

    NEW = "new", _("It is listed since the last look."), _("New")
    CHANGED = "changed", _("A newer edition of it is listed."), _("Changed")
    LEFT = "left", _("It is published, and is not what was asked any more."), _("Fits no more")
    MERGED = "merged", _("It became a part of another record."), _("Merged")
    WITHDRAWN = "withdrawn", _("It was withdrawn."), _("Withdrawn")
    HIDDEN = "hidden", _("You may not read it any more."), _("No longer visible")
