"""What both sides say to each other about a report, and what follows from it in the same act."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from helpdesk.acting.recording import begin, lock
from helpdesk.models import Ticket, TicketEvent
from helpdesk.refusals import TicketRefused
from helpdesk.texts import said
from helpdesk.who import TIME, Who
from helpdesk.words import LONGEST_TEXT, Channel, What
from tenants.registry.bsn import mask

QUESTION_MARK = "?"


@transaction.atomic
def reply(  # noqa: PLR0913  # each is a word of what is done
    ticket: Ticket,
    text: str,
    *,
    who: Who,
    now: datetime,
    channel: Channel = Channel.PORTAAL,
    seen: int | None = None,
) -> TicketEvent:
    """What the reporter says, or had written down: from this second the ball is with us.

    Of a report that was merged it goes to the one in which that goes on. Raises TicketRefused.
    """
    standing = begin(_where_it_goes_on(ticket, who), "reply", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf een bericht."))
    return standing.finish(standing.record(What.REPLIED, words, channel=channel))


@transaction.atomic
def answer(  # noqa: PLR0913  # each is a word of what is done
    ticket: Ticket,
    text: str,
    *,
    who: Who,
    now: datetime,
    channel: Channel = Channel.PORTAAL,
    seen: int | None = None,
) -> TicketEvent:
    """And we stay on the ball. Raises TicketRefused."""
    standing = begin(ticket, "answer", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf een bericht."))
    return standing.finish(standing.record(What.ANSWERED, words, channel=channel))


@transaction.atomic
def work_around(
    ticket: Ticket, text: str, *, who: Who, now: datetime, seen: int | None = None
) -> TicketEvent:
    """Tell how one gets on until it is solved. Raises TicketRefused."""
    standing = begin(ticket, "work_around", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf op hoe de melder voorlopig verder kan."))
    return standing.finish(standing.record(What.WORKAROUND, words))


@transaction.atomic
def ask(ticket: Ticket, question: str, *, who: Who, now: datetime, seen: int | None = None) -> TicketEvent:
    """A concrete question, after which the reporter has the ball. Raises TicketRefused."""
    standing = begin(ticket, "ask", who, now, seen)
    words = said(question, LONGEST_TEXT, empty=gettext("Schrijf welke vraag u de melder stelt."))
    if QUESTION_MARK not in words:
        raise TicketRefused(
            gettext("De klok staat alleen stil na een concrete vraag. Stel een vraag, met een vraagteken.")
        )
    standing.ticket.waiting_question = mask(words).text
    standing.ticket.waits_since = standing.now
    return standing.finish(standing.record(What.ASKED, words))


@transaction.atomic
def note(ticket: Ticket, text: str, *, who: Who, now: datetime, seen: int | None = None) -> TicketEvent:
    """For colleagues alone; no clock changes. Raises TicketRefused."""
    standing = begin(ticket, "note", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf een notitie."))
    return standing.finish(standing.record(What.NOTE, words, is_public=False, channel=Channel.INTERN))


@transaction.atomic
def keep_automatic(ticket: Ticket, text: str, *, now: datetime) -> TicketEvent:
    """What a machine sent: kept for colleagues, and nothing follows from it."""
    standing = begin(ticket, "note", TIME, now)
    words = said(text[:LONGEST_TEXT], LONGEST_TEXT)
    return standing.finish(standing.record(What.AUTOMATIC, words, is_public=False, channel=Channel.MAIL))


@transaction.atomic
def solve(  # noqa: PLR0913  # each is a word of what is told
    ticket: Ticket,
    text: str,
    *,
    cause: str,
    solution: str,
    who: Who,
    now: datetime,
    seen: int | None = None,
) -> TicketEvent:
    """``text`` is what the reporter reads; cause and solution are kept beside it. Raises TicketRefused."""
    standing = begin(ticket, "solve", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf de melder wat de oplossing is."))
    given = said(cause, LONGEST_TEXT, empty=gettext("Schrijf op wat de oorzaak was."))
    standing.ticket.cause = mask(given).text
    standing.ticket.solution = mask(said(solution, LONGEST_TEXT) or words).text
    return standing.finish(standing.record(What.SOLVED, words))


@transaction.atomic
def dispute(  # noqa: PLR0913  # each is a word of what is done
    ticket: Ticket,
    text: str,
    *,
    who: Who,
    now: datetime,
    channel: Channel = Channel.PORTAAL,
    seen: int | None = None,
) -> TicketEvent:
    """The reporter does not agree: the clock of the solution goes on where it was. Raises TicketRefused."""
    standing = begin(ticket, "dispute", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf op wat er nog niet goed gaat."))
    return standing.finish(standing.record(What.DISPUTED, words, channel=channel))


@transaction.atomic
def confirm(  # noqa: PLR0913  # each is a word of what is done
    ticket: Ticket,
    text: str = "",
    *,
    who: Who,
    now: datetime,
    channel: Channel = Channel.PORTAAL,
    seen: int | None = None,
) -> TicketEvent:
    """The reporter agrees, which closes it. Raises TicketRefused."""
    standing = begin(ticket, "confirm", who, now, seen)
    return standing.finish(standing.record(What.CONFIRMED, said(text, LONGEST_TEXT), channel=channel))


@transaction.atomic
def withdraw(  # noqa: PLR0913  # each is a word of what is done
    ticket: Ticket,
    text: str,
    *,
    who: Who,
    now: datetime,
    channel: Channel = Channel.PORTAAL,
    seen: int | None = None,
) -> TicketEvent:
    """The reporter does not need it any more. Raises TicketRefused."""
    standing = begin(ticket, "withdraw", who, now, seen)
    words = said(text, LONGEST_TEXT, empty=gettext("Schrijf op waarom de melding vervalt."))
    return standing.finish(standing.record(What.WITHDRAWN, words, channel=channel))


def _where_it_goes_on(ticket: Ticket, who: Who) -> Ticket:
    """Each step is to an older one, so there is an end."""
    goes_on = lock(ticket, who)
    while goes_on.merged_into_id is not None:
        goes_on = lock(Ticket(pk=goes_on.merged_into_id), who)
    return goes_on
