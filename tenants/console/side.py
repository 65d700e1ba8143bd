"""A municipality's side of the house."""

from django.utils.translation import gettext_lazy as _

from tenants.accounts.side import Entry, Environment, Section, Side
from tenants.console.permissions import TABLE
from tenants.registry.context import current_municipality
from tenants.registry.models import Municipality


def name() -> str:
    return current_municipality().naam


def second_factor_required() -> bool:
    return current_municipality().second_factor_required


def environment() -> Environment:
    municipality = current_municipality()
    return Environment(
        municipality.get_environment_display(),
        production=municipality.environment == Municipality.Environment.PRODUCTIE,
    )


MENU = (
    Section("", (Entry(_("Overzicht"), "home", "overzicht"),)),
    Section(
        _("Beheer"),
        (
            Entry(_("Medewerkers en rollen"), "medewerkers", "medewerkers"),
            Entry(_("Inloggen"), "inloggen", "inloggen"),
            Entry(_("Logboek"), "logboek", "logboek"),
        ),
    ),
)

MUNICIPALITY = Side(
    table=TABLE,
    log="console.LogLine",
    urlconf="zaakplein.urls_tenant",
    name=name,
    console=_("Zaakplein, gemeenteconsole"),
    environment=environment,
    menu=MENU,
    second_factor_required=second_factor_required,
    has_organisations=False,
)
