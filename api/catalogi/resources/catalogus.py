"""``/catalogussen``."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.http import HttpResponse

from api.catalogi.exchange.export import filename
from api.catalogi.exchange.later import STANDINGS, ask_import, how_it_stands
from api.catalogi.exchange.layout import MEDIA_TYPE
from api.catalogi.exchange.operations import (
    EXPORT,
    IMPORT,
    MOST_IN_A_REQUEST,
    download,
    exporter,
    options_of,
    take_in,
)
from api.catalogi.exchange.reading import MAX_BYTES, TooManyAtOnce, read_archive
from api.catalogi.models import Besluittype, Catalogus, Informatieobjecttype
from api.catalogi.named import ResolvedNames
from api.catalogi.resources.catalogi import CatalogiResource
from api.catalogi.rules.catalogus import domein_and_rsin_unique, valid_rsin
from api.catalogi.rules.ztc_014_lezen import LEZEN
from api.catalogi.scopes import CATALOGI_SCHRIJVEN, SCHRIJVEN
from api.pipeline.declare.operations import Operation
from api.pipeline.represent.links import Links, Self
from api.pipeline.represent.members import Field
from api.pipeline.represent.representation import Representation
from api.pipeline.validate.bodies import read_bytes
from api.pipeline.validate.filters import AmongThese, Text


def _names(model: type[Besluittype | Informatieobjecttype]) -> ResolvedNames:
    return ResolvedNames(
        lambda: (
            model.objects.filter(catalogus=OuterRef("pk"))
            .order_by("omschrijving")
            .values_list("omschrijving")
            .distinct()
        )
    )


class CatalogusResource(CatalogiResource):
    """The collection of types that one domain of an organisation works with."""

    path = "catalogussen"
    noun = "catalogus"
    explanation = "Een verzameling typen van één organisatie, voor één domein."
    model = Catalogus
    order_by = ("domein", "rsin")
    representation = Representation(
        url=Self(),
        domein=Field(),
        rsin=Field(),
        contactpersoonBeheerNaam=Field(),
        contactpersoonBeheerTelefoonnummer=Field(),
        contactpersoonBeheerEmailadres=Field(),
        zaaktypen=Links(expand=True),
        besluittypen=Links(expand=True),
        besluittypeOmschrijving=_names(Besluittype),
        informatieobjecttypen=Links(expand=True),
        informatieobjecttypeOmschrijving=_names(Informatieobjecttype),
        naam=Field(),
        versie=Field(),
        begindatumVersie=Field(),
    )
    operations = {
        "list": Operation(
            LEZEN,
            filters={
                "domein": Text("domein"),
                "domein__in": AmongThese(Text("domein")),
                "rsin": Text("rsin"),
                "rsin__in": AmongThese(Text("rsin")),
            },
        ),
        "create": Operation(CATALOGI_SCHRIJVEN, unique=(valid_rsin, domein_and_rsin_unique)),
        "retrieve": Operation(LEZEN),
        "headers": Operation(LEZEN),
        "update": Operation(SCHRIJVEN, unique=(valid_rsin,), rules=(domein_and_rsin_unique,)),
        "partial_update": Operation(SCHRIJVEN, unique=(valid_rsin,), rules=(domein_and_rsin_unique,)),
        "export": EXPORT,
        "import_zip": IMPORT,
    }

    def export(self, request: Any, uuid: Any, **kwargs: Any) -> HttpResponse:
        """A zip with the catalogus and all its types."""
        self.check_parameters(request, set())
        catalogus = self.found(uuid)
        archive = exporter(self.caller).catalogus(catalogus)
        return download(archive, filename("catalogus", catalogus.domein, catalogus.rsin, self.caller.today))

    def import_zip(self, request: Any, **kwargs: Any) -> HttpResponse:
        """200 with what became of each object; 400 with all that is refused, and nothing is written.

        202 where it will take longer than a request may.
        """
        options = options_of(self.parameters(request))
        raw = read_bytes(request._request, MEDIA_TYPE, limit=MAX_BYTES)  # noqa: SLF001
        try:
            archive = read_archive(raw, MOST_IN_A_REQUEST)
        except TooManyAtOnce:
            return self._accepted(ask_import(raw, options, self.caller))
        return self.answer(take_in(archive, options, self.caller))

    def _accepted(self, job: UUID) -> HttpResponse:
        url = f"{self.caller.origin}{self.api.root}/{STANDINGS}/{job}"
        answer = self.answer(json.dumps(how_it_stands(job, url), ensure_ascii=False), status=202)
        answer["Location"] = url
        return answer
