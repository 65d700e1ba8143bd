"""What people write, before it is kept."""

from __future__ import annotations

from django.utils.translation import gettext

from helpdesk.refusals import TicketRefused


def said(text: str, longest: int, *, empty: str = "") -> str:
    """As it is kept. ``empty`` is what to say where nothing was written; without it that is allowed.

    Raises TicketRefused.
    """
    kept = text.replace("\x00", "").strip()
    if empty and not kept:
        raise TicketRefused(empty)
    if len(kept) > longest:
        raise TicketRefused(gettext("Schrijf het korter: hoogstens %(most)s tekens.") % {"most": longest})
    return kept
