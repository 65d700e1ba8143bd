"""A municipality's side of the house."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.around import around_a_municipality
from handover.around import asked_of_a_municipality
from helpdesk.waiting import waits_for_a_municipality
from incidents.around import around_a_municipality as incidents_of_a_municipality
from tenants.accounts.side import Entry, Environment, Section, Side, together
from tenants.console.permissions import TABLE
from tenants.registry.context import current_municipality
from tenants.registry.models import Municipality
from tenants.registry.states import Status, reason_of


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


def notice() -> str:
    """Why not all can be done here, as the vendor told it."""
    municipality = current_municipality()
    reason = reason_of(municipality)
    if municipality.status == Status.BEPERKT:
        told = gettext("%(name)s is beperkt: %(reason)s.") if reason else gettext("%(name)s is beperkt.")
        follows = gettext("Applicaties kunnen lezen, maar niet wijzigen.")
    elif municipality.status == Status.IN_EXIT:
        told = gettext("%(name)s verhuist: %(reason)s.") if reason else gettext("%(name)s verhuist.")
        follows = gettext("Alles werkt tot de dag van de verhuizing.")
    else:
        return ""
    return f"{told % {'name': municipality.naam, 'reason': reason}} {follows}"


MENU = (
    Section("", (Entry(_("Overzicht"), "home", "overzicht"),)),
    Section(
        _("Leverancier"),
        (
            Entry(_("Meldingen"), "meldingen", "meldingen"),
            Entry(_("Storingen"), "storingen", "storingen"),
            Entry(_("Contract"), "contract_home", "contract"),
            Entry(_("Serviceniveaurapporten"), "rapporten", "rapporten"),
            Entry(_("Toegang leverancier"), "toegang", "toegang"),
            Entry(_("Overdracht"), "overdracht_home", "overdrachten"),
        ),
    ),
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
    notice=notice,
    around=together(
        incidents_of_a_municipality,
        around_a_municipality,
        asked_of_a_municipality,
        waits_for_a_municipality,
    ),
)
