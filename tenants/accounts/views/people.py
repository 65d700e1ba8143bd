"""Medewerkers en rollen: who has which role, and giving, changing and ending one."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from screens.badges import Badge, Kind
from screens.confirm import Question, TypeTheName, ask
from screens.errors import error_page
from screens.formats import day, near
from screens.inline import Icon, link, muted
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Filter, Search
from screens.pages import go_to
from screens.parts import Crumb, Event, Tab
from screens.shell import Item
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.forms import InvitationForm, MembershipForm
from tenants.accounts.invitations import HasRole, invite, waiting_for, withdraw
from tenants.accounts.memberships import (
    AREA,
    MembershipRefused,
    Stale,
    change_membership,
    check_target,
    end_membership,
)
from tenants.accounts.mfa_adapter import FACTORS
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level, PermissionTable
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.side import current_side
from tenants.accounts.sign_in_forms import site_of
from tenants.accounts.views.lists import file_of
from tenants.registry.models import Municipality

# The lists ---------------------------------------------------------------------------------------


def tabs(current: str) -> list[Tab]:
    words = {
        "medewerkers": _("Medewerkers"),
        "invitations": _("Uitnodigingen"),
        "roles": _("Wat elke rol mag"),
    }
    return [Tab(word, reverse(name), current=name == current) for name, word in words.items()]


def role_choices() -> list[tuple[str, str]]:
    return [(role.key, str(role.name)) for role in current_side().table.roles]


def role_of(given: Membership | Invitation) -> str:
    return current_side().table.role_name(given.role)


def where(given: Membership | Invitation) -> str:
    """Its limits in a few words."""
    if not given.is_limited:
        return _("Overal")
    count = len(given.municipalities)
    return ngettext("%(count)s gemeente", "%(count)s gemeenten", count) % {"count": count}


def last_seen(membership: Membership) -> str:
    at = membership.user.last_login
    return near(at, timezone.now()) if at else muted(_("nog nooit"))


def shown_name(user: User) -> str:
    return user.name or user.email


ROLE = Choose("rol", gettext_lazy("Rol"), role_choices, field="role")
ORGANISATION = Column(
    "organisatie", gettext_lazy("Organisatie"), field="organisation.name", order=["organisation__name"]
)
WHERE = Column(
    "waar",
    gettext_lazy("Ziet"),
    show=where,
    plain=where,
    order=(),
)


@cache
def members_listing(*, has_organisations: bool) -> Listing:
    filters: list[Filter] = [
        Search("q", gettext_lazy("Naam of e-mailadres"), ["user__name", "user__email"]),
        ROLE,
    ]
    return Listing(
        name="medewerkers",
        caption=gettext_lazy("Medewerkers"),
        one=gettext_lazy("%(count)s medewerker"),
        many=gettext_lazy("%(count)s medewerkers"),
        nothing=gettext_lazy("Nog geen medewerkers"),
        columns=[
            Column(
                "naam",
                gettext_lazy("Naam"),
                show=lambda each: shown_name(each.user),
                plain=lambda each: each.user.name,
                url=lambda each: reverse("person", args=[each.user_id]),
                order=["user__name", "user__email"],
            ),
            Column(
                "email",
                gettext_lazy("E-mailadres"),
                field="user.email",
                show=lambda each: each.user.email if each.user.name else "",
                plain=lambda each: each.user.email,
                order=["user__email"],
            ),
            Column("rol", gettext_lazy("Rol"), field="role", show=role_of, plain=role_of),
            *([ORGANISATION, WHERE] if has_organisations else []),
            Column("tot", gettext_lazy("Tot"), field="until", nowrap=True),
            Column(
                "gezien",
                gettext_lazy("Laatst ingelogd"),
                field="user.last_login",
                show=last_seen,
                order=["user__last_login"],
                nowrap=True,
            ),
        ],
        filters=filters,
        order="naam",
    )


@cache
def invitations_listing(*, has_organisations: bool) -> Listing:
    return Listing(
        name="uitnodigingen",
        caption=gettext_lazy("Uitnodigingen die wachten"),
        one=gettext_lazy("%(count)s uitnodiging"),
        many=gettext_lazy("%(count)s uitnodigingen"),
        nothing=gettext_lazy("Er wacht geen uitnodiging"),
        columns=[
            Column(
                "email",
                gettext_lazy("E-mailadres"),
                url=lambda each: reverse("withdraw_invitation", args=[each.pk]),
            ),
            Column("rol", gettext_lazy("Rol"), field="role", show=role_of, plain=role_of),
            *([ORGANISATION, WHERE] if has_organisations else []),
            Column(
                "door",
                gettext_lazy("Uitgenodigd door"),
                field="invited_by.email",
                order=["invited_by__email"],
            ),
            Column(
                "verloopt",
                gettext_lazy("Verloopt"),
                field="expires_at",
                show=lambda each: near(each.expires_at, timezone.now()),
                nowrap=True,
            ),
        ],
        filters=[Search("q", gettext_lazy("E-mailadres"), ["email"]), ROLE],
        order="verloopt",
    )


@page(area=AREA, level=Level.SEE)
def people(request: PageRequest) -> HttpResponseBase:
    rows = _open_memberships(request.person)
    listing = members_listing(has_organisations=request.person.side.has_organisations)
    advice = _("Nodig iemand uit: die krijgt een mail met een link.")
    return _list(request, listing, rows, current="medewerkers", advice=advice)


@page(area=AREA, level=Level.SEE)
def invitations(request: PageRequest) -> HttpResponseBase:
    rows = Invitation.objects.of_organisations(organisations_of(request.person)).open(timezone.now())
    rows = rows.select_related("invited_by")
    if request.person.side.has_organisations:
        rows = rows.select_related("organisation")
    listing = invitations_listing(has_organisations=request.person.side.has_organisations)
    advice = _("Wie is uitgenodigd en nog niet kwam, staat hier. Een uitnodiging geldt zeven dagen.")
    return _list(request, listing, rows, current="invitations", advice=advice)


def _list(
    request: PageRequest, listing: Listing, rows: QuerySet[Any], *, current: str, advice: str
) -> HttpResponseBase:
    file = file_of(listing, request, rows)
    if file is not None:
        return file
    person = request.person
    context = {
        "found": listing.read(request, rows),
        "advice": advice,
        **around(person, current),
    }
    return show_page(request, "accounts/people.html", context)


def around(person: Person, current: str) -> dict[str, Any]:
    """What the three tabs share."""
    return {
        "tabs": tabs(current),
        "may_change": person.may(AREA, Level.CHANGE),
        "who_may": person.side.table.who_may(AREA, Level.CHANGE),
    }


def _open_memberships(person: Person) -> QuerySet[Membership]:
    found = Membership.objects.filter(ended_at__isnull=True).of_organisations(organisations_of(person))
    found = found.select_related("user")
    return found.select_related("organisation") if person.side.has_organisations else found


# One person --------------------------------------------------------------------------------------


@page(area=AREA, level=Level.SEE)
def person(request: PageRequest, pk: int) -> HttpResponseBase:
    """What somebody may on one page, and how that came."""
    asking = request.person
    seen = Membership.objects.of_organisations(organisations_of(asking)).filter(user_id=pk)
    seen = seen.select_related("user")
    if asking.side.has_organisations:
        seen = seen.select_related("organisation")
    history = list(seen.order_by("-pk"))
    if not history:
        raise Http404
    user, standing = history[0].user, history[0] if history[0].ended_at is None else None
    held = standing if standing is not None and standing.holds(today_here()) else None
    context = {
        "name": shown_name(user),
        "state": Badge(Kind.SAFE, _("Actief")) if held else Badge(Kind.NEUTRAL, _("Geen rol")),
        "facts": [fact for fact in (user.email, role_of(held) if held else "") if fact],
        "crumbs": [to_people()],
        "rights": rights_of(asking.side.table, held.role) if held else None,
        "history": [event_of(each, asking) for each in history],
        "data": _data(user, held),
        "municipalities": _limits(asking, held),
        **_acts(asking, standing),
    }
    return show_page(request, "accounts/person.html", context)


def to_people() -> Crumb:
    return Crumb(_("Medewerkers en rollen"), reverse("medewerkers"))


def rights_of(table: PermissionTable, role: str) -> Table:
    return Table(
        caption=_("Wat deze persoon mag"),
        headings=[Heading(_("Onderdeel")), Heading(_("Recht")), Heading(_("Wat dat betekent"))],
        rows=[
            Row(
                [
                    Cell(str(area.name)),
                    Cell(area.level(role).word if area.level(role) else muted(area.level(role).word)),
                    Cell(area.consequence(role), wide=True),
                ]
            )
            for area in table.areas
        ],
    )


def event_of(membership: Membership, asking: Person) -> Event:
    ended = membership.ended_at
    until = day(ended) if ended else day(membership.until) if membership.until else ""
    since = day(membership.starts)
    return Event(
        who=role_of(membership),
        when=_("%(since)s tot %(until)s") % {"since": since, "until": until}
        if until
        else _("sinds %(since)s") % {"since": since},
        icon=Icon.MINUS if ended else Icon.CHECK,
        note=", ".join(_limits(asking, membership)),
    )


def _data(user: User, held: Membership | None) -> list[tuple[str, str]]:
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    rows = [
        (_("Laatst ingelogd"), near(user.last_login, timezone.now()) if user.last_login else _("nog nooit"))
    ]
    if held is not None and current_side().has_organisations:
        rows += [(_("Organisatie"), str(held.organisation)), (_("Ziet"), where(held))]
    if held is not None and held.until:
        rows.append((_("Rol tot"), day(held.until)))
    return [
        *rows,
        (_("Wachtwoord"), _("ingesteld") if user.has_usable_password() else _("nee, via een inlogsysteem")),
        (_("Tweede factor"), _("ingesteld") if types & set(FACTORS) else _("niet ingesteld")),
        (_("Open sessies"), str(UserSession.objects.filter(user=user).count())),
    ]


def _limits(asking: Person, held: Membership | None) -> list[str]:
    """The names of the municipalities that somebody sees, as far as the one who asks sees them."""
    if held is None or not held.is_limited:
        return []
    visible = Municipality.objects.visible_to(asking).filter(schema_name__in=held.municipalities)
    return list(visible.order_by("naam").values_list("naam", flat=True))


def _acts(asking: Person, standing: Membership | None) -> dict[str, str]:
    """Where the role is changed or ended, or why not."""
    if standing is None:
        return {}
    if not asking.may(AREA, Level.CHANGE):
        who = asking.side.table.who_may(AREA, Level.CHANGE)
        return {"why_not": _("Rollen wijzigen mag uw rol niet. Dit kan wel: %(who)s.") % {"who": who}}
    try:
        check_target(standing, person=asking)
    except MembershipRefused as refusal:
        return {"why_not": str(refusal)}
    return {
        "change": reverse("change_role", args=[standing.pk]),
        "end": reverse("end_role", args=[standing.pk]),
    }


# What is done ------------------------------------------------------------------------------------


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
    return _form_page(
        request, form, "accounts/invite.html", crumbs=[to_people()], back=reverse("medewerkers")
    )


def _has_role(refusal: HasRole, asking: Person) -> str:
    """With the way to the role, for who may see it."""
    membership = refusal.membership
    own = organisations_of(asking)
    if own is not None and membership.organisation_id not in own:
        return str(refusal)
    return format_html("{} {}", str(refusal), link(_("Bekijk de rol"), _address_of(membership)))


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
            return go_to(request, _address_of(membership))
    return _form_page(
        request,
        form,
        "accounts/change_role.html",
        crumbs=_crumbs(membership),
        back=_address_of(membership),
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
            return go_to(request, _address_of(membership))
    name = shown_name(membership.user)
    question = Question(
        title=_("Beëindig de rol van %(name)s") % {"name": name},
        consequences=[
            _("%(email)s is hier nu %(role)s.")
            % {"email": membership.user.email, "role": role_of(membership).lower()},
            _("De rol en alle sessies eindigen meteen. Het logboek blijft."),
        ],
        submit=_("Beëindig de rol"),
        cancel=_address_of(membership),
        crumbs=_crumbs(membership),
    )
    return ask(request, question, form, shell=shell_of(request))


def _membership(person: Person, pk: int) -> Membership:
    """One of the organisation's own, also one that ended; 404 for every other."""
    found = Membership.objects.of_organisations(organisations_of(person))
    return get_object_or_404(found.select_related("user"), pk=pk)


def _address_of(membership: Membership) -> str:
    return reverse("person", args=[membership.user_id])


def _crumbs(membership: Membership) -> list[Crumb]:
    return [to_people(), Crumb(shown_name(membership.user), _address_of(membership))]


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
        next_step=Item(_("Bekijk de rol zoals die nu is"), _address_of(seen)),
    )


def _in_words(membership: Membership, asking: Person) -> str:
    parts = [role_of(membership).lower()]
    if membership.is_limited:
        parts.append(", ".join(_limits(asking, membership)) or where(membership))
    if membership.until:
        parts.append(_("tot %(day)s") % {"day": day(membership.until)})
    return "; ".join(parts)


def _form_page(
    request: PageRequest, form: InvitationForm | MembershipForm, template: str, **context: Any
) -> HttpResponseBase:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, template, {"form": form, **context}, status=status)
