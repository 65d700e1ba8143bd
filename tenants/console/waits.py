"""What waits for the municipality, in order of time; and what goes on with the vendor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.deciding import grants
from access.models import Grant
from access.states import AREA as TOEGANG
from contracts.models import ContractVersion, Signature
from contracts.states import MUNICIPALITY_AREA as CONTRACT
from contracts.states import Side
from contracts.states import State as Offered
from helpdesk.listings_municipality import address_of
from helpdesk.models import Ticket
from helpdesk.states import AREA as MELDINGEN
from helpdesk.turns import WAIT_FOR_US, turn_of
from helpdesk.waiting import standing_reports
from helpdesk.words import Status
from screens.formats import near, near_day
from screens.inline import Icon, Tone, link, numbered, toned
from screens.parts import Event
from screens.tables import Cell, Heading, Row, Table
from service_reports.deciding import reports as service_reports
from service_reports.listings import address_of as address_of_report
from service_reports.models import State as Shared
from service_reports.showing import last_day_to_dispute, title_of
from service_reports.states import AREA as RAPPORTEN
from tenants.accounts.person import Person
from tenants.accounts.rights import Level
from tenants.console.permissions import TABLE
from tenants.registry.context import current_municipality
from tenants.registry.vendor_rows import vendor_rows

MOST_GRANTS = 50
MOST_REPORTS = 5
MOST_PAPERS = 10


@dataclass(frozen=True, slots=True)
class Waits:
    """``at`` orders; ``when`` says since or until when."""

    at: datetime
    when: str
    what: str
    sub: str
    who: str
    step: str


def reports_of(person: Person) -> list[Ticket]:
    return standing_reports() if person.may(MELDINGEN, Level.SEE) else []


def access_asked(person: Person, now: datetime) -> list[Grant]:
    """What the vendor asks and nobody decided on, what lapses first before all."""
    if not person.may(TOEGANG, Level.SEE):
        return []
    return list(grants().waiting(now).order_by("lapses_at")[:MOST_GRANTS])


def what_waits(
    person: Person, asked: Iterable[Grant], reports: Iterable[Ticket], now: datetime
) -> Table | None:
    """As far as the person sees it; nothing where nothing waits."""
    found = sorted(
        [
            *(_asked(grant, person, now) for grant in asked),
            *_reports(person, reports, now),
            *_offers(person, now),
            *_shared(person, now),
        ],
        key=lambda each: each.at,
    )
    words = (_("Voor"), _("Wat"), _("Wie mag dit"), _("Volgende stap"))
    rows = [
        Row(
            [
                Cell(each.when, nowrap=True),
                Cell(each.what, sub=each.sub, wide=True),
                Cell(each.who, label=words[2]),
                Cell(each.step, label=words[3]),
            ]
        )
        for each in found
    ]
    headings = [Heading(word) for word in words]
    return Table(caption=_("Wacht op u"), headings=headings, rows=rows) if rows else None


def with_the_vendor(reports: Iterable[Ticket], now: datetime) -> list[Event]:
    """The reports of which something was said last, with whose turn it is."""
    latest = sorted(reports, key=lambda each: each.last_public_at, reverse=True)[:MOST_REPORTS]
    return [
        Event(
            who=link(f"{each.number} {each.subject}", address_of(each)),
            when=near(each.last_public_at, now),
            icon=Icon.PAUSE if each.status in WAIT_FOR_US else Icon.CHAT,
            note=_with_time(each, now),
        )
        for each in latest
    ]


def _asked(grant: Grant, person: Person, now: datetime) -> Waits:
    what = _("%(organisation)s vraagt %(hours)s uur toegang") % {
        "organisation": grant.organisation_name,
        "hours": grant.hours_asked,
    }
    address = reverse("grant", args=[grant.pk])
    return Waits(
        at=grant.lapses_at,
        when=toned(near(grant.lapses_at, now), Tone.WARN, Icon.WARN),
        what=link(what, address),
        sub=_("%(number)s, voor melding %(ticket)s") % {"number": grant, "ticket": grant.ticket},
        who=_who(person, TOEGANG, Level.APPROVE),
        step=link(_("Beoordelen"), address, hidden=str(grant)),
    )


def _reports(person: Person, reports: Iterable[Ticket], now: datetime) -> Iterator[Waits]:
    for each in reports:
        if each.status not in WAIT_FOR_US:
            continue
        since = each.waits_since or each.solved_at or each.last_public_at
        asks = each.status == Status.WACHT_OP_MELDER
        yield Waits(
            at=since,
            when=toned(_("sinds %(when)s") % {"when": near(since, now)}, Tone.WARN, Icon.PAUSE)
            if asks
            else _("sinds %(when)s") % {"when": near(since, now)},
            what=link(numbered(each.number, each.subject), address_of(each)),
            sub=_("%(who)s wacht op uw antwoord") % {"who": each.organisation_name}
            if asks
            else _("Opgelost, zegt %(who)s") % {"who": each.organisation_name},
            who=_who(person, MELDINGEN, Level.CHANGE),
            step=link(_("Antwoorden") if asks else _("Bevestigen"), address_of(each), hidden=each.number),
        )


def _offers(person: Person, now: datetime) -> Iterator[Waits]:
    """Versions of a contract that the municipality can sign and did not."""
    if not person.may(CONTRACT, Level.SEE):
        return
    rows, today = vendor_rows(current_municipality()), timezone.localdate(now)
    signed = rows.of(Signature).filter(side=Side.GEMEENTE).values("version")
    offered = rows.of(ContractVersion).filter(state=Offered.AANGEBODEN, offer_until__gte=today)
    for each in offered.exclude(pk__in=signed).select_related("contract")[:MOST_PAPERS]:
        what = {"contract": each.contract.number, "version": each.number}
        address = reverse("contract_version", args=[each.contract_id, each.number])
        words = _("Contract %(contract)s, versie %(version)s") % what
        yield Waits(
            at=each.offered_at or now,
            when=_("uiterlijk %(day)s") % {"day": near_day(each.offer_until or today, now)},
            what=link(words, address),
            sub=_("Aangeboden door de leverancier"),
            who=_who(person, CONTRACT, Level.APPROVE),
            step=link(_("Ondertekenen"), address, hidden=words),
        )


def _shared(person: Person, now: datetime) -> Iterator[Waits]:
    """Service reports that the vendor shared and nobody agreed to or disputed, before they are fixed."""
    if not person.may(RAPPORTEN, Level.SEE):
        return
    shared = service_reports().last_versions().filter(state=Shared.GEDEELD, municipality_agreed_at=None)
    for each in shared.filter(fixes_at__gt=now).defer("figures").order_by("fixes_at")[:MOST_PAPERS]:
        fixes_at = each.fixes_at or now
        yield Waits(
            at=fixes_at,
            when=_("tot en met %(day)s") % {"day": near_day(last_day_to_dispute(fixes_at), now)},
            what=link(title_of(each), address_of_report(each)),
            sub=_("Gedeeld door de leverancier. Zonder bezwaar staat het daarna vast."),
            who=_who(person, RAPPORTEN, Level.APPROVE),
            step=link(_("Beoordelen"), address_of_report(each), hidden=title_of(each)),
        )


def _who(person: Person, area: str, level: Level) -> str:
    """Whoever looks, or else whose roles may."""
    return _("u") if person.may(area, level) else TABLE.who_may(area, level).lower()


def _with_time(ticket: Ticket, now: datetime) -> str:
    turn = turn_of(ticket, now)
    if ticket.next_due_at is None or ticket.status in WAIT_FOR_US:
        return turn
    return _("%(turn)s %(what)s uiterlijk %(when)s.") % {
        "turn": turn,
        "what": ticket.get_next_due_kind_display(),
        "when": near(ticket.next_due_at, now),
    }
