"""What the people of a municipality may do in its console: the one table, area by role."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenants.accounts.rights import Area, Level, PermissionTable, Role

NONE, SEE, CHANGE, APPROVE = Level.NONE, Level.SEE, Level.CHANGE, Level.APPROVE

BEHEERDER = Role("beheerder", _("Beheerder"))
CATALOGUSBEHEERDER = Role("catalogusbeheerder", _("Catalogusbeheerder"))
ARCHIVARIS = Role("archivaris", _("Archivaris"))
PRIVACYFUNCTIONARIS = Role("privacyfunctionaris", _("Privacyfunctionaris"))
LEZER = Role("lezer", _("Lezer"))
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
            _("Medewerkers en rollen"),
            {
                SEE: _("Ziet wie er werkt en met welke rol."),
                CHANGE: _(
                    "Nodigt collega's uit en geeft en beëindigt rollen die niet meer mogen dan de eigen."
                ),
                APPROVE: _("Geeft en beëindigt elke rol, ook die van beheerder."),
            },
            by_role(APPROVE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "inloggen",
            _("Inloggen"),
            {
                SEE: _("Ziet met welke systemen collega's inloggen."),
                CHANGE: _("Verbindt een inlogsysteem en bepaalt welke groep welke rol geeft."),
                APPROVE: _("Verbindt een inlogsysteem, ook met groepen die de hoogste rol geven."),
            },
            by_role(APPROVE, NONE, NONE, SEE, NONE),
        ),
        Area(
            "logboek",
            _("Logboek"),
            {
                SEE: _("Leest wie wat deed en wie er inlogde, en neemt dat mee in een bestand."),
                CHANGE: _("Leest het logboek; wijzigen kan niemand."),
                APPROVE: _("Leest het logboek; wijzigen kan niemand."),
            },
            by_role(SEE, NONE, NONE, SEE, NONE),
        ),
        Area(
            "contract",
            _("Contract"),
            {
                SEE: _("Ziet wat met de leverancier is afgesproken, met bijlagen en handtekeningen."),
                CHANGE: _("Ziet wat met de leverancier is afgesproken, met bijlagen en handtekeningen."),
                APPROVE: _("Ondertekent contracten voor de gemeente, wijst ze af en zegt ze op."),
            },
            by_role(APPROVE, SEE, SEE, SEE, NONE),
        ),
        Area(
            "overdrachten",
            _("Overdracht"),
            {
                SEE: _("Ziet wie de gemeente bedient en hoe een overdracht verloopt."),
                CHANGE: _("Rondt taken van een overdracht af."),
                APPROVE: _("Begint een overdracht, ondertekent, plant en stopt haar."),
            },
            by_role(APPROVE, NONE, NONE, SEE, NONE),
        ),
        Area(
            "toegang",
            _("Toegang leverancier"),
            {
                SEE: _("Ziet wie van de leverancier toegang vroeg, kreeg en gebruikte."),
                CHANGE: _("Stopt lopende toegang van de leverancier, op elk moment."),
                APPROVE: _(
                    "Beslist wie van de leverancier mag kijken, waarin en hoe lang. Bepaalt of noodtoegang"
                    " kan."
                ),
            },
            by_role(APPROVE, SEE, NONE, CHANGE, NONE),
        ),
        Area(
            "storingen",
            _("Storingen"),
            {
                SEE: _("Ziet welke storingen de gemeente raken en wat de leverancier daarover schrijft."),
                CHANGE: _("Ziet welke storingen de gemeente raken en wat de leverancier daarover schrijft."),
                APPROVE: _("Ziet welke storingen de gemeente raken en wat de leverancier daarover schrijft."),
            },
            by_role(SEE, SEE, SEE, SEE, SEE),
        ),
        Area(
            "meldingen",
            _("Meldingen"),
            {
                SEE: _("Ziet wat is gemeld, wie aan zet is en tot wanneer."),
                CHANGE: _("Meldt, antwoordt, bevestigt of betwist een oplossing en trekt een melding in."),
                APPROVE: _("Meldt, antwoordt, bevestigt of betwist een oplossing en trekt een melding in."),
            },
            by_role(APPROVE, CHANGE, CHANGE, CHANGE, SEE),
        ),
        Area(
            "rapporten",
            _("Serviceniveaurapporten"),
            {
                SEE: _("Leest per maand wat de leverancier beloofde en of dat is gehaald."),
                CHANGE: _("Leest per maand wat de leverancier beloofde en of dat is gehaald."),
                APPROVE: _("Gaat namens de gemeente akkoord met een rapport, of betwist het."),
            },
            by_role(APPROVE, NONE, NONE, SEE, NONE),
        ),
    ),
)
