"""The log of the vendor's console."""

from tenants.accounts.models import LogLine as Line


class LogLine(Line):
    """Who of its people did what."""

    class Meta(Line.Meta):
        abstract = False
