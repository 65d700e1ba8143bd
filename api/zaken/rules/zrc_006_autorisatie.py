"""zrc-006: rights on zaken are given per zaaktype, up to a level of confidentiality.

What belongs to a zaak is judged on the zaak. Lists leave out what may not be seen; see
``api.pipeline.declare.visibility``.
"""

from api.pipeline.declare.rules import shape
from api.pipeline.declare.visibility import TypeRights


@shape
def rights_on_zaken() -> TypeRights:
    """By the zaaktype and vertrouwelijkheidaanduiding of the zaak."""
    return TypeRights("zrc", "zaaktype_id", "vertrouwelijkheidaanduiding", key="zrc-006 autorisatie")


RIGHTS = rights_on_zaken()
