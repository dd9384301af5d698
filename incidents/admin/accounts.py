"""Accounts and groups as Django has them, with lists that answer any querystring."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, User

from articles.desk import Guarded

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(Guarded[User], StockUserAdmin[User]):
    """Accounts."""


@admin.register(Group)
class GroupAdmin(Guarded[Group], StockGroupAdmin):
    """Groups."""
