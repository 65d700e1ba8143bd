"""Inviting somebody to a role, and taking the invitation back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from screens.confirm import Question, ask
from screens.inline import link
from screens.pages import go_to
from screens.parts import Crumb
from tenants.accounts.forms import InvitationForm
from tenants.accounts.invitations import HasRole, invite, waiting_for, withdraw
from tenants.accounts.memberships import (
    AREA,
    MembershipRefused,
)
from tenants.accounts.models import Invitation
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of
from tenants.accounts.sign_in_forms import site_of
from tenants.accounts.views.people import (
    address_of,
    form_page,
    role_of,
    to_people,
)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def invite_person(request: PageRequest) -> HttpResponseBase:
    form = InvitationForm(request.POST or None, person=request.person)
    if form.is_valid():
        email = form.cleaned_data["email"]
        older = waiting_for(email, timezone.now())
        try:
            invite(email, form.grant(), person=request.person, site=site_of(request))
        except HasRole as refusal:
            form.add_error("email", _has_role(refusal, request.person))
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("De uitnodiging voor %(email)s is verstuurd. Zij geldt zeven dagen.")
            messages.success(request, done % {"email": email})
            if older is not None:
                replaced = _("Zij vervangt de uitnodiging als %(role)s.")
                messages.success(request, replaced % {"role": role_of(older).lower()})
            return go_to(request, reverse("invitations"))
    return form_page(request, form, "accounts/invite.html", crumbs=[to_people()], back=reverse("medewerkers"))


def _has_role(refusal: HasRole, asking: Person) -> str:
    """With the way to the role, for who may see it."""
    membership = refusal.membership
    own = organisations_of(asking)
    if own is not None and membership.organisation_id not in own:
        return str(refusal)
    return format_html("{} {}", str(refusal), link(_("Bekijk de rol"), address_of(membership)))


@page(area=AREA, level=Level.CHANGE, fresh=True)
def withdraw_invitation(request: PageRequest, pk: int) -> HttpResponseBase:
    own = organisations_of(request.person)
    invitation = get_object_or_404(Invitation.objects.of_organisations(own), pk=pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw(invitation, person=request.person)
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("De uitnodiging voor %(email)s is ingetrokken.")
            messages.success(request, done % {"email": invitation.email})
            return go_to(request, reverse("invitations"))
    question = Question(
        title=_("Trek een uitnodiging in"),
        consequences=[
            _("De link in de mail aan %(email)s werkt daarna niet meer.") % {"email": invitation.email},
            _("U kunt deze persoon later opnieuw uitnodigen."),
        ],
        submit=_("Trek de uitnodiging in"),
        cancel=reverse("invitations"),
        crumbs=[to_people(), Crumb(_("Uitnodigingen"), reverse("invitations"))],
    )
    return ask(request, question, form, shell=shell_of(request))
