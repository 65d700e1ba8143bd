"""What the log says, in words: it keeps Dutch sentences and keys, and people read names in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.accounts.log import SYSTEM
from tenants.accounts.rights import PermissionTable
from tenants.registry.models import Municipality
from tenants.registry.states import COMMAND_LINE

ACTIONS: Mapping[str, Promise] = MappingProxyType(
    {
        "rol gegeven": _("rol gegeven"),
        "rol gewijzigd": _("rol gewijzigd"),
        "rol beëindigd": _("rol beëindigd"),
        "uitgenodigd": _("uitgenodigd"),
        "uitnodiging aangenomen": _("uitnodiging aangenomen"),
        "uitnodiging ingetrokken": _("uitnodiging ingetrokken"),
        "partij toegevoegd": _("partij toegevoegd"),
        "kalender gepubliceerd": _("kalender gepubliceerd"),
        "serviceniveau gepubliceerd": _("serviceniveau gepubliceerd"),
        "prijslijst gepubliceerd": _("prijslijst gepubliceerd"),
        "uren gekocht": _("uren gekocht"),
        "uren geboekt": _("uren geboekt"),
        "uren gecorrigeerd": _("uren gecorrigeerd"),
        "contract opgesteld": _("contract opgesteld"),
        "addendum opgesteld": _("addendum opgesteld"),
        "concept gewijzigd": _("concept gewijzigd"),
        "concept weggegooid": _("concept weggegooid"),
        "bijlage toegevoegd": _("bijlage toegevoegd"),
        "bijlage verwijderd": _("bijlage verwijderd"),
        "bijlage ondertekend": _("bijlage ondertekend"),
        "contract aangeboden": _("contract aangeboden"),
        "aanbod ingetrokken": _("aanbod ingetrokken"),
        "contract ondertekend": _("contract ondertekend"),
        "ondertekende pdf vastgelegd": _("ondertekende pdf vastgelegd"),
        "contract afgewezen": _("contract afgewezen"),
        "contract opgezegd": _("contract opgezegd"),
        "contract geëindigd door overdracht": _("contract geëindigd door overdracht"),
        "opzegging vastgelegd": _("opzegging vastgelegd"),
        "verbinding gemaakt": _("verbinding gemaakt"),
        "verbinding gewijzigd": _("verbinding gewijzigd"),
        "verbinding verwijderd": _("verbinding verwijderd"),
        "staat gewijzigd": _("staat gewijzigd"),
        "inrichting gevraagd": _("inrichting gevraagd"),
        "welkomstbrief opgehaald": _("welkomstbrief opgehaald"),
        "stap herhaald": _("stap herhaald"),
        "taak afgebroken": _("taak afgebroken"),
        "overdracht begonnen": _("overdracht begonnen"),
        "overdracht aangevraagd": _("overdracht aangevraagd"),
        "overdracht aanvaard": _("overdracht aanvaard"),
        "overdracht afgewezen": _("overdracht afgewezen"),
        "overdracht bevestigd": _("overdracht bevestigd"),
        "bezwaar gemaakt": _("bezwaar gemaakt"),
        "overdracht stilzwijgend bevestigd": _("overdracht stilzwijgend bevestigd"),
        "doorgegaan ondanks bezwaar": _("doorgegaan ondanks bezwaar"),
        "voorbereiding begonnen": _("voorbereiding begonnen"),
        "overdracht gepland": _("overdracht gepland"),
        "planning weggehaald": _("planning weggehaald"),
        "overgedragen": _("overgedragen"),
        "partner beëindigd": _("partner beëindigd"),
        "overdracht afgerond": _("overdracht afgerond"),
        "overdracht afgebroken": _("overdracht afgebroken"),
        "taak gedaan": _("taak gedaan"),
        "tweede factor verplicht": _("tweede factor verplicht"),
        "tweede factor niet meer verplicht": _("tweede factor niet meer verplicht"),
        "host toegestaan": _("host toegestaan"),
        "selectielijst gewijzigd": _("selectielijst gewijzigd"),
        "Open Zaak gevolgd": _("Open Zaak gevolgd"),
        "standaard gevolgd": _("standaard gevolgd"),
        "opslag gewijzigd": _("opslag gewijzigd"),
        "ondertekende downloads aangezet": _("ondertekende downloads aangezet"),
        "ondertekende downloads uitgezet": _("ondertekende downloads uitgezet"),
        "grootste document gewijzigd": _("grootste document gewijzigd"),
        "ongecontroleerde inhoud toegelaten": _("ongecontroleerde inhoud toegelaten"),
        "ongecontroleerde inhoud geweigerd": _("ongecontroleerde inhoud geweigerd"),
        "virus gevonden": _("virus gevonden"),
        "geheim gemaakt": _("geheim gemaakt"),
        "geheim gewijzigd": _("geheim gewijzigd"),
        "alle rechten gegeven": _("alle rechten gegeven"),
        "toegang gevraagd": _("toegang gevraagd"),
        "toegang niet meer gevraagd": _("toegang niet meer gevraagd"),
        "toegang gegeven": _("toegang gegeven"),
        "toegang geweigerd": _("toegang geweigerd"),
        "toegang teruggegeven": _("toegang teruggegeven"),
        "toegang gestopt": _("toegang gestopt"),
        "toegang verlopen": _("toegang verlopen"),
        "toegang vervallen": _("toegang vervallen"),
        "toegang voor het eerst gebruikt": _("toegang voor het eerst gebruikt"),
        "maskering uitgezet": _("maskering uitgezet"),
        "noodtoegang gevraagd": _("noodtoegang gevraagd"),
        "noodtoegang bevestigd": _("noodtoegang bevestigd"),
        "noodtoegang beëindigd": _("noodtoegang beëindigd"),
        "noodtoegang gestopt": _("noodtoegang gestopt"),
        "noodtoegang verantwoord": _("noodtoegang verantwoord"),
        "noodtoegang akkoord": _("noodtoegang akkoord"),
        "noodtoegang betwist": _("noodtoegang betwist"),
        "noodtoegang toegestaan": _("noodtoegang toegestaan"),
        "noodtoegang verboden": _("noodtoegang verboden"),
        "serviceniveaurapport gemaakt": _("serviceniveaurapport gemaakt"),
        "serviceniveaurapport herberekend": _("serviceniveaurapport herberekend"),
        "serviceniveaurapport gedeeld": _("serviceniveaurapport gedeeld"),
        "serviceniveaurapport akkoord leverancier": _("serviceniveaurapport akkoord leverancier"),
        "serviceniveaurapport akkoord gemeente": _("serviceniveaurapport akkoord gemeente"),
        "serviceniveaurapport betwist": _("serviceniveaurapport betwist"),
        "serviceniveaurapport gecorrigeerd": _("serviceniveaurapport gecorrigeerd"),
        "serviceniveaurapport vastgesteld": _("serviceniveaurapport vastgesteld"),
        "onderhoud aangekondigd": _("onderhoud aangekondigd"),
        "onderhoud afgelast": _("onderhoud afgelast"),
        "waarde getoond": _("waarde getoond"),
        "op melding gereageerd": _("op melding gereageerd"),
        "melding beantwoord": _("melding beantwoord"),
        "tijdelijke oplossing gegeven": _("tijdelijke oplossing gegeven"),
        "vraag aan melder gesteld": _("vraag aan melder gesteld"),
        "notitie bij melding": _("notitie bij melding"),
        "melding wacht op derde": _("melding wacht op derde"),
        "melding ingepland": _("melding ingepland"),
        "melding weer opgepakt": _("melding weer opgepakt"),
        "melding opgelost": _("melding opgelost"),
        "oplossing betwist": _("oplossing betwist"),
        "oplossing bevestigd": _("oplossing bevestigd"),
        "melding gesloten": _("melding gesloten"),
        "melding gewist": _("melding gewist"),
        "losse bijlagen opgeruimd": _("losse bijlagen opgeruimd"),
        "e-mail aanvaard": _("e-mail aanvaard"),
        "e-mail weggegooid": _("e-mail weggegooid"),
        "melding van e-mail gemaakt": _("melding van e-mail gemaakt"),
        "melding zonder antwoord gesloten": _("melding zonder antwoord gesloten"),
        "melding ingetrokken": _("melding ingetrokken"),
        "melding gewaardeerd": _("melding gewaardeerd"),
        "melding opgepakt": _("melding opgepakt"),
        "melding overgedragen": _("melding overgedragen"),
        "prioriteit gewijzigd": _("prioriteit gewijzigd"),
        "melding samengevoegd": _("melding samengevoegd"),
        "melding opgenomen": _("melding opgenomen"),
        "gegevens van melding gewijzigd": _("gegevens van melding gewijzigd"),
        "melding gekoppeld": _("melding gekoppeld"),
        "hotfix vastgelegd": _("hotfix vastgelegd"),
        "pauze gecorrigeerd": _("pauze gecorrigeerd"),
        "melder herinnerd": _("melder herinnerd"),
        "sluiten voorgesteld": _("sluiten voorgesteld"),
        "sleutel gemaakt": _("sleutel gemaakt"),
        "sleutel ingetrokken": _("sleutel ingetrokken"),
        "webhook gemaakt": _("webhook gemaakt"),
        "geheim van webhook vernieuwd": _("geheim van webhook vernieuwd"),
        "webhook uitgezet": _("webhook uitgezet"),
        "testbericht gestuurd": _("testbericht gestuurd"),
        "webhook aangezet": _("webhook aangezet"),
        "webhook beëindigd": _("webhook beëindigd"),
        "bezorging herhaald": _("bezorging herhaald"),
        "storing gemeld": _("storing gemeld"),
        "update over storing geplaatst": _("update over storing geplaatst"),
        "storing opgelost": _("storing opgelost"),
        "storing was vals alarm": _("storing was vals alarm"),
        "storing heropend": _("storing heropend"),
        "storing geëvalueerd": _("storing geëvalueerd"),
        "storing aangevuld": _("storing aangevuld"),
        "gemeenten aan storing toegevoegd": _("gemeenten aan storing toegevoegd"),
        "gemeenten van storing afgehaald": _("gemeenten van storing afgehaald"),
    }
)
NAMES: Mapping[str, Promise] = MappingProxyType(
    {
        "rol": _("rol"),
        "gemeenten": _("gemeenten"),
        "groepen": _("groepen"),
        "staat": _("staat"),
        "reden": _("reden"),
        "gevraagd door": _("gevraagd door"),
        "hosts": _("hosts"),
        "melding": _("melding"),
        "uren": _("uren"),
        "onderdelen": _("onderdelen"),
        "zaaktypen": _("zaaktypen"),
        "vertrouwelijkheid": _("vertrouwelijkheid"),
        "aanvrager": _("aanvrager"),
        "rechten": _("rechten"),
        "geldt tot": _("geldt tot"),
        "geldt vanaf": _("geldt vanaf"),
        "versie": _("versie"),
        "minuten": _("minuten"),
        "saldo in minuten": _("saldo in minuten"),
        "ernst": _("ernst"),
        "prioriteit": _("prioriteit"),
        "host": _("host"),
        "opslag": _("opslag"),
        "gebeurtenissen": _("gebeurtenissen"),
    }
)


def action_of(line: Any) -> str:  # of either console's log
    return str(ACTIONS.get(line.action, line.action))


def who_did(line: Any) -> str:
    if line.person == SYSTEM:
        return gettext("Systeem")
    return gettext("Opdrachtregel") if line.person == COMMAND_LINE else str(line.person)


def changes_of(line: Any, table: PermissionTable) -> str:
    """Each value by name, before and after; ``table`` is that of the console whose log it is."""
    return "; ".join(
        f"{NAMES.get(name, name)}: {value_of(name, before, table)} → {value_of(name, after, table)}"
        for name, (before, after) in pairs(line)
    )


def pairs(line: Any) -> list[tuple[str, tuple[Any, Any]]]:
    return [
        (name, (change[0], change[1]))
        for name, change in line.changes.items()
        if isinstance(change, list) and len(change) == 2 and change[0] != change[1]  # noqa: PLR2004  # two: before and after
    ]


def value_of(name: str, value: Any, table: PermissionTable) -> str:
    if value is None:
        return "–"
    word = _words(table).get(name, str)
    if isinstance(value, list):
        return ", ".join(word(str(each)) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} = {word(str(each))}" for key, each in value.items())
    return word(str(value))


def _words(table: PermissionTable) -> dict[str, Callable[[str], str]]:
    return {"rol": table.role_name, "groepen": table.role_name, "staat": state}


def state(key: str) -> str:
    known = dict(Municipality.Status.choices)
    return str(known[key]).lower() if key in known else key
