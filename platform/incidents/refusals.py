"""Why something about an incident is not done."""


class IncidentRefused(ValueError):
    """A sentence that says why, and who can do it."""


class IncidentStale(IncidentRefused):
    """Somebody else was first: what he said is read before something else is."""
