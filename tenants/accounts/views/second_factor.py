"""The second factors of a person: the package's pages, with what ours show besides."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from screens.badges import Badge, Kind
from screens.formats import day
from screens.inline import link
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.side import current_side


class SecondFactor(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **known,
            "on": Badge(Kind.SAFE, _("Ingesteld")),
            "keys": table_of(known["authenticators"].get(Authenticator.Type.WEBAUTHN, [])),
            "required": current_side().second_factor_required(),
        }


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
                    ),
                ]
            )
            for key in keys
        ],
    )


def to_second_factor(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001  # as every view
    """Where the package goes after a key was changed: our list of them stands with the other factors."""
    return redirect("mfa_index")
