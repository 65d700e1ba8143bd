"""The vendor's side of the house."""

from django.utils.translation import gettext_lazy as _

from access.around import around_the_vendor
from backoffice.menu import counted_of_the_vendor
from backoffice.permissions import TABLE
from handover.around import asked_of_the_vendor
from incidents.around import around_the_vendor as incidents_of_the_vendor
from tenants.accounts.side import Entry, Environment, Section, Side, together


def name() -> str:
    return "Zaakplein"


def second_factor_required() -> bool:
    """Whoever reaches every municipality shows more than a password."""
    return True


MENU = (
    Section("", (Entry(_("Vandaag"), "home", "gemeenten"),)),
    Section(
        _("Gemeenten"),
        (
            Entry(_("Gemeenten"), "gemeenten", "gemeenten"),
            Entry(_("Achtergrondtaken"), "taken", "taken"),
            Entry(_("Overdrachten"), "overdrachten", "overdrachten"),
            Entry(_("Toegang"), "toegang", "toegang"),
        ),
    ),
    Section(
        _("Helpdesk"),
        (
            Entry(_("Meldingen"), "meldingen", "meldingen"),
            Entry(_("Storingen"), "storingen", "storingen"),
        ),
    ),
    Section(
        _("Afspraken"),
        (
            Entry(_("Contracten"), "contracten", "contracten"),
            Entry(_("Serviceniveaus"), "serviceniveaus", "afspraken"),
            Entry(_("Kalenders"), "kalenders", "afspraken"),
            Entry(_("Prijslijsten"), "prijslijsten", "afspraken"),
            Entry(_("Serviceniveaurapporten"), "rapporten", "rapporten"),
        ),
    ),
    Section(
        _("Organisatie"),
        (
            Entry(_("Partners"), "partners", "partners"),
            Entry(_("Medewerkers en rollen"), "medewerkers", "medewerkers"),
            Entry(_("Inloggen"), "inloggen", "inloggen"),
            Entry(_("Logboek"), "logboek", "logboek"),
            Entry(_("API-sleutels"), "sleutels", "sleutels"),
            Entry(_("Webhooks"), "webhooks", "sleutels"),
        ),
    ),
)

VENDOR = Side(
    table=TABLE,
    log="backoffice.LogLine",
    urlconf="zaakplein.urls_public",
    name=name,
    console=_("Leveranciersconsole"),
    environment=Environment,
    menu=MENU,
    second_factor_required=second_factor_required,
    has_organisations=True,
    around=together(around_the_vendor, asked_of_the_vendor, incidents_of_the_vendor, counted_of_the_vendor),
    finds=Entry(_("Zoek gemeente, melding of contract"), "find", "gemeenten"),
)
