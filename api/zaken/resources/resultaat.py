"""``/resultaten``."""

from __future__ import annotations

from api.catalogi.models import Resultaattype
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.links import Link, Self
from api.pipeline.represent.members import Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo
from api.zaken.models import Resultaat, Zaak
from api.zaken.resources.zaken import ZaakRelated
from api.zaken.rules.resultaat import one_resultaat
from api.zaken.rules.zrc_007_afsluiten import closed_zaak_needs_force
from api.zaken.rules.zrc_020_resultaattype import resultaattype_of_zaaktype
from api.zaken.scopes import BIJWERKEN, ZAKEN_LEZEN

CHANGE = Operation(BIJWERKEN, guards=(closed_zaak_needs_force,), rules=(resultaattype_of_zaaktype,))


class ResultaatResource(ZaakRelated):
    """The one outcome of a zaak."""

    path = "resultaten"
    noun = "resultaat"
    explanation = "De uitkomst van een zaak."
    model = Resultaat
    order_by = ("zaak_id",)
    representation = Representation(
        url=Self(),
        uuid=Field(read_only=True),
        zaak=Link(expand=True, immutable=True, schema={"maxLength": 1000}),
        resultaattype=Link(expand=True, immutable=True, schema={"maxLength": 1000}),
        toelichting=Field(),
    )
    operations = {
        "list": Operation(
            ZAKEN_LEZEN,
            filters={"zaak": LinkTo("zaak", Zaak), "resultaattype": LinkTo("resultaattype", Resultaattype)},
        ),
        "create": Operation(
            BIJWERKEN,
            unique=(one_resultaat,),
            guards=(closed_zaak_needs_force,),
            rules=(resultaattype_of_zaaktype,),
        ),
        "retrieve": Operation(ZAKEN_LEZEN),
        "headers": Operation(ZAKEN_LEZEN),
        "update": CHANGE,
        "partial_update": CHANGE,
        "destroy": Operation(BIJWERKEN, guards=(closed_zaak_needs_force,)),
    }
