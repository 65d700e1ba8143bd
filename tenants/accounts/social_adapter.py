"""What allauth asks us about identity providers.

An account of a provider is linked to a person by an invitation, or by the person himself while signed in;
never because two e-mail addresses are equal.
"""

from __future__ import annotations

from typing import Any, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from requests import Session

from tenants.accounts.fresh import is_fresh
from tenants.accounts.guarded_session import guarded_session
from tenants.accounts.invitations import invited_user, open_invitation, take_up_as_newcomer
from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.models import User
from tenants.accounts.pages import refused
from tenants.accounts.person import person_of
from tenants.accounts.provider import check_organisation, opened, secure_role

MAX_NAME = 200
INVITATION = "invitation"
"""Where the session keeps the word of an invitation while the browser is at the provider."""


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def get_requests_session(self) -> Session:
        return guarded_session()

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """With their secrets opened; these rows are never saved."""
        return [opened(app) for app in super().list_apps(request, provider, client_id)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        try:
            if sociallogin.state.get("process") == AuthProcess.CONNECT:
                _check_link(request, sociallogin)
                return
            if not sociallogin.is_existing:
                _link_by_invitation(request, sociallogin)
            secure_role(cast("User", sociallogin.user), sociallogin.provider.app, claims_of(sociallogin))
        except MembershipRefused as refusal:
            raise _refusal(request, str(refusal)) from refusal


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the provider says of the person, in its token and where it was asked besides."""
    said = sociallogin.account.extra_data
    return {**(said.get("id_token") or {}), **(said.get("userinfo") or {})}


def _check_link(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Raises MembershipRefused."""
    person = person_of(request.user) if isinstance(request.user, User) else None
    if person is None or not is_fresh(request):
        raise MembershipRefused(_("Toon eerst opnieuw wie u bent, en koppel dan uw account."))
    check_organisation(sociallogin.provider.app, person.organisation_id)


@transaction.atomic
def _link_by_invitation(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Make the account that the browser's invitation is for. Raises MembershipRefused."""
    invitation = open_invitation(request.session.pop(INVITATION, ""))
    if invitation is None:
        raise MembershipRefused(_("Dit account is hier niet bekend. Vraag een beheerder om een uitnodiging."))
    if invited_user(invitation) is not None:
        raise MembershipRefused(_("U hebt hier al een account. Log daarmee in en koppel dit account daarna."))
    check_organisation(sociallogin.provider.app, invitation.organisation_id)
    name = str(claims_of(sociallogin).get("name") or "")
    user = take_up_as_newcomer(invitation, name=name[:MAX_NAME], password=None)
    sociallogin.connect(request, user)


def _refusal(request: HttpRequest, why: str) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(refused(request, title=_("Inloggen lukt niet"), why=why))
