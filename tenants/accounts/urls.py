"""The pages about people that both consoles have.

allauth's views stand here one by one: what is not listed, such as changing an address, is not there.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext as _

from tenants.accounts.pages import anyone, own, refused
from tenants.accounts.views import account as own_account
from tenants.accounts.views import (
    changing,
    connections,
    invitation,
    inviting,
    language,
    letter,
    logbook,
    people,
    provider,
    roles,
    second_factor,
)
from tenants.accounts.views import sessions as own_sessions


def no_sign_up(request: HttpRequest) -> HttpResponseBase:
    return refused(
        request,
        title=_("U kunt zelf geen account maken"),
        why=_("Een account krijgt u door een uitnodiging. Vraag er een aan uw beheerder."),
    )


ACCOUNT: list[URLPattern | URLResolver] = [
    path("", own(own_account.my_account), name="my_account"),
    path("opnieuw/", own(own_account.prove_at_provider, before_second_factor=True), name="prove_at_provider"),
    path("uitnodiging/", anyone(invitation.take_up_invitation), name="take_up_invitation"),
    path("taal/", anyone(language.language), name="language"),
    path("login/", anyone(account.login), name="account_login"),
    path("logout/", anyone(account.logout), name="account_logout"),
    path("inactive/", anyone(account.account_inactive), name="account_inactive"),
    path("signup/", anyone(no_sign_up), name="account_signup"),
    path(
        "reauthenticate/",
        own(account.reauthenticate, before_second_factor=True),
        name="account_reauthenticate",
    ),
    path(
        "password/change/",
        own(account.password_change, before_second_factor=True),
        name="account_change_password",
    ),
    path("password/set/", own(account.password_set, fresh=True), name="account_set_password"),
    path("password/reset/", anyone(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", anyone(account.password_reset_done), name="account_reset_password_done"),
    path("password/reset/letter/", anyone(letter.password_reset_letter), name="password_reset_letter"),
    re_path(
        # The key itself is in the session by now: no path, and so no log, holds it.
        rf"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>{letter.IN_THE_SESSION})/$",
        anyone(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        anyone(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", own(second_factor.SecondFactor.as_view()), name="mfa_index"),
    path("2fa/authenticate/", anyone(second_factor.SecondCheck.as_view()), name="mfa_authenticate"),
    path("2fa/reauthenticate/", own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path(
        "2fa/totp/activate/",
        own(second_factor.CodesFromApp.as_view(), fresh=True, before_second_factor=True),
        name="mfa_activate_totp",
    ),
    path("2fa/totp/deactivate/", own(totp.deactivate_totp, fresh=True), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/", own(recovery.view_recovery_codes, fresh=True), name="mfa_view_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/generate/",
        own(second_factor.NewRecoveryCodes.as_view(), fresh=True),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        own(recovery.download_recovery_codes, fresh=True),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", own(second_factor.to_second_factor), name="mfa_list_webauthn"),
    path(
        "2fa/webauthn/add/",
        own(webauthn.add_webauthn, fresh=True, before_second_factor=True),
        name="mfa_add_webauthn",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        own(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/webauthn/login/", anyone(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        own(webauthn.remove_webauthn, fresh=True),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/edit/", own(webauthn.edit_webauthn, fresh=True), name="mfa_edit_webauthn"
    ),
    path("sessions/", own(sessions.list_usersessions), name="usersessions_list"),
    path("sessions/<int:pk>/end/", own(own_sessions.end_session), name="end_session"),
    path("linked/", own(social.connections, fresh=True), name="socialaccount_connections"),
    path("linked/cancelled/", anyone(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("linked/error/", anyone(social.login_error), name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", anyone(provider.login), name="openid_connect_login"),
    path(
        "oidc/<slug:provider_id>/login/callback/", anyone(provider.callback), name="openid_connect_callback"
    ),
]

PEOPLE: list[URLPattern | URLResolver] = [
    path("medewerkers/", people.people, name="medewerkers"),
    path("medewerkers/uitnodigingen/", people.invitations, name="invitations"),
    path("medewerkers/rollen/", roles.roles, name="roles"),
    path("medewerkers/uitnodigen/", inviting.invite_person, name="invite_person"),
    path("medewerkers/<int:pk>/", people.person, name="person"),
    path("medewerkers/rol/<int:pk>/wijzigen/", changing.change_role, name="change_role"),
    path("medewerkers/rol/<int:pk>/beeindigen/", changing.end_role, name="end_role"),
    path(
        "medewerkers/uitnodiging/<int:pk>/intrekken/",
        inviting.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("inloggen/", connections.connections, name="inloggen"),
    path("inloggen/nieuw/", connections.add_connection, name="add_connection"),
    path("inloggen/<int:pk>/", connections.change_connection, name="change_connection"),
    path("inloggen/<int:pk>/testen/", connections.test_connection, name="try_connection"),
    path("inloggen/<int:pk>/verwijderen/", connections.delete_connection, name="delete_connection"),
    path("logboek/", logbook.logbook, name="logboek"),
    path("logboek/inloggen/", logbook.sign_ins, name="sign_ins"),
]

urlpatterns: list[URLPattern | URLResolver] = [path("account/", include(ACCOUNT)), *PEOPLE]
