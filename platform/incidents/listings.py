"""The lists of incidents, of both consoles."""

from __future__ import annotations

from functools import cache

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from incidents.models import OVER, RUNNING, Concerned, Incident, IncidentQuerySet, Nature, Severity
from incidents.showing import badge_of, lasted, mailed, period, promised, severity_of
from screens.badges import badge
from screens.due import due
from screens.formats import near, number
from screens.inline import Tone
from screens.listing.columns import Column, Record
from screens.listing.declaration import Bulk, Listing
from screens.listing.filters import Choose, Part, Search, Since
from screens.parts import Tab
from tenants.accounts.pages import PageRequest
from tenants.registry.models import Municipality

PART = "deel"
PARTS = (("lopend", _("Lopend"), Q(state__in=RUNNING)), ("opgelost", _("Opgelost"), Q(state__in=OVER)))


def address_of(incident: Incident) -> str:
    return reverse("incident", args=[incident.pk])


def title_of(incident: Incident) -> str:
    return f"{incident} {incident.title}"


def began(incident: Incident) -> str:
    return near(incident.started_at, timezone.now())


def long(incident: Incident) -> str:
    return lasted(incident, timezone.now())


def next_update(incident: Incident) -> str:
    left = promised(incident, timezone.now())
    return due(left) if left else ""


def next_update_plain(incident: Incident) -> object:
    return incident.next_update_at


def what(incident: Incident) -> str:
    """What it is besides a storing, and what is broken."""
    nature = "" if incident.nature == Nature.STORING else str(incident.get_nature_display())
    return ", ".join(filter(None, [nature, incident.component]))


def tone(incident: Incident) -> Tone:
    if incident.is_overdue(timezone.now()):
        return Tone.BAD
    return Tone.PLAIN if incident.is_running else Tone.MUTED


@cache
def listing(*, of_vendor: bool) -> Listing:
    whom = Column("gemeenten", _("Gemeenten"), field="seen_count", numeric=True)
    return Listing(
        name="storingen",
        caption=_("Storingen"),
        one=_("%(count)s storing"),
        many=_("%(count)s storingen"),
        nothing=_("Er zijn geen storingen gemeld"),
        columns=[
            Column(
                "storing", _("Storing"), show=title_of, plain=title_of, url=address_of, sub=what, order=["pk"]
            ),
            Column("staat", _("Staat"), field="state", show=_state, plain=_plain_state, narrow=False),
            Column("ernst", _("Ernst"), show=severity_of, plain=_plain_severity, order=()),
            Column("begonnen", _("Begonnen"), field="started_at", show=began, nowrap=True),
            Column("duur", _("Duur"), show=long, plain=long, order=()),
            Column(
                "update",
                _("Volgende update"),
                field="next_update_at",
                show=next_update,
                plain=next_update_plain,
            ),
            *([whom] if of_vendor else []),
        ],
        filters=[
            Search("q", _("Titel of onderdeel"), ["title", "component"]),
            Part(PART, _("Deel"), PARTS),
            Choose("ernst", _("Ernst"), Severity.choices, field="severity"),
            Choose("soort", _("Soort"), Nature.choices, field="nature"),
            Since("vanaf", _("Vanaf"), "started_at"),
        ],
        order="-begonnen",
        tone=tone,
    )


def of_municipality(held: Concerned) -> str:
    return str(held.municipality.get_environment_display())


def since(held: Concerned) -> str:
    return period(held, timezone.now())


@cache
def listing_of_concerned(*, may_change: bool) -> Listing:
    """Whom an incident concerns; ``may_change`` lets one choose some that it does not concern any more."""
    return Listing(
        name="storing-gemeenten",
        caption=_("Welke gemeenten het raakt"),
        one=_("%(count)s gemeente"),
        many=_("%(count)s gemeenten"),
        nothing=_("Geen gemeente die u ziet"),
        columns=[
            Column("naam", _("Gemeente"), field="municipality.naam"),
            Column(
                "omgeving",
                _("Omgeving"),
                field="municipality.environment",
                show=of_municipality,
                plain=of_municipality,
            ),
            Column("sinds", _("Sinds"), field="since", show=since, nowrap=True),
            Column("mail", _("Laatste mail"), show=mailed, plain=mailed, order=()),
        ],
        filters=[
            Search("q", _("Gemeente"), ["municipality__naam"]),
            Choose(
                "omgeving",
                _("Omgeving"),
                Municipality.Environment.choices,
                field="municipality__environment",
            ),
            Part("deel", _("Deel"), [("nu", _("Raakt het nu"), Q(until__isnull=True))]),
        ],
        order="naam",
        tone=lambda held: Tone.PLAIN if held.until is None else Tone.MUTED,
        bulk=[Bulk(_("Raakt deze niet meer"), lambda: "afhalen/")] if may_change else [],
        row_name=lambda held: held.municipality.naam,
    )


def tabs(request: PageRequest, rows: IncidentQuerySet) -> list[Tab]:
    """What runs, what is over, and all of it."""
    known = rows.order_by().aggregate(
        all=Count("pk"), **{word: Count("pk", filter=condition) for word, _label, condition in PARTS}
    )
    here = reverse("storingen")
    asked = "&".join(f"{name}={value}" for name, value in request.GET.items() if value)
    saved = [
        (gettext("Alle"), "all", ""),
        *((str(label), word, f"{PART}={word}") for word, label, _q in PARTS),
    ]
    return [
        Tab(f"{word} {number(known[key])}", f"{here}?{query}" if query else here, current=asked == query)
        for word, key, query in saved
    ]


def _state(incident: Record) -> str:
    return badge(badge_of(incident))


def _plain_state(incident: Record) -> str:
    return str(incident.get_state_display())


def _plain_severity(incident: Record) -> str:
    return str(incident.get_severity_display())
