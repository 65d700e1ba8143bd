"""Changing and ending a role, also where somebody else did so meanwhile."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from screens.confirm import Question, TypeTheName, ask
from screens.errors import error_page
from screens.formats import day
from screens.pages import go_to
from screens.parts import Crumb
from screens.shell import Item
from tenants.accounts.forms import MembershipForm
from tenants.accounts.memberships import (
    AREA,
    MembershipRefused,
    Stale,
    change_membership,
    end_membership,
)
from tenants.accounts.models import Membership
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of
from tenants.accounts.views.people import (
    address_of,
    form_page,
    limits_of,
    role_of,
    shown_name,
    to_people,
    where,
)


@page(area=AREA, level=Level.CHANGE, fresh=True)
def change_role(request: PageRequest, pk: int) -> HttpResponseBase:
    membership = _membership(request.person, pk)
    if membership.ended_at is not None:
        return _meanwhile(request, membership)
    form = MembershipForm(request.POST or None, person=request.person, membership=membership)
    if form.is_valid():
        try:
            change_membership(membership, form.grant(), person=request.person)
        except Stale:
            return _meanwhile(request, membership)
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("De rol van %(who)s is gewijzigd.") % {"who": membership.user})
            return go_to(request, address_of(membership))
    return form_page(
        request,
        form,
        "accounts/change_role.html",
        crumbs=_crumbs(membership),
        back=address_of(membership),
        facts=[membership.user.email, _("nu %(role)s") % {"role": role_of(membership).lower()}],
    )


@page(area=AREA, level=Level.CHANGE, fresh=True)
def end_role(request: PageRequest, pk: int) -> HttpResponseBase:
    """Destructive: the e-mail address has to be typed."""
    membership = _membership(request.person, pk)
    if membership.ended_at is not None:
        return _meanwhile(request, membership)
    form = TypeTheName(request.POST or None, name=membership.user.email)
    form.fields["typed"].label = _("Typ het e-mailadres")
    if form.is_valid():
        try:
            end_membership(membership, person=request.person)
        except Stale:
            return _meanwhile(request, membership)
        except MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("De rol van %(who)s is beëindigd.") % {"who": membership.user})
            return go_to(request, address_of(membership))
    name = shown_name(membership.user)
    question = Question(
        title=_("Beëindig de rol van %(name)s") % {"name": name},
        consequences=[
            _("%(email)s is hier nu %(role)s.")
            % {"email": membership.user.email, "role": role_of(membership).lower()},
            _("De rol en alle sessies eindigen meteen. Het logboek blijft."),
        ],
        submit=_("Beëindig de rol"),
        cancel=address_of(membership),
        crumbs=_crumbs(membership),
    )
    return ask(request, question, form, shell=shell_of(request))


def _membership(person: Person, pk: int) -> Membership:
    """One of the organisation's own, also one that ended; 404 for every other."""
    found = Membership.objects.of_organisations(organisations_of(person))
    return get_object_or_404(found.select_related("user"), pk=pk)


def _crumbs(membership: Membership) -> list[Crumb]:
    return [to_people(), Crumb(shown_name(membership.user), address_of(membership))]


def _meanwhile(request: PageRequest, seen: Membership) -> HttpResponseBase:
    """For whoever looked at a role that another replaced: what it was, what it is, and who did it."""
    now = Membership.objects.filter(user=seen.user, ended_at__isnull=True).first()
    line = (
        request.person.side.log_model._default_manager.filter(area=AREA, subject=str(seen.user))
        .order_by("-at", "-pk")
        .first()
    )
    known = {
        "who": line.person if line else _("Iemand"),
        "name": shown_name(seen.user),
        "before": _in_words(seen, request.person),
        "after": _in_words(now, request.person) if now else _("geen"),
    }
    return error_page(
        request,
        HTTPStatus.CONFLICT,
        shell=shell_of(request),
        happened=_(
            "%(who)s wijzigde intussen de rol van %(name)s. Die was: %(before)s. Die is nu: %(after)s."
        )
        % known,
        next_step=Item(_("Bekijk de rol zoals die nu is"), address_of(seen)),
    )


def _in_words(membership: Membership, asking: Person) -> str:
    parts = [role_of(membership).lower()]
    if membership.is_limited:
        parts.append(", ".join(limits_of(asking, membership)) or where(membership))
    if membership.until:
        parts.append(_("tot %(day)s") % {"day": day(membership.until)})
    return "; ".join(parts)
