"""The Zaken API, under ``/zaken/api/v1``."""

from api.pipeline.router import routes
from api.zaken.resources.audittrail import ZaakAudittrailResource
from api.zaken.resources.resultaat import ResultaatResource
from api.zaken.resources.rol import RolResource
from api.zaken.resources.status import StatusResource
from api.zaken.resources.zaak import ZaakResource
from api.zaken.resources.zaken import ZAKEN

urlpatterns = routes(
    ZAKEN, [ZaakResource, StatusResource, ResultaatResource, RolResource, ZaakAudittrailResource]
)
