"""The states of a report, who may bring it from one into the next, and what is refused: the one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helpdesk.models import Ticket
from helpdesk.refusals import TicketRefused, TicketStale
from helpdesk.serving import is_third_line
from helpdesk.who import Who
from helpdesk.words import OPEN, OVER, STANDING, Side, Status
from screens.formats import near
from tenants.accounts.rights import Level
from tenants.accounts.side import side_of

AREA = "meldingen"
"""Of the permission tables of both consoles."""
ANY = frozenset(Status)
GEMEENTE, LEVERANCIER, SYSTEEM = Side.GEMEENTE, Side.LEVERANCIER, Side.SYSTEEM


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody may do, from which states, and what it leads to."""

    word: str | Promise
    before: frozenset[Status]
    after: Status | None
    """None leaves the state as it is."""
    sides: frozenset[Side]
    logged: str
    level: Level = Level.CHANGE
    by_mail: bool = False
    """Whether who is known by an address alone, and did not sign in, does it too."""
    keeps: frozenset[Status] = frozenset()
    """States that it leaves as they are, whatever it leads to."""
    by_host_alone: bool = False
    """Whether it decides what the host is held to, which its partner does not."""
    by_third_line: bool = False
    """Whether who was handed the report without serving the municipality does it too."""

    def leads_to(self, status: str) -> Status:
        before = Status(status)
        return before if self.after is None or before in self.keeps else self.after


def _of(*sides: Side) -> frozenset[Side]:
    return frozenset(sides)


def _from(*states: Status) -> frozenset[Status]:
    return frozenset(states)


