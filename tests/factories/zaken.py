"""The smallest valid zaken and what belongs to them, of a published zaaktype.

Write ``ZaakFactory.create()``: the short form ``ZaakFactory()`` has no type.
"""

# mypy: disallow-untyped-calls=False

from datetime import UTC, date, datetime

from factory.declarations import Dict, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from api.zaken import models
from api.zaken.models.keuzes import BetrokkeneType
from tests.factories.catalogi import (
    ResultaattypeFactory,
    RoltypeFactory,
    StatustypeFactory,
    ZaaktypeFactory,
)

RSIN = "517439943"


class ZaakFactory(DjangoModelFactory[models.Zaak]):
    class Meta:
        model = models.Zaak

    identificatie = Sequence(lambda n: f"ZAAK-2026-{n:010}")
    bronorganisatie = RSIN
    verantwoordelijke_organisatie = RSIN
    omschrijving = "Losse stoeptegel in de Zijlstraat"
    zaaktype = SubFactory(ZaaktypeFactory, published=True)
    vertrouwelijkheidaanduiding = SelfAttribute("zaaktype.vertrouwelijkheidaanduiding")
    startdatum = date(2026, 1, 5)
    registratiedatum = date(2026, 1, 5)


class StatusFactory(DjangoModelFactory[models.Status]):
    class Meta:
        model = models.Status

    zaak = SubFactory(ZaakFactory)
    statustype = SubFactory(StatustypeFactory, zaaktype=SelfAttribute("..zaak.zaaktype"))
    datum_status_gezet = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


class ResultaatFactory(DjangoModelFactory[models.Resultaat]):
    class Meta:
        model = models.Resultaat

    zaak = SubFactory(ZaakFactory)
    resultaattype = SubFactory(ResultaattypeFactory, zaaktype=SelfAttribute("..zaak.zaaktype"))


class RolFactory(DjangoModelFactory[models.Rol]):
    class Meta:
        model = models.Rol

    zaak = SubFactory(ZaakFactory)
    roltype = SubFactory(RoltypeFactory, zaaktype=SelfAttribute("..zaak.zaaktype"))
    omschrijving = SelfAttribute("roltype.omschrijving")
    omschrijving_generiek = SelfAttribute("roltype.omschrijving_generiek")
    betrokkene_type = BetrokkeneType.NATUURLIJK_PERSOON
    betrokkene_identificatie = Dict(
        {"inpBsn": "999993653", "geslachtsnaam": "Moulin", "voornamen": "Suzanne"}
    )
    roltoelichting = "Melder van het probleem"
