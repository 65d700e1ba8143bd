"""What the resources of the Zaken API share."""

from __future__ import annotations

from api.catalogi.models import Zaaktype
from api.clients.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from api.pipeline.http.resource import Resource
from api.pipeline.validate.references import PREFIX, Address
from api.pipeline.words.served import Api
from api.zaken.models import Zaak
from api.zaken.rules.zrc_006_autorisatie import RIGHTS

ZAKEN = Api(
    "zaken",
    "zrc",
    "1.7.0",
    "Zaken API",
    explanation="Zaken met hun statussen, resultaten, rollen en audittrail.",
    standard="https://vng-realisatie.github.io/gemma-zaken/standaard/zaken/",
)


class ZakenResource(Resource):
    """Rights by zaaktype, and counted by it; a trail for every write, messages on the channel ``zaken``."""

    api = ZAKEN
    rights = RIGHTS
    audited = True
    counted = True
    kanaal = "zaken"


class ZaakRelated(ZakenResource):
    """What belongs to a zaak, and is judged on it."""

    main = "zaak"
    related = ("zaak", "zaak__zaaktype")


def kanaal_kenmerken(zaak: Zaak) -> dict[str, str]:
    """What subscribers may filter on."""
    return {
        "bronorganisatie": zaak.bronorganisatie,
        "zaaktype": Address(f"{PREFIX}{Resource.of(Zaaktype).root()}/{zaak.zaaktype_id}"),
        "vertrouwelijkheidaanduiding": Vertrouwelijkheidaanduiding(zaak.vertrouwelijkheidaanduiding).label,
    }
