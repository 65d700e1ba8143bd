"""Export and import as operations of the Catalogi API; all of them beyond the standard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from api.catalogi.exchange.export import Export
from api.catalogi.exchange.importing import Progress, import_archive
from api.catalogi.exchange.layout import MEDIA_TYPE
from api.catalogi.exchange.options import OnDifference, Options
from api.catalogi.exchange.reading import MAX_BYTES, Archive
from api.catalogi.exchange.report import SCHEMA
from api.catalogi.models import Catalogus
from api.catalogi.rules.ztc_014_lezen import LEZEN
from api.catalogi.scopes import CATALOGI_SCHRIJVEN
from api.pipeline.declare.operations import Operation, Place
from api.pipeline.validate.filters import KeyAt, Parameter, Parameters, flag, word
from api.pipeline.words.caller import Caller
from api.pipeline.words.refusals import Invalid
from tenants.registry.postgresql.work import Work

MOST_IN_A_REQUEST = 2000
"""Objects in one zip: a large catalogue, and some seconds. What has more is imported as long work."""

BINARY = {"type": "string", "format": "binary"}

EXPORT = Operation(
    LEZEN,
    at=Place("get", "export", on_object=True),
    gives=MEDIA_TYPE,
    answer=BINARY,
    experimental=True,
    summary="{one} uitvoeren als zip",
    explanation="Geeft dit object met alles wat erbij hoort, in een zip die elders in te voeren is.",
)

CHOICES: Mapping[str, tuple[str, Parameter]] = {
    "proef": ("dry_run", flag().explained("Alleen het verslag, zonder iets te wijzigen.")),
    "catalogus": (
        "catalogus",
        KeyAt(Catalogus).explained("Waar de typen komen, welke catalogus de zip ook noemt."),
    ),
    "bijVerschil": (
        "on_difference",
        word(list(OnDifference)).explained("Wat er gebeurt met een type dat hier al anders staat."),
    ),
    "alsConcept": ("as_concept", flag().explained("Niets publiceren.")),
    "verwijzingenOvernemen": (
        "accept_references",
        flag().explained("Verwijzingen naar de selectielijst overnemen zonder ze na te gaan."),
    ),
    "onbekendeRelatiesWeglaten": (
        "leave_out_unknown",
        flag().explained("Relaties weglaten met typen die niet in de zip staan en hier niet zijn."),
    ),
    "identificatiePrefix": (
        "prefix",
        Parameter().explained("Wat voor de identificatie van elk zaaktype uit de zip komt te staan."),
    ),
}
"""Of each parameter, which of the ``Options`` it chooses."""

PARAMETERS: Parameters = {name: parameter for name, (_, parameter) in CHOICES.items()}
IMPORT = Operation(
    CATALOGI_SCHRIJVEN,
    parameters=PARAMETERS,
    body_limit=MAX_BYTES,
    work=Work.IMPORT,
    at=Place("post", "import"),
    schema=BINARY,
    takes=MEDIA_TYPE,
    answer=SCHEMA,
    later={"$ref": "#/components/schemas/CatalogusInvoer"},
    experimental=True,
    summary="Zip van {many} invoeren",
    explanation=(
        "Voert een zip in, geheel of helemaal niet, en geeft een verslag van de verschillen."
        f" Met meer dan {MOST_IN_A_REQUEST} objecten gebeurt dat daarna: het antwoord is dan 202, met in"
        " `Location` het adres van de voortgang."
    ),
)


def options_of(values: Mapping[str, Any]) -> Options:
    """The choices that a query makes; its values are parsed."""
    named = {CHOICES[name][0]: value for name, value in values.items()}
    if "on_difference" in named:
        named["on_difference"] = OnDifference(named["on_difference"])
    return Options(**named)


def exporter(caller: Caller) -> Export:
    """What writes zips for whoever asks."""
    return Export(caller.client, caller.origin, caller.now, caller.today)


def download(archive: bytes, name: str) -> HttpResponse:
    """The zip as a file to keep."""
    answer = HttpResponse(archive, content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def take_in(archive: Archive, options: Options, caller: Caller, progress: Progress | None = None) -> str:
    """Import what was read of a zip: the report as JSON text.

    Raises ``Invalid`` with everything that is refused, unless it is a trial run.
    """
    report = import_archive(archive, options, caller, progress)
    if report.violations and not options.dry_run:
        raise Invalid(report.violations)
    return json.dumps(report.as_json(caller.origin), ensure_ascii=False)
