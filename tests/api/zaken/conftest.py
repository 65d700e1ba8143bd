"""A published zaaktype of Haarlem with what its zaken need, and a zaak of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model

from api.catalogi.models import Resultaattype, Roltype, Statustype, Zaaktype
from api.pipeline.words import registry
from api.zaken.models import Zaak
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.client import ApiClient
from tests.factories.catalogi import ResultaattypeFactory, RoltypeFactory, StatustypeFactory, ZaaktypeFactory
from tests.factories.zaken import ZaakFactory

ZAKEN = "/zaken/api/v1/zaken"
STATUSSEN = "/zaken/api/v1/statussen"
RESULTATEN = "/zaken/api/v1/resultaten"
ROLLEN = "/zaken/api/v1/rollen"
RSIN = "517439943"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One zaaktype with a first and a last statustype, and one other zaaktype."""

    municipality: Municipality
    zaaktype: Zaaktype
    first: Statustype
    last: Statustype
    resultaattype: Resultaattype
    roltype: Roltype
    other: Zaaktype

    def url(self, thing: Model) -> str:
        """As this municipality's answers write it."""
        path = registry.resource_for(type(thing)).url_of(thing).removeprefix("zaakplein:")
        return f"http://{self.municipality.schema_name}.localhost{path}"

    def zaak(self, **more: Any) -> dict[str, Any]:
        """The smallest body of a zaak, and more."""
        return {
            "zaaktype": self.url(self.zaaktype),
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "startdatum": "2026-01-05",
            **more,
        }

    def status(self, zaak: Zaak, statustype: Statustype, **more: Any) -> dict[str, Any]:
        return {
            "zaak": self.url(zaak),
            "statustype": self.url(statustype),
            "datumStatusGezet": "2026-02-01T10:00:00Z",
            **more,
        }

    def resultaat(self, zaak: Zaak, **more: Any) -> dict[str, Any]:
        return {"zaak": self.url(zaak), "resultaattype": self.url(self.resultaattype), **more}

    def rol(self, zaak: Zaak, **more: Any) -> dict[str, Any]:
        return {
            "zaak": self.url(zaak),
            "roltype": self.url(self.roltype),
            "betrokkeneType": "medewerker",
            "roltoelichting": "behandelt",
            "betrokkeneIdentificatie": {"identificatie": "m1"},
            **more,
        }

    def new_zaak(self, **more: Any) -> Zaak:
        with in_municipality(self.municipality):
            return ZaakFactory.create(**{"zaaktype": self.zaaktype, **more})

    def close(self, api: ApiClient, zaak: Zaak) -> None:
        """By its resultaat and end status, as an application would."""
        assert api.post(RESULTATEN, self.resultaat(zaak)).status_code == 201
        assert api.post(STATUSSEN, self.status(zaak, self.last)).status_code == 201


@pytest.fixture
def catalogue(haarlem: Municipality) -> Catalogue:
    return catalogue_of(haarlem)


def catalogue_of(municipality: Municipality) -> Catalogue:
    with in_municipality(municipality):
        zaaktype = ZaaktypeFactory.create(published=True)
        other = ZaaktypeFactory.create(published=True, catalogus=zaaktype.catalogus)
        return Catalogue(
            municipality=municipality,
            zaaktype=zaaktype,
            first=StatustypeFactory.create(zaaktype=zaaktype, volgnummer=1),
            last=StatustypeFactory.create(zaaktype=zaaktype, volgnummer=2),
            resultaattype=ResultaattypeFactory.create(zaaktype=zaaktype),
            roltype=RoltypeFactory.create(zaaktype=zaaktype),
            other=other,
        )


@pytest.fixture
def zaak(catalogue: Catalogue) -> Zaak:
    return catalogue.new_zaak()
