"""Whose turn it is, and how a report stands, as the people of the municipality read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk.models import Ticket
from helpdesk.words import OURS, OVER, Status
from screens.badges import STATES, Badge, Kind
from screens.formats import near
from screens.inline import Icon

BADGES: Mapping[Status, Badge] = {
    Status.NIEUW: Badge(Kind.INFO, gettext_lazy("Nieuw")),
    Status.IN_BEHANDELING: STATES["in_behandeling"],
    Status.WACHT_OP_MELDER: Badge(Kind.WARNING, gettext_lazy("Wacht op u")),
    Status.WACHT_OP_DERDE: Badge(Kind.WAIT, gettext_lazy("Wacht op derde")),
    Status.GEPLAND: Badge(Kind.INFO, gettext_lazy("Gepland"), Icon.CLOCK),
    Status.OPGELOST: STATES["opgelost"],
    Status.GESLOTEN: Badge(Kind.NEUTRAL, gettext_lazy("Gesloten")),
    Status.INGETROKKEN: STATES["ingetrokken"],
    Status.SAMENGEVOEGD: Badge(Kind.NEUTRAL, gettext_lazy("Samengevoegd")),
}
WAIT_FOR_US = (Status.WACHT_OP_MELDER, Status.OPGELOST)
"""Of the municipality an answer is asked, or a word about the solution."""


def badge_of(ticket: Ticket) -> Badge:
    return BADGES[Status(ticket.status)]


def turn_of(ticket: Ticket, now: datetime) -> str:
    """Who does what next; empty for what is over."""
    status = Status(ticket.status)
    words = {"who": ticket.organisation_name}
    if status in OURS:
        return _("%(who)s is aan zet.") % words
    if status is Status.GEPLAND:
        return _planned(ticket, now)
    told: Mapping[Status, Callable[[], str]] = {
        Status.WACHT_OP_MELDER: lambda: _("U bent aan zet: %(who)s wacht op uw antwoord.") % words,
        Status.WACHT_OP_DERDE: lambda: _("%(who)s wacht op een ander, en blijft aan zet.") % words,
        Status.OPGELOST: lambda: _("U bent aan zet: zeg of het is opgelost."),
    }
    return told[status]() if status in told else ""


def _planned(ticket: Ticket, now: datetime) -> str:
    words = {
        "who": ticket.organisation_name,
        "when": near(ticket.planned_for, now) if ticket.planned_for else "",
        "label": ticket.planned_label,
    }
    if ticket.planned_for and ticket.planned_label:
        return _("%(who)s doet dit %(when)s, in %(label)s.") % words
    if ticket.planned_for:
        return _("%(who)s doet dit %(when)s.") % words
    return _("%(who)s doet dit in %(label)s.") % words


def who_has(ticket: Ticket) -> str:
    """The owner with his organisation and line; before somebody took it up the line alone."""
    line = str(ticket.get_line_display()).lower()
    words = {"who": ticket.owner_name, "organisation": ticket.organisation_name, "line": line}
    if not ticket.owner_name and ticket.status in OVER:
        return _("%(organisation)s, %(line)s") % words
    if not ticket.owner_name:
        return _("nog niemand, %(organisation)s, %(line)s") % words
    return _("%(who)s, %(organisation)s, %(line)s") % words
