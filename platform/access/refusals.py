"""Why something about access is not done."""


class AccessRefused(ValueError):
    """A sentence that says why, and who can do it."""


class AccessStale(AccessRefused):
    """Somebody else was first."""
