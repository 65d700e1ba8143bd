"""``/enkelvoudiginformatieobjecten/{uuid}/audittrail``."""

from __future__ import annotations

from api.documenten.models import EnkelvoudigInformatieObject, InformatieObjectVersie
from api.documenten.resources.documenten import DOCUMENTEN
from api.documenten.rights import RIGHTS
from api.pipeline.authorise.judgement import not_covered
from api.pipeline.http.audittrail import AudittrailResource


class DocumentAudittrailResource(AudittrailResource):
    """What was done to a document and to what belongs to it.

    It tells of every version that there was, so it is there for who may see each of them.
    """

    api = DOCUMENTEN
    rights = RIGHTS
    path = "enkelvoudiginformatieobjecten/<uuid:enkelvoudiginformatieobject_uuid>/audittrail"
    parent = "enkelvoudiginformatieobject_uuid"
    about = EnkelvoudigInformatieObject

    def check_above(self) -> None:
        """The document as it is, and as it was before."""
        super().check_above()
        scope = self.operation.scope
        if self.rights.sees_all(self.client, scope):
            return
        columns = ("informatieobjecttype_id", "vertrouwelijkheidaanduiding", "is_gereed_voor_publicatie")
        versions = InformatieObjectVersie.objects.filter(document=self.above).order_by(*columns)
        for version in versions.distinct(*columns).only(*columns):
            if not self.rights.permits(self.client, scope, version):
                raise not_covered(type(self), scope, self.client, version)
