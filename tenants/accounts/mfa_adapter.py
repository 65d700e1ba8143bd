"""What allauth asks us about second factors."""

from __future__ import annotations

from base64 import b32encode
from secrets import token_bytes

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.accounts.side import current_side
from tenants.registry.sealing import Unreadable, seal, unseal

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class MfaAdapter(DefaultMFAAdapter):
    """Seeds are sealed at rest; the last second factor stays where one is required."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("De code klopt niet of is al gebruikt."),
        "rate_limited": _("Te veel pogingen. Probeer het over vijf minuten opnieuw."),
        "cannot_generate_recovery_codes": _("Herstelcodes krijgt u zodra u een tweede factor hebt."),
        "cannot_delete_authenticator": _("Een tweede factor is hier verplicht. Voeg eerst een andere toe."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What can't be opened becomes a seed that nobody knows: an empty one everybody would."""
        try:
            return unseal(encrypted_text)
        except Unreadable:
            return b32encode(token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return f"Zaakplein {current_side().name()}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not current_side().second_factor_required():
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002  # allauth's name
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Sleutel %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to one host: an alias of it, or a neighbour, is another."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": current_side().name()}


def owes_second_factor(user: AbstractBaseUser) -> bool:
    """Whether one is required here, and this person has none."""
    return current_side().second_factor_required() and not has_second_factor(user)


def has_second_factor(user: AbstractBaseUser) -> bool:
    """A code or a key; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()
