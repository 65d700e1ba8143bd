"""The documents of a municipality, their versions and what is recorded about them."""

from api.documenten.models.bestandsdeel import BestandsDeel
from api.documenten.models.documentimport import DocumentImport, ImportRegel
from api.documenten.models.enkelvoudiginformatieobject import (
    EnkelvoudigInformatieObject,
    InformatieObjectVersie,
    Versie,
)
from api.documenten.models.gebruiksrechten import Gebruiksrechten
from api.documenten.models.inhoud import Inhoud
from api.documenten.models.nummers import DocumentTeller, GereserveerdNummer
from api.documenten.models.objectinformatieobject import ObjectInformatieObject
from api.documenten.models.ongecontroleerdeinhoud import OngecontroleerdeInhoud
from api.documenten.models.verlateninhoud import VerlatenInhoud
from api.documenten.models.verzending import Verzending

__all__ = [
    "BestandsDeel",
    "DocumentImport",
    "DocumentTeller",
    "EnkelvoudigInformatieObject",
    "Gebruiksrechten",
    "GereserveerdNummer",
    "ImportRegel",
    "InformatieObjectVersie",
    "Inhoud",
    "ObjectInformatieObject",
    "OngecontroleerdeInhoud",
    "VerlatenInhoud",
    "Versie",
    "Verzending",
]
