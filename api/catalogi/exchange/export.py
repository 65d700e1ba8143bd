"""Writing a catalogus, or one zaaktype with what it needs, as a zip."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import QuerySet

from api.catalogi.exchange.layout import (
    BESLUITTYPE,
    CATALOGUS,
    FILES,
    FORM,
    INFORMATIEOBJECTTYPE,
    MANIFEST,
    VERSION,
    ZAAKTYPE,
    File,
)
from api.catalogi.models import Besluittype, Catalogus, Informatieobjecttype, TypeRelatie, Zaaktype
from api.clients.client import Client
from api.pipeline.represent.representation import documents
from api.pipeline.sql.compiled import Bindings
from api.pipeline.validate.references import absolute

Selection = Iterable[tuple[File, QuerySet[Any, Any]]]
KIND = TypeRelatie.Kind


@dataclass(frozen=True, slots=True)
class Export:
    """For whom, from which host, and when."""

    client: Client
    origin: str
    now: datetime
    day: date

    def catalogus(self, catalogus: Catalogus) -> bytes:
        """The catalogus with every version of every type, concepts included."""
        return self._zip(catalogus, _whole(catalogus))

    def zaaktype(self, zaaktype: Zaaktype) -> bytes:
        """One version of a zaaktype with its parts, and the types for documents and besluiten it names.

        Of those the versions that its URLs lead to today; where none is valid, the latest.
        """
        return self._zip(zaaktype.catalogus, _one(zaaktype, self.day))

    def _zip(self, catalogus: Catalogus, selection: Selection) -> bytes:
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, _written(self._manifest(catalogus)))
            for file, rows in selection:
                found = self._objects(file, rows)
                if found:
                    archive.writestr(str(file), _written(found))
        return target.getvalue()

    def _objects(self, file: File, rows: QuerySet[Any, Any]) -> list[Any]:
        # by URL wherever there is one, as Open Zaak reads it, whatever this municipality answers
        bindings = Bindings(self.client, self.day, open_zaak_compatibility=True)
        ordered = rows.order_by(*file.resource.order_by)
        found = [
            json.loads(absolute(text, self.origin)) for text in documents(file.resource, ordered, bindings)
        ]
        if file is BESLUITTYPE:
            # Open Zaak reads besluittypen before zaaktypen, which name them in their turn
            found = [{**each, "zaaktypen": []} for each in found]
        return found

    def _manifest(self, catalogus: Catalogus) -> dict[str, Any]:
        return {
            "vorm": FORM,
            "versie": VERSION,
            "bron": self.origin,
            "datum": self.now.isoformat(timespec="seconds"),
            "catalogus": {"domein": catalogus.domein, "rsin": catalogus.rsin},
        }


def filename(*names: object) -> str:
    """``catalogus-ALGEM-517439943.zip``, of letters that a header and a disk can hold."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", "-".join(map(str, names))) + ".zip"


def _whole(catalogus: Catalogus) -> Iterator[tuple[File, QuerySet[Any, Any]]]:
    for file in FILES:
        rows = file.model._default_manager.all()
        if file is CATALOGUS:
            yield file, rows.filter(pk=catalogus.pk)
        elif file.parent == "catalogus":
            yield file, rows.filter(catalogus=catalogus)
        else:
            yield file, rows.filter(zaaktype__catalogus=catalogus)


def _one(zaaktype: Zaaktype, day: date) -> Iterator[tuple[File, QuerySet[Any, Any]]]:
    besluittypen = _besluittypen(zaaktype, day)
    main = {
        INFORMATIEOBJECTTYPE: _informatieobjecttypen(zaaktype, besluittypen, day),
        BESLUITTYPE: besluittypen,
        ZAAKTYPE: [zaaktype.pk],
    }
    for file in FILES:
        rows = file.model._default_manager.all()
        if file in main:
            yield file, rows.filter(pk__in=main[file])
        elif file is not CATALOGUS:
            yield file, rows.filter(zaaktype=zaaktype)


def _besluittypen(zaaktype: Zaaktype, day: date) -> list[UUID]:
    own = TypeRelatie.objects.filter(zaaktype=zaaktype, kind=KIND.ZAAKTYPE_BESLUITTYPE)
    parts = TypeRelatie.objects.filter(resultaattype__zaaktype=zaaktype, kind=KIND.RESULTAATTYPE_BESLUITTYPE)
    return _versions(Besluittype, zaaktype, {each.naam for each in (*own, *parts)}, day)


def _informatieobjecttypen(zaaktype: Zaaktype, besluittypen: list[UUID], day: date) -> list[UUID]:
    names = set(
        zaaktype.zaaktype_informatieobjecttypen.values_list("informatieobjecttype_omschrijving", flat=True)
    )
    of_besluittypen = TypeRelatie.objects.filter(
        besluittype__in=besluittypen, kind=KIND.BESLUITTYPE_INFORMATIEOBJECTTYPE
    )
    of_resultaattypen = TypeRelatie.objects.filter(
        resultaattype__zaaktype=zaaktype, kind=KIND.RESULTAATTYPE_INFORMATIEOBJECTTYPE
    )
    names |= {each.naam for each in (*of_besluittypen, *of_resultaattypen)}
    return _versions(Informatieobjecttype, zaaktype, names, day)


def _versions(model: Any, zaaktype: Zaaktype, names: set[str], day: date) -> list[UUID]:
    rows = model.objects.filter(catalogus=zaaktype.catalogus_id, omschrijving__in=names)
    valid = set(rows.published().valid_on(day).values_list("pk", flat=True))
    chosen: list[UUID] = []
    ordered = rows.order_by("omschrijving", "begin_geldigheid", "pk")
    for _, versions in groupby(ordered, key=lambda version: version.omschrijving):
        keys = [version.pk for version in versions]
        chosen += [key for key in keys if key in valid] or keys[-1:]
    return chosen


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
