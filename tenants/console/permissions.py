"""What the people of a municipality may do in its console: the one table, area by role."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.accounts.rights import Area, Level, PermissionTable, Role

NONE, SEE, CHANGE, APPROVE = Level.NONE, Level.SEE, Level.CHANGE, Level.APPROVE

BEHEERDER = Role("beheerder", "Beheerder")
CATALOGUSBEHEERDER = Role("catalogusbeheerder", "Catalogusbeheerder")
ARCHIVARIS = Role("archivaris", "Archivaris")
PRIVACYFUNCTIONARIS = Role("privacyfunctionaris", "Privacyfunctionaris")
LEZER = Role("lezer", "Lezer")
ROLES = (BEHEERDER, CATALOGUSBEHEERDER, ARCHIVARIS, PRIVACYFUNCTIONARIS, LEZER)


def by_role(*levels: Level) -> dict[str, Level]:
    """In the order of ROLES."""
    return {role.key: level for role, level in zip(ROLES, levels, strict=True)}


TABLE = PermissionTable(
    roles=ROLES,
    areas=(
        Area(
            "overzicht",
            _("Overzicht"),
            {
                SEE: _("Ziet wat er is, in aantallen."),
                CHANGE: _("Ziet wat er is, in aantallen."),
                APPROVE: _("Ziet wat er is, in aantallen."),
            },
            by_role(SEE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "medewerkers",
            "Medewerkers en rollen",
            {
                SEE: "Ziet wie er werkt en met welke rol.",
                CHANGE: "Nodigt collega's uit en geeft en beëindigt rollen die niet meer mogen dan de eigen.",
                APPROVE: "Geeft en beëindigt elke rol, ook die van beheerder.",
            },
            by_role(APPROVE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "inloggen",
            "Inloggen",
            {
                SEE: "Ziet met welke systemen collega's inloggen.",
                CHANGE: "Verbindt een inlogsysteem en bepaalt welke groep welke rol geeft.",
                APPROVE: "Verbindt een inlogsysteem, ook met groepen die de hoogste rol geven.",
            },
            by_role(APPROVE, NONE, NONE, SEE, NONE),
        ),
        Area(
            "logboek",
            "Logboek",
            {
                SEE: "Leest wie wat deed en wie er inlogde, en neemt dat mee in een bestand.",
                CHANGE: "Leest het logboek; wijzigen kan niemand.",
                APPROVE: "Leest het logboek; wijzigen kan niemand.",
            },
            by_role(SEE, NONE, NONE, SEE, NONE),
        ),
    ),
)
