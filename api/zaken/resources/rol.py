"""``/rollen``."""

from __future__ import annotations

from dataclasses import replace

from api.catalogi.models import Roltype
from api.catalogi.models.keuzes import OmschrijvingGeneriek
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.groups import Nested
from api.pipeline.represent.links import Link, Links, Self
from api.pipeline.represent.members import Field, Url
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.filters import LinkTo, OneOf, Text, UrlText, of_open_zaak
from api.zaken.betrokkene_identificatie import BetrokkeneIdentificatie
from api.zaken.betrokkenen import Contactpersoon
from api.zaken.filters import IDENTIFICATIES, machtigingen
from api.zaken.models import Rol, Zaak
from api.zaken.models.keuzes import BetrokkeneType
from api.zaken.resources.zaken import ZaakRelated
from api.zaken.rules.rol import betrokkene_identificatie_fits, betrokkene_known, copy_from_roltype, name_anew
from api.zaken.rules.zrc_007_afsluiten import closed_zaak_needs_force
from api.zaken.rules.zrc_019_roltype import roltype_of_zaaktype
from api.zaken.scopes import BIJWERKEN, ZAKEN_LEZEN

WRITTEN = Operation(
    BIJWERKEN,
    references=(betrokkene_known, betrokkene_identificatie_fits),
    derive=(copy_from_roltype, name_anew),
    guards=(closed_zaak_needs_force,),
    rules=(roltype_of_zaaktype,),
)


class RolResource(ZaakRelated):
    """Somebody's part in a zaak. The standard never changes one (x-zrc-g3), clients of Open Zaak do."""

    path = "rollen"
    noun = "rol"
    explanation = "Wie bij een zaak betrokken is, en als wat."
    model = Rol
    order_by = ("zaak_id", "registratiedatum", "pk")
    representation = Representation(
        url=Self(),
        uuid=Field(read_only=True),
        zaak=Link(expand=True, immutable=True, schema={"maxLength": 1000}),
        betrokkene=Url(),
        betrokkeneType=Field(),
        afwijkendeNaamBetrokkene=Field(),
        roltype=Link(expand=True, schema={"maxLength": 1000}),
        omschrijving=Field(read_only=True),
        omschrijvingGeneriek=Field(read_only=True),
        roltoelichting=Field(required=True),
        registratiedatum=Field(read_only=True),
        indicatieMachtiging=Field(),
        contactpersoonRol=Nested(Contactpersoon, whole=True),
        statussen=Links(expand=True, owned=True, order_by=("datum_status_gezet", "pk")),
        betrokkeneIdentificatie=BetrokkeneIdentificatie(),
    )
    operations = {
        "list": Operation(
            ZAKEN_LEZEN,
            filters={
                "zaak": LinkTo("zaak", Zaak),
                "betrokkene": UrlText("betrokkene"),
                "betrokkeneType": OneOf("betrokkene_type", BetrokkeneType.choices),
                **{f"betrokkeneIdentificatie__{name}": key for name, key in IDENTIFICATIES.items()},
                "roltype": LinkTo("roltype", Roltype),
                "omschrijving": Text("omschrijving"),
                "omschrijvingGeneriek": OneOf("omschrijving_generiek", OmschrijvingGeneriek.choices),
                **of_open_zaak(machtigingen()),
            },
        ),
        "create": WRITTEN,
        "retrieve": Operation(ZAKEN_LEZEN),
        "headers": Operation(ZAKEN_LEZEN),
        "update": replace(WRITTEN, experimental=True, of_open_zaak=True),
        "destroy": Operation(BIJWERKEN, guards=(closed_zaak_needs_force,)),
    }
