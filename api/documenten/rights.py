"""Rights on documents are given per informatieobjecttype, up to a level of confidentiality.

The standard writes zrc-006 for zaken alone; the Autorisaties API and the scopes say the same of documents.
What belongs to a document is judged on it. An application with ``alleenIsGereedVoorPublicatie`` reads only
what is ready for publication, whatever rights it has; what it may write is not limited by that.
"""

from api.documenten.scopes import AUDITTRAILS_LEZEN, DOCUMENTEN_LEZEN
from api.pipeline.declare.visibility import TypeRights

RIGHTS = TypeRights(
    "drc",
    "informatieobjecttype_id",
    "vertrouwelijkheidaanduiding",
    published_attribute="is_gereed_voor_publicatie",
    reading=(DOCUMENTEN_LEZEN, AUDITTRAILS_LEZEN),
)
