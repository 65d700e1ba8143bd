"""What is filled in about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from screens.forms.controls import Option
from tenants.accounts.choosing import MunicipalitiesForm
from tenants.accounts.memberships import Grant, organisation_choices
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.person import Person
from tenants.accounts.rights import PermissionTable
from tenants.accounts.sign_in_forms import username_of


class GrantForm(MunicipalitiesForm):
    """A role, and for people of the vendor an organisation and limits: only what this person may give."""

    role = forms.ChoiceField(label=_("Rol"), widget=forms.RadioSelect)
    organisation = forms.ChoiceField(label=_("Organisatie"), required=False)
    until = forms.DateField(
        label=_("Tot"),
        required=False,
        help_text=_("De eerste dag waarop de rol niet meer geldt. Leeg: tot u de rol beëindigt."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        table = person.side.table
        self.choose(
            "role",
            [
                (role.key, Option(str(role.name), in_short(table, role.key)))
                for role in table.roles
                if table.covers(person.role, role.key)
            ],
        )
        if not person.side.has_organisations:
            for name in ("organisation", "is_limited", "find", "municipalities"):
                del self.fields[name]
            return
        self.fields["organisation"].required = True
        organisations = organisation_choices(person)
        self.choose("organisation", [(str(each.pk), each.name) for each in organisations])
        self.offer(person)

    def grant(self) -> Grant:
        data = self.cleaned_data
        organisation = data.get("organisation")
        limits = tuple(data["municipalities"]) if data.get("is_limited") else None
        return Grant(data["role"], int(organisation) if organisation else None, limits, data["until"])


def in_short(table: PermissionTable, role: str) -> str:
    """What a role may, area by area, in a line."""
    levels = [(area.name, area.level(role)) for area in table.areas if area.level(role)]
    return "; ".join(f"{name}: {level.word.lower()}" for name, level in levels)


class InvitationForm(GrantForm):
    email = forms.EmailField(label=_("E-mailadres"), max_length=254)

    field_order = ("email", "role", "organisation", "is_limited", "find", "municipalities", "until")


class MembershipForm(GrantForm):
    """As it stands now; each change makes another row, so who saw an older one changes nothing."""

    field_order = ("role", "organisation", "is_limited", "find", "municipalities", "until")

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "role": membership.role,
            "organisation": str(membership.organisation_id),
            "is_limited": membership.is_limited,
            "municipalities": membership.municipalities,
            "until": membership.until,
        }
        super().__init__(*args, **kwargs)


class NewcomerForm(forms.Form):
    """Asks for the name where the invitation does not know it."""

    name = forms.CharField(
        label=_("Uw naam"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Kies een wachtwoord"),
        help_text=_("Minstens 12 tekens. Een zin van vier woorden is goed."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email, self.known_name = invitation.email, invitation.name
        if self.known_name:
            del self.fields["name"]
        self.fields["username"] = username_of(self.email)

    @property
    def called(self) -> str:
        """As whoever invited gave it, or else the person himself."""
        return self.known_name or str(self.cleaned_data.get("name", ""))

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, User(email=self.email, name=self.called))
        return password
