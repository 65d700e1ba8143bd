"""Gemeenten: which there are, and which of them need somebody."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from backoffice.bringing import CHECK, address_of_draft, missing_step, open_drafts
from backoffice.fleet import NEEDS_ATTENTION, counts, fleet, province_of
from screens.badges import STATES, badge
from screens.formats import near, number
from screens.inline import Tone, muted
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Part, Search
from screens.parts import Crumb, Tab
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.accounts.shell import show_page
from tenants.accounts.views.lists import file_of
from tenants.registry.models import Municipality

MOST_DRAFTS = 5
AREA = "gemeenten"
Status = Municipality.Status


def address_of(municipality: Municipality) -> str:
    return reverse("gemeente", args=[municipality.pk])


def to_the_list() -> Crumb:
    return Crumb(gettext("Gemeenten"), reverse("gemeenten"))


def condition_of(row: Record) -> str:
    """What is wrong with it, else where it lies."""
    if row.has_failed:
        return gettext("Een taak is mislukt")
    if row.is_silent:
        return gettext("Geeft geen teken van leven")
    if row.is_stuck:
        return gettext("De inrichting ligt stil")
    return province_of(row) or gettext("Samenwerkingsverband")


def tone_of(row: Record) -> Tone:
    if row.has_failed or row.is_silent or row.is_stuck:
        return Tone.BAD
    return Tone.MUTED if row.status == Status.BEEINDIGD else Tone.PLAIN


def zaken_of(row: Record) -> str:
    return number(row.zaken) if row.zaken is not None else muted(gettext("geen meting"))


GEMEENTEN = Listing(
    name="gemeenten",
    caption=_("Gemeenten"),
    one=_("%(count)s omgeving"),
    many=_("%(count)s omgevingen"),
    nothing=_("Nog geen gemeenten"),
    columns=[
        Column("naam", _("Gemeente"), url=address_of, sub=condition_of, order=["naam", "rank"]),
        Column(
            "staat",
            _("Staat"),
            field="status",
            show=lambda row: badge(STATES[row.status]),
            plain=lambda row: row.get_status_display(),
            narrow=False,
        ),
        Column(
            "omgeving",
            _("Omgeving"),
            field="environment",
            show=lambda row: str(row.get_environment_display()),
            plain=lambda row: row.get_environment_display(),
            order=["rank", "naam"],
        ),
        Column("host", _("Host")),
        Column("inwoners", _("Inwoners"), numeric=True),
        Column("zaken", _("Zaken, ongeveer"), numeric=True, show=zaken_of),
    ],
    filters=[
        Search("q", _("Naam, CBS-code, OIN of host"), ["naam", "cbs_code", "oin", "hostnames"]),
        Choose("staat", _("Staat"), Status.choices, field="status"),
        Choose("omgeving", _("Omgeving"), Municipality.Environment.choices, field="environment"),
        Part(
            "aandacht",
            _("Aandacht"),
            [
                ("nodig", _("Nodig"), NEEDS_ATTENTION),
                ("stil", _("Geen teken van leven"), Q(is_silent=True)),
                ("mislukt", _("Taak mislukt"), Q(has_failed=True)),
            ],
        ),
    ],
    filter_label=_("Filter gemeenten"),
    order="naam",
    tone=tone_of,
)


@page(area=AREA, level=Level.SEE)
def gemeenten(request: PageRequest) -> HttpResponseBase:
    rows = fleet(request.person, timezone.now())
    file = file_of(GEMEENTEN, request, rows)
    if file is not None:
        return file
    known = counts(rows)
    may_add = request.person.may(AREA, Level.CHANGE) and request.person.sees_the_fleet
    context = {
        "found": GEMEENTEN.read(request, rows),
        "facts": _facts(known),
        "tabs": _tabs(request, known),
        "may_add": may_add,
        "drafts": _drafts(request.person) if may_add else [],
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "backoffice/gemeenten.html", context)


def _drafts(person: Person) -> list[tuple[str, str]]:
    """Where one can go on, in words, with its address."""
    now = timezone.now()
    return [
        (
            gettext("Verder met %(what)s, begonnen %(moment)s")
            % {"what": draft, "moment": near(draft.created_at, now)},
            address_of_draft(draft, missing_step(draft) or CHECK),
        )
        for draft in open_drafts(person)[:MOST_DRAFTS]
    ]


def _facts(known: dict[str, int]) -> list[str]:
    municipalities, environments = known["gemeenten"], known["all"]
    return [
        ngettext("%(count)s gemeente", "%(count)s gemeenten", municipalities)
        % {"count": number(municipalities)},
        ngettext("%(count)s omgeving", "%(count)s omgevingen", environments)
        % {"count": number(environments)},
    ]


def _tabs(request: PageRequest, known: dict[str, int]) -> list[Tab]:
    """The filters that are asked for most; a filter of one's own is none of them."""
    here = reverse("gemeenten")
    saved = [
        (gettext("Alle"), "all", ""),
        (gettext("Aandacht nodig"), "attention", "aandacht=nodig"),
        (gettext("In inrichting"), Status.IN_INRICHTING, f"staat={Status.IN_INRICHTING}"),
        (gettext("Beperkt"), Status.BEPERKT, f"staat={Status.BEPERKT}"),
        (gettext("In exit"), Status.IN_EXIT, f"staat={Status.IN_EXIT}"),
    ]
    asked = "&".join(f"{name}={value}" for name, value in request.GET.items() if value)
    return [
        Tab(f"{word} {number(known[kind])}", f"{here}?{query}" if query else here, current=asked == query)
        for word, kind, query in saved
    ]
