"""Medewerkers en rollen: who has which role, and what a role may."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from tenants.accounts.forms import InvitationForm, MembershipForm, site_of
from tenants.accounts.invitations import invite, withdraw
from tenants.accounts.memberships import AREA, MembershipRefused, change_membership, end_membership
from tenants.accounts.models import Invitation, Membership
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level

PAGE_SIZE = 50


def memberships_of(person: Person) -> list[Membership]:
    own = organisations_of(person)
    found = Membership.objects.filter(ended_at__isnull=True).of_organisations(own)
    return list(found.select_related("user").order_by("user__name", "user__email"))


@page(area=AREA, level=Level.SEE)
def people(request: PageRequest) -> HttpResponseBase:
    person = request.person
    table = person.side.table
    own = organisations_of(person)
    shown = Paginator(memberships_of(person), PAGE_SIZE).get_page(request.GET.get("pagina"))
    waiting = Invitation.objects.of_organisations(own).open(timezone.now()).order_by("expires_at")
    texts = {
        "page": shown,
        "rows": [(each, table.role_name(each.role)) for each in shown],
        "invitations": [(each, table.role_name(each.role)) for each in waiting],
        "may_change": person.may(AREA, Level.CHANGE),
        "who_may": table.who_may(AREA, Level.CHANGE),
    }
    return render(request, "accounts/people.html", texts)


@page(area=AREA, level=Level.SEE)
def roles(request: PageRequest) -> HttpResponseBase:
    """The permission table itself, with a sentence of consequence for each cell."""
    table = request.person.side.table
    rows = [
        (area, [(area.level(role.key).word, area.consequence(role.key)) for role in table.roles])
        for area in table.areas
    ]
    return render(request, "accounts/roles.html", {"table": table, "rows": rows})


@page(area=AREA, level=Level.CHANGE, fresh=True)
def invite_person(request: PageRequest) -> HttpResponseBase:
    form = InvitationForm(request.POST or None, person=request.person)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            invite(email, form.grant(), person=request.person, site=site_of(request))
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"De uitnodiging voor {email} is verstuurd. Zij geldt zeven dagen.")
            return redirect("medewerkers")
    return _form_page(request, form, "accounts/invite.html")


@page(area=AREA, level=Level.CHANGE, fresh=True)
def withdraw_invitation(request: PageRequest, pk: int) -> HttpResponseBase:
    own = organisations_of(request.person)
    invitation = get_object_or_404(Invitation.objects.of_organisations(own), pk=pk)
    if request.method == "POST":
        try:
            withdraw(invitation, person=request.person)
        except MembershipRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("medewerkers")
    return render(request, "accounts/withdraw.html", {"invitation": invitation})


@page(area=AREA, level=Level.CHANGE, fresh=True)
def change_role(request: PageRequest, pk: int) -> HttpResponseBase:
    membership = _membership(request.person, pk)
    form = MembershipForm(request.POST or None, person=request.person, membership=membership)
    if form.is_valid():
        try:
            change_membership(membership, form.grant(), person=request.person)
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"De rol van {membership.user} is gewijzigd.")
            return redirect("medewerkers")
    return _form_page(request, form, "accounts/change_role.html", {"membership": membership})


@page(area=AREA, level=Level.CHANGE, fresh=True)
def end_role(request: PageRequest, pk: int) -> HttpResponseBase:
    """Destructive: the e-mail address has to be typed."""
    membership = _membership(request.person, pk)
    why = ""
    if request.method == "POST":
        if request.POST.get("typed", "").strip().lower() != membership.user.email.lower():
            why = "Typ het e-mailadres zoals het hierboven staat."
        else:
            try:
                end_membership(membership, person=request.person)
            except MembershipRefused as refusal:
                why = str(refusal)
            else:
                messages.success(request, f"De rol van {membership.user} is beëindigd.")
                return redirect("medewerkers")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if why else HTTPStatus.OK
    return render(request, "accounts/end_role.html", {"membership": membership, "why": why}, status=status)


def _membership(person: Person, pk: int) -> Membership:
    """One of the organisation's own that still stands; 404 for every other."""
    found = Membership.objects.of_organisations(organisations_of(person)).filter(ended_at__isnull=True)
    return get_object_or_404(found.select_related("user"), pk=pk)


def _form_page(
    request: PageRequest,
    form: InvitationForm | MembershipForm,
    template: str,
    more: dict[str, object] | None = None,
) -> HttpResponseBase:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, template, {"form": form, **(more or {})}, status=status)
