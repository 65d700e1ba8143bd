"""Medewerkers en rollen: who has which role, and what is known of one person."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from screens.badges import Badge, Kind
from screens.formats import day, near
from screens.inline import Icon, muted
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Filter, Search
from screens.parts import Crumb, Event, Tab
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.forms import InvitationForm, MembershipForm
from tenants.accounts.memberships import (
    AREA,
    MembershipRefused,
    check_target,
)
from tenants.accounts.mfa_adapter import FACTORS
from tenants.accounts.models import Invitation, Membership, User
from tenants.accounts.models.membership import today_here
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level, PermissionTable
from tenants.accounts.shell import show_page
from tenants.accounts.side import current_side
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
        "municipalities": limits_of(asking, held),
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
        note=", ".join(limits_of(asking, membership)),
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


def limits_of(asking: Person, held: Membership | None) -> list[str]:
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


def address_of(membership: Membership) -> str:
    return reverse("person", args=[membership.user_id])


def form_page(
    request: PageRequest, form: InvitationForm | MembershipForm, template: str, **context: Any
) -> HttpResponseBase:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return show_page(request, template, {"form": form, **context}, status=status)
