"""The Catalogi API, under ``/catalogi/api/v1``."""

from api.catalogi.resources.besluittype import BesluittypeResource
from api.catalogi.resources.catalogi import CATALOGI
from api.catalogi.resources.catalogus import CatalogusResource
from api.catalogi.resources.catalogusinvoer import CatalogusInvoerResource
from api.catalogi.resources.eigenschap import EigenschapResource
from api.catalogi.resources.informatieobjecttype import InformatieobjecttypeResource
from api.catalogi.resources.resultaattype import ResultaattypeResource
from api.catalogi.resources.roltype import RoltypeResource
from api.catalogi.resources.statustype import StatustypeResource
from api.catalogi.resources.zaakobjecttype import ZaakobjecttypeResource
from api.catalogi.resources.zaaktype import ZaaktypeResource
from api.catalogi.resources.zaaktype_informatieobjecttype import ZaaktypeInformatieobjecttypeResource
from api.pipeline.router import routes

urlpatterns = routes(
    CATALOGI,
    [
        CatalogusResource,
        ZaaktypeResource,
        StatustypeResource,
        ResultaattypeResource,
        RoltypeResource,
        InformatieobjecttypeResource,
        BesluittypeResource,
        EigenschapResource,
        ZaakobjecttypeResource,
        ZaaktypeInformatieobjecttypeResource,
        CatalogusInvoerResource,
    ],
)
