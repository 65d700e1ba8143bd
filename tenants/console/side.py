"""A municipality's side of the house."""

from tenants.accounts.side import Side
from tenants.console.permissions import TABLE
from tenants.registry.context import current_municipality


def name() -> str:
    return current_municipality().naam


def second_factor_required() -> bool:
    return current_municipality().second_factor_required


MUNICIPALITY = Side(
    table=TABLE,
    log="console.LogLine",
    urlconf="zaakplein.urls_tenant",
    name=name,
    second_factor_required=second_factor_required,
    has_organisations=False,
)
