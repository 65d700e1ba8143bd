"""What allauth asks us about accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import SignIn, User
from tenants.accounts.networks import address_of
from tenants.accounts.side import current_side
from tenants.accounts.sign_ins import record

SIGN_IN_FAILED = _("Het e-mailadres of het wachtwoord klopt niet.")
TOO_MANY = _("Te veel pogingen. Probeer het over vijf minuten opnieuw.")


MESSAGES = {
    "account/messages/password_changed.txt": _("Uw wachtwoord is gewijzigd."),
    "account/messages/password_set.txt": _("Uw wachtwoord is bewaard."),
    "mfa/messages/totp_activated.txt": _("Codes uit een app staan aan."),
    "mfa/messages/totp_deactivated.txt": _("Codes uit een app staan uit."),
    "mfa/messages/recovery_codes_generated.txt": _("U hebt nieuwe herstelcodes."),
    "mfa/messages/webauthn_added.txt": _("De sleutel is toegevoegd."),
    "mfa/messages/webauthn_removed.txt": _("De sleutel is verwijderd."),
    "socialaccount/messages/account_connected.txt": _("Het account is gekoppeld."),
    "socialaccount/messages/account_connected_other.txt": _("Dit account is van iemand anders."),
    "socialaccount/messages/account_disconnected.txt": _("Het account is ontkoppeld."),
    "usersessions/messages/sessions_logged_out.txt": _("De andere sessies zijn beëindigd."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account himself, and addresses in the log are shortened."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": SIGN_IN_FAILED,
        "incorrect_code": _("De code klopt niet of is al gebruikt."),
        "incorrect_password": _("Het wachtwoord klopt niet."),
        "enter_current_password": _("Vul uw huidige wachtwoord in."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def format_email_subject(self, subject: str) -> str:
        return f"{subject} - {current_side().name()}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note it with the person whose address it was, or with nobody: the address itself is not kept."""
        user = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        outcome = SignIn.Outcome.REFUSED if user else SignIn.Outcome.UNKNOWN
        record(request, user=user, outcome=outcome, method="wachtwoord")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """None: each of our changes to an account is shown in its own log of sign-ins and in the console."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """In our own words; of what is not listed the page itself tells enough."""
        if message_template in MESSAGES:
            messages.add_message(request, level, str(MESSAGES[message_template]))

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Our people have no user name."""
