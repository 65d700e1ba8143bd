"""The second factors of a person: the package's pages, with what ours show besides."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from screens.badges import Badge, Kind
from screens.formats import day
from screens.inline import link, muted
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.mfa_adapter import owes_second_factor
from tenants.accounts.side import current_side


class SecondFactor(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **known,
            "on": Badge(Kind.SAFE, _("Ingesteld")),
            "keys": table_of(known["authenticators"].get(Authenticator.Type.WEBAUTHN, [])),
            "app_may_go": may_go(known["authenticators"].get(Authenticator.Type.TOTP)),
            "required": current_side().second_factor_required(),
        }


class CodesFromApp(ActivateTOTPView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "owes": owes_second_factor(self.request.user)}


class NewRecoveryCodes(GenerateRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "had_codes": self.had_codes()}

    def form_valid(self, form: Any) -> HttpResponseBase:  # allauth has no types
        had_codes = self.had_codes()
        response: HttpResponseBase = super().form_valid(form)
        if had_codes:
            messages.success(self.request, _("De oude codes werken niet meer."))
        return response

    def had_codes(self) -> bool:
        held = Authenticator.objects.filter(user_id=self.request.user.pk)
        return held.filter(type=Authenticator.Type.RECOVERY_CODES).exists()


class SecondCheck(AuthenticateView):
    """Asks for what the person has: a code, a key, or either."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**kwargs)
        held = Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True)
        return {
            **known,
            "has_code": bool({Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES} & set(held)),
            "has_key": Authenticator.Type.WEBAUTHN in held,
        }


def may_go(factor: Any) -> bool:  # allauth has no types
    """Whether it is not the last one that is required."""
    return factor is not None and bool(get_adapter().can_delete_authenticator(factor.instance))


def table_of(keys: list[Any]) -> Table:  # allauth has no types
    words = (_("Naam"), _("Soort"), _("Toegevoegd"), _("Laatst gebruikt"), _("Verwijderen"))
    return Table(
        caption=_("Passkeys en sleutels"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(link(key.name, reverse("mfa_edit_webauthn", args=[key.instance.pk]))),
                    Cell(_("Passkey") if key.is_passwordless else _("Sleutel")),
                    Cell(day(key.instance.created_at), label=_("Toegevoegd")),
                    Cell(
                        day(used) if (used := key.instance.last_used_at) else "", label=_("Laatst gebruikt")
                    ),
                    Cell(
                        link(
                            _("Verwijder"),
                            reverse("mfa_remove_webauthn", args=[key.instance.pk]),
                            hidden=key.name,
                        )
                        if may_go(key)
                        else muted(_("Uw laatste tweede factor"))
                    ),
                ]
            )
            for key in keys
        ],
    )


def to_second_factor(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001  # as every view
    """Where the package goes after a key was changed: our list of them stands with the other factors."""
    return redirect("mfa_index")
