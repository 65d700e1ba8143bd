"""``/catalogusinvoeren``."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from api.catalogi.exchange.later import STANDINGS, Standing, how_it_stands
from api.catalogi.exchange.report import SCHEMA
from api.catalogi.models import Catalogus
from api.catalogi.resources.catalogi import CatalogiResource
from api.catalogi.scopes import CATALOGI_SCHRIJVEN
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.members import Computed
from api.pipeline.represent.representation import Representation
from api.pipeline.words.refusals import NotFound

MOMENT = {"type": "string", "format": "date-time"}


def _told(schema: dict[str, Any], description: str, *, nullable: bool = True) -> Computed:
    """A member of an answer that is put together from a job, not by PostgreSQL."""
    optional = {"nullable": True} if nullable else {}
    return Computed(None, {**schema, **optional, "description": description})


class CatalogusInvoerResource(CatalogiResource):
    """How the import of a large zip stands; for who may import."""

    path = STANDINGS
    noun = "catalogusinvoer"
    explanation = "Het invoeren van een zip die te groot is voor één verzoek."
    model = Catalogus
    represents_model = False
    about = Catalogus
    schema_name = "CatalogusInvoer"
    expands = False
    conditional = False
    representation = Representation(
        url=_told({"type": "string", "format": "uri"}, "Dit adres.", nullable=False),
        status=_told(
            {"type": "string", "enum": [each.value for each in Standing]},
            "Na `klaar` staat er een verslag, na `geweigerd` een fout; na `mislukt` kijkt de leverancier.",
            nullable=False,
        ),
        gevraagd=_told(MOMENT, "Wanneer de zip kwam.", nullable=False),
        beeindigd=_told(MOMENT, "Wanneer het klaar was."),
        verwerkt=_told({"type": "integer"}, "Hoeveel objecten gedaan zijn, terwijl het loopt."),
        totaal=_told({"type": "integer"}, "Hoeveel het er zijn."),
        verslag=_told(SCHEMA, "Wat het antwoord op een kleinere zip geweest zou zijn; 30 dagen lang."),
        fout=_told({"type": "object"}, "Waarom het geweigerd is, zoals het antwoord dat zou zeggen."),
    )
    operations = {
        "retrieve": Operation(
            CATALOGI_SCHRIJVEN,
            experimental=True,
            summary="Voortgang van een invoer opvragen",
            explanation="Zegt hoe ver de invoer is, en daarna wat er van werd.",
        ),
    }

    def retrieve(self, request: Any, **kwargs: Any) -> HttpResponse:
        """200 with how it stands; 404 for one of another municipality, as for one of nobody."""
        self.check_parameters(request, set())
        uuid = kwargs["uuid"]
        url = f"{self.caller.origin}{self.root()}/{uuid}"
        found = how_it_stands(uuid, url)
        if found is None:
            raise NotFound
        return self.answer(json.dumps(found, ensure_ascii=False))
