"""What happened to a report, as a line of history each, with the files that came with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from helpdesk.models import Attachment, TicketEvent
from helpdesk.words import Channel, Side, What
from screens.formats import near, size
from screens.inline import Icon, link
from screens.parts import Event

ICONS: Mapping[str, Icon] = {
    What.RECEIVED: Icon.CHAT,
    What.OPENED: Icon.CHAT,
    What.REPLIED: Icon.CHAT,
    What.ANSWERED: Icon.CHAT,
    What.ASKED: Icon.PAUSE,
    What.WAITS_FOR_THIRD: Icon.PAUSE,
    What.PLANNED: Icon.CLOCK,
    What.WORKAROUND: Icon.CHAT,
    What.SOLVED: Icon.CHECK,
    What.CONFIRMED: Icon.CHECK,
    What.CLOSED: Icon.CHECK,
    What.DISPUTED: Icon.WARN,
    What.NOTE: Icon.LOCK,
    What.ACCESS: Icon.KEY,
    What.PICKED_UP: Icon.USER,
    What.HANDED_OVER: Icon.USER,
    What.MOVED: Icon.USER,
    What.WITHDRAWN: Icon.X,
}
"""Those of the others are a dot."""
WITH_WHERE = frozenset({What.PICKED_UP, What.HANDED_OVER, What.MOVED, What.MERGED, What.TOOK_IN})
"""Of these the line says with whom it went on, or in which other report."""

AddressOf = Callable[[Attachment], str]


def history_of(
    events: Iterable[TicketEvent], files: Iterable[Attachment], now: datetime, address_of: AddressOf
) -> list[Event]:
    """In the order in which it happened."""
    by_event: dict[int, list[Attachment]] = defaultdict(list)
    for file in files:
        by_event[file.event_id].append(file)
    return [line_of(event, by_event[event.pk], now, address_of) for event in events]


def line_of(event: TicketEvent, files: Sequence[Attachment], now: datetime, address_of: AddressOf) -> Event:
    return Event(
        who=who_did(event),
        when=near(event.at, now),
        icon=ICONS.get(event.what, Icon.DOT),
        extra=_extra(event),
        said=event.text,
        note=_note(event, files, address_of),
        internal=not event.is_public,
    )


def who_did(event: TicketEvent) -> str:
    if event.side == Side.SYSTEEM:
        return _("Vanzelf")
    names = (event.actor_name, event.organisation_name)
    return ", ".join(name for name in names if name) or _("naam gewist")


def _extra(event: TicketEvent) -> str:
    """What it was, and by which way it came where that is not this one."""
    if not event.is_public:
        return _("Intern, niet zichtbaar voor de gemeente")
    words = str(event.get_what_display()).lower()
    if event.what == What.PRIORITY:
        words = _("prioriteit van %(before)s naar %(after)s") % {"before": event.before, "after": event.after}
    elif event.what in WITH_WHERE and event.after:
        words = _("%(what)s: %(after)s") % {"what": words, "after": event.after}
    came_by = event.channel in {Channel.MAIL, Channel.API, Channel.TELEFOON}
    return f"{words}, {event.get_channel_display()}" if came_by else words


def _note(event: TicketEvent, files: Sequence[Attachment], address_of: AddressOf) -> str:
    notes = [file_line(file, address_of) for file in files]
    if event.is_masked:
        notes.append(_("Er stond een burgerservicenummer in. Dat is onleesbaar gemaakt."))
    return format_html_join(SafeString("<br>"), "{}", ((note,) for note in notes))


def file_line(file: Attachment, address_of: AddressOf) -> str:
    if file.erased_at is not None:
        return _("Bijlage gewist")
    return format_html("{} ({})", link(file.name, address_of(file), hidden=_("downloaden")), size(file.size))
