"""The Documenten API, under ``/documenten/api/v1``."""

from api.documenten.resources.audittrail import DocumentAudittrailResource
from api.documenten.resources.bestandsdeel import BestandsDeelResource
from api.documenten.resources.documenten import DOCUMENTEN
from api.documenten.resources.documentimport import DocumentImportResource
from api.documenten.resources.enkelvoudiginformatieobject import EnkelvoudigInformatieObjectResource
from api.documenten.resources.gebruiksrechten import GebruiksrechtenResource
from api.documenten.resources.nummer import DocumentnummerResource
from api.documenten.resources.objectinformatieobject import ObjectInformatieObjectResource
from api.documenten.resources.verzending import VerzendingResource
from api.pipeline.router import routes

urlpatterns = routes(
    DOCUMENTEN,
    [
        EnkelvoudigInformatieObjectResource,
        BestandsDeelResource,
        GebruiksrechtenResource,
        ObjectInformatieObjectResource,
        VerzendingResource,
        DocumentnummerResource,
        DocumentAudittrailResource,
        DocumentImportResource,
    ],
)
