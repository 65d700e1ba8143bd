"""A report as the vendor's people see it: whose turn, its facts, its history, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from access.models import Grant
from access.models.grant import RUNNING
from contracts.models import Contract
from helpdesk.acting.booking import contract_for
from helpdesk.acting.closing import proposal
from helpdesk.acting.steering import owner_in_words
from helpdesk.history import history_of
from helpdesk.models import Attachment, Hotfix, Ticket, TicketEvent
from helpdesk.refusals import TicketRefused
from helpdesk.serving import serves
from helpdesk.states import check
from helpdesk.turns import BADGES
from helpdesk.who import Who
from helpdesk.words import OURS, Kind, Status, Weight
from screens.badges import STATES, Badge, badge
from screens.badges import Kind as Look
from screens.formats import near, remaining
from screens.inline import link, muted
from screens.parts import Event
from tenants.accounts.person import Person

WAITS_FOR_REPORTER = Badge(Look.WAIT, STATES["wacht_op_melder"].word)
MOST_GRANTS = 3
MOST_MAILS = 3
MOST_HOTFIXES = 3


def badges_of(ticket: Ticket) -> str:
    """Its state, and whether the ball is ours."""
    status = Status(ticket.status)
    state = WAITS_FOR_REPORTER if status is Status.WACHT_OP_MELDER else BADGES[status]
    shown = [state, STATES["wij_aan_zet"]] if status in OURS else [state]
    return format_html_join(" ", "{}", ((badge(each),) for each in shown))


def facts_of(ticket: Ticket, person: Person) -> list[str]:
    """With the page of the gemeente for who serves it."""
    municipality = ticket.municipality
    environment = str(municipality.get_environment_display()).lower()
    where = municipality.naam
    if serves(person.organisation_id, municipality):
        where = link(where, reverse("gemeente", args=[municipality.pk]))
    return [
        gettext("Melding %(number)s") % {"number": ticket.number},
        format_html("{}, {}", where, environment),
        f"{ticket.priority} {str(Kind(ticket.kind).label).lower()}",
    ]


def timeline_of(events: Sequence[TicketEvent], now: datetime) -> list[Event]:
    """``events`` have their attachments."""
    files = [file for event in events for file in event.attachments.all()]
    return history_of(events, files, now, address_of_file)


def address_of_file(file: Attachment) -> str:
    return reverse("ticket_file", args=[file.ticket_id, file.pk])


def side_of_ticket(ticket: Ticket, person: Person, now: datetime) -> list[tuple[str, str]]:
    """At most eight facts, and what it is linked to."""
    rows = [
        (gettext("Van wie"), owner_in_words(ticket)),
        (gettext("Melder"), f"{ticket.reporter_name}, {ticket.municipality.naam}"),
        (gettext("Prioriteit"), format_html("{} {}", ticket.priority, muted(_weight(ticket)))),
        (gettext("Onderdeel"), ticket.component or muted(gettext("niet ingevuld"))),
        (gettext("Contract"), _contract(ticket, person)),
        (gettext("Niveau"), _level(ticket)),
        (gettext("Toegang"), _grants(ticket, person, now)),
        (
            gettext("Privacy"),
            gettext("met persoonsgegevens")
            if ticket.contains_personal_data
            else gettext("geen persoonsgegevens"),
        ),
    ]
    is_served = serves(person.organisation_id, ticket.municipality)
    if is_served and (mails := _mails(ticket, now)):
        rows.append((gettext("E-mails"), mails))
    if ticket.incident is not None:
        address = reverse("incident", args=[ticket.incident_id])
        number = ticket.incident.number
        rows.append((gettext("Storing"), link(number, address) if is_served else number))
    rows += [(gettext("Hotfix"), _hotfix(each)) for each in ticket.hotfixes.all()[:MOST_HOTFIXES]]
    if ticket.external_issue:
        rows.append((gettext("Issue"), link(gettext("openbaar issue"), ticket.external_issue)))
    if ticket.merged_into_id is not None:
        other = reverse("melding", args=[ticket.merged_into_id])
        rows.append((gettext("Gaat verder als"), link(str(ticket.merged_into_id), other)))
    return rows


def _mails(ticket: Ticket, now: datetime) -> str:
    """Those that say more than stands here, and those about which somebody has to decide."""
    found = ticket.mails.exclude(text="").order_by("-pk")[:MOST_MAILS]
    told = [
        (
            reverse("received_mail", args=[each.pk]),
            gettext("wacht op een besluit") if each.is_waiting else near(each.received_at, now),
        )
        for each in found
    ]
    return format_html_join(", ", "{}", ((link(words, address),) for address, words in told))


def _hotfix(hotfix: Hotfix) -> str:
    """Why it could not wait stands in the history, which the gemeente reads too."""
    said = [
        gettext("ernst %(severity)s") % {"severity": str(Weight(hotfix.severity).label).lower()},
        gettext("getest: %(where)s") % {"where": hotfix.tested_on},
        gettext("terug: %(how)s") % {"how": hotfix.rollback},
    ]
    if hotfix.upstream:
        said.append(link(gettext("in het product"), hotfix.upstream))
    return format_html_join(SafeString("<br>"), "{}", ((each,) for each in said))


def _weight(ticket: Ticket) -> str:
    if ticket.priority_reason:
        return f"({ticket.priority_reason})"
    return gettext("(impact %(impact)s, spoed %(urgency)s)") % {
        "impact": str(Weight(ticket.impact).label).lower(),
        "urgency": str(Weight(ticket.urgency).label).lower(),
    }


def _contract(ticket: Ticket, person: Person) -> str:
    """With its page, for who may see that."""
    if ticket.contract is None:
        return muted(gettext("geen"))
    if not Contract.objects.visible_to(person).filter(pk=ticket.contract_id).exists():
        return ticket.contract.number
    return link(ticket.contract.number, reverse("contract", args=[ticket.contract_id]))


def _level(ticket: Ticket) -> str:
    version = ticket.service_level_version
    if version is None:
        return muted(gettext("geen"))
    words = gettext("%(level)s, versie %(number)s")
    return words % {"level": version.level.name, "number": version.number}


def _grants(ticket: Ticket, person: Person, now: datetime) -> str:
    """What was asked for it, and what somebody linked to it."""
    seen = Grant.objects.visible_to(person).filter(municipality=ticket.municipality_id)
    linked = seen.filter(pk__in=ticket.grants.values("grant"))
    found = (linked | seen.filter(ticket=ticket.number)).order_by("-pk")[:MOST_GRANTS]
    told = [_grant(each, now) for each in found]
    if not told:
        return muted(gettext("geen"))
    shown = told[0]
    for each in told[1:]:
        shown = format_html("{}; {}", shown, each)
    return shown


def _grant(grant: Grant, now: datetime) -> str:
    address = link(str(grant), reverse("grant", args=[grant.pk]))
    if grant.state_at(now) in RUNNING and grant.valid_until is not None:
        return format_html("{}, {}", address, remaining(grant.valid_until, now))
    return format_html("{}, {}", address, str(grant.state_at(now).label).lower())


# What can be done ----------------------------------------------------------------------------------

PAGES = (
    ("hand_over", "hand_over_ticket"),
    ("change_priority", "ticket_priority"),
    ("plan", "plan_ticket"),
    ("resume", "resume_ticket"),
    ("merge", "merge_ticket"),
    ("reply", "ticket_on_behalf"),
    ("change_details", "ticket_details"),
    ("link", "link_ticket"),
    ("book_hours", "ticket_hours"),
    ("record_hotfix", "ticket_hotfix"),
    ("correct", "correct_ticket"),
    ("close_unanswered", "close_ticket"),
    ("erase", "erase_ticket"),
)
"""By the key of the act the page on which it is done."""


def words_of_page(act: str) -> str:
    return {
        "pick_up": gettext("Pak de melding op"),
        "hand_over": gettext("Draag de melding over"),
        "change_priority": gettext("Wijzig prioriteit"),
        "plan": gettext("Plan de melding in"),
        "resume": gettext("Ga verder met de melding"),
        "merge": gettext("Voeg samen met andere melding"),
        "reply": gettext("Schrijf op wat de melder zei"),
        "change_details": gettext("Wijzig de gegevens"),
        "link": gettext("Koppel storing, issue of toegang"),
        "book_hours": gettext("Boek uren"),
        "record_hotfix": gettext("Leg een hotfix vast"),
        "correct": gettext("Corrigeer een pauze"),
        "close_unanswered": gettext("Sluit zonder antwoord"),
        "erase": gettext("Wis de melding"),
    }[act]


def actions_of(ticket: Ticket, who: Who) -> list[tuple[str, str]]:
    """Only what would be done: a link to each page, with its words."""
    found = []
    for act, name in PAGES:
        try:
            check(ticket, act, who)
        except TicketRefused:
            continue
        if act == "close_unanswered" and proposal(ticket) is None:
            continue
        if act == "book_hours" and contract_for(ticket, who, timezone.localdate())[0] is None:
            continue
        if act == "erase" and ticket.erased_at is not None:
            continue
        found.append((words_of_page(act), reverse(name, args=[ticket.pk])))
    return found
