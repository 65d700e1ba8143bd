"""Meldingen: which report first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from contracts.models import Priority
from helpdesk.acting import pick_up
from helpdesk.mail.listing import waiting_in_words
from helpdesk.models import Ticket, TicketQuerySet
from helpdesk.queue import (
    STATES,
    WORDS,
    Group,
    Part,
    clock_in_words,
    counted,
    counts_for,
    counts_of_groups,
    due_of,
    group_of,
    next_clock,
    rows_for,
)
from helpdesk.states import AREA
from helpdesk.views.ticket import while_it_is_seen
from helpdesk.who import who_is
from helpdesk.words import OURS, OVER, Side, SupportLine
from screens.due import due
from screens.errors import error_page
from screens.formats import clock, near_day, number
from screens.inline import Tone, link, muted, numbered, strong
from screens.listing.columns import Column, Record
from screens.listing.declaration import Listing
from screens.listing.filters import Choose, Search
from screens.listing.filters import Part as Parts
from screens.listing.found import Found
from screens.pages import go_to
from screens.parts import Tab
from screens.shell import Item
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Level
from tenants.accounts.shell import shell_of, show_page
from tenants.accounts.views.lists import file_of

PRESSING = (Priority.P1, Priority.P2)


def address_of(ticket: Record) -> str:
    return reverse("melding", args=[ticket.pk])


def time_left(ticket: Ticket) -> str:
    return due(due_of(ticket, next_clock(ticket), timezone.now()))


def priority(ticket: Ticket) -> str:
    return strong(ticket.priority) if ticket.priority in PRESSING else ticket.priority


def owner(ticket: Ticket) -> str:
    """Who has it, or the link with which one takes it."""
    if ticket.owner_name:
        return ticket.owner_name
    if ticket.status in OVER:
        return ticket.organisation_name
    hidden = gettext("melding %(number)s") % {"number": ticket.number}
    return link(gettext("Oppakken"), reverse("pick_up_ticket", args=[ticket.pk]), hidden=hidden)


def last_words(ticket: Ticket) -> str:
    """When somebody said something to the other side, and who."""
    now = timezone.now()
    by = gettext("melder") if ticket.last_public_by_side == Side.GEMEENTE else gettext("wij")
    is_today = near_day(ticket.last_public_at, now) == near_day(now, now)
    when = clock(ticket.last_public_at) if is_today else near_day(ticket.last_public_at, now)
    return f"{when}, {by}"


def tone(ticket: Ticket) -> Tone:
    if ticket.status in OVER:
        return Tone.MUTED
    is_late = ticket.next_due_at is not None and ticket.next_due_at < timezone.now()
    return Tone.BAD if is_late else Tone.PLAIN


QUEUE = Listing(
    name="meldingen",
    caption=_("Meldingen"),
    one=_("%(count)s melding"),
    many=_("%(count)s meldingen"),
    nothing=_("Geen meldingen"),
    columns=[
        Column(
            "resteert",
            _("Resteert"),
            show=time_left,
            plain=lambda row: row.next_due_at,
            order=["next_due_at"],
            fold="wide",
        ),
        Column(
            "klok",
            _("Klok"),
            show=lambda row: muted(clock_in_words(row)),
            plain=clock_in_words,
            order=(),
            fold="skip",
        ),
        Column(
            "melding",
            _("Melding"),
            show=lambda row: numbered(row.number, row.subject),
            plain=lambda row: f"{row.number} {row.subject}",
            url=address_of,
            order=["pk"],
            fold="wide",
            narrow=False,
        ),
        Column(
            "gemeente", _("Gemeente"), field="municipality.naam", order=["municipality__naam"], narrow=False
        ),
        Column("prioriteit", _("Prioriteit"), field="priority", show=priority, narrow=False),
        Column(
            "van",
            _("Van wie"),
            show=owner,
            plain=lambda row: row.owner_name,
            order=["owner_name"],
            narrow=False,
        ),
        Column(
            "laatste",
            _("Laatste bericht"),
            show=lambda row: muted(last_words(row)),
            plain=lambda row: row.last_public_at,
            order=["last_public_at"],
            numeric=True,
            narrow=False,
        ),
    ],
    filters=[
        Search("q", _("Nummer, onderwerp of gemeente"), ["pk", "subject", "municipality__naam"]),
        Choose("prioriteit", _("Prioriteit"), Priority.choices, field="priority"),
        Choose("lijn", _("Lijn"), [(str(each.value), each.label) for each in SupportLine], field="line"),
        Parts(
            "van",
            _("Van wie"),
            [("mij", _("Mij"), Q(is_own=True)), ("niemand", _("Niemand"), Q(owner=None))],
        ),
    ],
    filter_label=_("Filter meldingen"),
    order="resteert",
    tone=tone,
    group=lambda row: group_of(row, timezone.now()).value,
)
CLOSED = replace(QUEUE, name="gesloten-meldingen", order="-laatste", group=None)
LISTINGS: Mapping[Part, Listing] = {Part.OVER: CLOSED}


@page(area=AREA, level=Level.SEE)
def meldingen(request: PageRequest) -> HttpResponseBase:
    return _queue(request, Part.OURS)


@page(area=AREA, level=Level.SEE)
def meldingen_part(request: PageRequest, part: Part) -> HttpResponseBase:
    return _queue(request, part)


def _queue(request: PageRequest, part: Part) -> HttpResponseBase:
    now, listing = timezone.now(), LISTINGS.get(part, QUEUE)
    rows = rows_for(request.person).filter(status__in=STATES[part])
    file = file_of(listing, request, rows)
    if file is not None:
        return file
    counts = counts_for(request.person)
    open_count = sum(counts[each] for each in Part if each not in {Part.SOLVED, Part.OVER})
    context = {
        "title": str(WORDS[part]),
        "found": _grouped(listing, request, rows, counts[part]),
        "facts": [
            gettext("%(count)s open") % {"count": number(open_count)},
            *([gettext("Volgorde: minste tijd eerst")] if part is not Part.OVER else []),
        ],
        "updated": clock(now),
        "tabs": [
            Tab(f"{WORDS[each]} {number(counts[each])}", address_of_part(each), current=each is part)
            for each in Part
        ],
        "strangers": waiting_in_words(request.person),
        "may_act": request.person.may(AREA, Level.CHANGE),
        "who_may": request.person.side.table.who_may(AREA, Level.CHANGE).lower(),
    }
    return show_page(request, "helpdesk/meldingen.html", context)


def address_of_part(part: Part) -> str:
    return reverse("meldingen" if part is Part.OURS else f"meldingen_{part}")


def _grouped(listing: Listing, request: PageRequest, rows: TicketQuerySet, of: int) -> Found:
    """With under each heading how many there are, of all that was found."""
    found = listing.read(request, rows, of=of)
    if not found.table.groups:
        return found
    filters = listing.filter_class(request.GET, queryset=rows)
    counts = counts_of_groups(filters.qs, timezone.now())
    groups = [
        replace(each, word=counted(Group(each.word), counts[Group(each.word)])) for each in found.table.groups
    ]
    return replace(found, table=replace(found.table, groups=groups))


@page(area=AREA, level=Level.CHANGE)
@require_POST
def pick_up_first(request: PageRequest) -> HttpResponseBase:
    """The first that nobody has: of two who ask at once each gets another one."""
    with while_it_is_seen(), transaction.atomic():
        first = _first_of_nobody(request)
        if first is not None:
            pick_up(first, who=who_is(request.person), now=timezone.now())
    if first is None:
        return error_page(
            request,
            HTTPStatus.CONFLICT,
            shell=shell_of(request),
            happened=gettext("Elke melding waarbij wij aan zet zijn, heeft al iemand."),
            next_step=Item(gettext("Meldingen"), reverse("meldingen")),
        )
    messages.success(request, gettext("Melding %(number)s is nu van u.") % {"number": first.number})
    return go_to(request, address_of(first))


def _first_of_nobody(request: PageRequest) -> Ticket | None:
    rows = Ticket.objects.visible_to(request.person).filter(status__in=OURS, owner=None)
    found: Ticket | None = (
        rows.select_for_update(of=("self",), skip_locked=True).order_by("next_due_at", "pk").first()
    )
    return found
