"""A catalogue with everything in it, what a municipality shows of it, and zips to send."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from api.catalogi import models
from api.catalogi.models import Catalogus
from api.catalogi.models.keuzes import AardRelatie, Formaat
from tenants.registry.context import in_municipality
from tenants.registry.models import Municipality
from tests.api.catalogi.cast import ROOT
from tests.api.client import ApiClient, Response
from tests.factories import catalogi as factories

IMPORT = f"{ROOT}/catalogussen/import"
KIND = models.TypeRelatie.Kind
PARTS = (
    "informatieobjecttypen",
    "besluittypen",
    "zaaktypen",
    "statustypen",
    "zaaktype-informatieobjecttypen",
    "resultaattypen",
    "roltypen",
    "eigenschappen",
)

Files = Mapping[str, Any]


def rich_catalogus(municipality: Municipality) -> Catalogus:
    """Every kind of object and of relation, in several versions, published and concept."""
    with in_municipality(municipality):
        catalogus = factories.CatalogusFactory.create(
            domein="RIJK", versie="2", begindatum_versie=date(2024, 1, 1)
        )
        _documents(catalogus)
        factories.BesluittypeFactory.create(
            catalogus=catalogus, omschrijving="Vergunning", concept=False, reactietermijn="P6W"
        )
        _named(
            besluittype=catalogus.besluittypen.get(), kind=KIND.BESLUITTYPE_INFORMATIEOBJECTTYPE, naam="Foto"
        )
        factories.BesluittypeFactory.create(catalogus=catalogus, omschrijving="Intrekking")
        old = factories.ZaaktypeFactory.create(
            catalogus=catalogus, identificatie="MELDING", concept=False, einde_geldigheid=date(2024, 12, 31)
        )
        new = factories.ZaaktypeFactory.create(
            catalogus=catalogus,
            identificatie="MELDING",
            concept=False,
            begin_geldigheid=date(2025, 1, 1),
            verlenging_mogelijk=True,
            verlengingstermijn="P14D",
            trefwoorden=["straat", "licht"],
            broncatalogus_url="https://bron.example.nl/catalogi/1",
            broncatalogus_domein="BRON",
            broncatalogus_rsin="517439943",
            bronzaaktype_url="https://bron.example.nl/zaaktypen/1",
            bronzaaktype_identificatie="BRON-1",
            bronzaaktype_omschrijving="Melding",
        )
        draft = factories.ZaaktypeFactory.create(
            catalogus=catalogus, identificatie="MELDING", begin_geldigheid=date(2027, 1, 1)
        )
        other = factories.ZaaktypeFactory.create(catalogus=catalogus, identificatie="BEZWAAR", concept=False)
        for zaaktype in (old, new, draft, other):
            _parts(zaaktype)
        _relations(new)
        return catalogus


def _documents(catalogus: Catalogus) -> None:
    make = factories.InformatieobjecttypeFactory.create
    make(catalogus=catalogus, omschrijving="Foto", concept=False, einde_geldigheid=date(2024, 6, 30))
    make(catalogus=catalogus, omschrijving="Foto", concept=False, begin_geldigheid=date(2024, 7, 1))
    make(
        catalogus=catalogus,
        omschrijving="Verslag",
        trefwoord=["gesprek"],
        omschrijving_generiek_omschrijving="Verslag",
        omschrijving_generiek_definitie="Wat er is gezegd",
        omschrijving_generiek_herkomst="GEMMA",
        omschrijving_generiek_hierarchie="Document",
    )


def _parts(zaaktype: models.Zaaktype) -> None:
    first = factories.StatustypeFactory.create(
        zaaktype=zaaktype,
        checklistitem_statustype=[
            {"itemnaam": "Plek", "toelichting": "", "vraagstelling": "Waar is het?", "verplicht": True}
        ],
    )
    factories.StatustypeFactory.create(zaaktype=zaaktype, omschrijving="Klaar", doorlooptijd="P3D")
    factories.ResultaattypeFactory.create(zaaktype=zaaktype)
    factories.RoltypeFactory.create(zaaktype=zaaktype, begin_geldigheid=date(2023, 1, 1))
    factories.RoltypeFactory.create(zaaktype=zaaktype, omschrijving_generiek="belanghebbende")
    factories.EigenschapFactory.create(zaaktype=zaaktype, statustype=first)
    factories.EigenschapFactory.create(
        zaaktype=zaaktype, naam="Dag", specificatie_formaat=Formaat.DATUM, specificatie_lengte="8"
    )
    factories.ZaakobjecttypeFactory.create(zaaktype=zaaktype)
    factories.ZaaktypeInformatieobjecttypeFactory.create(zaaktype=zaaktype, statustype=first)
    factories.ZaaktypeInformatieobjecttypeFactory.create(
        zaaktype=zaaktype, informatieobjecttype_omschrijving="Verslag"
    )


def _relations(zaaktype: models.Zaaktype) -> None:
    _named(zaaktype=zaaktype, naam="Vergunning")
    _named(zaaktype=zaaktype, naam="Intrekking", volgorde=1)
    _named(zaaktype=zaaktype, kind=KIND.ZAAKTYPE_DEELZAAKTYPE, naam="BEZWAAR")
    _named(zaaktype=zaaktype, kind=KIND.ZAAKTYPE_DEELZAAKTYPE, naam="MELDING", volgorde=1)
    _named(
        zaaktype=zaaktype,
        kind=KIND.ZAAKTYPE_GERELATEERD,
        naam="ELDERS",
        aard_relatie=AardRelatie.VERVOLG,
        toelichting="Staat niet in deze catalogus",
    )
    resultaattype = zaaktype.resultaattypen.get()
    _named(resultaattype=resultaattype, kind=KIND.RESULTAATTYPE_BESLUITTYPE, naam="Vergunning")
    _named(resultaattype=resultaattype, kind=KIND.RESULTAATTYPE_INFORMATIEOBJECTTYPE, naam="Verslag")


def _named(**columns: Any) -> None:
    source: Any = next(
        columns[name] for name in ("zaaktype", "besluittype", "resultaattype") if name in columns
    )
    catalogus = source.catalogus if hasattr(source, "catalogus") else source.zaaktype.catalogus
    factories.TypeRelatieFactory.create(**{"zaaktype": None, "catalogus": catalogus, **columns})


def shown(api: ApiClient, host: str = "") -> dict[str, Any]:
    """Every object of the Catalogi API by its path, as it is answered, with ``HOST`` for the host."""
    answers: list[Any] = []
    for path in (*PARTS, "catalogussen", "zaakobjecttypen"):
        status = "&status=alles" if path in PARTS else ""
        answers += api.get(f"{ROOT}/{path}?pageSize=500{status}").json()["results"]
    texts = (json.dumps(answer).replace(f"http://{api.host}", "HOST") for answer in answers)
    return {answer["url"]: answer for answer in map(json.loads, texts)}


def wipe(municipality: Municipality) -> None:
    """As if there had never been a catalogue."""
    with in_municipality(municipality):
        for model in (models.Zaaktype, models.Besluittype, models.Informatieobjecttype, models.Catalogus):
            model._default_manager.all().delete()


def exported(api: ApiClient, path: str) -> bytes:
    answer = api.get(f"{path}/export")
    assert answer.status_code == 200, answer.content
    return bytes(answer.content)


def unpacked(raw: bytes) -> dict[str, Any]:
    """The contents of a zip by the names of its files."""
    with ZipFile(BytesIO(raw)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def packed(files: Files, compression: int = ZIP_DEFLATED) -> bytes:
    """A zip of these contents; bytes stand in it as they are."""
    target = BytesIO()
    with ZipFile(target, "w", compression) as archive:
        for name, value in files.items():
            archive.writestr(name, value if isinstance(value, bytes) else json.dumps(value))
    return target.getvalue()


def send(api: ApiClient, raw: bytes, query: str = "") -> Response:
    """Import the zip."""
    return post_zip(api, f"{IMPORT}?{query}", raw)


def post_zip(api: ApiClient, path: str, raw: bytes) -> Response:
    return api.http.generic(
        "POST",
        path,
        raw,
        content_type="application/zip",
        headers={"Authorization": f"Bearer {api.token()}"},
        SERVER_NAME=api.host,
    )


def outcomes(answer: Response) -> dict[str, int]:
    """How many objects met each outcome, over all files."""
    assert answer.status_code == 200, answer.content
    totals: dict[str, int] = {}
    for file in answer.json()["bestanden"]:
        for line in file["objecten"]:
            totals[line["uitkomst"]] = totals.get(line["uitkomst"], 0) + 1
    return totals


def reasons(answer: Response) -> dict[str, str]:
    """The codes of a refusal by the place in the zip."""
    assert answer.status_code == 400, answer.content
    return {each["name"]: each["code"] for each in answer.json()["invalidParams"]}
