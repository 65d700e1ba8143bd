"""The smallest valid zaken and what belongs to them, of a published zaaktype."""

from datetime import UTC, date, datetime

import factory
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

    identificatie = factory.Sequence(lambda n: f"ZAAK-2026-{n:010}")
    bronorganisatie = RSIN
    verantwoordelijke_organisatie = RSIN
    omschrijving = "Losse stoeptegel in de Zijlstraat"
    zaaktype = factory.SubFactory(ZaaktypeFactory, published=True)
    vertrouwelijkheidaanduiding = factory.SelfAttribute("zaaktype.vertrouwelijkheidaanduiding")
    startdatum = date(2026, 1, 5)
    registratiedatum = date(2026, 1, 5)


class StatusFactory(DjangoModelFactory[models.Status]):
    class Meta:
        model = models.Status

    zaak = factory.SubFactory(ZaakFactory)
    statustype = factory.SubFactory(StatustypeFactory, zaaktype=factory.SelfAttribute("..zaak.zaaktype"))
    datum_status_gezet = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


class ResultaatFactory(DjangoModelFactory[models.Resultaat]):
    class Meta:
        model = models.Resultaat

    zaak = factory.SubFactory(ZaakFactory)
    resultaattype = factory.SubFactory(
        ResultaattypeFactory, zaaktype=factory.SelfAttribute("..zaak.zaaktype")
    )


class RolFactory(DjangoModelFactory[models.Rol]):
    class Meta:
        model = models.Rol

    zaak = factory.SubFactory(ZaakFactory)
    roltype = factory.SubFactory(RoltypeFactory, zaaktype=factory.SelfAttribute("..zaak.zaaktype"))
    omschrijving = factory.SelfAttribute("roltype.omschrijving")
    omschrijving_generiek = factory.SelfAttribute("roltype.omschrijving_generiek")
    betrokkene_type = BetrokkeneType.NATUURLIJK_PERSOON
    betrokkene_identificatie = factory.Dict(
        {"inpBsn": "999993653", "geslachtsnaam": "Moulin", "voornamen": "Suzanne"}
    )
    roltoelichting = "Melder van het probleem"
