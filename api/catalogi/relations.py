"""Which types are related to which by name."""

from api.catalogi.models import Besluittype, Informatieobjecttype, TypeRelatie, Zaaktype
from api.catalogi.named import Relation

_KIND = TypeRelatie.Kind

ZAAKTYPE_BESLUITTYPEN = Relation(_KIND.ZAAKTYPE_BESLUITTYPE, "zaaktype", Besluittype, "omschrijving")
ZAAKTYPE_DEELZAAKTYPEN = Relation(_KIND.ZAAKTYPE_DEELZAAKTYPE, "zaaktype", Zaaktype, "identificatie")
ZAAKTYPE_GERELATEERD = Relation(_KIND.ZAAKTYPE_GERELATEERD, "zaaktype", Zaaktype, "identificatie")
BESLUITTYPE_INFORMATIEOBJECTTYPEN = Relation(
    _KIND.BESLUITTYPE_INFORMATIEOBJECTTYPE, "besluittype", Informatieobjecttype, "omschrijving"
)
RESULTAATTYPE_BESLUITTYPEN = Relation(
    _KIND.RESULTAATTYPE_BESLUITTYPE, "resultaattype", Besluittype, "omschrijving", "zaaktype__catalogus"
)
RESULTAATTYPE_INFORMATIEOBJECTTYPEN = Relation(
    _KIND.RESULTAATTYPE_INFORMATIEOBJECTTYPE,
    "resultaattype",
    Informatieobjecttype,
    "omschrijving",
    "zaaktype__catalogus",
)
