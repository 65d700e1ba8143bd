"""The closed lists of the Zaken API 1.7.0; values as on the wire."""

from django.db import models


class Betalingsindicatie(models.TextChoices):
    """Whether what a zaak costs has been paid; a label is the wire's betalingsindicatieWeergave."""

    NVT = "nvt", "Er is geen sprake van te betalen, met de zaak gemoeide, kosten."
    NOG_NIET = "nog_niet", "De met de zaak gemoeide kosten zijn (nog) niet betaald."
    GEDEELTELIJK = "gedeeltelijk", "De met de zaak gemoeide kosten zijn gedeeltelijk betaald."
    GEHEEL = "geheel", "De met de zaak gemoeide kosten zijn geheel betaald."


class Archiefstatus(models.TextChoices):
    """How far the archiving of a dossier is."""

    NOG_TE_ARCHIVEREN = "nog_te_archiveren", "Nog te archiveren"
    GEARCHIVEERD = "gearchiveerd", "Gearchiveerd"
    GEARCHIVEERD_PROCESTERMIJN_ONBEKEND = (
        "gearchiveerd_procestermijn_onbekend",
        "Gearchiveerd, procestermijn onbekend",
    )
    OVERGEDRAGEN = "overgedragen", "Overgedragen"


class BetrokkeneType(models.TextChoices):
    """Who plays the part; it decides the shape of betrokkeneIdentificatie."""

    NATUURLIJK_PERSOON = "natuurlijk_persoon", "Natuurlijk persoon"
    NIET_NATUURLIJK_PERSOON = "niet_natuurlijk_persoon", "Niet-natuurlijk persoon"
    VESTIGING = "vestiging", "Vestiging"
    ORGANISATORISCHE_EENHEID = "organisatorische_eenheid", "Organisatorische eenheid"
    MEDEWERKER = "medewerker", "Medewerker"


class IndicatieMachtiging(models.TextChoices):
    """On which side of an authorisation between two betrokkenen of a zaak somebody stands."""

    GEMACHTIGDE = "gemachtigde", "Gemachtigde"
    MACHTIGINGGEVER = "machtiginggever", "Machtiginggever"