BOTH = _of(GEMEENTE, LEVERANCIER)
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "reply": Act(
            _("Reageren"),
            _from(*STANDING),
            Status.IN_BEHANDELING,
            BOTH,
            "op melding gereageerd",
            by_mail=True,
            keeps=_from(Status.NIEUW, Status.OPGELOST),
        ),
        "answer": Act(
            _("Antwoorden"),
            _from(*STANDING),
            Status.IN_BEHANDELING,
            _of(LEVERANCIER),
            "melding beantwoord",
            keeps=_from(Status.OPGELOST),
            by_third_line=True,
        ),
        "work_around": Act(
            _("Tijdelijke oplossing geven"),
            _from(*OPEN),
            Status.IN_BEHANDELING,
            _of(LEVERANCIER),
            "tijdelijke oplossing gegeven",
            by_third_line=True,
        ),
        "ask": Act(
            _("De melder een vraag stellen"),
            _from(*OPEN),
            Status.WACHT_OP_MELDER,
            _of(LEVERANCIER),
            "vraag aan melder gesteld",
            by_third_line=True,
        ),
        "note": Act(
            _("Interne notitie maken"),
            ANY,
            None,
            _of(LEVERANCIER, SYSTEEM),
            "notitie bij melding",
            by_third_line=True,
        ),
        "wait_for_third": Act(
            _("Op een derde wachten"),
            _from(*OPEN),
            Status.WACHT_OP_DERDE,
            _of(LEVERANCIER),
            "melding wacht op derde",
            by_third_line=True,
        ),
        "plan": Act(
            _("Inplannen"),
            _from(*OPEN),
            Status.GEPLAND,
            _of(LEVERANCIER),
            "melding ingepland",
            by_third_line=True,
        ),
        "resume": Act(
            _("Verdergaan"),
            _from(Status.WACHT_OP_MELDER, Status.WACHT_OP_DERDE, Status.GEPLAND),
            Status.IN_BEHANDELING,
            _of(LEVERANCIER, SYSTEEM),
            "melding weer opgepakt",
            by_third_line=True,
        ),
        "solve": Act(
            _("Oplossen"),
            _from(*OPEN),
            Status.OPGELOST,
            _of(LEVERANCIER),
            "melding opgelost",
            by_third_line=True,
        ),
        "book_hours": Act(
            _("Uren boeken"), ANY - {Status.SAMENGEVOEGD}, None, _of(LEVERANCIER), "uren geboekt"
        ),
        "dispute": Act(
            _("Het niet eens zijn met de oplossing"),
            _from(Status.OPGELOST),
            Status.IN_BEHANDELING,
            BOTH,
            "oplossing betwist",
        ),
        "confirm": Act(
            _("De oplossing bevestigen"),
            _from(Status.OPGELOST),
            Status.GESLOTEN,
            BOTH,
            "oplossing bevestigd",
        ),
        "close": Act(
            _("Sluiten na vijf werkdagen zonder bezwaar"),
            _from(Status.OPGELOST),
            Status.GESLOTEN,
            _of(SYSTEEM),
            "melding gesloten",
        ),
        "close_unanswered": Act(
            _("Sluiten zonder antwoord, na een voorstel"),
            _from(Status.WACHT_OP_MELDER),
            Status.GESLOTEN,
            _of(LEVERANCIER),
            "melding zonder antwoord gesloten",
        ),
        "withdraw": Act(_("Intrekken"), _from(*OPEN), Status.INGETROKKEN, BOTH, "melding ingetrokken"),
        "rate": Act(
            _("Waarderen"),
            _from(Status.OPGELOST, Status.GESLOTEN),
            None,
            _of(GEMEENTE),
            "melding gewaardeerd",
        ),
        "pick_up": Act(
            _("Oppakken"),
            _from(*STANDING),
            Status.IN_BEHANDELING,
            _of(LEVERANCIER),
            "melding opgepakt",
            keeps=_from(*(each for each in STANDING if each is not Status.NIEUW)),
            by_third_line=True,
        ),
        "hand_over": Act(
            _("Overdragen"),
            _from(*STANDING),
            None,
            _of(LEVERANCIER),
            "melding overgedragen",
            by_third_line=True,
        ),
        "change_priority": Act(
            _("Prioriteit wijzigen"), _from(*OPEN), None, _of(LEVERANCIER), "prioriteit gewijzigd"
        ),
        "merge": Act(
            _("Samenvoegen"), _from(*OPEN), Status.SAMENGEVOEGD, _of(LEVERANCIER), "melding samengevoegd"
        ),
        "take_in": Act(
            _("Een andere melding opnemen"), _from(*OPEN), None, _of(LEVERANCIER), "melding opgenomen"
        ),
        "change_details": Act(
            _("Gegevens wijzigen"), ANY, None, _of(LEVERANCIER), "gegevens van melding gewijzigd"
        ),
        "link": Act(_("Koppelen"), ANY, None, _of(LEVERANCIER), "melding gekoppeld"),
        "record_hotfix": Act(
            _("Hotfix vastleggen"),
            _from(*STANDING, Status.GESLOTEN),
            None,
            _of(LEVERANCIER),
            "hotfix vastgelegd",
            by_third_line=True,
        ),
        "correct": Act(
            _("Een onterechte pauze corrigeren"),
            _from(*STANDING),
            None,
            _of(LEVERANCIER),
            "pauze gecorrigeerd",
            level=Level.APPROVE,
            by_host_alone=True,
        ),
        "erase": Act(
            _("Wissen, voor haar tijd"),
            _from(*OVER),
            None,
            _of(LEVERANCIER),
            "melding gewist",
            level=Level.APPROVE,
            by_host_alone=True,
        ),
        "move": Act(
            _("Overdragen aan een andere leverancier of partner"),
            _from(*STANDING),
            None,
            _of(SYSTEEM),
            "melding overgedragen",
        ),
        "remind": Act(
            _("De melder herinneren, na drie en zeven werkdagen"),
            _from(Status.WACHT_OP_MELDER),
            None,
            _of(SYSTEEM),
            "melder herinnerd",
        ),
        "propose": Act(
            _("Voorstellen om te sluiten, na tien werkdagen"),
            _from(Status.WACHT_OP_MELDER),
            None,
            _of(SYSTEEM),
            "sluiten voorgesteld",
        ),
    }
)


