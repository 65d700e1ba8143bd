"""The forms of signing in: the package's fields, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn import forms as keys
from allauth.socialaccount.forms import DisconnectForm as AllauthDisconnectForm
from django import forms
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.accounts.models import User
from tenants.accounts.password_reset import ask_for_reset
from tenants.registry.origin import origin_at

PASSWORD = _("Wachtwoord")
NEW_PASSWORD = _("Nieuw wachtwoord")
CODE = _("Code van 6 cijfers")
HOW_LONG = _("Minstens 12 tekens. Een zin van vier woorden is goed.")
FROM_THE_APP = _("Open de app op uw telefoon en neem de code over.")
OR_RECOVERY = _("Open de app op uw telefoon en neem de code over. Een herstelcode mag ook.")
ADDRESS = _("E-mailadres")


class InOurWords(forms.Form):
    """``words`` are label and help by field; what it does not name goes, as do placeholders."""

    words: ClassVar[Mapping[str, tuple[str | Promise, str | Promise]]] = {}
    wordless: ClassVar[frozenset[str]] = frozenset({"credential", "account"})
    """What is not shown, or has choices that speak for themselves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            if name in self.words:
                field.label, field.help_text = map(str, self.words[name])
                field.widget.attrs.pop("placeholder", None)
            elif name not in self.wordless:
                del self.fields[name]
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "size": 12}


class LoginForm(InOurWords, account.LoginForm):
    words: ClassVar = {"login": (ADDRESS, ""), "password": (PASSWORD, "")}

    @property
    def passkey(self) -> forms.Form:
        """Its other half: signing in without a password."""
        return LoginWebAuthnForm()


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    """It looks nobody up: that is a job's work, so that an unknown address takes as long as a known one."""

    words: ClassVar = {"email": (ADDRESS, "")}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        ask_for_reset(email, site=site_of(request))
        return email


def site_of(request: HttpRequest) -> str:
    """The address of the console that is asked, without a path; its port is ours to say, not the caller's."""
    return origin_at(split_domain_port(request.get_host())[0])


class OfKnownPerson(InOurWords):
    """Tells a password manager whose password it is."""

    user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        if self.user is not None:
            self.fields["username"] = username_of(self.user.email)


def username_of(email: str) -> forms.CharField:
    """Seen by password managers alone, and read by nobody."""
    return forms.CharField(
        initial=email, disabled=True, widget=forms.HiddenInput({"autocomplete": "username"})
    )


class ChangePasswordForm(OfKnownPerson, account.ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": (_("Huidig wachtwoord"), ""),
        "password1": (NEW_PASSWORD, HOW_LONG),
    }


class SetPasswordForm(OfKnownPerson, account.SetPasswordForm):
    words: ClassVar = {"password1": (NEW_PASSWORD, HOW_LONG)}


class ResetPasswordKeyForm(OfKnownPerson, account.ResetPasswordKeyForm):
    words: ClassVar = {"password1": (NEW_PASSWORD, HOW_LONG)}


class ReauthenticateForm(OfKnownPerson, account.ReauthenticateForm):
    words: ClassVar = {"password": (PASSWORD, "")}


class AuthenticateForm(InOurWords, codes.AuthenticateForm):
    words: ClassVar = {"code": (CODE, OR_RECOVERY)}


class ReauthenticateWithCodeForm(InOurWords, codes.ReauthenticateForm):
    words: ClassVar = {"code": (CODE, OR_RECOVERY)}


class ActivateTOTPForm(InOurWords, AllauthActivateTOTPForm):
    words: ClassVar = {"code": (CODE, FROM_THE_APP)}


class AddWebAuthnForm(InOurWords, keys.AddWebAuthnForm):
    words: ClassVar = {
        "name": (_("Naam"), _("Waaraan u hem herkent, bijvoorbeeld: telefoon.")),
        "passwordless": (
            _("Hiermee log ik in zonder wachtwoord"),
            _("Uw telefoon of sleutel vraagt dan een vingerafdruk of een pincode."),
        ),
    }


class EditWebAuthnForm(InOurWords, keys.EditWebAuthnForm):
    words: ClassVar = {"name": (_("Naam"), "")}


class LoginWebAuthnForm(InOurWords, keys.LoginWebAuthnForm):
    pass


class AuthenticateWebAuthnForm(InOurWords, keys.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(InOurWords, keys.ReauthenticateWebAuthnForm):
    pass


class DisconnectForm(InOurWords, AllauthDisconnectForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # a form's own
        super().__init__(*args, **kwargs)
        account = self.fields["account"]
        account.label = _("Welk account?")
        account.label_from_instance = lambda each: each.get_provider().name  # type: ignore[attr-defined]
