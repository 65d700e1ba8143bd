"""Inloggen: the connections with identity providers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.socialaccount.models import SocialApp
from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.models import GroupRole
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.provider import (
    AREA,
    MAX_SECRET,
    Settings,
    connections_of,
    remove_connection,
    save_connection,
    try_connection,
)
from tenants.accounts.rights import Level

GROUP_LINE = "groep = rol"


class ConnectionForm(forms.Form):
    slug = forms.CharField(
        label="Korte naam in het adres",
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", "Kleine letters, cijfers en streepjes.")],
    )
    name = forms.CharField(label="Naam op de knop", max_length=40)
    issuer = forms.URLField(label="Adres van de aanbieder (issuer)", max_length=500, assume_scheme="https")
    client_id = forms.CharField(label="Client-ID", max_length=191)
    secret = forms.CharField(
        label="Geheim",
        required=False,
        max_length=MAX_SECRET,
        help_text="Leeg laten houdt het geheim dat er staat. Het wordt nooit getoond.",
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    groups_claim = forms.CharField(label="Claim met groepen", max_length=100, initial="groups")
    group_roles = forms.CharField(
        label="Groepen en rollen",
        required=False,
        max_length=5000,
        help_text=f"Een per regel: {GROUP_LINE}. Leeg: groepen doen niets.",
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, app: SocialApp | None, **kwargs: Any) -> None:
        if app is not None:
            roles = GroupRole.objects.filter(connection=app).order_by("group")
            kwargs["initial"] = {
                "slug": app.provider_id,
                "name": app.name,
                "issuer": app.settings.get("server_url"),
                "client_id": app.client_id,
                "groups_claim": app.settings.get("groups_claim", "groups"),
                "group_roles": "\n".join(f"{each.group} = {each.role}" for each in roles),
            }
        super().__init__(*args, **kwargs)
        self.app = app
        if app is not None:
            self.fields["slug"].disabled = True
        else:
            self.fields["secret"].required = True

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if self.app is None and SocialApp.objects.filter(provider_id=slug).exists():
            raise forms.ValidationError("Deze korte naam is in gebruik.")
        return slug

    def clean_group_roles(self) -> dict[str, str]:
        roles = {}
        for line in filter(str.strip, self.cleaned_data["group_roles"].splitlines()):
            group, separator, role = line.rpartition("=")
            if not separator or not group.strip() or not role.strip():
                raise forms.ValidationError(f"Schrijf elke regel als: {GROUP_LINE}.")
            roles[group.strip()] = role.strip()
        return roles

    def settings(self) -> Settings:
        return Settings(**self.cleaned_data)


def _connection(request: PageRequest, pk: int) -> SocialApp:
    """One of the person's own organisations; 404 for every other."""
    return get_object_or_404(connections_of(request.person), pk=pk)


@page(area=AREA, level=Level.SEE)
def connections(request: PageRequest) -> HttpResponseBase:
    texts = {
        "connections": connections_of(request.person).order_by("name"),
        "may_change": request.person.may(AREA, Level.CHANGE),
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE),
        "second_factor_required": request.person.side.second_factor_required(),
    }
    return render(request, "accounts/connections.html", texts)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def add_connection(request: PageRequest) -> HttpResponseBase:
    return _edit(request, None)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def change_connection(request: PageRequest, pk: int) -> HttpResponseBase:
    return _edit(request, _connection(request, pk))


def _edit(request: PageRequest, app: SocialApp | None) -> HttpResponseBase:
    form = ConnectionForm(request.POST or None, app=app)
    if form.is_valid():
        try:
            saved = save_connection(form.settings(), person=request.person)
        except MembershipRefused as refusal:
            form.add_error("group_roles", str(refusal))
        else:
            return redirect("try_connection", saved.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "accounts/connection.html", {"form": form, "connection": app}, status=status)


@page(area=AREA, level=Level.CHANGE)
def test_connection(request: PageRequest, pk: int) -> HttpResponseBase:
    """It asks the provider only when told to: opening a page sends nothing."""
    app = _connection(request, pk)
    checks = try_connection(app) if request.method == "POST" else []
    return render(request, "accounts/try_connection.html", {"connection": app, "checks": checks})


@page(area=AREA, level=Level.CHANGE, fresh=True)
def delete_connection(request: PageRequest, pk: int) -> HttpResponseBase:
    app = _connection(request, pk)
    if request.method == "POST" and request.POST.get("typed", "").strip() == app.name:
        remove_connection(app, person=request.person)
        messages.success(request, f"De verbinding {app.name} is verwijderd.")
        return redirect("inloggen")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "accounts/delete_connection.html", {"connection": app}, status=status)
