"""The desk where analysts log incidents and reviewers publish them.

Law: a desk declares; rules live in models and constraints, transitions in `services`.
"""

from django.contrib import admin

from . import accounts, actors, directories, inbox, incident, records, tokens

# The lists need the width; the way around is in the header.
admin.site.enable_nav_sidebar = False

__all__ = ["accounts", "actors", "directories", "inbox", "incident", "records", "tokens"]
