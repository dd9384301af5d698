"""Accounts, groups, organisations and the audit log: the desk of administrators.

Law: whoever changes what accounts may do could make themselves an administrator, so no lesser
right opens these desks; the log is only read.
"""

from __future__ import annotations

from typing import Any

from allauth.account import admin as _emails
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _authenticators
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk import Guarded, SluggedForm
from articles.models import Membership, Organisation
from incidents import factors
from incidents.models import AuditEntry

admin.site.unregister(User)
admin.site.unregister(Group)
# The library registers addresses that nothing here uses, and second factors with their secrets.
for model, registered in ((EmailAddress, _emails), (Authenticator, _authenticators)):
    if registered and admin.site.is_registered(model):
        admin.site.unregister(model)


class Administered(admin.ModelAdmin[Any]):
    """A desk for administrators alone."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the desk to administrators."""
        return _administers(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators read."""
        return _administers(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let administrators add."""
        return _administers(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators change."""
        return _administers(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators delete."""
        return _administers(request)


class MembershipForm(forms.ModelForm[Membership]):
    """Where somebody belongs; what is prefilled counts as chosen."""

    def has_changed(self) -> bool:
        """Tell whether there is something to save."""
        named = bool(self.data.get(self.add_prefix("organisation")))
        return super().has_changed() or (named and self.instance.pk is None)


class MembershipInline(admin.StackedInline[Membership, User]):
    """The organisation of an account."""

    model = Membership
    form = MembershipForm
    fields = ("organisation",)
    can_delete = True
    verbose_name = gettext_lazy("organisation")

    def get_formset(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> Any:
        """Say what an organisation is for, and suggest it where there is one only."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        field = formset.form.base_fields["organisation"]
        field.help_text = _(
            "Staff without an organisation read only what is published, and what they wrote. "
            "Partners without one read what everybody reads."
        )
        # To change it would change whose rows those are; it is renamed at its own desk.
        field.widget.can_change_related = field.widget.can_delete_related = False
        found = list(Organisation.objects.all()[:2])
        if obj is None and len(found) == 1:
            field.initial = found[0].pk
        return formset

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let administrators say where somebody belongs."""
        return _administers(request)

    has_view_permission = has_change_permission = has_delete_permission = has_add_permission


@admin.register(User)
class UserAdmin(Administered, Guarded[User], StockUserAdmin[User]):
    """Accounts."""

    list_display = (
        "username",
        "full_name",
        "organisation",
        "is_staff",
        "is_superuser",
        "second_factor",
        "is_active",
        "last_login",
    )
    list_filter = ("is_staff", "is_superuser", "is_active", "groups", "membership__organisation")
    list_select_related = ("membership__organisation",)
    inlines = (MembershipInline,)
    actions = ("remove_second_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the accounts with their second factors."""
        return super().get_queryset(request).prefetch_related("authenticator_set")

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        """The name of the person."""
        return user.get_full_name()

    @admin.display(description=gettext_lazy("organisation"), ordering="membership__organisation")
    def organisation(self, user: User) -> str:
        """Where somebody belongs."""
        membership = getattr(user, "membership", None)
        return str(membership.organisation) if membership else ""

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        """Whether the account has a second factor."""
        kinds = [row.type for row in user.authenticator_set.all()]  # type: ignore[attr-defined]
        return Authenticator.Type.TOTP in kinds

    @admin.action(description=gettext_lazy("Take the second factor away (device lost)"))
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Take second factors away, but one's own, which asks for itself first."""
        others = [user for user in queryset if user.pk != request.user.pk]
        by = request.user if isinstance(request.user, User) else None
        n = sum(factors.remove(user, by=by) for user in others)
        told = ngettext(
            "%(n)d second factor was taken away, and the logins of its account have ended.",
            "%(n)d second factors were taken away, and the logins of their accounts have ended.",
            n,
        )
        self.message_user(request, told % {"n": n}, messages.SUCCESS if n else messages.WARNING)
        if len(others) < len(queryset):
            own = _("Your own second factor is removed on the page of your account.")
            self.message_user(request, own, messages.WARNING)


@admin.register(Group)
class GroupAdmin(Administered, Guarded[Group], StockGroupAdmin):
    """Groups."""


@admin.register(Organisation)
class OrganisationAdmin(Administered, Guarded[Organisation]):
    """Organisations, which are added and renamed, and never go."""

    form = SluggedForm
    fields = ("name", "slug")
    list_display = ("name", "slug")
    search_fields = ("name", "slug")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody delete what rows belong to."""
        return False


@admin.register(AuditEntry)
class AuditEntryAdmin(Administered, Guarded[AuditEntry]):
    """Who logged in, exported, read what is RED, or changed what others may do."""

    list_display = ("at", "account", "deed", "subject", "address")
    list_display_links = ("at",)
    list_filter = ("deed", "user")
    search_fields = ("name", "subject", "address")
    search_help_text = gettext_lazy("Account, what it was about, or address")
    list_per_page = 100
    show_full_result_count = False
    actions = None

    @admin.display(description=gettext_lazy("account"), ordering="name")
    def account(self, entry: AuditEntry) -> str:
        """The account as it was called then."""
        if entry.name:
            return entry.name
        return _("no account here") if entry.address else _("command line")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody add an entry by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change an entry."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody delete an entry."""
        return False


def _administers(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_superuser", False))
