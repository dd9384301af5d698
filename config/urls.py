"""Which room answers which address."""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config.health import health
from incidents import desk
from incidents.views.tokens import own_tokens

# Of the library's addresses only those that are used: nobody signs up or sends an e-mail here.
# It asks for the names, so they are its own.
account = [
    path("", desk.own_account, name="mfa_index"),
    path("login/", account_views.login, name="account_login"),
    path("logout/", LogoutView.as_view(), name="account_logout"),
    path("password/", desk.own_password, name="account_change_password"),
    path("tokens/", own_tokens, name="own_tokens"),
    path("confirm/", account_views.reauthenticate, name="account_reauthenticate"),
    path("code/", factor_views.authenticate, name="mfa_authenticate"),
    path("code/confirm/", factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("second-factor/remove/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", code_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]

handler500 = "config.failures.server_error"

urlpatterns = [
    path("account/", include(account)),
    path("admin/", admin.site.urls),
    path("healthz/", health, name="health"),
    path("", include("incidents.urls")),
]
