"""Inloggen: the connections with identity providers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.socialaccount.models import SocialApp
from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from screens.confirm import Question, TypeTheName, ask
from screens.inline import link
from screens.pages import go_to
from screens.parts import Crumb, Task, TaskState
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.memberships import MembershipRefused
from tenants.accounts.models import GroupRole
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
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
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.sign_in_forms import site_of


class ConnectionForm(forms.Form):
    slug = forms.CharField(
        label=_("Korte naam in het adres"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Kleine letters, cijfers en streepjes."))],
    )
    name = forms.CharField(label=_("Naam op de knop"), max_length=40)
    issuer = forms.URLField(label=_("Adres van de aanbieder (issuer)"), max_length=500, assume_scheme="https")
    client_id = forms.CharField(label=_("Client-ID"), max_length=191)
    secret = forms.CharField(
        label=_("Geheim"),
        required=False,
        max_length=MAX_SECRET,
        help_text=_("Leeg laten houdt het geheim dat er staat. Het wordt nooit getoond."),
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
    groups_claim = forms.CharField(label=_("Claim met groepen"), max_length=100, initial="groups")
    group_roles = forms.CharField(
        label=_("Groepen en rollen"),
        required=False,
        max_length=5000,
        help_text=_("Een per regel: groep = rol. Leeg: groepen doen niets."),
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
            raise forms.ValidationError(_("Deze korte naam is in gebruik."))
        return slug

    def clean_group_roles(self) -> dict[str, str]:
        roles = {}
        for line in filter(str.strip, self.cleaned_data["group_roles"].splitlines()):
            group, separator, role = line.rpartition("=")
            if not separator or not group.strip() or not role.strip():
                raise forms.ValidationError(_("Schrijf elke regel als: groep = rol."))
            roles[group.strip()] = role.strip()
        return roles

    def clean(self) -> dict[str, Any]:
        stands = self.app and self.app.settings.get("server_url")
        moved = stands not in {None, self.cleaned_data.get("issuer")}
        if moved and not self.cleaned_data.get("secret"):
            self.add_error("secret", _("Vul het geheim opnieuw in: het adres van de aanbieder is een ander."))
        return self.cleaned_data

    def settings(self) -> Settings:
        return Settings(**self.cleaned_data)


def _connection(request: PageRequest, pk: int) -> SocialApp:
    """One of the person's own organisations; 404 for every other."""
    return get_object_or_404(connections_of(request.person), pk=pk)


@page(area=AREA, level=Level.SEE)
def connections(request: PageRequest) -> HttpResponseBase:
    table = request.person.side.table
    context = {
        "connections": table_of(request.person),
        "may_change": request.person.may(AREA, Level.CHANGE),
        "who_may": table.who_may(AREA, Level.CHANGE),
        "second_factor_required": request.person.side.second_factor_required(),
    }
    return show_page(request, "accounts/connections.html", context)


def table_of(person: Person) -> Table:
    may_change = person.may(AREA, Level.CHANGE)
    words = [
        gettext("Naam"),
        gettext("Adres"),
        *([gettext("Testen"), gettext("Verwijderen")] if may_change else []),
    ]
    return Table(
        caption=gettext("Verbonden inlogsystemen"),
        headings=[Heading(word) for word in words],
        rows=[_row(app, may_change=may_change) for app in connections_of(person).order_by("name")],
    )


def _row(app: SocialApp, *, may_change: bool) -> Row:
    address = Cell(str(app.settings.get("server_url", "")), wide=True)
    if not may_change:
        return Row([Cell(app.name), address])
    return Row(
        [
            Cell(link(app.name, reverse("change_connection", args=[app.pk]))),
            address,
            Cell(link(gettext("Test"), reverse("try_connection", args=[app.pk]), hidden=app.name)),
            Cell(link(gettext("Verwijder"), reverse("delete_connection", args=[app.pk]), hidden=app.name)),
        ]
    )


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
            return go_to(request, reverse("try_connection", args=[saved.pk]))
    context = {"form": form, "crumbs": [_to_the_list()], "back": reverse("inloggen")}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, "accounts/connection.html", context, status=status)


@page(area=AREA, level=Level.CHANGE)
def test_connection(request: PageRequest, pk: int) -> HttpResponseBase:
    """It asks the provider only when told to: opening a page sends nothing."""
    app = _connection(request, pk)
    checks = try_connection(app) if request.method == "POST" else []
    context = {
        "facts": [app.name, str(app.settings.get("server_url", ""))],
        "crumbs": [_to_the_list()],
        "callback": f"{site_of(request)}{reverse('openid_connect_callback', args=[app.provider_id])}",
        "tasks": [
            Task(
                str(check.what),
                TaskState.DONE if check.is_ok else TaskState.FAILED,
                note=gettext("goed") if check.is_ok else gettext("niet goed"),
                more=str(check.detail),
            )
            for check in checks
        ],
    }
    return show_page(request, "accounts/try_connection.html", context)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def delete_connection(request: PageRequest, pk: int) -> HttpResponseBase:
    app = _connection(request, pk)
    form = TypeTheName(request.POST or None, name=app.name)
    if form.is_valid():
        remove_connection(app, person=request.person)
        messages.success(request, gettext("De verbinding %(name)s is verwijderd.") % {"name": app.name})
        return go_to(request, reverse("inloggen"))
    question = Question(
        title=gettext("Verwijder de verbinding %(name)s") % {"name": app.name},
        consequences=[gettext("Wie alleen hiermee inlogt, kan daarna niet meer inloggen.")],
        submit=gettext("Verwijder de verbinding"),
        cancel=reverse("inloggen"),
        crumbs=[_to_the_list()],
    )
    return ask(request, question, form, shell=shell_of(request))


def _to_the_list() -> Crumb:
    return Crumb(gettext("Inloggen"), reverse("inloggen"))
