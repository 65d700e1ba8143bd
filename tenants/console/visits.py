"""What the people of the vendor saw here, and why they had a masked value shown."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from screens.inline import mono
from screens.listing.columns import Column
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.views.logbook import AREA, MOMENT, SINCE, UNTIL, show_lines
from tenants.visits.models import Action, Page, Visit
from tenants.visits.words import what_of


def objects_of(visit: Visit) -> str:
    return " ".join(visit.objects_seen)


def main_object(visit: Visit) -> str:
    return mono(visit.objects_seen[0], breaks=True) if visit.objects_seen else ""


VISITS = Listing(
    name="toegang-leverancier",
    caption=_("Wat de leverancier bekeek"),
    one=_("%(count)s keer bekeken"),
    many=_("%(count)s keer bekeken"),
    nothing=_("Nog niets bekeken"),
    columns=[
        MOMENT,
        Column(
            "wie",
            _("Wie"),
            field="person",
            sub=lambda visit: visit.organisation,
            plain=lambda visit: f"{visit.person} ({visit.email}, {visit.organisation})",
        ),
        Column("toegang", _("Toegang"), field="grant", nowrap=True),
        Column("pagina", _("Pagina"), field="page", show=what_of, sub=main_object, plain=what_of),
        Column(
            "handeling",
            _("Handeling"),
            field="action",
            show=lambda visit: str(visit.get_action_display()),
            plain=lambda visit: str(visit.get_action_display()),
        ),
        Column("reden", _("Reden"), field="reason", fold="wide"),
        Column(
            "adres",
            _("Adres"),
            field="ip",
            show=lambda visit: mono(visit.ip or ""),
            plain=lambda visit: visit.ip,
        ),
        Column(
            "objecten",
            _("Objecten"),
            field="objects_seen",
            show=lambda visit: str(len(visit.objects_seen)),
            plain=objects_of,
            order=(),
            numeric=True,
        ),
    ],
    filters=[
        Search("q", _("Wie, toegang of reden"), ["person", "email", "grant", "reason"]),
        Search("object", _("Object"), ["objects_seen"]),
        Choose("pagina", _("Pagina"), Page.choices, field="page"),
        Choose("handeling", _("Handeling"), Action.choices, field="action"),
        SINCE,
        UNTIL,
    ],
    order="-moment",
)


@page(area=AREA, level=Level.SEE)
def vendors_visits(request: PageRequest) -> HttpResponseBase:
    return show_lines(request, VISITS, Visit.objects.all(), current="vendors_visits")
