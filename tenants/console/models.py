"""The log of the console of one municipality."""

from tenants.accounts.models import LogLine as Line


class LogLine(Line):
    """Who of its people did what."""

    class Meta(Line.Meta):
        abstract = False
