"""What the people of the vendor may do: the one table, area by role."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.accounts.rights import Area, Level, PermissionTable, Role

NONE, SEE, CHANGE, APPROVE = Level.NONE, Level.SEE, Level.CHANGE, Level.APPROVE

EIGENAAR = Role("eigenaar", _("Eigenaar"))
OPERATIE = Role("operatie", _("Operatie"))
HELPDESK = Role("helpdesk", _("Helpdesk"))
ACCOUNTBEHEER = Role("accountbeheer", _("Accountbeheer"))
FINANCIEN = Role("financien", _("Financiën"))
ALLEEN_LEZEN = Role("alleen-lezen", _("Alleen lezen"))
ROLES = (EIGENAAR, OPERATIE, HELPDESK, ACCOUNTBEHEER, FINANCIEN, ALLEEN_LEZEN)


def by_role(*levels: Level) -> dict[str, Level]:
    """In the order of ROLES."""
    return {role.key: level for role, level in zip(ROLES, levels, strict=True)}


TABLE = PermissionTable(
    roles=ROLES,
    areas=(
        Area(
            "gemeenten",
            _("Gemeenten"),
            {
                SEE: _("Ziet welke gemeenten er zijn en hoe het met hen gaat, zonder hun zaken."),
                CHANGE: _("Voegt gemeenten en omgevingen toe en wijzigt hun staat."),
                APPROVE: _("Beëindigt ook een gemeente, wat niemand terugdraait."),
            },
            by_role(APPROVE, CHANGE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "taken",
            _("Achtergrondtaken"),
            {
                SEE: _("Ziet wat er loopt en wat er mislukte."),
                CHANGE: _("Herhaalt een mislukte stap, of breekt de taak af."),
                APPROVE: _("Herhaalt een mislukte stap, of breekt de taak af."),
            },
            by_role(CHANGE, CHANGE, SEE, SEE, NONE, SEE),
        ),
        Area(
            "medewerkers",
            _("Medewerkers en rollen"),
            {
                SEE: _("Ziet wie er werkt en met welke rol."),
                CHANGE: _(
                    "Nodigt collega's uit en geeft en beëindigt rollen die niet meer mogen dan de eigen."
                ),
                APPROVE: _("Geeft en beëindigt elke rol, ook die van eigenaar."),
            },
            by_role(APPROVE, SEE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "inloggen",
            _("Inloggen"),
            {
                SEE: _("Ziet met welke systemen collega's inloggen."),
                CHANGE: _("Verbindt een inlogsysteem en bepaalt welke groep welke rol geeft."),
                APPROVE: _("Verbindt een inlogsysteem, ook met groepen die de hoogste rol geven."),
            },
            # who says where people sign in can sign in as them
            by_role(APPROVE, SEE, NONE, NONE, NONE, NONE),
        ),
        Area(
            "logboek",
            _("Logboek"),
            {
                SEE: _("Leest wie wat deed en wie er inlogde, en neemt dat mee in een bestand."),
                CHANGE: _("Leest het logboek; wijzigen kan niemand."),
                APPROVE: _("Leest het logboek; wijzigen kan niemand."),
            },
            by_role(SEE, SEE, NONE, SEE, NONE, SEE),
        ),
        Area(
            "overdrachten",
            _("Overdrachten"),
            {
                SEE: _("Ziet welke gemeenten komen, gaan of van partner wisselen."),
                CHANGE: _("Bereidt een overdracht voor en rondt taken daarvan af."),
                APPROVE: _("Ondertekent een overdracht, maakt bezwaar en draagt een gemeente over."),
            },
            by_role(APPROVE, CHANGE, NONE, CHANGE, NONE, SEE),
        ),
        Area(
            "afspraken",
            _("Serviceniveaus, kalenders en prijslijsten"),
            {
                SEE: _(
                    "Ziet wat wij beloven en vragen, wanneer klokken lopen en wanneer iets klaar moet zijn."
                ),
                CHANGE: _("Publiceert nieuwe versies van serviceniveaus, kalenders en prijslijsten."),
                APPROVE: _("Publiceert nieuwe versies van serviceniveaus, kalenders en prijslijsten."),
            },
            by_role(CHANGE, SEE, SEE, CHANGE, SEE, SEE),
        ),
        Area(
            "contracten",
            _("Contracten"),
            {
                SEE: _("Ziet met welke gemeenten wat is afgesproken, en wat afloopt."),
                CHANGE: _("Stelt contracten op, biedt ze aan en legt een opzegging van de gemeente vast."),
                APPROVE: _("Ondertekent contracten voor de leverancier, en zegt ze op."),
            },
            by_role(APPROVE, SEE, SEE, CHANGE, SEE, SEE),
        ),
        Area(
            "meldingen",
            _("Meldingen"),
            {
                SEE: _("Ziet wat gemeenten melden, wie het heeft en wanneer het klaar moet zijn."),
                CHANGE: _("Maakt meldingen, pakt ze op, antwoordt, draagt ze over en lost ze op."),
                APPROVE: _("Corrigeert ook een pauze die een collega onterecht begon, en wist een melding."),
            },
            by_role(APPROVE, CHANGE, CHANGE, SEE, NONE, SEE),
        ),
        Area(
            "partners",
            _("Partners"),
            {
                SEE: _("Ziet met welke partijen de organisatie gemeenten bedient."),
                CHANGE: _("Voegt implementatiepartners toe en nodigt hun eerste eigenaar uit."),
                APPROVE: _("Voegt implementatiepartners toe en nodigt hun eerste eigenaar uit."),
            },
            by_role(CHANGE, SEE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "toegang",
            _("Toegang tot gemeenten"),
            {
                SEE: _("Ziet wie van ons toegang vroeg aan welke gemeente, en wat er van kwam."),
                CHANGE: _(
                    "Vraagt een gemeente om toegang, gebruikt die en geeft haar terug. Bevestigt"
                    " noodtoegang van een collega."
                ),
                APPROVE: _("Vraagt en gebruikt toegang; geven kan alleen de gemeente."),
            },
            by_role(CHANGE, CHANGE, CHANGE, SEE, NONE, SEE),
        ),
        Area(
            "storingen",
            _("Storingen"),
            {
                SEE: _("Ziet wat er stuk is, welke gemeenten het raakt en wat hun is verteld."),
                CHANGE: _("Meldt storingen, plaatst updates voor alle gemeenten die het raakt en evalueert."),
                APPROVE: _(
                    "Meldt storingen, plaatst updates voor alle gemeenten die het raakt en evalueert."
                ),
            },
            by_role(CHANGE, CHANGE, CHANGE, SEE, NONE, SEE),
        ),
        Area(
            "sleutels",
            _("API-sleutels en webhooks"),
            {
                SEE: _(
                    "Ziet welke programma's van de organisatie een sleutel of webhook hebben, en wat die mag"
                    " of hoort."
                ),
                CHANGE: _(
                    "Maakt sleutels en webhooks die niet meer mogen of horen dan de eigen rol, en trekt"
                    " ze in."
                ),
                APPROVE: _(
                    "Maakt sleutels en webhooks die niet meer mogen of horen dan de eigen rol, en trekt"
                    " ze in."
                ),
            },
            # whoever has a key acts as the organisation, without showing who he is
            by_role(CHANGE, CHANGE, NONE, NONE, NONE, SEE),
        ),
        Area(
            "rapporten",
            _("Serviceniveaurapporten"),
            {
                SEE: _("Ziet per gemeente en maand wat is beloofd en of het is gehaald, met het onderhoud."),
                CHANGE: _("Ziet per gemeente en maand wat is beloofd en of het is gehaald."),
                APPROVE: _("Deelt rapporten, gaat akkoord, maakt nieuwe versies en kondigt onderhoud aan."),
            },
            by_role(APPROVE, SEE, SEE, APPROVE, SEE, SEE),
        ),
    ),
)
