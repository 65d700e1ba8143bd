"""Contracten: what was promised to whom, and what ends soon."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from contracts.contract_queries import PARTS, counts_of, standing_on, with_soon
from contracts.contract_tables import badge_of
from contracts.models import Contract
from contracts.standing import last_day, next_notice, shown_version
from contracts.states import VENDOR_AREA, Standing
from screens.badges import badge
from screens.formats import day, number
from screens.inline import Tone, muted
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.listing.filters import Part, Search
from screens.parts import Tab
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of

WORDS = {
    "actief": _("Actief"),
    "loopt-af": _("Loopt af"),
    "concept": _("Concept"),
    "aangeboden": _("Aangeboden"),
    "geeindigd": _("Geëindigd"),
}


def address_of(contract: Record) -> str:
    return reverse("contract", args=[contract.pk])


def ends_of(row: Record) -> date | None:
    """The last day, where it has one."""
    return last_day(row, shown_version(row, row.versions.all(), timezone.localdate()))


def notice_of(row: Record) -> date | None:
    """Until which day notice can be given for the end of this term."""
    today = timezone.localdate()
    if row.standing_now not in {Standing.ACTIEF, Standing.GETEKEND}:
        return None
    notice = next_notice(shown_version(row, row.versions.all(), today), today)
    return None if notice is None else notice.until


def _last_day(row: Record) -> str:
    found = ends_of(row)
    return muted(gettext("wordt elk jaar verlengd")) if found is None else day(found)


def _notice(row: Record) -> str:
    """Until when, or why there is no such day."""
    found = notice_of(row)
    if found is not None:
        return day(found)
    standing = Standing(row.standing_now)
    told = {
        Standing.ACTIEF: gettext("loopt vanzelf af"),
        Standing.GETEKEND: gettext("loopt vanzelf af"),
        Standing.OPGEZEGD: gettext("is opgezegd"),
        Standing.BEEINDIGD: gettext("is geëindigd"),
    }
    return muted(told.get(standing, gettext("nog niet getekend")))


def tone_of(row: Record) -> Tone:
    return Tone.MUTED if row.standing_now in {Standing.BEEINDIGD, Standing.INGETROKKEN} else Tone.PLAIN


CONTRACTEN = Listing(
    name="contracten",
    caption=_("Contracten"),
    one=_("%(count)s contract"),
    many=_("%(count)s contracten"),
    nothing=_("Nog geen contracten"),
    columns=[
        Column("gemeente", _("Gemeente"), field="client_name", url=address_of),
        Column(
            "staat",
            _("Staat"),
            field="standing_now",
            show=lambda row: badge(badge_of(Standing(row.standing_now))),
            plain=lambda row: str(Standing(row.standing_now).label),
            narrow=False,
        ),
        Column("nummer", _("Nummer"), field="number", nowrap=True),
        Column(
            "einde",
            _("Laatste dag"),
            show=_last_day,
            plain=ends_of,
            order=(),
            nowrap=True,
        ),
        Column(
            "opzeggen",
            _("Opzeggen kan tot en met"),
            show=_notice,
            plain=notice_of,
            order=(),
            nowrap=True,
        ),
    ],
    filters=[
        Search("q", _("Gemeente of nummer"), ["client_name", "number"]),
        Part("deel", _("Deel"), [(key, word, PARTS[key]) for key, word in WORDS.items()]),
    ],
    filter_label=_("Filter contracten"),
    order="gemeente",
    tone=tone_of,
)


@page(area=VENDOR_AREA, level=Level.SEE)
def contracten(request: PageRequest) -> HttpResponseBase:
    today = timezone.localdate()
    seen = Contract.objects.visible_to(request.person)
    rows = with_soon(standing_on(seen, today), today).prefetch_related("versions")
    file = file_of(CONTRACTEN, request, rows)
    if file is not None:
        return file
    known = counts_of(rows)
    context = {
        "found": CONTRACTEN.read(request, rows),
        "facts": [_soon(known["loopt_af"])] if known["loopt_af"] else [],
        "tabs": _tabs(request, known),
        "may_add": request.person.may(VENDOR_AREA, Level.CHANGE),
        "who_may": request.person.side.table.who_may(VENDOR_AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "contracts/contracten.html", context)


def _soon(count: int) -> str:
    words = ngettext(
        "%(count)s loopt af, of kan binnenkort niet meer worden opgezegd",
        "%(count)s lopen af, of kunnen binnenkort niet meer worden opgezegd",
        count,
    )
    return words % {"count": number(count)}


def _tabs(request: PageRequest, known: dict[str, int]) -> list[Tab]:
    here, asked = reverse("contracten"), request.GET.get("deel", "")
    every = Tab(f"{gettext('Alle')} {number(known['alle'])}", here, current=not asked)
    return [
        every,
        *(
            Tab(f"{word} {number(known[key.replace('-', '_')])}", f"{here}?deel={key}", current=asked == key)
            for key, word in WORDS.items()
        ),
    ]
