"""The vocabulary of access by programs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.codebook import Vocabulary


class Scope(Vocabulary):
    """What a token of the API lets its bearer read."""

    PUBLIC = "public", _("What everybody may read, as everybody does."), _("What is public")
    READ = "read", _("What its owner may read, at each moment."), _("What its owner may read")
