"""Why something about a report is not done."""


class TicketRefused(ValueError):
    """A sentence that says why, and who can do it."""


class TicketStale(TicketRefused):
    """Somebody else was first; the sentence says what happened meanwhile."""
