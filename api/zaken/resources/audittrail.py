"""``/zaken/{zaak_uuid}/audittrail``."""

from api.pipeline.http.audittrail import AudittrailResource
from api.zaken.models import Zaak
from api.zaken.resources.zaken import ZAKEN
from api.zaken.rules.zrc_006_autorisatie import RIGHTS


class ZaakAudittrailResource(AudittrailResource):
    """What was done to a zaak and to what belongs to it."""

    api = ZAKEN
    rights = RIGHTS
    path = "zaken/<uuid:zaak_uuid>/audittrail"
    parent = "zaak_uuid"
    about = Zaak