def check(ticket: Ticket, key: str, who: Who) -> Act:
    """The act, which whoever this is may do with it now. Raises TicketRefused, or TicketStale."""
    act = ACTS[key]
    if why := _not_by(act, who):
        raise TicketRefused(why)
    if act.by_host_alone and who.person and who.person.organisation_id != ticket.municipality.vendor_id:
        raise TicketRefused(gettext("Dit kan alleen de leverancier die de gemeente bedient."))
    if not act.by_third_line and is_third_line(ticket, who):
        raise TicketRefused(
            gettext("U hebt deze melding in de derde lijn. Dit doet wie de gemeente bedient: %(vendor)s.")
            % {"vendor": ticket.municipality.vendor.name}
        )
    if Status(ticket.status) not in act.before:
        raise TicketStale(how_it_stands(ticket))
    return act


def may(ticket: Ticket, key: str, who: Who) -> bool:
    try:
        check(ticket, key, who)
    except TicketRefused:
        return False
    return True


def who_may(act: Act) -> str:
    """Whose hand it takes, in words."""
    consoles = {GEMEENTE: "municipality", LEVERANCIER: "vendor"}
    told = [
        str(HANDS[side]) % {"roles": side_of(consoles[side]).table.who_may(AREA, act.level).lower()}
        for side in (GEMEENTE, LEVERANCIER)
        if side in act.sides
    ]
    return "; ".join(told) or gettext("niemand: dit gaat vanzelf")


HANDS: Mapping[Side, Promise] = MappingProxyType(
    {Side.GEMEENTE: _("de gemeente: %(roles)s"), Side.LEVERANCIER: _("de leverancier: %(roles)s")}
)


def _not_by(act: Act, who: Who) -> str:
    """Why it is not for whoever this is, and for whom it is; empty where it is."""
    whose = gettext("Dit kan: %(who)s.") % {"who": who_may(act)}
    if who.side not in act.sides:
        return whose
    if who.side is SYSTEEM:
        return ""
    if who.person is None:
        return "" if act.by_mail else whose
    if not who.person.may(AREA, act.level):
        return gettext("Uw rol is %(role)s. %(who)s") % {
            "role": who.person.role_name.lower(),
            "who": whose,
        }
    return ""


def why_not_now(ticket: Ticket, key: str) -> str:
    """For whoever comes to its page by himself: in which states it can be done, and which this is."""
    if ticket.merged_into_id is not None:
        return how_it_stands(ticket)
    before = [str(status.label).lower() for status in Status if status in ACTS[key].before]
    several = gettext("%(some)s of %(last)s") % {"some": ", ".join(before[:-1]), "last": before[-1]}
    return gettext("%(what)s kan als de melding dit is: %(states)s. Melding %(number)s is nu: %(state)s.") % {
        "what": ACTS[key].word,
        "states": several if before[1:] else before[0],
        "number": ticket,
        "state": str(Status(ticket.status).label).lower(),
    }


def how_it_stands(ticket: Ticket) -> str:
    """For whoever saw another state: what became of it, by whom and when."""
    state = str(Status(ticket.status).label).lower()
    if ticket.merged_into_id is not None:
        return gettext("Melding %(number)s gaat verder als melding %(other)s.") % {
            "number": ticket,
            "other": ticket.merged_into_id,
        }
    last = ticket.events.filter(is_public=True).order_by("-pk").first()
    if last is None:
        return gettext("Melding %(number)s is %(state)s.") % {"number": ticket, "state": state}
    return gettext("Melding %(number)s is intussen %(state)s. Het laatst: %(what)s, %(who)s, %(when)s.") % {
        "number": ticket,
        "state": state,
        "what": str(last.get_what_display()).lower(),
        "who": last.actor_name or gettext("het systeem"),
        "when": near(last.at, timezone.now()),
    }
