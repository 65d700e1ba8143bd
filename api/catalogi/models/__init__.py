"""The types of a municipality: what its zaken, besluiten and documenten can be."""

from api.catalogi.models.besluittype import Besluittype
from api.catalogi.models.catalogus import Catalogus
from api.catalogi.models.eigenschap import Eigenschap
from api.catalogi.models.informatieobjecttype import Informatieobjecttype
from api.catalogi.models.resultaattype import Resultaattype
from api.catalogi.models.roltype import Roltype
from api.catalogi.models.statustype import Statustype
from api.catalogi.models.typerelatie import TypeRelatie
from api.catalogi.models.zaakobjecttype import Zaakobjecttype
from api.catalogi.models.zaaktype import Zaaktype
from api.catalogi.models.zaaktype_informatieobjecttype import ZaaktypeInformatieobjecttype

__all__ = [
    "Besluittype",
    "Catalogus",
    "Eigenschap",
    "Informatieobjecttype",
    "Resultaattype",
    "Roltype",
    "Statustype",
    "TypeRelatie",
    "Zaakobjecttype",
    "Zaaktype",
    "ZaaktypeInformatieobjecttype",
]
