"""Partners: the organisations on this deployment, and who of them may act for which gemeente."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.views.gemeenten import address_of as address_of_gemeente
from handover.models import COLUMNS, Handover, Role
from screens.formats import day
from screens.inline import link, muted
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search
from screens.parts import Crumb
from screens.tables import Cell, Heading, Row, Table
from tenants.accounts.models import Membership
from tenants.accounts.models.membership import today_here
from tenants.accounts.organisations import (
    AREA,
    has_come,
    invited_owner,
    may_add_partner,
    may_invite_owner,
)
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person, organisations_of
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of
from tenants.accounts.views.people import role_of, shown_name, where
from tenants.registry.models import Municipality, Organisation

SHOWN = 100
"""Rows of a table on the page of one organisation; beyond, the page says how many there are."""

PARTNERS = Listing(
    name="partners",
    caption=_("Partijen"),
    one=_("%(count)s partij"),
    many=_("%(count)s partijen"),
    nothing=_("Nog geen partijen"),
    columns=[
        Column("naam", _("Naam"), field="name", url=lambda row: reverse("partner", args=[row.pk])),
        Column(
            "soort",
            _("Soort"),
            field="kind",
            show=lambda row: str(row.get_kind_display()),
            plain=lambda row: row.get_kind_display(),
        ),
        Column("kvk", _("KvK"), show=lambda row: row.kvk or ""),
        Column("omgevingen", _("Omgevingen die u ook ziet"), numeric=True),
    ],
    filters=[
        Search("q", _("Naam of KvK"), ["name", "kvk"]),
        Choose("soort", _("Soort"), Organisation.Kind.choices, field="kind"),
    ],
    order="naam",
)


def visible(person: Person) -> QuerySet[Organisation]:
    """One's own, those with whom one serves a municipality, and those that one brought."""
    seen = Municipality.objects.visible_to(person)
    return Organisation.objects.filter(
        Q(pk=person.organisation_id or 0)
        | Q(pk__in=seen.values("vendor"))
        | Q(pk__in=seen.values("implementation_partner"))
        | Q(introduced_by=person.organisation_id or 0)
    )


@page(area=AREA, level=Level.SEE)
def partners(request: PageRequest) -> HttpResponseBase:
    served = Municipality.objects.visible_to(request.person).order_by()
    served = served.filter(Q(vendor=OuterRef("pk")) | Q(implementation_partner=OuterRef("pk")))
    counted = served.annotate(one=Q(pk__isnull=False)).values("one").annotate(all=Count("pk")).values("all")
    rows = visible(request.person).annotate(omgevingen=Coalesce(Subquery(counted), 0))
    file = file_of(PARTNERS, request, rows)
    if file is not None:
        return file
    context = {
        "found": PARTNERS.read(request, rows),
        "may_add": may_add_partner(request.person),
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "backoffice/partners.html", context)


@page(area=AREA, level=Level.SEE)
def partner(request: PageRequest, pk: int) -> HttpResponseBase:
    person = request.person
    shown = get_object_or_404(visible(person), pk=pk)
    own = organisations_of(person) or frozenset()
    context = {
        "partner": shown,
        "facts": [
            str(shown.get_kind_display()),
            *([gettext("KvK %(kvk)s") % {"kvk": shown.kvk}] if shown.kvk else []),
        ],
        "crumbs": [Crumb(gettext("Partners"), reverse("partners"))],
        "serves": _serves(person, shown),
        "former": _former(person, shown),
        "people": _people(shown) if pk in own and person.may("medewerkers", Level.SEE) else None,
        "own": pk in own,
        "nobody_yet": may_invite_owner(shown, person) and not has_come(shown),
        "invited": invited_owner(shown),
    }
    return show_page(request, "backoffice/partner.html", context)


def _serves(person: Person, shown: Organisation) -> Table | None:
    """The municipalities that the one who asks sees too, with the role there and since when."""
    rows = []
    for role, column in COLUMNS.items():
        taken = Handover.objects.filter(
            municipality=OuterRef("pk"), role=role, to_organisation=shown, performed_at__isnull=False
        )
        found: Any = (  # with what is annotated
            Municipality.objects.visible_to(person)
            .filter(**{column: shown})
            .annotate(taken_at=Subquery(taken.order_by("-performed_at").values("performed_at")[:1]))
            .order_by("naam", "pk")[:SHOWN]
        )
        rows += [
            Row(
                [
                    Cell(link(each.naam, address_of_gemeente(each)), sub=str(each.get_environment_display())),
                    Cell(str(role.label), label=gettext("Rol")),
                    Cell(
                        day(each.taken_at) if each.taken_at else muted(gettext("het begin")),
                        label=gettext("Vanaf"),
                        nowrap=True,
                    ),
                ]
            )
            for each in found
        ]
    words = (gettext("Gemeente"), gettext("Rol"), gettext("Vanaf"))
    caption = gettext("Wie deze partij bedient")
    return Table(caption=caption, headings=[Heading(word) for word in words], rows=rows) if rows else None


def _former(person: Person, shown: Organisation) -> Table | None:
    """What it gave to another, as far as the one who asks sees that hand-over."""
    found = (
        Handover.objects.visible_to(person)
        .filter(from_organisation=shown, performed_at__isnull=False)
        .order_by(F("performed_at").desc())[:SHOWN]
    )
    words = (gettext("Gemeente"), gettext("Rol"), gettext("Tot"))
    rows = [
        Row(
            [
                Cell(link(each.municipality_name, reverse("overdracht", args=[each.pk]))),
                Cell(str(Role(each.role).label), label=words[1]),
                Cell(day(each.performed_at), label=words[2], nowrap=True),
            ]
        )
        for each in found
    ]
    caption = gettext("Wie deze partij bediende")
    return Table(caption=caption, headings=[Heading(word) for word in words], rows=rows) if rows else None


def _people(shown: Organisation) -> Table:
    held = Membership.objects.current(today_here()).filter(organisation=shown).select_related("user")
    words = (gettext("Naam"), gettext("Rol"), gettext("Ziet"), gettext("Vanaf"), gettext("Tot"))
    return Table(
        caption=gettext("Wie voor deze partij werkt"),
        headings=[Heading(word) for word in words],
        rows=[
            Row(
                [
                    Cell(link(shown_name(each.user), reverse("person", args=[each.user_id]))),
                    Cell(role_of(each), label=words[1]),
                    Cell(where(each), label=words[2]),
                    Cell(day(each.starts), label=words[3], nowrap=True),
                    Cell(day(each.until) if each.until else "", label=words[4], nowrap=True),
                ]
            )
            for each in held.order_by("user__name", "user__email")[:SHOWN]
        ],
    )
