"""The vendor's side of the house."""

from backoffice.permissions import TABLE
from tenants.accounts.side import Side


def name() -> str:
    return "Zaakplein"


def second_factor_required() -> bool:
    """Whoever reaches every municipality shows more than a password."""
    return True


VENDOR = Side(
    table=TABLE,
    log="backoffice.LogLine",
    urlconf="zaakplein.urls_public",
    name=name,
    second_factor_required=second_factor_required,
    has_organisations=True,
)
