"""What the people of the vendor may do: the one table, area by role."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.accounts.rights import Area, Level, PermissionTable, Role

NONE, SEE, CHANGE, APPROVE = Level.NONE, Level.SEE, Level.CHANGE, Level.APPROVE

EIGENAAR = Role("eigenaar", "Eigenaar")
OPERATIE = Role("operatie", "Operatie")
HELPDESK = Role("helpdesk", "Helpdesk")
ACCOUNTBEHEER = Role("accountbeheer", "Accountbeheer")
FINANCIEN = Role("financien", "Financiën")
ALLEEN_LEZEN = Role("alleen-lezen", "Alleen lezen")
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
            "Medewerkers en rollen",
            {
                SEE: "Ziet wie er werkt en met welke rol.",
                CHANGE: "Nodigt collega's uit en geeft en beëindigt rollen die niet meer mogen dan de eigen.",
                APPROVE: "Geeft en beëindigt elke rol, ook die van eigenaar.",
            },
            by_role(APPROVE, SEE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "inloggen",
            "Inloggen",
            {
                SEE: "Ziet met welke systemen collega's inloggen.",
                CHANGE: "Verbindt een inlogsysteem en bepaalt welke groep welke rol geeft.",
                APPROVE: "Verbindt een inlogsysteem, ook met groepen die de hoogste rol geven.",
            },
            by_role(APPROVE, CHANGE, NONE, NONE, NONE, NONE),
        ),
        Area(
            "logboek",
            "Logboek",
            {
                SEE: "Leest wie wat deed en wie er inlogde, en neemt dat mee in een bestand.",
                CHANGE: "Leest het logboek; wijzigen kan niemand.",
                APPROVE: "Leest het logboek; wijzigen kan niemand.",
            },
            by_role(SEE, SEE, NONE, SEE, NONE, SEE),
        ),
    ),
)
