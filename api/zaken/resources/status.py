"""``/statussen``."""

from __future__ import annotations

from api.catalogi.models import Statustype
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.links import NO_LINKS, Link, Self
from api.pipeline.represent.members import Computed, Field, LocalMoment
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, Yes
from api.zaken.models import Status, Zaak
from api.zaken.resources.zaken import ZaakRelated
from api.zaken.rules.status import (
    aanmaken_is_for_the_first,
    gezetdoor_of_zaak,
    mark_latest,
    set_on_or_after_startdatum,
)
from api.zaken.rules.zrc_007_afsluiten import close_zaak, closing_needs_a_resultaat
from api.zaken.rules.zrc_008_heropenen import reopen_zaak, reopening_needs_its_scope
from api.zaken.rules.zrc_016_statustype import statustype_of_zaaktype
from api.zaken.scopes import STATUS_ZETTEN, ZAKEN_LEZEN


class StatusResource(ZaakRelated):
    """A step that a zaak has reached; set once, never changed (x-zrc-b4)."""

    path = "statussen"
    noun = "status"
    explanation = "Een stap die een zaak bereikt heeft; ligt vast zodra zij gezet is."
    model = Status
    order_by = ("zaak_id", "-datum_status_gezet", "pk")
    derived = ("indicatie_laatst_gezette_status",)
    representation = Representation(
        url=Self(),
        uuid=Field(read_only=True),
        zaak=Link(expand=True, schema={"maxLength": 1000}),
        statustype=Link(expand=True, schema={"maxLength": 1000}),
        datumStatusGezet=LocalMoment(),
        statustoelichting=Field(),
        indicatieLaatstGezetteStatus=Field(read_only=True),
        gezetdoor=Link(expand=True, required=False, schema={"maxLength": 200}),
        zaakinformatieobjecten=Computed(
            NO_LINKS, {"type": "array", "items": {"type": "string", "format": "uri"}, "uniqueItems": True}
        ),
    )
    operations = {
        "list": Operation(
            ZAKEN_LEZEN,
            filters={
                "zaak": LinkTo("zaak", Zaak),
                "statustype": LinkTo("statustype", Statustype),
                "indicatieLaatstGezetteStatus": Yes("indicatie_laatst_gezette_status"),
            },
        ),
        "create": Operation(
            STATUS_ZETTEN,
            guards=(reopening_needs_its_scope, aanmaken_is_for_the_first),
            rules=(
                statustype_of_zaaktype,
                gezetdoor_of_zaak,
                set_on_or_after_startdatum,
                closing_needs_a_resultaat,
            ),
            prepare=(mark_latest,),
            effects=(close_zaak, reopen_zaak),
        ),
        "retrieve": Operation(ZAKEN_LEZEN),
        "headers": Operation(ZAKEN_LEZEN),
    }
